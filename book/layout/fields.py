"""The form post-pass: fields that look the same in every reader, empty and filled. Called by `tags`.

WeasyPrint leaves the looks of fields to the reader, with a font in which most readers cannot set what is typed;
poppler then shows ticked boxes as empty. Here each field brings its looks, and lines a font of single bytes.
"""

import io
import re

from fontTools import subset
from fontTools.ttLib import TTFont

from book.layout.pdf_objects import Array, Dictionary, Name, Object, Pdf

LATIN = "cp1252"  # what PDF calls WinAnsiEncoding
CODES = range(32, 256)
TICK = ((0.16, 0.50), (0.40, 0.24), (0.86, 0.82))  # in the square that just fits a box, from its lower left
MIDDLE = 1
LAYOUT_TABLES = {"GDEF", "GPOS", "GSUB"}


def finish_fields(pdf: Pdf) -> None:
    """Give each field of a form its looks; a file without a form stays as it is."""
    if "/AcroForm" not in pdf.Root:
        return
    form = pdf.Root.AcroForm
    marks = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats))
    fonts = Dictionary(ZaDb=marks)
    for field in form.Fields.as_list():
        if str(field.FT) == "/Btn":
            _finish_box(pdf, field)
        else:
            _finish_line(pdf, field, form.DR.Font, fonts)
    for name in set(fonts.keys()) & set(form.DR.Font.keys()):
        del form.DR.Font[name]
    form.DR = Dictionary(Font=fonts)
    del form.NeedAppearances


def _finish_box(pdf: Pdf, box: Object) -> None:
    """Draw a box's tick; the box itself is printed on the page, so an empty one shows nothing."""
    width, height = _size(box)
    side = min(width, height)
    points = [((width - side) / 2 + x * side, (height - side) / 2 + y * side) for x, y in TICK]
    path = " l ".join(f"{x:.2f} {y:.2f}" for x, y in points).replace(" l ", " m ", 1)
    tick = f"q 0 G {side * 0.12:.2f} w 1 J 1 j {path} l S Q"
    box.AP = Dictionary(N=Dictionary(on=_look(pdf, box, tick), Off=_look(pdf, box, "")))
    box.MK = Dictionary(CA="4")  # the tick of ZapfDingbats, where a reader draws it anew
    box.DA = "/ZaDb 0 Tf 0 g"


def _finish_line(pdf: Pdf, line: Object, known: Object, fonts: Dictionary) -> None:
    """Give a line to write on its font and an empty look; a short one has its words in the middle."""
    found = re.search(r"(/\S+) ([\d.]+) Tf", str(line.DA))
    if not found:
        raise ValueError(f"the field {line.T} names no font")
    name, size = found[1], float(found[2])
    if name not in fonts:
        fonts[name] = _single_byte_font(pdf, known[name])
    line.DA = f"{name} {size:g} Tf 0 g"
    line.AP = Dictionary(N=_look(pdf, line, "/Tx BMC EMC"))
    if "/MaxLen" in line:
        line.Q = MIDDLE


def _size(field: Object) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in field.Rect.as_list())
    return abs(right - left), abs(top - bottom)


def _look(pdf: Pdf, field: Object, drawing: str) -> Object:
    look = pdf.make_stream(drawing.encode())
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, *_size(field)])
    look.Resources = Dictionary()
    return look


def _single_byte_font(pdf: Pdf, whole: Object) -> Object:
    """Make a simple Latin font of one that WeasyPrint embedded whole: readers can set what is typed in it."""
    (descendant,) = whole.DescendantFonts.as_list()
    font = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()), recalcTimestamp=False)
    for name in LAYOUT_TABLES & set(font.keys()):
        del font[name]  # readers set plain letters, and reading these takes longer than all else here
    letters = {code: bytes([code]).decode(LATIN, "ignore") for code in CODES}
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(letter) for letter in letters.values() if letter])
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    per_em, glyphs = font["head"].unitsPerEm / 1000, font.getBestCmap()
    widths = [font["hmtx"][glyphs.get(ord(letter or " "), ".notdef")][0] / per_em for letter in letters.values()]
    descriptor = Dictionary(dict(descendant.FontDescriptor.items()))
    descriptor.FontFile2, descriptor.Flags = pdf.make_stream(out.getvalue(), Length1=len(out.getvalue())), 32
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=whole.BaseFont, Encoding=Name.WinAnsiEncoding,
            FirstChar=CODES[0], LastChar=CODES[-1], Widths=Array(widths),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )  # fmt: skip
