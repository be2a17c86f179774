"""Codes to scan: each address on the web gets one, on a page of their own, with a mark by which the text names it.

`render` finds them and fills `page:scan`; `assemble/paper` puts the marks into the text. The code of a source
bears the number that readers know, [5]; the links of the text count for themselves: link 1, link 2.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from book.kinds.exercise.model import Exercise
from book.model.book import Book, Chapter
from book.model.characters import NO_BREAK
from book.model.fields import html_id
from book.model.key_lines import KeyLines
from book.model.labels import Labels
from book.model.picture import Picture
from book.model.problems import Problems
from book.render.pages import works
from book.render.pages.qr import LONGEST, qr, size
from book.render.pages.templates import fill
from book.render.section import Section
from book.render.tree import Tree, plain, select, value
from book.render.words.addresses import is_outside, short
from book.render.words.typography import set_type

PAGE = "page:scan"
LISTS = {"sources", "scan"}  # sections where an address stands beside its number as it is
DATA = ("chapters/signs.yaml", "chapters/sources.yaml", "images/body-map.yaml", "book.yaml")


@dataclass(frozen=True)
class Code:
    """One code: its place on the page (from 1), its address, its mark, what it leads to in words, its sources' ids.

    `words` is "" where the address says it all.
    """

    number: int
    address: str
    mark: str
    words: str
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the code in all editions."""
        return f"{html_id(PAGE)}-{self.number}"

    @property
    def short(self) -> str:
        """The address as one types it."""
        return short(self.address)

    @property
    def picture(self) -> str:
        """The name of its picture."""
        return f"qr-{self.number}.svg"


def find_codes(sections: Sequence[Section], book: Book, numbers: Mapping[str, int]) -> tuple[Code, ...]:
    """List what sections and cited sources lead to, links in reading order, then sources; none without `page:scan`.

    `numbers` are those of the cited sources, in their order.
    """
    if all(section.key != PAGE for section in sections):
        return ()
    of_sources = _of_sources(book, numbers)
    known = {code.short for code in of_sources}
    of_links = _of_links(sections, known, book.manifest.labels.link)
    return tuple(replace(code, number=number) for number, code in enumerate([*of_links, *of_sources], 1))


def check(
    codes: Sequence[Code],
    sections: Iterable[Section],
    pictures: Collection[str],
    lines: KeyLines,
    problems: Problems,
) -> None:
    """Report a page without codes, an address too long for one, a picture of the book with the name of one."""
    files = [*(section.part.file for section in sections if isinstance(section.part, Chapter | Exercise)), *DATA]
    for page in (section for section in sections if section.key == PAGE and not codes):
        message = f'"{PAGE}" needs links that lead out of the book, and there are none. Take it out of contents.'
        problems.add(page.file, page.line(PAGE), message)
    for code in codes:
        if size(code.address) > LONGEST:
            message = (
                f"the address is {size(code.address)} bytes long, and phones read codes of {LONGEST} at most. "
                "Use a shorter one; often all from ? or # on can go."
            )
            problems.add(*lines.find(files, code.address), message)
        if code.picture in pictures:
            message = f'the code of {code.mark} has the name "{code.picture}". Give your picture another.'
            problems.add(*lines.find(files, code.picture), message)


def name_mentions(sections: Iterable[Section], codes: Iterable[Code]) -> dict[int, str]:
    """Give each code's first mention in the text an id, where it has none; give these ids by the codes' numbers."""
    wanted = {code.short: code for code in codes}
    wanted |= {"#" + html_id(f"source:{key}"): code for code in codes for key in code.sources}
    found: dict[int, str] = {}
    for section in sections:
        for link in [] if is_list(section.tree) else select(section.tree, ".//a[@href]"):
            href = value(link, "href")
            code = wanted.get(short(href) if is_outside(href) else href)
            if code and code.number not in found and not select(link, "ancestor-or-self::*[@data-medium='screen']"):
                link.set("id", link.get("id") or f"{code.id}-from")
                found[code.number] = value(link, "id")
    return found


def with_codes(section: Section, codes: Sequence[Code], mentions: Mapping[int, str], labels: Labels) -> Section:
    """Give `page:scan` its codes, and bare addresses in any section their short form; the rest as it is."""
    if section.key == PAGE:
        groups = [
            ("links", labels.scan_links, [code for code in codes if not code.sources]),
            ("sources", labels.sources, [code for code in codes if code.sources]),
        ]
        groups = [group for group in groups if group[2]]
        tree = fill("scan.html", key=section.html_id, groups=groups, mentions=mentions, labels=labels)
        section = replace(section, tree=tree)
    for link in select(section.tree, './/a[@class="url"]'):
        link.text = short(value(link, "href"))
    return section


def pictures(codes: Iterable[Code]) -> dict[str, Picture]:
    """Draw the codes, by the names of their pictures."""
    return {code.picture: Picture(code.picture, qr(code.address), "image/svg+xml", tall=False) for code in codes}


def is_list(tree: Tree) -> bool:
    """Say whether a section lists addresses beside their numbers as it is."""
    return bool(LISTS & set(value(tree, "class").split()))


def _of_links(sections: Iterable[Section], known: Collection[str], label: str) -> list[Code]:
    """Give the codes of addresses that stand in the text and are not of a known source; still without places."""
    first: dict[str, Tree] = {}
    for section in sections:
        for link in section.tree.iter("a"):
            if is_outside(value(link, "href")):
                first.setdefault(short(value(link, "href")), link)
    found = [link for address, link in first.items() if address not in known]
    return [
        Code(
            0,
            value(link, "href"),
            f"{label}{NO_BREAK}{number}",
            "" if link.get("class") == "url" else set_type(plain(link)),
        )
        for number, link in enumerate(found, 1)
    ]


def _of_sources(book: Book, numbers: Mapping[str, int]) -> list[Code]:
    """Give the codes of cited sources; those that share an address share a code. Still without places."""
    sharing: dict[str, list[str]] = {}
    for key in numbers:
        if (source := book.sources.get(key)) and source.link:
            sharing.setdefault(short(source.link), []).append(key)
    return [
        Code(
            0,
            book.sources[keys[0]].link or "",
            ", ".join(f"[{numbers[key]}]" for key in keys),
            works.in_words(book.sources[keys[0]], book.manifest.labels),
            tuple(keys),
        )
        for keys in sharing.values()
    ]
