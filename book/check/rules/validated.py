"""What the reference validators say of the finished files, told at the author's words."""

import re
from collections.abc import Iterator
from html import unescape
from typing import cast

from book.check.fault import Fault
from book.check.finished import Ebook, Printed
from book.check.outside.validators import ACE, EPUBCHECK, VERA
from book.check.outside.verdicts import Said
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.pdf_places import at_element, at_page, at_section, at_words, for_screens, once, page_of, seen
from book.model.place import MANIFEST, Place

ELEMENT = re.compile(r"\((\d+) \d+ obj SE")
PAGE = re.compile(r"pages\[(\d+)\]")
TAGS = re.compile(r"<[^>]*>?")
NAMED = re.compile(r'\b(?:src|href|id|class)="([^"]+)"')
NEARBY = 600  # letters of a file after a place, in which the author's words are sought
LONG = 60


CLAIMS = {"PDF/UA-1": "pdfuaid:part", "PDF/A-2a": "pdfaid:part"}


def _ask_vera(proof: Proof) -> None:
    """Ask once for all standards, of what claims any of them: to read a file takes longest."""
    proof.verdicts.send(VERA, [file for file in for_screens(proof) if any(_claims(file, name) for name in CLAIMS)])


def _claims(printed: Printed, standard: str) -> bool:
    return CLAIMS[standard] in printed.inside.claims.standards


@rule(
    "D80", "error", "veraPDF says that a PDF is not PDF/UA-1, as it claims.",
    hint="Other rules of D may say more, nearer to your words. The number is that of a test in veraPDF's own list.",
    source="veraPDF, the reference validator; ISO 14289-1 (PDF/UA-1), Matterhorn Protocol",
    needs="pdf", prepare=_ask_vera,
)  # fmt: skip
@once
def not_for_everyone(proof: Proof) -> Iterator[Fault]:
    """Give what veraPDF finds against PDF/UA-1."""
    yield from _from_vera(proof, "PDF/UA-1")


@rule(
    "D81", "error", "veraPDF says that a PDF is not PDF/A-2a, as it claims.",
    hint="Such a file may not open alike in twenty years. The number is that of a test in veraPDF's own list.",
    source="veraPDF, the reference validator; ISO 19005-2 (PDF/A-2)",
    needs="pdf", prepare=_ask_vera,
)  # fmt: skip
@once
def not_for_long(proof: Proof) -> Iterator[Fault]:
    """Give what veraPDF finds against PDF/A-2a."""
    yield from _from_vera(proof, "PDF/A-2a")


def _from_vera(proof: Proof, standard: str) -> Iterator[Fault]:
    for file, verdict in proof.verdicts.of(VERA):
        printed = cast("Printed", file)
        for said in verdict if _claims(printed, standard) else ():
            by, _, test = said.code.partition(" ")
            if by == standard:
                place, page = _in_pdf(proof, printed, said)
                words = f"test {test} of {standard} fails: {_sentence(said.words)} Mend it here, or report it."
                yield Fault(place, words, seen=seen(printed, page))


def _in_pdf(proof: Proof, printed: Printed, said: Said) -> tuple[Place, int]:
    """Give the author's place and the page (from 0) that veraPDF means: by the element, else by the page."""
    numbers = [int(number) for number in ELEMENT.findall(said.where)]
    element = printed.inside.by_number.get(numbers[-1]) if numbers else None
    if element is not None:
        return at_element(proof, printed, element), page_of(element)
    if found := PAGE.search(said.where):
        return at_page(proof, printed, int(found[1])), int(found[1])
    return Place(MANIFEST), -1


@rule(
    "E80", "error", "EPUBCheck says that an e-book is not a valid EPUB.",
    hint="Shops refuse such a file. The number is that of EPUBCheck's own list of messages.",
    source="EPUBCheck by the W3C, EPUB 3.3; its hints that count here are raised in book/check/outside/gate.tsv",
    needs="epub", prepare=lambda proof: proof.verdicts.send(EPUBCHECK, proof.ebooks),
)  # fmt: skip
@once
def invalid_ebooks(proof: Proof) -> Iterator[Fault]:
    """Give what EPUBCheck finds."""
    for file, verdict in proof.verdicts.of(EPUBCHECK):
        for said in verdict:
            name, line, column = said.where.rsplit(":", 2)
            text = _text(cast("Ebook", file), name)
            at = sum(len(row) + 1 for row in text.split("\n")[: max(int(line) - 1, 0)]) + max(int(column) - 1, 0)
            words = f"{said.code} of EPUBCheck: {_sentence(said.words)} Mend it here, or report it."
            yield _in_ebook(proof, cast("Ebook", file), name, f"<{text[at : at + NEARBY]}", words)


@rule(
    "E81", "error", "Ace says that an e-book bars readers who cannot see, hear or point.",
    hint="Its name for the fault is explained at https://kb.daisy.org/publishing/docs/ by DAISY.",
    source="Ace by DAISY; EPUB Accessibility 1.1, WCAG 2.2",
    needs="epub", prepare=lambda proof: proof.verdicts.send(ACE, proof.ebooks),
)  # fmt: skip
@once
def barred_readers(proof: Proof) -> Iterator[Fault]:
    """Give what Ace finds."""
    for file, verdict in proof.verdicts.of(ACE):
        for said in verdict:
            name, _, shown = said.where.partition("\n")
            named = f"EPUB/{name}"
            text = _text(cast("Ebook", file), named)
            marked = next((text.find(value) for value in NAMED.findall(shown) if value in text), -1)
            near = f"{shown}<{text[marked : marked + NEARBY] if marked >= 0 else ''}"
            words = f'"{said.code}" of Ace: {_sentence(said.words)} Mend it here, or report it.'
            yield _in_ebook(proof, cast("Ebook", file), named, near, words)


def _text(ebook: Ebook, name: str) -> str:
    return ebook.files.get(name, b"").decode("utf-8", "ignore")


def _in_ebook(proof: Proof, ebook: Ebook, name: str, near: str, said: str) -> Fault:
    """Tell of a place in a file of an e-book at the author's words there, else at its section."""
    shown = f"{ebook.edition.name}, {name}" if name else ebook.edition.name
    sections = proof.rendered.sections if proof.reaches("text") else ()
    section = next((found for found in sections if name.endswith(f"/{found.html_id}.xhtml")), None)
    if section is None:
        return Fault(Place(MANIFEST), said, seen=shown)
    words = " ".join(unescape(TAGS.sub("\n", near)).split("\n")).split()
    return Fault(at_words(proof, " ".join(words)[:LONG], at_section(proof, section)), said, seen=shown)


def _sentence(words: str) -> str:
    """End a validator's words with a full stop."""
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?")) else words + "."
