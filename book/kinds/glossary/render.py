"""A glossary: its terms get ids, and each is linked where a chapter or an exercise first has it.

Nothing is linked where a link would lead readers away from what they must do now, or where it could not be seen:
in headings, other links, boxes that say stop, cards to hand over, and what stands in one medium alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from book.kinds.chapter.model import Chapter
from book.model.characters import NO_BREAK
from book.model.key_lines import KeyLines
from book.model.labels import Labels
from book.model.problems import Problems, nearest
from book.render.section import Section
from book.render.tree import Tree, child, line_at, plain, select, slug, unused, value
from book.render.words import find

Pattern = re.Pattern[str]
BARRED_TAGS = set("h1 h2 h3 h4 a thead caption figcaption dt code pre kbd cite em".split())
BARRED_CLASSES = set("kicker preview callout-title red-flag stop card dose names".split())
EPUB_TYPES = {"./descendant::dt[dfn]": "glossterm", "./descendant::dd[preceding-sibling::dt/dfn]": "glossdef"}


@dataclass(frozen=True)
class Term:
    """One term of a glossary: its headword, its typed id, the forms that readers meet, where it is explained."""

    name: str
    key: str
    forms: tuple[str, ...]
    section: Section
    entry: Tree

    @property
    def line(self) -> int:
        """The line of the author's file on which the term stands."""
        return line_at(self.entry)


def link(sections: list[Section], labels: Labels, lines: KeyLines, problems: Problems) -> None:
    """Mark the terms of glossaries among sections, link their first uses, and lead each entry back to one.

    Links and ids are typed, as an author writes them. What is wrong with the forms goes to `problems`.
    """
    homes = [section for section in sections if is_glossary(section)]
    taken = {value(entry, "id") for home in homes for entry in home.tree.iter("dt")}
    terms = [term for home in homes for term in _terms(home, taken)]
    for home in homes:
        _check_forms(home, terms, lines, problems)
    by_form = _by_form(terms, problems)
    if not by_form:
        return
    first: dict[str, Section] = {}
    finders = [(find.pattern([form]), term) for form, term in by_form.items()]
    anything = find.pattern(by_form)
    for section in sections:
        if not is_glossary(section):
            _link_first_uses(section, anything, finders, first)
    for term in terms:
        if term.key in first:
            _lead_back(term, first[term.key], labels)
        elif term.forms and not problems.unread:
            message = (
                f'the term "{term.name}" is nowhere in the book. Take it out, give the words for it under forms, '
                f"or keep it for readers who look it up: forms: {{{term.name}: []}}."
            )
            problems.add(term.section.file, term.line, message, "W09")


def is_glossary(section: Section) -> bool:
    """Say whether a section is a glossary."""
    return isinstance(section.part, Chapter) and section.part.head.glossary


def _terms(home: Section, taken: set[str]) -> Iterator[Term]:
    """Give the terms of a glossary, after giving each an id, its name for links, and a <dfn> around its words."""
    given = home.part.head.forms if isinstance(home.part, Chapter) else {}
    for entry in home.tree.iter("dt"):
        name, forms = named(plain(entry), given)
        entry.set("id", entry.get("id") or unused(f"term:{slug(name)}", taken))
        entry.set("data-title", name)
        head = etree.Element("dfn")
        head.text, entry.text = entry.text, None
        head.extend(list(entry))
        entry.append(head)
        yield Term(name, value(entry, "id"), forms, home, entry)


def named(entry: str, given: Mapping[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """Give a term's name and its forms from the words of its entry: name (other, other), or what is `given`."""
    name, _, others = entry.removesuffix(")").partition(" (")
    own = [name, *(other.strip() for other in others.split(","))]
    return name, tuple(given.get(name, filter(None, own)))


def _check_forms(home: Section, terms: list[Term], lines: KeyLines, problems: Problems) -> None:
    """See that forms are given for terms that there are."""
    names = [term.name for term in terms if term.section is home]
    if not names:
        message = "a glossary needs terms: a word on a line, below it a colon, three spaces and what it means."
        problems.add(home.file, lines.of(home.file, ("glossary",)), message)
    for name in home.part.head.forms if isinstance(home.part, Chapter) else ():
        if name not in names:
            remedy = nearest(name, names) or f" Known: {', '.join(names)}."
            problems.add(
                home.file, lines.of(home.file, ("forms", name)), f'there is no term "{name}" here.{remedy}'
            )


def _by_form(terms: list[Term], problems: Problems) -> dict[str, Term]:
    """Give the terms by their forms in small letters; a form of two terms is a problem."""
    found: dict[str, Term] = {}
    for term in terms:
        for form in term.forms:
            other = found.setdefault(form.casefold(), term)
            if other is not term:
                message = f'"{form}" stands for "{other.name}" and "{term.name}". Say under forms for which.'
                problems.add(term.section.file, term.line, message)
    return found


def _link_first_uses(
    section: Section, anything: Pattern, finders: list[tuple[Pattern, Term]], first: dict[str, Section]
) -> None:
    """Link the first use of each term in a section; `first` learns which section has a term first in the book.

    `anything` finds a form of any term, `finders` tell of which.
    """
    done = {value(link, "href") for link in section.tree.iter("a")}
    for run in [run for block in find.blocks(section.tree, _is_barred) for run in block]:
        here, start = run, 0
        while match := anything.search(getattr(*here), start):
            term = next(term for pattern, term in finders if pattern.fullmatch(match[0]))
            if term.key in done:
                start = match.end()
                continue
            done.add(term.key)
            wrapper = etree.Element("a", {"class": "term", "href": term.key})
            if first.setdefault(term.key, section) is section:
                wrapper.set("id", term.key.replace("term:", "use:", 1))
            here, start = find.wrap(here, *match.span(), wrapper), 0


def _is_barred(element: Tree) -> bool:
    """Say whether terms inside an element are left as they are."""
    return (
        element.tag in BARRED_TAGS
        or element.get("data-medium") is not None
        or not BARRED_CLASSES.isdisjoint(value(element, "class").split())
    )


def _lead_back(term: Term, section: Section, labels: Labels) -> None:
    """Close an entry with a way to the term's first use: a page in print, the section's title on screens."""
    (meaning,) = select(term.entry, "following-sibling::dd[1]")
    holder = meaning[-1] if len(meaning) and meaning[-1].tag == "p" else meaning
    used = child(holder, "span", NO_BREAK, class_="used")
    child(used, "span", f"{labels.first_in} ", data_medium="screen")
    back = child(used, "a", href=term.key.replace("term:", "use:", 1), class_="use")
    child(back, "span", section.short, data_medium="screen")
