"""Where links can lead in a book: one id for each place, unique in the book, and the names authors call it by.

An id that an author gave stays, and two of one name are told; what the builder named gives way.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import unquote

from lxml import etree

from book.model.document import Document
from book.model.fields import TYPED, html_id
from book.model.problems import Problems
from book.render.section import Section
from book.render.tree import MADE, Tree, line_at, plain, select, slug, unused, value

RESERVED = re.compile(r"page-\d+")  # what e-books call the beginnings of pages
BUILT = ("at:", "index:", "use:")  # typed ids that no author writes
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Anchors:
    """The places of a book: `titles` by typed id, `words` by final id. They are asked for as links call them."""

    def __init__(self, sections: Sequence[Section], problems: Problems) -> None:
        """Give each id in sections its final form; report two that an author gave the same name."""
        self.titles: dict[str, str] = {}
        self.words: dict[str, str] = {}  # of each place, by its final id
        self._final: dict[str, str] = {}  # of ids that authors gave, and of typed ids, in the whole book
        self._local: dict[str, dict[str, str]] = {}  # of all that a section has, by each name, by the section's key
        self._files = {section.part.file: section for section in sections if isinstance(section.part, Document)}
        homes: dict[str, str] = {}
        self._settle(sections, homes, problems, _is_given)
        self._settle(sections, homes, problems, _is_made)
        self._settle(sections, homes, problems, _is_made_heading)
        for section in sections:
            self._name_headings(section)

    def _settle(
        self, sections: Sequence[Section], homes: dict[str, str], problems: Problems, which: Callable[[Tree], bool]
    ) -> None:
        """Settle some of the ids: what comes later gives way. `homes` are the files of those that are settled."""
        taken = set(homes)
        for section in sections:
            self.titles.setdefault(section.key, section.title)
            for element in [element for element in _with_ids(section.tree) if which(element)]:
                name = value(element, "id")
                final = html_id(name)
                if re.fullmatch(TYPED, name) and name not in self.titles:
                    self.titles[name] = title_of(element)
                is_reserved = bool(RESERVED.fullmatch(final))
                taken |= {final} if is_reserved else set()
                if is_reserved or which is not _is_given:
                    final = unused(final, taken)
                    if which is _is_made:
                        _follow(section.tree, name, final)
                elif final in homes:
                    said = f'the id "{name}" is already used in {homes[final]}. Rename one.'
                    problems.add(section.file, line_at(element) or section.line(f"#{name}"), said, "T04")
                homes.setdefault(final, section.file)
                taken.add(final)
                element.set("id", final)
                self.words[final] = title_of(element)
                if which is _is_given or re.fullmatch(TYPED, name):
                    self._final.setdefault(name, final)
                self._local.setdefault(section.key, {}).setdefault(name, final)

    def _name_headings(self, section: Section) -> None:
        """Let links call a heading by its words, as other programs do: #mix-it, and the second #mix-it-1."""
        names, seen = self._local.setdefault(section.key, {}), Counter[str]()
        for heading in section.tree.iter(*HEADINGS):
            if heading.get("id"):
                for name in {_hyphened(plain(heading)), slug(plain(heading))}:
                    names.setdefault(f"{name}-{seen[name]}" if seen[name] else name, value(heading, "id"))
                    seen[name] += 1

    def of(self, name: str) -> str | None:
        """Give the final id of a typed id, or of one that an author gave anywhere in the book."""
        return self._final.get(name)

    def within(self, section: Section, name: str) -> str | None:
        """Give the final id of a place in a section by its id, or by the words of its heading."""
        names = self._local.get(section.key, {})
        bare = unquote(name)
        return names.get(bare) or names.get(bare.lower())

    def document(self, path: str, asking: Section) -> Section | None:
        """Give the section of a Markdown file, as a file beside it, or one in the book's folder, calls it."""
        path = unquote(path)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(asking.file), path))
        return self._files.get(beside) or self._files.get(posixpath.normpath(path))

    def names_in(self, section: Section) -> list[str]:
        """List how links may call the places of a section."""
        return list(self._local.get(section.key, {}))

    @property
    def files(self) -> list[str]:
        """The Markdown files of the book."""
        return list(self._files)


def title_of(element: Tree) -> str:
    """Give the words by which a link may call what it leads to."""
    heading = (select(element, "./p[@class='callout-title']") or [element])[0]
    return element.get("data-title") or element.get("aria-label") or plain(heading)


def _with_ids(tree: Tree) -> Iterator[Tree]:
    return (element for element in tree.iter(etree.Element) if element.get("id"))


def _is_given(element: Tree) -> bool:
    return element.get(MADE) is None and not value(element, "id").startswith(BUILT)


def _is_made(element: Tree) -> bool:
    return not _is_given(element) and element.tag not in HEADINGS


def _is_made_heading(element: Tree) -> bool:
    return element.get(MADE) is not None and element.tag in HEADINGS


def _follow(tree: Tree, name: str, final: str) -> None:
    """Let the builder's own links between notes and text lead to an id that gave way."""
    if name != final:
        for link in tree.iter("a"):
            if link.get("href") == f"#{name}" and link.get("class") in {"noteref", "backlink"}:
                link.set("href", f"#{final}")


def _hyphened(text: str) -> str:
    """Give the name of a heading as GitHub makes it: in small letters, spaces as hyphens, without other signs."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")
