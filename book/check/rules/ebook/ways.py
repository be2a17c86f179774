"""The ways to find one's place in an e-book: contents, landmarks, headings, kinds of parts, links."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from book.check.fault import Fault
from book.check.rule import rule
from book.check.views.ebook import NAV, NCX, UNREAD, Opened, in_each_ebook
from book.formats.epub.navigation import MARKED
from book.render.tree import plain, select, value

LEVELS, OLD_LEVELS = 3, 2
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ROLES = """afterword appendix bibliography chapter colophon conclusion credits dedication endnotes epilogue epigraph
    errata footnote foreword glossary glossref index introduction noteref notice pagebreak part preface prologue
    pullquote qna subtitle tip toc""".split()
ROLE_OF = {name: f"doc-{name}" for name in ROLES} | {"cover": "doc-cover", "page-list": "doc-pagelist"}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")


@rule(
    "E13", "error", "The contents do not lead through the e-book as it is read.",
    hint="Contents follow the reading order, name each file once, and go three levels deep at most.",
    source="EPUB 3.3 on the toc nav (EPUBCheck NAV-011); Kindle Publishing Guidelines: an NCX of two levels",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def contents(book: Opened) -> Iterator[Fault]:
    """Compare new contents and old ones with the reading order, and count their levels."""
    at, wanted = book.key("contents"), [name for name in book.order if name not in UNREAD]
    links = {
        NAV: select(book.tree(NAV), "//nav[@epub='toc']//a/@href"),
        NCX: select(book.tree(NCX), "//navPoint/content/@src"),
    }
    for name, found in links.items():
        led = list(dict.fromkeys(str(link).partition("#")[0] for link in found))
        if odd := next((two for two in zip_longest(led, wanted, fillvalue="nothing") if two[0] != two[1]), ()):
            said = f"the contents lead to {odd[0]} where the book goes on with {odd[1]}. Put them in order."
            yield Fault(at, said, seen=name)
    if select(book.tree(NAV), "//nav[@epub='toc']/ol" + "/li/ol" * LEVELS):
        yield Fault(
            at, f"the contents are over {LEVELS} levels deep, and readers get lost. Flatten them.", seen=NAV
        )
    if select(book.tree(NCX), "/" + "/navPoint" * (OLD_LEVELS + 1)):
        said = f"the old contents are over {OLD_LEVELS} levels deep; Kindles drop the rest. Flatten them."
        yield Fault(at, said, seen=NCX)
    if NAV not in book.order:
        yield Fault(at, "the contents are no page of the book, so old readers show none. Add them.", seen=NAV)


@rule(
    "E14", "warning", "Readers' menus miss a place of the e-book, or lead to none.",
    hint="Landmarks name cover, title page, contents, the first page, and what lists the book has.",
    source="EPUB 3.3 on landmarks; EPUB Structural Semantics; Kobo shows landmarks beside the contents",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def landmarks(book: Opened) -> Iterator[Fault]:
    """Compare the landmarks with what the book has."""
    kinds = {value(section, "epub") for _, page in book.pages for section in page.iter("section")}
    wanted = {"cover", "titlepage", "toc", "bodymatter"} | (kinds & set(MARKED))
    marks = select(book.tree(NAV), "//nav[@epub='landmarks']//a")
    for kind in sorted(wanted ^ {value(mark, "epub") for mark in marks} - {""}):
        said = (
            "has no landmark. Add it." if kind in wanted else "is a landmark, and the book has none. Take it out."
        )
        yield Fault(book.key("contents"), f"the place {kind} {said}", seen=NAV)
    for mark in marks:
        if value(mark, "href").partition("#")[0] not in book.order:
            said = f'the landmark "{plain(mark)}" leads to no page of the book. Mend its link.'
            yield Fault(book.key("contents"), said, seen=NAV)


@rule(
    "E28", "error", "A page of the e-book has no title of its own, or its headings skip a level.",
    hint="One heading of the first level a page; each below it one level deeper at most.",
    source="WCAG 2.2, 1.3.1 and 2.4.6; Ace and axe: page-has-heading-one, heading-order",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def headings(book: Opened) -> Iterator[Fault]:
    """Follow the headings of each page."""
    for name, page in book.pages:
        heads = list(page.iter(*HEADINGS))
        first = [head for head in heads if head.tag == "h1"]
        if len(first) != 1 and name != "cover.xhtml":
            said = f"this page has {len(first)} headings of the first level. It needs one, and no more."
            yield book.on(name, first[1], said) if first else book.of(name, said)
        if heads and heads[0].tag != "h1":
            yield book.on(name, heads[0], "this page begins with a lower heading than its first. Move it down.")
        for before, after in pairwise(heads):
            if int(after.tag[1]) - int(before.tag[1]) > 1:
                said = f'the heading "{plain(after)}" skips a level. Give it one level less.'
                yield book.on(name, after, said)


@rule(
    "E29", "warning", "A part of the e-book has a kind that screen readers do not hear of.",
    hint="Each epub:type goes with its role of DPUB-ARIA, where there is one.",
    source="W3C: EPUB Type to ARIA Role Authoring Guide 1.1; Ace: epub-type-has-matching-role",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def roles(book: Opened) -> Iterator[Fault]:
    """Compare kinds and roles; entries of the landmarks are no such parts themselves."""
    for name, page in book.pages:
        for part in select(page, "//*[@epub][not(ancestor::nav[@epub='landmarks'])]"):
            for kind in value(part, "epub").split():
                role = ROLE_OF.get(kind)
                if role and not select(part, f"descendant-or-self::*[@role='{role}']"):
                    yield book.on(name, part, f'the part of the kind "{kind}" has no role. Give it role="{role}".')


@rule(
    "E30", "error", "A link of the e-book leads nowhere, or one id is given twice.",
    hint="Mend the link; within the book, use a typed id like chapter:name.",
    source="EPUBCheck RSC-007 and RSC-012; XML 1.0: an id is unique in its file",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def links(book: Opened) -> Iterator[Fault]:
    """Follow all links within the e-book: to files, and to ids in them."""
    ids = {name: Counter(str(one) for one in select(page, "//@id")) for name, page in book.pages}
    for name, page in book.pages:
        for one, times in ids[name].items():
            if times > 1:
                (first, *_) = select(page, f"//*[@id='{one}']")
                yield book.on(name, first, f'the id "{one}" is given {times} times here, so links to it go astray.')
        for link in select(page, "//*[@href or @src]"):
            target = link.get("href") or value(link, "src")
            file, _, end = target.partition("#")
            if SCHEME.match(target):
                continue
            if (file or name) not in book.files or (end and end not in ids.get(file or name, {})):
                yield book.on(name, link, f'the link to "{target}" leads nowhere in the e-book. Mend it.')
