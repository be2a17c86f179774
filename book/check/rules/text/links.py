"""Links: whether they lead somewhere, and whether their words say where."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.model.place import Place
from book.render.tree import Tree, plain, select, value


@rule(
    "T05", "error", "A link leads nowhere.",
    hint="Give its target that id, or mend the link.",
    source="EPUB 3.3: links lead to what is there; a dead end costs readers their place",
    needs="told",
)  # fmt: skip
def dead_links(proof: Proof) -> Iterator[Fault]:
    """Give the links that a build refuses."""
    yield from proof.told_of("T05")


@rule(
    "T06", "warning", "A link goes over an open line.",
    hint="Write https://; nearly every site has it.",
    source="RFC 9110, 4.2.2: only https says whose page it is",
    needs="text",
)  # fmt: skip
def open_lines(proof: Proof) -> Iterator[Fault]:
    """Give links that begin with http://."""
    for place, link in _links(proof):
        if (address := value(link, "href")).startswith("http://"):
            said = f'the link "{address}" is not safe from prying. Write https:// if the site has it.'
            yield Fault(place, said)


@rule(
    "T07", "warning", "The words of a link do not say where it leads.",
    hint="Link the words that name the thing: not “here”, and no long address.",
    source="WCAG 2.2, 2.4.4 Link Purpose: screen readers list links without the text around them",
    needs="text",
)  # fmt: skip
def wordless_links(proof: Proof) -> Iterator[Fault]:
    """Give links that say nothing, or are a long bare address."""
    checks = proof.checks.structure
    empty = {words.casefold() for words in checks.says_nothing}
    for place, link in _links(proof):
        words = plain(link)
        if words.casefold().strip(" .,:!→»") in empty:
            yield Fault(place, f'the link "{words}" does not say where it leads. Link the words that do.')
        elif value(link, "class") == "url" and len(words) > checks.longest_address:
            yield Fault(
                place, f"a bare address of {len(words)} letters is read out letter by letter. Give it words."
            )


@rule(
    "T16", "warning", "Links with the same words lead to different places.",
    hint="Let each link name its own place.",
    source="WCAG 2.2, 2.4.4 Link Purpose",
    needs="text",
)  # fmt: skip
def twin_links(proof: Proof) -> Iterator[Fault]:
    """Give links of a chapter that read like an earlier one and lead elsewhere."""
    led: dict[tuple[str, str], str] = {}
    for place, link in _links(proof):
        words, target = plain(link).casefold(), value(link, "href")
        if words and led.setdefault((place.file, words), target) != target:
            yield Fault(place, f'two links "{plain(link)}" lead to different places. Word one anew.')


def _links(proof: Proof) -> Iterator[tuple[Place, Tree]]:
    """Give the links that authors wrote into texts, each with its place: no citations, no terms, no map."""
    for section, part in proof.sections():
        for link, line in zip(section.tree.iter("a"), section.link_lines, strict=True):
            if value(link, "class") in {"url", "out", "ref"} and not select(link, "ancestor::*[@data-map]"):
                yield Place(part.file, line or section.line(value(link, "href"))), link
