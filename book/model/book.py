"""What a book is, as frozen values: manifest, chapters, exercises, sources. Knows nothing of HTML or files.

The keys an author writes in YAML are the fields of these models; `load` fills them, `render` reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, RootModel, StringConstraints, model_validator

from book.figure.spec import Data, Drawing, Stance
from book.load.files import Place
from book.model.body_map import BodyMap, drawings
from book.model.check_settings import Checks
from book.model.fields import Id, Ids, Link, Number, Text, Texts, matching
from book.model.index import Index
from book.model.labels import Labels
from book.model.plan import Plan
from book.model.problems import Breaks, Refused
from book.model.signs import Signs
from book.model.site_settings import Web
from book.model.statements import Statements

Day = date
INSET = "muscles"  # what the picture drawn from `works` is called, after its exercise


LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?"
IDENTIFIER = r"urn:(uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|isbn:\d{13})"
LASTING = "urn:uuid:… or urn:isbn:… and stay the same for the life of the book"
FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"


class Review(Data):
    """Who reviewed the edition, and on which day; what it says of itself while nobody has."""

    by: Text | None = None
    date: Day | None = None
    pending: Text
    done: Text = "Reviewed by {by}."

    def __str__(self) -> str:
        return self.done.replace("{by}", self.by) if self.by else self.pending


class Author(Data):
    """Who wrote the book, and on which day he or she confirmed what the ledger leaves to the author alone."""

    name: Text | None = None
    confirmed: Day | None = None


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _as_author(value: object) -> object:
    """Take a plain text for a name, and a key with nothing behind it for nobody."""
    return Author() if value is None else _named(value)


class LogRow(Data):
    """One row of a log: what it is for ("" for an empty line to write in), and what its squares take."""

    name: str = ""
    kind: Literal["tick", "score"] = "tick"


class Log(Data):
    """A log sheet: weeks by days, one row for each thing to tick or to score; a plain text is a row to tick."""

    title: Text
    lede: Text
    weeks: Annotated[int, Field(ge=1, le=6)]
    column: Text
    rows: Annotated[tuple[Annotated[LogRow, BeforeValidator(_named)], ...], Field(strict=False)]


class Row(Data):
    """An edition as a book wants it: the built-in row that it is like, and what differs from that row."""

    like: Id | None = None
    says: Text | None = None
    take: Text | None = None
    paper: Literal["letter", "a4", "both"] | None = None
    holds: Texts = ()
    fillable: bool | None = None


def _as_rows(value: object) -> object:
    """Take a list of names, or names with nothing behind them, for rows that change nothing."""
    if isinstance(value, list):
        return dict.fromkeys(value, Row())
    if isinstance(value, dict):
        return {name: Row() if row is None else row for name, row in value.items()}
    return value


class Change(Data):
    """What is new in one version of the book, in words for its readers."""

    version: Text
    date: date
    says: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]


class Cover(Data):
    """What stands on the cover below the title: the short list that says what the book does, and a figure."""

    lines: Texts = ()
    figure: Id | None = None
    note: Text | None = None


class Bars(Data):
    """How plain the language must be: the book's own promise, measured at each build."""

    grade: float
    smog: float
    ease: float
    dale_chall: float
    words_per_sentence: float
    longest_sentence: int


Bar = Annotated[float, Field(gt=0)]


class Floors(Data):
    """How much the prose of a book must flow, so that plain does not become choppy; what is prose: see `fluency`.

    `words_per_sentence`, `spread` (the standard deviation of the lengths of sentences) and `connectives` (in a
    sentence) are the least; `short` (percent of sentences under five words) and `grade` are the most; what is left
    out is not asked for. A chapter with fewer sentences than `sentences` is not judged by itself. What an exercise
    says of itself has no sentence of fewer words than `fragment`. Parts in `skip` are not looked at.
    """

    words_per_sentence: Bar | None = None
    spread: Bar | None = None
    short: Bar | None = None
    connectives: Bar | None = None
    grade: Bar | None = None
    sentences: Annotated[int, Field(ge=1)] = 10
    fragment: Annotated[int, Field(ge=1)] = 4
    skip: Ids = ()


class Reading(Data):
    """Reading bars for the whole book, for one chapter and for the steps of exercises; floors for its prose."""

    whole: Bars
    chapter: Bars
    steps: Bars | None = None
    prose: Floors | None = None
    skip: Ids = ()

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        """See that sentences can be as long as the floor asks for, and as short as the bars do."""
        most = min(self.whole.words_per_sentence, self.chapter.words_per_sentence)
        if self.prose and (self.prose.words_per_sentence or 0) >= most:
            raise ValueError(f"must ask under prose for fewer words_per_sentence than {most:g}, the most elsewhere")
        return self


class Series(Data):
    """The series that a book belongs to, and which of its books this one is."""

    name: Text
    number: Annotated[int, Field(ge=1)]


class Manifest(Data):
    """`book.yaml`: what the book is called, what is in it and in which order, and its promises."""

    title: Text
    subtitle: Text
    short_title: Text
    language: Annotated[Text, matching(LANGUAGE, "a language tag like en-US or de", "E01")]
    identifier: Annotated[Text, matching(IDENTIFIER, LASTING, "E02")]
    version: Text
    date: date
    publisher: Text
    author: Annotated[Author, BeforeValidator(_as_author)] = Author()
    sort_title: Text | None = None
    sort_author: Text | None = None
    series: Series | None = None
    description: Text
    subjects: Texts = ()
    rights: Text
    license: Link | None = None
    review: Review
    file_name: Annotated[Text, matching(FILE_NAME, "letters, digits, dots and hyphens")]
    editions: Annotated[dict[Id, Row], BeforeValidator(_as_rows)] = Field(default_factory=dict)
    changes: Annotated[tuple[Change, ...], Field(strict=False)] = ()
    contents: Texts
    cover: Cover = Cover()
    log: Log | None = None
    plan: Plan | None = None
    reading: Reading | None = None
    colophon: Texts = ()
    person: Literal["woman", "man", "child", "baby"] = "woman"
    labels: Labels = Labels()
    web: Web = Web()
    check: Checks = Checks()

    def identity(self) -> dict[str, Any]:
        """Give what listings of finished files say of the book: which it is, its version, what is new in it."""
        return {
            "title": self.title,
            "identifier": self.identifier,
            "language": self.language,
            "version": self.version,
            "date": self.date.isoformat(),
            "changes": [change.model_dump(mode="json") for change in self.changes],
        }


Read = Literal["page", "abstract", "secondary", "memory"]


class Source(Data):
    """One work the book leans on. Fields that could not be checked are left out, not guessed.

    `read` says how it was read: the work itself, its summary, another text that tells of it, or not at all;
    `read_on` is the day. `details` are facts of the work that sentences may rest on and that are not printed.
    """

    authors: Text | None = None
    year: int | None = None
    title: Text
    where: Text | None = None
    link: Link | None = None
    found: Text
    details: Texts = ()
    read: Read | None = None
    read_on: Day | None = None

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        """See that what was read has its day, and that a day says what was read."""
        if self.read_on and not self.read:
            raise ValueError(f"must have the key read where it has read_on: {', '.join(get_args(Read))}")
        if self.read and self.read != "memory" and not self.read_on:
            raise ValueError(f"must have the key read_on where it has read: {self.read}; give the day")
        return self

    @property
    def seen_on(self) -> Day | None:
        """The day on which a page of the web was seen that has no year of its own; None for other works."""
        is_seen = self.read in {"page", "abstract"}
        return self.read_on if self.link and not self.year and is_seen else None


class Sources(RootModel[dict[str, Source]]):
    """`chapters/sources.yaml`: the works by their ids."""


class Dose(Data):
    """How much of an exercise to do, and how often. Seconds, minutes, counts; only what applies is given."""

    repeats: Number | None = None
    hold_seconds: Number | None = None
    hold_minutes: Number | None = None
    up_to_minutes: Number | None = None
    breaths: Number | None = None
    each_side: bool = False
    rounds: Annotated[Number, Breaks("S05")]
    rest_seconds: Number | None = None
    times_per_day: Number | None = None
    days_per_week: Number | None = None
    every_minutes: Number | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """See that a dose says how much and how often, or the reader cannot act on it."""
        if not (self.repeats or self.hold_seconds or self.hold_minutes or self.up_to_minutes or self.breaths):
            raise Refused("S05", "must say how much: repeats, breaths, hold_seconds, hold_minutes or up_to_minutes")
        if not (self.times_per_day or self.days_per_week or self.every_minutes):
            raise Refused("S05", "must say how often: times_per_day, days_per_week or every_minutes")
        return self


class Pose(Data):
    """One picture of an exercise: which moment or variation it shows, its caption, and how it looks.

    Either `figure` says how to draw it, or `picture` names a file in `images/`; else its frame stays empty.
    `label` names a variation; start and finish have labels of their own. `step` is the step that it shows.
    """

    name: Id
    label: Text | None = None
    step: Annotated[int, Field(ge=1)] | None = None
    caption: Text
    figure: Drawing | None = None
    picture: Text | None = None
    alt: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """See that there is one picture at most, and words for those who cannot see it."""
        if self.figure and self.picture:
            raise ValueError("must have a figure or a picture, not both")
        if (self.figure or self.picture) and not self.alt:
            raise Refused("F01", "must have the key alt: say what the picture shows")
        if self.alt == self.caption:
            raise Refused("F02", "must not have its caption as alt text: say in alt what is seen")
        if self.name not in {"start", "finish"} and not self.label:
            raise ValueError('must have the key label, such as "Lying down", or the name start or finish')
        return self


class FigureEntry(Drawing):
    """One figure of `images/figures.yaml`: its words, and how to draw it."""

    title: Text
    alt: Annotated[Text, Breaks("F01")]
    caption: Text | None = None

    @model_validator(mode="after")
    def _tells(self) -> Self:
        """See that alt text and caption differ, and that a movement is told in words."""
        if self.alt == self.caption:
            raise Refused("F02", "must not have its caption as alt text: say in alt what is seen")
        if not self.caption and any(panel.arrows for panel in self.all_panels()):
            raise ValueError("must have a caption, since it shows a movement")
        return self


class Figures(Data):
    """`images/figures.yaml`: figures by name, and the poses and regions that the book adds to the engine's own."""

    poses: Mapping[Id, Stance] = Field(default_factory=dict)
    regions: Mapping[Id, Any] = Field(default_factory=dict)
    figures: Mapping[Id, FigureEntry] = Field(default_factory=dict)


class ChapterHead(Data):
    """Front matter of a chapter."""

    title: Annotated[Text, StringConstraints(max_length=65)]
    short: Annotated[Text, StringConstraints(max_length=34)] | None = None
    lede: Text | None = None
    in_this_chapter: Texts = ()
    numbered: bool = True
    glossary: bool = False
    forms: Mapping[Text, Texts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_terms(self) -> Self:
        """See that only a glossary says by which words its terms are found."""
        if self.forms and not self.glossary:
            raise ValueError("must have the key glossary: true where it has forms")
        return self


class ExerciseHead(Data):
    """Front matter of an exercise."""

    title: Annotated[Text, StringConstraints(max_length=40)]
    group: Text
    areas: Ids = ()
    muscles: Texts = ()
    works: Texts = ()
    equipment: Texts = ()
    dose: Annotated[Dose, Breaks("S05")]
    poses: Annotated[tuple[Pose, ...], Field(strict=False)] = ()
    easier: Text
    harder: Text
    stop_if: Annotated[Texts, Breaks("S03")]
    sources: Texts = ()

    @model_validator(mode="after")
    def _inset_is_told(self) -> Self:
        """See that the inset has words, and that no pose has its file name."""
        if self.works and not self.muscles:
            raise ValueError("must have the key muscles where it has works: say in words what works")
        if self.works and any(pose.name == INSET for pose in self.poses):
            raise ValueError(f'must not name a pose "{INSET}": the picture drawn from works has that name')
        return self


@dataclass(frozen=True)
class Chapter:
    """One chapter: its file, its front matter, and its Markdown, which begins at `first_line`.

    `front` is its front matter as text. Statements are in place in both.
    """

    name: str
    file: str
    head: ChapterHead
    body: str
    first_line: int
    front: str = ""


@dataclass(frozen=True)
class Exercise:
    """One exercise: as a Chapter, with the four parts of its body apart."""

    name: str
    file: str
    head: ExerciseHead
    body: str
    first_line: int
    front: str = ""


def line_of(part: Chapter | Exercise, phrase: str) -> int:
    """Give the line in a part's file on which a phrase first stands, in its body or else in its front matter.

    Where it is in neither, that is the body's first line.
    """
    for text, first_line in ((part.body, part.first_line), (part.front, 2)):
        before, found, _ = text.partition(phrase)
        if found:
            return first_line + before.count("\n")
    return part.first_line


@dataclass(frozen=True)
class Page:
    """A page the builder makes itself, such as contents, find or index; `line` asks for it."""

    name: str
    line: int


Part = Chapter | Exercise | Page


@dataclass(frozen=True)
class Held:
    """One id that an edition holds, and where somebody asks for it."""

    edition: str
    id: str
    asked: Place


@dataclass(frozen=True)
class Book:
    """A whole book in memory: its manifest, its parts in reading order, its sources by id, what editions hold."""

    manifest: Manifest
    parts: tuple[Part, ...]
    sources: dict[str, Source]
    figures: Figures = field(default_factory=Figures)
    body_map: BodyMap = field(default_factory=BodyMap)
    held: tuple[Held, ...] = ()
    index: Index | None = None
    statements: Statements = field(default_factory=Statements)
    signs: Signs = field(default_factory=Signs)


def pictures_of(exercise: Exercise) -> list[str | None]:
    """Name the files in `images/` that show an exercise's poses, None for an empty frame."""
    return [f"{exercise.name}-{pose.name}.svg" if pose.figure else pose.picture for pose in exercise.head.poses]


def inset_of(exercise: Exercise) -> str | None:
    """Name the file in `images/` that shows which regions an exercise works, None if it names none."""
    return f"{exercise.name}-{INSET}.svg" if exercise.head.works else None


def drawn_files(book: Book) -> set[str]:
    """Name the files in `images/` that `book draw` makes."""
    exercises = [part for part in book.parts if isinstance(part, Exercise)]
    poses = {f"{part.name}-{pose.name}.svg" for part in exercises for pose in part.head.poses if pose.figure}
    insets = {inset for part in exercises if (inset := inset_of(part))}
    plates = {file for _, file, _ in drawings(book.body_map)}
    return poses | insets | plates | {f"{name}.svg" for name in book.figures.figures}


def words_for_inset(exercise: Exercise, labels: Labels) -> str:
    """Say what an exercise's inset shows, for those who cannot see it."""
    return labels.works_shown.format(muscles=", ".join(exercise.head.muscles))
