"""A line of type to add to a finished PDF, in a font that the file brings along. Called by `printer_marks`.

Embeds just the letters that are wanted, as the engine does: glyphs by number, with a map back to Unicode. Uses
fontTools.
"""

import io
from dataclasses import dataclass

from fontTools import subset
from fontTools.ttLib import TTFont

from book.layout.pdf_objects import Array, Dictionary, Name, Object, Pdf

SYMBOLIC = 4  # the flag of a font whose glyphs go by number
MAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
MAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


@dataclass(frozen=True)
class Face:
    """A font in a PDF: the object to name in resources; the glyph of each letter it has, and its width in em."""

    font: Object
    glyphs: dict[str, int]
    widths: dict[str, float]

    def width(self, words: str) -> float:
        """Give the width of words in em; a letter that the font lacks is left out."""
        return sum(self.widths.get(letter, 0.0) for letter in words)

    def codes(self, words: str) -> str:
        """Give words as a string of a content stream."""
        return "<" + "".join(f"{self.glyphs[letter]:04x}" for letter in words if letter in self.glyphs) + ">"


def embed(pdf: Pdf, data: bytes, letters: set[str]) -> Face:
    """Put those letters of a TrueType font (TTF or WOFF2) that it has into an open PDF."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[6]))
    cutter.populate(unicodes=[ord(letter) for letter in letters])
    cutter.subset(font)
    glyphs = {chr(code): font.getGlyphID(name) for code, name in sorted(font.getBestCmap().items())}
    per_em = font["head"].unitsPerEm
    widths = {letter: font["hmtx"][font.getGlyphName(glyph)][0] / per_em for letter, glyph in glyphs.items()}
    name = Name(f"/BKSLUG+{font['name'].getDebugName(6) or 'Unnamed'}")
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity, DW=0,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        W=Array([part for letter in glyphs for part in (glyphs[letter], Array([round(widths[letter] * 1000)]))]),
        FontDescriptor=pdf.make_indirect(_described(pdf, font, name)),
    )  # fmt: skip
    outer = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=pdf.make_stream(_map_of(glyphs)),
    )  # fmt: skip
    return Face(pdf.make_indirect(outer), glyphs, widths)


def _described(pdf: Pdf, font: TTFont, name: Name) -> Dictionary:
    """Describe a font and hold its file."""
    out = io.BytesIO()
    font.flavor = None  # what was packed for the web is unpacked: PDF has no WOFF
    font.save(out, reorderTables=True)
    head, scale = font["head"], 1000 / font["head"].unitsPerEm
    return Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=SYMBOLIC, ItalicAngle=0, StemV=80,
        FontBBox=Array([round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        Ascent=round(font["hhea"].ascent * scale), Descent=round(font["hhea"].descent * scale),
        CapHeight=round(getattr(font["OS/2"], "sCapHeight", 700) * scale),
        FontFile2=pdf.make_stream(out.getvalue(), Length1=len(out.getvalue())),
    )  # fmt: skip


def _map_of(glyphs: dict[str, int]) -> bytes:
    """Give the map from glyphs back to letters, a hundred at a time, which is the most that it may have."""
    rows = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, glyph in glyphs.items()]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (MAP_HEAD + body + MAP_FOOT).encode()
