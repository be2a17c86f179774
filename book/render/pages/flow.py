"""A flow of questions, `/// flow | Title` in a chapter: what the author writes, what is wrong with it, its markup.

One list of questions serves all editions. The style sheet of print makes a chart of it: down to the next question,
right to what to do. Large print and screens show it as the list that it is.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from book.kinds.chapter.model import Chapter
from book.model.book import Book
from book.model.document import Page
from book.model.fields import html_id
from book.model.problems import Problems
from book.render.blocks import Piece
from book.render.pages.templates import fill, inner
from book.render.tree import INLINE, Run, Tree, parent, plain, select, value

ANSWERS_AT_LEAST, ANSWERS_AT_MOST = 2, 4
LONGEST_ANSWER = 60  # letters before the colon: an answer beside an arrow down has one line
QUESTION = re.compile(r" {0,3}(\d+)\. ")
ANSWER = re.compile(r"( *)[-*+] ")
INDENT = range(4, 8)  # spaces before an answer, as Markdown nests a list
GO_TO = re.compile(r"go to (\d+)\.?", re.IGNORECASE)
COLON = re.compile(r":(\s+|$)")
HOW = 'Write it as "Yes: go to 2", or "Yes: " and what to do.'
Mistake = tuple[int, str]  # a line, and what is wrong there
Written = tuple[
    int, int, list[int]
]  # a question in the author's file: its line, its number, the lines of its answers


@dataclass(frozen=True)
class Answer:
    """One answer: its words, what follows the colon (None without one), the question that it leads to, if any."""

    words: Tree
    outcome: Tree | None
    to: int | None
    line: int


@dataclass(frozen=True)
class Question:
    """One question, its answers in the author's order, and the line on which it stands."""

    words: Tree
    answers: tuple[Answer, ...]
    line: int


def flow(piece: Piece, book: Book, problems: Problems) -> Tree | None:
    """Give the markup of a flow; None (and a problem for each mistake) if it cannot be followed."""
    if piece.part.key in problems.unread:
        return None
    written, items = _written(piece), select(piece.box, "./ol/li")
    found, questions = [*_misplaced(piece), *_miswritten(piece, written)], []
    if [len(answers) for _, _, answers in written] == [len(select(item, "./ul/li")) for item in items]:
        read = zip(items, written, strict=True)
        questions = [_question(item, line, answers) for item, (line, _, answers) in read]
        found += mistakes(questions)
    elif not found:
        said = "the questions and answers run into one another. Leave no empty lines between them."
        found.append((piece.line, said))
    for line, message in sorted(found):
        problems.add(piece.part.file, line, message)
    return None if found else _markup(piece, questions, book)


def _misplaced(piece: Piece) -> Iterator[Mistake]:
    """See that a flow stands by itself in a chapter, and has a title and one list."""
    if not isinstance(piece.part, Chapter) or parent(piece.box).getparent() is not None:
        yield piece.line, "a flow stands by itself in a chapter, as its chart is as wide as a page. Move it there."
    if not piece.given:
        yield piece.line, "a flow needs a title. Write it in the first line: /// flow | Which one is yours?"
    if [child.tag for child in piece.box if child.tag == "ol"] != ["ol"] or piece.box[-1].tag != "ol":
        yield piece.line, "a flow ends with its questions, in one numbered list (1. 2. 3.). Write them so."


def _written(piece: Piece) -> list[Written]:
    found: list[Written] = []
    for number, line in _lines(piece):
        if question := QUESTION.match(line):
            found.append((number, int(question[1]), []))
        elif found and ANSWER.match(line):
            found[-1][2].append(number)
    return found


def _lines(piece: Piece) -> Iterator[tuple[int, str]]:
    """Give the lines between the two fences of a flow with their numbers."""
    lines = piece.part.body.split("\n")[piece.line - piece.part.first_line :]
    bar = lines[0].split("flow")[0].strip()
    for number, line in enumerate(lines[1:], piece.line + 1):
        if line.strip() == bar:
            return
        yield number, line.expandtabs(4)


def _miswritten(piece: Piece, written: Sequence[Written]) -> Iterator[Mistake]:
    """Give what Markdown does not read as an answer, and questions that get another number than is written."""
    for place, (number, given, _) in enumerate(written, 1):
        if given != place:
            yield number, f"this is question {place}, not {given}. Number it so, and mend what leads to it."
    for number, line in _lines(piece):
        answer = ANSWER.match(line)
        if answer and len(answer[1]) not in INDENT and written and number > written[0][0]:
            yield number, "an answer begins with 4 spaces and a hyphen. Mend its indent."


def _question(item: Tree, line: int, lines: Sequence[int]) -> Question:
    """Read one item of the list: the question is what stands before its answers."""
    answers = select(item, "./ul/li")
    found = tuple(_answer(answer, number) for answer, number in zip(answers, lines, strict=True))
    words = deepcopy(item)
    for inside in select(words, "./ul"):
        words.remove(inside)
    return Question(_unwrapped(words), found, line)


def _answer(item: Tree, line: int) -> Answer:
    words, outcome = _cut(_unwrapped(item))
    leads = GO_TO.fullmatch(plain(outcome)) if outcome is not None and not len(outcome) else None
    return Answer(words, outcome, int(leads[1]) if leads else None, line)


def _unwrapped(item: Tree) -> Tree:
    """Give a copy of an item, without the paragraph that Markdown puts around its words where lines are empty."""
    copy = deepcopy(item)
    copy.tail = None
    if len(copy) == 1 and copy[0].tag == "p" and not (copy.text or "").strip():
        copy = copy[0]
    return copy


def _cut(item: Tree) -> tuple[Tree, Tree | None]:
    """Cut an item in two at its first colon before a space, outside of links and marks; None if there is none."""
    runs: list[Run] = [(item, "text"), *((child, "tail") for child in item)]
    for place, (element, side) in enumerate(runs):
        if found := COLON.search(getattr(element, side) or ""):
            outcome = etree.Element("span")
            outcome.text = found.string[found.end() :]
            setattr(element, side, found.string[: found.start()])
            outcome.extend(list(item)[place:])
            return item, outcome
    return item, None


def mistakes(questions: Sequence[Question]) -> Iterator[Mistake]:
    """Give all that is wrong with questions and answers that were read."""
    for number, question in enumerate(questions, 1):
        count = len(question.answers)
        if not ANSWERS_AT_LEAST <= count <= ANSWERS_AT_MOST:
            said = f"a question has {ANSWERS_AT_LEAST} to {ANSWERS_AT_MOST} answers, and here are {count}."
            yield question.line, f"{said} Write each below it: 4 spaces, a hyphen, then the answer."
        if not _is_line(question.words):
            yield question.line, "a question is one paragraph. Put what else you say into an outcome."
        for answer in question.answers:
            yield from ((answer.line, said) for said in _answer_mistakes(answer, number, len(questions)))
    led_to = {answer.to for question in questions for answer in question.answers}
    for number, question in enumerate(questions[1:], 2):
        if number not in led_to:
            said = f'nobody gets to question {number}. Let an answer "go to {number}", or take the question out.'
            yield question.line, said


def _answer_mistakes(answer: Answer, number: int, last: int) -> Iterator[str]:
    """Give what is wrong with an answer to the question of a number; the last one's is `last`."""
    words = plain(answer.words)
    if answer.outcome is None:
        yield f"there is no colon after the answer. {HOW}"
    elif not _has_words(answer.outcome):
        yield f"nothing follows the colon. {HOW}"
    elif not words:
        yield f"no answer stands before the colon. {HOW}"
    elif not (_is_line(answer.words) and _is_line(answer.outcome)):
        yield "an answer is one paragraph. Put what else you say below the flow."
    if len(words) > LONGEST_ANSWER and answer.outcome is not None:
        yield f"the answer has {len(words)} letters; beside an arrow stand {LONGEST_ANSWER}. Shorten it."
    if answer.to is not None and not 1 <= answer.to <= last:
        yield f"there is no question {answer.to} to go to. The last one is {last}."
    elif answer.to is not None and answer.to <= number:
        yield f'"go to {answer.to}" leads round in a circle. Lead on to a later question, or say what to do.'


def _is_line(words: Tree) -> bool:
    return all(child.tag in INLINE for child in words)


def _has_words(outcome: Tree) -> bool:
    """Say whether an outcome says or leads to something; an empty link gets its words later."""
    return bool(plain(outcome) or select(outcome, ".//a | .//img"))


def _markup(piece: Piece, questions: Sequence[Question], book: Book) -> Tree:
    name = _own_id(piece, book)
    key = value(piece.box, "id") or name
    piece.box.remove(select(piece.box, "./ol")[0])
    rows = [(inner(question.words), list(_ways(question, number))) for number, question in enumerate(questions, 1)]
    before, _, after = book.manifest.labels.go_to.partition("{number}")
    return fill(
        "flow.html", key=key, name=name, title=piece.given, how=inner(piece.box), rows=rows, go_to=(before, after)
    )


def _ways(question: Question, number: int) -> Iterator[dict[str, Any]]:
    """Give what a template says of each answer; an arrow leads down from the first one to the next question."""
    down = next((answer for answer in question.answers if answer.to == number + 1), None)
    for answer in question.answers:
        said = "" if answer.outcome is None else inner(answer.outcome)
        yield {"words": inner(answer.words), "outcome": said, "to": answer.to, "down": answer is down}


def _own_id(piece: Piece, book: Book) -> str:
    """Give a name that no id of the book begins with: its questions are called by it and their number."""
    written = html_id("".join(part.body for part in book.parts if not isinstance(part, Page)))
    name = f"{piece.part.name}_flow_{piece.nth + 1}"  # no other id that the builder makes has an underscore
    while name in written:
        name += "_"
    return name
