"""The type of a PDF: fonts that travel with it, letters that can be read back, and none that no font has."""

import re
from collections.abc import Iterable, Iterator, Sequence

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.pdf_fonts import Font
from book.check.views.pdf_places import ANEW, for_screens, once, seen
from book.load.styles import Styles
from book.model.book import kinds_in
from book.model.editions import PRINT_STYLES
from book.model.place import Place

FONTS = "styles/fonts.css"
FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)")
NOTHING = {"", "0000", "FEFF", "FFFE"}  # what stands for no letter
SPACES = {b"0020", b"00a0"}
ROW = 5  # dots that a screen reader hears one by one
SHOWN = 10  # letters that a message gives


@rule(
    "D05", "error", "A font does not travel with the PDF, so another machine sets it in some other one.",
    hint=f"Name the font's file in an @font-face rule of styles/fonts.css. {ANEW}",
    source="ISO 14289-1 (PDF/UA-1), 7.21.4.1; ISO 19005-2 (PDF/A-2), 6.2.11.4.1: all fonts are embedded",
    needs="pdf",
)  # fmt: skip
@once
def missing_fonts(proof: Proof) -> Iterator[Fault]:
    """Give the fonts that are not embedded; those that only forms name are the reader's own."""
    for printed in proof.prints:
        for font in printed.inside.fonts:
            if font.kind != "Type3" and not font.embedded:
                said = f'the font "{font.name}" is not in the file. Put its file into styles/ and name it there.'
                yield Fault(_styles(proof), said, seen=seen(printed))


@rule(
    "D06", "error", "Letters cannot be read back: no font has them, or the file does not say what they are.",
    hint="Write the letter another way, or add a font that has it to styles/fonts.css.",
    source="ISO 14289-1 (PDF/UA-1), 7.21.7 and 7.21.8: all text maps to Unicode, and none is .notdef",
    needs="build",
)  # fmt: skip
@once
def unreadable_letters(proof: Proof) -> Iterator[Fault]:
    """Give what the engine found in no font, and the fonts whose letters no reader can copy or say."""
    yield from proof.told_of("D06")
    for printed in for_screens(proof):
        for font in printed.inside.fonts:
            if font.kind == "Type0" and (unsaid := _unsaid(font)):
                said = f'signs of the font "{font.name}" stand for no letter ({unsaid}). Nobody hears them.'
                yield Fault(_styles(proof), said, seen=seen(printed))


@rule(
    "D07", "warning", "Words are set in a font that is none of the book's, but one of this machine.",
    hint="Take the letters out, or add a font that has them to styles/fonts.css; else pages differ elsewhere.",
    source="docs/command.md: the same files give the same pages, on any machine",
    needs="pdf",
)  # fmt: skip
@once
def foreign_fonts(proof: Proof) -> Iterator[Fault]:
    """Give the fonts that no style sheet of the edition brings along, with the letters they are used for."""
    styles = Styles(proof.shelf, kinds_in(proof.book))
    for printed in for_screens(proof):
        sheets = (styles.text(name) for name in (*PRINT_STYLES, *printed.edition.styles))
        ours = {name.strip() for sheet in sheets for name in FACE.findall(sheet)}
        for font in printed.inside.fonts:
            if font.family and font.family not in ours:
                letters = "".join(dict.fromkeys(font.letters))[:SHOWN]
                said = f'"{letters}" is set in "{font.family}", a font of this machine. Others may not have it.'
                yield Fault(_author_of(proof, letters), said, seen=seen(printed))


def dotted(fonts: Iterable[Font], contents: Sequence[bytes]) -> int:
    """Give the first page, from 0, whose content stream sets a row of dots in some fonts; -1 for none."""
    maps = [pair for font in fonts for pair in font.mapped]
    dots = {code for code, letter in maps if letter.lower() == b"002e"}
    dot, gap = b"|".join(dots), b"|".join(dots | {code for code, letter in maps if letter.lower() in SPACES})
    alone = rb"\[<(?:%b)(?:%b)*>[-\d.]*(?:<(?:%b)+>[-\d.]*)*\]\s*TJ[^\[\]]*" % (dot, gap, gap)
    row = re.compile(rb"(?:%b){%d}" % (alone, ROW))
    return next((page for page, content in enumerate(contents) if dots and row.search(content)), -1)


def _unsaid(font: Font) -> int:
    """Count the signs that a composite font is used for and that stand for no letter."""
    said = {int(code, 16) for code, letter in font.mapped if letter.decode().upper() not in NOTHING}
    return len(font.used - said)


def _author_of(proof: Proof, letters: str) -> Place:
    """Give the author's first line that has one of a few letters; the style sheet for many, or if none has."""
    for file in proof.source_map.files if len(letters) < SHOWN else ():
        for number, line in enumerate(proof.source_map.text(file).read.split("\n"), 1):
            if set(line) & set(letters):
                return Place(file, number)
    return _styles(proof)


def _styles(proof: Proof) -> Place:
    return Place(FONTS if proof.shelf.has(FONTS) else "styles")
