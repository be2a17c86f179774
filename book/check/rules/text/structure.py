"""Structure: headings, ids, names, and whether all that was written is led to."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.kinds.chapter.model import Chapter
from book.model.document import Document
from book.model.index import FILE as INDEX
from book.model.place import Place
from book.model.signs import FILE as SIGNS
from book.render.tree import Tree, plain, select

HEADINGS = ("h1", "h2", "h3", "h4")
OWN_ID = re.compile(r"\{[^}\n]*#([A-Za-z][\w:-]*)[^}\n]*\}|^ {4,}attrs: *\{ *id: *([\w:-]+)", re.MULTILINE)
PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]+")


@rule(
    "T01", "error", "A heading skips a level, or has no words.",
    hint="Levels go down one at a time: ##, then ###. Screen readers lead by them.",
    source="WCAG 2.2, 1.3.1 and 2.4.6; PDF/UA-1, 7.4.2",
    needs="told",
)  # fmt: skip
def broken_headings(proof: Proof) -> Iterator[Fault]:
    """Give the headings that a build refuses."""
    yield from proof.told_of("T01")


@rule(
    "T02", "warning", "Two headings of a chapter have the same words.",
    hint="Say in each what is special below it; readers choose by headings.",
    source="WCAG 2.2, 2.4.6 Headings and Labels",
    needs="text",
)  # fmt: skip
def twin_headings(proof: Proof) -> Iterator[Fault]:
    """Give the second of two headings that read alike."""
    for section, part in proof.sections():
        seen: set[str] = set()
        for heading in _headings(section.tree):
            words = plain(heading)
            if words.casefold() in seen:
                said = f'there are two headings "{words}" in this chapter. Word one anew.'
                yield Fault(_last_line(part, words), said)
            seen.add(words.casefold())


def _headings(tree: Tree) -> list[Tree]:
    """Give the headings that an author wrote; those within a place of the map come from a template."""
    return [
        heading
        for heading in tree.iter(*HEADINGS)
        if not select(heading, "ancestor::div[@data-map or contains(@class, 'place')]")
    ]


def _last_line(part: Document, words: str) -> Place:
    """Give the line of the last heading that has these words."""
    lines = part.body.split("\n")
    found = [number for number, line in enumerate(lines) if line.startswith("#") and words[:30] in line]
    return Place(part.file, part.first_line + found[-1] if found else 1)


@rule(
    "T03", "warning", "A long chapter title has no short one for the foot of the pages.",
    hint="Add the key short to the front matter, of at most 34 letters.",
    source="docs/chapters.md: the short title stands in the foot and in the contents of an e-book",
    needs="book",
)  # fmt: skip
def long_titles(proof: Proof) -> Iterator[Fault]:
    """Give chapters whose title is too long for a foot."""
    most = proof.checks.structure.longest_title
    for part in proof.parts:
        if isinstance(part, Chapter) and not part.head.short and len(part.head.title) > most:
            said = f"the title has {len(part.head.title)} letters; a foot holds {most}. Add a short one: short: …"
            yield Fault(proof.line(part.file, "title"), said)


@rule(
    "T04", "error", "An id is used twice.",
    hint="Rename one, and the links that lead to it.",
    source="HTML: ids are unique; a link would lead to the first of two",
    needs="told",
)  # fmt: skip
def doubled_ids(proof: Proof) -> Iterator[Fault]:
    """Give the ids that a build refuses."""
    yield from proof.told_of("T04")


@rule(
    "T08", "warning", "An id is there, and nothing leads to it.",
    hint="Link to it, or take it out.",
    source="An id that nothing leads to is a link that was forgotten",
    needs="book",
)  # fmt: skip
def unused_ids(proof: Proof) -> Iterator[Fault]:
    """Give ids that chapters set and no text or data of the book names."""
    files = [*proof.source_map.files, *filter(proof.shelf.has, [INDEX])]
    texts = "\n".join(proof.source_map.text(file).read for file in files)
    for part in proof.parts:
        for found in OWN_ID.finditer(part.body):
            name = found[1] or found[2]
            line = part.first_line + part.body[: found.end()].count("\n")
            if not re.search(rf"\(#?{re.escape(name)}\)|(?<![\w:#-]){re.escape(name)}(?![\w:-])(?! *\}})", texts):
                yield Fault(
                    Place(part.file, line), f'nothing leads to the id "{name}". Link to it, or take it out.'
                )


@rule(
    "T09", "error", "A page number is typed by hand.",
    hint="Write a link, as [](chapter:name): paper then shows its page, and screens lead there.",
    source="Measured: each edition has its own pages, and an e-book has none",
    needs="book",
)  # fmt: skip
def typed_pages(proof: Proof) -> Iterator[Fault]:
    """Give lines that name a page of the book by its number."""
    words = [proof.book.manifest.labels.page, *proof.checks.structure.page_words]
    named = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, words))})\s*\d+(?![\d%-]*\w)", re.IGNORECASE)
    mine = {SIGNS, *(part.file for part in proof.parts)}
    for file in (file for file in proof.source_map.files if file in mine or file.startswith("images/")):
        for number, line in enumerate(proof.source_map.text(file).read.split("\n"), 1):
            for found in named.finditer(line):
                said = f'"{found[0]}" is true in one edition at most. Write a link instead of the number.'
                yield Fault(Place(file, number), said)


@rule(
    "T10", "error", "A chapter was written and is in no edition.",
    hint="List it in book.yaml under contents, or move it out of chapters/.",
    source="A forgotten chapter must not pass in silence",
    needs="told",
)  # fmt: skip
def unlisted(proof: Proof) -> Iterator[Fault]:
    """Give the files that a build found and no contents list."""
    yield from proof.told_of("T10")


@rule(
    "T11", "error", "A table has no caption, or more columns than a phone shows.",
    hint="Write “Table: …” above it, and keep to 4 columns.",
    source="WCAG technique H39 (caption); measured at 320 pixels (columns)",
    needs="told",
)  # fmt: skip
def broken_tables(proof: Proof) -> Iterator[Fault]:
    """Give the tables that a build refuses."""
    yield from proof.told_of("T11")


@rule(
    "T12", "warning", "A heading has nothing below it.",
    hint="Write what it promises, or take it out.",
    source="WCAG 2.2, 2.4.6 Headings and Labels",
    needs="text",
)  # fmt: skip
def bare_headings(proof: Proof) -> Iterator[Fault]:
    """Give headings after which a heading of the same or a higher level comes, or nothing at all."""
    for section, part in proof.sections():
        for heading in _headings(section.tree):
            after = next(heading.itersiblings(etree.Element), None)
            level = str(heading.tag)
            if level != "h1" and (after is None or (after.tag in HEADINGS and str(after.tag) <= level)):
                words = plain(heading)
                yield Fault(_last_line(part, words), f'nothing stands below the heading "{words}". Write it.')


@rule(
    "T13", "warning", "A file has a name that not every machine keeps.",
    hint="Use small letters, digits and hyphens, and no spaces.",
    source="EPUBCheck PKG-010 and PKG-012: no spaces and plain ASCII in file names",
    needs="text",
)  # fmt: skip
def odd_names(proof: Proof) -> Iterator[Fault]:
    """Give chapters and pictures whose file names are not plain."""
    files = {part.file: Place(part.file) for part in proof.parts}
    files |= {f"images/{shown.name}": shown.asked for shown in proof.shown}
    for file, place in files.items():
        name = file.rpartition("/")[2]
        if not PLAIN_NAME.fullmatch(name):
            yield Fault(place, f'the file name "{name}" holds more than letters, digits and hyphens. Rename it.')


@rule(
    "T15", "warning", "“In this chapter” promises too much.",
    hint="Keep to the few things that help a reader to choose.",
    source="NHS service manual, Lists: about 6 items; a list of one is none",
    needs="book",
)  # fmt: skip
def long_promises(proof: Proof) -> Iterator[Fault]:
    """Give chapters that promise more than can be taken in, or one thing twice."""
    most = proof.checks.structure.most_promises
    for part in (part for part in proof.parts if isinstance(part, Chapter)):
        promises = part.head.in_this_chapter
        if len(promises) > most:
            said = f"{len(promises)} promises are too many to take in; {most} are the most. Join or drop some."
            yield Fault(proof.line(part.file, "in_this_chapter"), said)
        for words, times in Counter(promises).items():
            if times > 1:
                said = f'"{words}" is promised twice. Keep one.'
                yield Fault(proof.line(part.file, "in_this_chapter"), said)
