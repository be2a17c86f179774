"""Pictures: whether they are there, are told in words, are fresh, and are shown."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from book.build.install import install
from book.check.fault import Fault, NotChecked
from book.check.proof import Proof
from book.check.rule import rule
from book.load.pictures import MEDIA_TYPES
from book.model.book import drawn_files
from book.model.place import FIGURES, Place
from book.model.problems import BookError

WORD = re.compile(r"\w+")
FILE_NAME = re.compile(
    r"\S+\.(svg|png|jpe?g|gif|webp)|\w+([-_]\w+)+|(img|dsc|image|figure|fig)[-_ ]?\d+", re.IGNORECASE
)


@rule(
    "F01", "error", "A picture has no words for those who cannot see it.",
    hint="Say in alt what the picture shows, as you would on the telephone.",
    source="WCAG 2.2, 1.1.1 Non-text Content",
    needs="told",
)  # fmt: skip
def wordless(proof: Proof) -> Iterator[Fault]:
    """Give the pictures that a build refuses for want of words."""
    yield from proof.told_of("F01")


@rule(
    "F02", "error", "A picture's caption is its alt text as well.",
    hint="Let the caption say what matters about the picture, and alt what is seen on it.",
    source="NHS service manual, Images: the caption does not repeat the alt text",
    needs="told",
)  # fmt: skip
def caption_as_alt(proof: Proof) -> Iterator[Fault]:
    """Give the pictures that a build refuses for words said twice."""
    yield from proof.told_of("F02")


@rule(
    "F03", "warning", "Alt text says little more than the caption.",
    hint="Whoever hears the page hears both: say in alt what is seen.",
    source="NHS service manual, Images: the caption does not repeat the alt text",
    needs="text",
)  # fmt: skip
def same_words(proof: Proof) -> Iterator[Fault]:
    """Give pictures whose alt text has no words of its own."""
    share = proof.checks.pictures.alike
    for shown in proof.shown:
        alt, caption = ({word.casefold() for word in WORD.findall(text)} for text in (shown.alt, shown.caption))
        if alt and caption and len(alt & caption) >= share * len(alt):
            said = f'the alt text of "{shown.name}" says little but its caption over again. Say what is seen.'
            yield Fault(shown.asked, said)


@rule(
    "F04", "warning", "Alt text is not fit to be heard.",
    hint="Write one to three whole sentences that say what is seen, in at most 250 letters.",
    source="WCAG technique F30 (file names); DIAGRAM Center image guidelines (length, no opening)",
    needs="text",
)  # fmt: skip
def unfit_words(proof: Proof) -> Iterator[Fault]:
    """Give pictures whose alt text is a file name, too long, no sentence, or begins with what it is."""
    for shown in proof.shown:
        for said in _unfit(shown.alt, proof) if shown.alt else ():
            yield Fault(shown.asked, f'the alt text of "{shown.name}" {said}')


def _unfit(alt: str, proof: Proof) -> Iterator[str]:
    checks = proof.checks.pictures
    if FILE_NAME.fullmatch(alt):
        yield "is a name of a file. Say what the picture shows."
        return
    if len(alt) > checks.longest_alt:
        yield f"has {len(alt)} letters; {checks.longest_alt} are the most. Shorten it; tell the rest in the text."
    if not alt.rstrip(")\"'”’").endswith((".", "!", "?", "…")):
        yield "does not end with a full stop, so a voice runs on into the text. Write a sentence."
    opening = next(
        (words for words in checks.openings if re.match(rf"{re.escape(words)}\b", alt, re.IGNORECASE)), ""
    )
    if opening:
        yield f'begins with "{opening}". A voice says that already: begin with what is seen.'


@rule(
    "F05", "error", "A drawn figure is not what its words say now.",
    hint="Run: book draw. Change figures in their YAML, never in the SVG file.",
    source="docs/figures.md: figures are drawn from the book's own data",
    needs="told",
)  # fmt: skip
def stale_figures(proof: Proof) -> Iterator[Fault]:
    """Give figures that are not drawn, stale, changed by hand or forgotten."""
    yield from proof.told_of("F05")
    if not proof.reaches("book") or not _draws(proof):
        return
    if not (find_spec("numpy") and find_spec("contourpy")):
        raise NotChecked(f"drawing needs numpy and contourpy. Run: {install('draw')}")
    from book.build.figures import figures_of  # noqa: PLC0415 - only drawing needs numpy

    try:
        figure_set = figures_of(proof.book, proof.shelf)
    except BookError as error:
        yield from (Fault(Place(problem.file, problem.line), problem.message) for problem in error.problems)
        return
    for group in figure_set.stale():
        said = (
            f'the figure "{group.name}" has changed in its data, or its file by hand. Run: book draw {group.name}'
        )
        yield Fault(group.places[0], said)
    for file in figure_set.forgotten():
        yield Fault(Place(f"images/{file}"), "nothing asks for this figure any more. Run book draw, and it goes.")


def _draws(proof: Proof) -> bool:
    """Say whether a book has figures of its own, or had some."""
    return bool(drawn_files(proof.book))


@rule(
    "F09", "warning", "A picture in the book's folder is shown nowhere.",
    hint="Show it, or take it out of images/.",
    source="A picture that nobody sees was forgotten, or its place in the text was",
    needs="text",
)  # fmt: skip
def unseen_files(proof: Proof) -> Iterator[Fault]:
    """Give pictures in images/, drawn ones among them, that no page shows."""
    drawn = {f"{name}.svg": name for name in proof.book.figures.figures}
    for suffix in MEDIA_TYPES:
        for file in proof.shelf.names("images", suffix):
            name = Path(file).name
            if name in proof.rendered.pictures or name in {
                shown.name for shown in proof.shown if shown.kind == "plate"
            }:
                continue
            place = proof.line(FIGURES, "figures", drawn[name]) if name in drawn else Place(file)
            yield Fault(place, f'no page shows the picture "{name}". Show it, or take it out.')
