"""300 faults at random lines of the report's chapters, all in one run: each is told on its line, and nothing else is."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.loader import load
from book.model.problems import BookError, Problems
from book.render.renderer import render
from tests.conftest import ROOT

COUNT = 300
SPARED = {"one-page.md", "words-to-know.md"}  # where a paragraph more is a fault of its own: too long, no term
# what is written, N being a number; how many lines below its first the fault stands; how its message begins
FAULTS = [
    ("A note.[^nopeN]", 0, 'there is no note "nopeN"'),
    ("Two lines,\nand a note.[^nopeN]", 1, 'there is no note "nopeN"'),
    ("[^unnamed-N]: Nobody names it.", 0, 'nothing names the note "unnamed-N"'),
    ("See [the page][nopeN].", 0, '"[the page][nopeN]" would be printed'),
    ("> A quote\n> with [a page][nopeN].", 1, '"[a page][nopeN]" would be printed'),
    ("See [this](chapter:nopeN).", 0, 'the cross-reference "chapter:nopeN" leads nowhere'),
    ("Words:\n- a\n- b, see [x](exercise:nopeN)", 2, 'the cross-reference "exercise:nopeN" leads nowhere'),
    ("See [this](nopeN.md).", 0, 'the link "nopeN.md" leads to no file'),
    ("See [this](#nope-N).", 0, 'the link "#nope-N" leads nowhere'),
    ("Table: T\n\n| A | B |\n|---|---|\n| x | [y](#gone-N) |", 4, 'the link "#gone-N" leads nowhere'),
    ("See [this](nope:\\\\N).", 0, 'the link "nope:\\N" is not understood'),
    ("Known [@NOPEN].", 0, 'there is no source "NOPEN"'),
    ("![What it is.](nopeN.svg)", 0, 'there is no file "images/nopeN.svg"'),
    ("- One\n- Two\n\n  ![What it is.](goneN.svg)", 3, 'there is no file "images/goneN.svg"'),
    ("![](figure:nopeN)", 0, 'there is no figure "nopeN"'),
    ("# Title N", 0, "a heading with one # is the title"),
    ("Some **bold-N words.", 0, '"**" would be printed'),
    ("Some words\nand *stars-N.", 1, '"*" would be printed'),
    ("Some `code-N words.", 0, '"`" would be printed'),
    ("<font>x N</font>", 0, "<font> cannot be used"),
    ('A word <b onclick="xN">x</b>.', 0, 'the attribute "onclick" cannot be used'),
    ("!!! note\n    Words N", 0, '"!!! note" would be printed'),
    ("> [!NOTE]\n> Words N", 0, '"[!NOTE]" would be printed'),
    ("::: warning\nWords N", 0, '"::: warning" would be printed'),
    ("{{< video N >}}", 0, '"{{< video N >}}" would be printed'),
    ("{% hint N %}", 0, '"{% hint N %}" would be printed'),
    ("| a N | b |\n| c | d |", 0, '"| a N | b |'),
    ("• item N\n• another", 0, '"• item N'),
    ("##Head N", 0, '"##Head N" would be printed'),
    ("See [[page N]].", 0, '"[[page N]]" would be printed'),
    ("Salt &nopeN; pepper.", 0, '"&nopeN;" would be printed'),
    ("Words\nand {{ nope-N }}.", 1, 'there is no fact or statement "nope-N"'),
    ("/// nope-N\nWords.\n///", 0, 'there is no callout "nope-N"'),
    ("A sign \x0b N.", 0, "a control character (U+000B) stands here"),
    ("Term\n:   Meaning with **stars-N.", 1, '"**" would be printed'),
    ("Words with a picture ![Seen.](place:nopeN) in them.", 0, "a place for a picture stands on a line of its own"),
]  # fmt: skip
# after these, what follows in a file is in the wrong place: one at most, the last of its file
OPEN = [
    ("/// tip\nWords N", 0, 'the callout "tip" has no end'),
    ("```\ncode N", 0, "the code has no end"),
    ("Words\n<i>open N", 1, "<i> has no end"),
]


def free_lines(text: str) -> Iterator[int]:
    """The numbers of empty lines of a chapter's body that stand in no callout and no code."""
    lines, fronts, depth = text.split("\n"), 0, 0
    for number, line in enumerate(lines, 1):
        if fronts < 2:
            fronts += line == "---"
        elif line.startswith("///"):
            depth += 1 if line.strip("/ ") else -1
        elif (
            not line.strip()
            and not depth
            and not lines[number - 2].startswith("Table:")
            and number < len(lines)
            and not lines[number].startswith((" ", "\t"))
        ):
            yield number


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, int, str]]]:
    """The report with all the faults, and what is to be told of them: file, line, beginning of the message."""
    chance = random.Random(1)
    book = tmp_path_factory.mktemp("spoilt") / "book"
    for folder in ("chapters", "images", "styles"):
        shutil.copytree(ROOT / folder, book / folder)
    shutil.copy(ROOT / "book.yaml", book)
    files = [path for path in sorted(book.glob("chapters/**/*.md")) if path.name not in SPARED]
    places = [(path, line) for path in files for line in free_lines(path.read_text("utf-8"))]
    chosen = sorted(chance.sample(places, COUNT), key=lambda place: (str(place[0]), place[1]))
    wanted = []
    for path in files:
        text, shift = path.read_text("utf-8").split("\n"), 0
        own = [line for file, line in chosen if file == path]
        for number, line in enumerate(own):
            kinds = OPEN if number == len(own) - 1 and chance.random() < 0.5 else FAULTS
            written, below, said = (part.replace("N", str(len(wanted))) if isinstance(part, str) else part
                                    for part in chance.choice(kinds))  # fmt: skip
            rows = [*written.split("\n"), ""]
            text[line + shift : line + shift] = rows
            wanted.append((path.relative_to(book).as_posix(), line + shift + 1 + int(below), str(said)))
            shift += len(rows)
        path.write_text("\n".join(text), "utf-8")
    return book, wanted


def test_each_fault_is_told_on_its_line_and_nothing_else_is(
    spoilt: tuple[Path, list[tuple[str, int, str]]],
) -> None:
    book, wanted = spoilt
    shelf, problems = Shelf(book), Problems()
    with pytest.raises(BookError) as caught:  # noqa: PT012 - two stages of one run
        render(load(shelf, problems), BookFiles(shelf), problems)
        problems.raise_any()
    told = list(caught.value.problems)
    right = [
        one for one in wanted if any(_is(problem.file, problem.line, problem.message, one) for problem in told)
    ]
    others = [
        str(problem) for problem in told
        if not any(_is(problem.file, problem.line, problem.message, one) for one in wanted)
    ]  # fmt: skip
    assert len(wanted) == COUNT
    assert [one for one in wanted if one not in right] == []
    assert others == []


def _is(file: str, line: int, message: str, wanted: tuple[str, int, str]) -> bool:
    return (file, line) == wanted[:2] and message.startswith(wanted[2])
