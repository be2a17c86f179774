"""A PDF as a file: what it says of itself, what it may do to a reader, its bookmarks, page numbers and size."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from book.check.fault import Fault
from book.check.finished import Printed
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.pdf.fonts import dotted
from book.check.source_map import letters
from book.check.views.pdf_places import ANEW, at_page, at_section, for_screens, once, seen, start_of
from book.model.place import MANIFEST, Place
from book.render.section import Section

UA = "ISO 14289-1 (PDF/UA-1)"
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
XMP_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
SCREEN, FORM = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}, {"pdfuaid:part": "1"}
ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/GoToR",
    "/GoToE",
    "/SubmitForm",
    "/ImportData",
    "/Movie",
    "/Sound",
    "/Rendition",
}


@rule(
    "D01", "error", "A PDF does not say in which language it is.",
    hint="Set language in book.yaml, such as en-US; then build the file anew.",
    source=f"{UA}, 7.2; WCAG 2.2, 3.1.1: screen readers choose a voice by it",
    needs="pdf",
)  # fmt: skip
@once
def language(proof: Proof) -> Iterator[Fault]:
    """Give the files whose language is missing, malformed or not the book's."""
    wanted = proof.book.manifest.language
    for printed in proof.prints:
        found = printed.inside.claims.language
        if found != wanted or not TAG.fullmatch(found):
            said = f'the file says "{found}" for its language, and the book is in "{wanted}". Make them agree.'
            yield Fault(proof.line(MANIFEST, "language"), said, seen=seen(printed))


@rule(
    "D02", "error", "A PDF does not show the book's title.",
    hint=f"Set title in book.yaml. {ANEW}",
    source=f"{UA}, 7.1: dc:title is there, and DisplayDocTitle shows it instead of the file's name",
    needs="pdf",
)  # fmt: skip
@once
def title(proof: Proof) -> Iterator[Fault]:
    """Give the files that show no title, or not the same in all places."""
    wanted = proof.book.manifest.title
    for printed in proof.prints:
        said_of_itself = printed.inside.claims
        named, listed = said_of_itself.title, XMP_TITLE.search(said_of_itself.metadata)
        if not letters(named).endswith(letters(wanted)):
            said = f'the file calls itself "{named}", and the book is "{wanted}". Make them agree.'
        elif not listed or letters(unescape(listed[1])) != letters(named):
            said = "the metadata of the file do not hold its title. Build it again."
        elif not said_of_itself.shows_title:
            said = "a reader's window shows the file's name in place of the title. Build it again."
        else:
            continue
        yield Fault(proof.line(MANIFEST, "title"), said, seen=seen(printed))


@rule(
    "D03", "error", "A PDF claims a standard that it does not keep, or forgets one that it does.",
    hint=ANEW,
    source=f"{UA}, 5 and 7.1; ISO 19005-2 (PDF/A-2), 6.6.4: what a file is, its metadata say",
    needs="pdf",
)  # fmt: skip
@once
def claims(proof: Proof) -> Iterator[Fault]:
    """Give the files for screens that are not tagged or do not claim it, and those for paper that claim it."""
    for printed in proof.prints:
        said_of_itself = printed.inside.claims
        wanted = {} if not printed.flat else FORM if said_of_itself.has_fields else SCREEN
        found = said_of_itself.standards
        if printed.flat and not said_of_itself.tagged:
            said = "the file does not say that it is tagged. Screen readers then guess."
        elif said_of_itself.suspect:
            said = "the file says that its tags are suspect. Screen readers may drop them."
        elif found != wanted:
            what = ", ".join(f"{key} {value}" for key, value in found.items()) or "nothing"
            said = f"the file claims {what}. It should claim what it keeps, no more and no less."
        else:
            continue
        yield Fault(Place(MANIFEST), said, seen=seen(printed))


@rule(
    "D04", "error", "A PDF is locked, carries a file, or does something by itself.",
    hint=f"Nobody should fear to open it. {ANEW}",
    source=f"{UA}, 7.16: no lock bars screen readers; ISO 19005-2, 6.5.1 and 6.8: no actions but to go somewhere",
    needs="pdf",
)  # fmt: skip
@once
def unsafe(proof: Proof) -> Iterator[Fault]:
    """Give the files that a password keeps, with scripts, attached files or actions that reach outside."""
    for printed in proof.prints:
        said_of_itself = printed.inside.claims
        done = said_of_itself.actions & ACTIONS
        if said_of_itself.locked:
            yield Fault(Place(MANIFEST), "the file is locked. Take the password away.", seen=seen(printed))
        if said_of_itself.carries_file:
            yield Fault(Place(MANIFEST), "the file carries another file. Take it out.", seen=seen(printed))
        if done or said_of_itself.acts:
            what = ", ".join(sorted(kind[1:] for kind in done)) or "opening it"
            said = f"the file does something by itself ({what}). Take that out."
            yield Fault(Place(MANIFEST), said, seen=seen(printed))


@rule(
    "D08", "error", "The bookmarks of a PDF do not name every section in its order, or lead astray.",
    hint=f"Each chapter needs a title of its own. {ANEW}",
    source="WCAG 2.2, 2.4.5, technique PDF2: long documents have bookmarks, which lead to their pages",
    needs="pdf",
)  # fmt: skip
@once
def bookmarks(proof: Proof) -> Iterator[Fault]:
    """Give the sections that have no bookmark where they belong, and the bookmarks that lead nowhere."""
    for printed in for_screens(proof):
        outline = printed.inside.outline
        for (_, before), (name, after) in pairwise([("", 0), *outline]):
            if not 0 <= before <= after:
                said = f'the bookmark "{name}" leads back or nowhere. Bookmarks go through the file in order.'
                yield Fault(at_page(proof, printed, max(before, after)), said, seen=seen(printed))
        if not outline:
            yield Fault(Place(MANIFEST), "the file has no bookmarks. Build it again.", seen=seen(printed))
        elif proof.reaches("text") and not printed.edition.part:
            yield from _unnamed(proof, printed)


def _unnamed(proof: Proof, printed: Printed) -> Iterator[Fault]:
    """Give the sections of a whole book that have no bookmark after that of the section before, on their page."""
    titles = iter(printed.inside.outline)
    for section in proof.rendered.sections:
        starts = start_of(printed, section.html_id, section.title)
        if not any(_names(name, section) and page == starts for name, page in titles):
            said = f'no bookmark leads to "{section.title}", in its order. Give it a title of its own.'
            yield Fault(at_section(proof, section), said, seen=seen(printed))
            titles = iter(printed.inside.outline)


def _names(name: str, section: Section) -> bool:
    return letters(name).endswith(letters(section.title))


@rule(
    "D09", "warning", "A PDF is too large to go by e-mail.",
    hint="Make its pictures smaller, or set check.files.email_mb in book.yaml.",
    source="Many mail servers refuse more than 10 MB, and a file grows by a third on its way (RFC 2045, base64)",
    needs="pdf",
)  # fmt: skip
@once
def too_large(proof: Proof) -> Iterator[Fault]:
    """Give the files for screens that are larger than the book says."""
    most = proof.checks.files.email_mb
    for printed in for_screens(proof):
        if (size := len(printed.data) / 1e6) > most:
            said = f"the file has {size:.1f} MB, and by e-mail {most:g} MB go. Make its pictures smaller."
            yield Fault(Place(MANIFEST), said, seen=seen(printed))


@rule(
    "D23", "error", "A reader shows another page number than is printed.",
    hint=ANEW,
    source="WCAG 2.2, technique PDF17: page labels agree with the numbers on the pages",
    needs="pdf",
)  # fmt: skip
@once
def page_labels(proof: Proof) -> Iterator[Fault]:
    """Give the files whose page labels do not count from the first page on, as the folios do."""
    for printed in for_screens(proof):
        for number, label in enumerate(printed.inside.labels, 1):
            if label != str(number):
                said = f'readers call page {number} "{label}". Call it by its printed number.'
                yield Fault(at_page(proof, printed, number - 1), said, seen=seen(printed, number - 1))
                break


@rule(
    "D24", "error", "Rows of dots lead to a number, and a screen reader reads out each dot.",
    hint="Draw them: a dotted border in the style sheet, in place of leader().",
    source="WCAG 2.2, 1.3.2; measured: a row of leader() is some 57 separate dots in the tags",
    needs="pdf",
)  # fmt: skip
@once
def leader_dots(proof: Proof) -> Iterator[Fault]:
    """Give the first page of each file that has rows of dots as text."""
    for printed in for_screens(proof):
        page = dotted(printed.inside.fonts, printed.inside.contents)
        if page >= 0:
            said = "a row of dots stands here as text. Draw it, so that nobody hears it."
            yield Fault(at_page(proof, printed, page), said, seen=seen(printed, page))
