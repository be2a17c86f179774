"""What an exercise is: its dose, its poses, its front matter, and the pictures drawn for it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from book.figure.data import Data
from book.figure.spec import Drawing
from book.model.document import Document, Head
from book.model.fields import Id, Ids, Number, Prose, Proses, Text, Texts
from book.model.problems import Breaks, Refused

INSET = "muscles"  # what the picture drawn from `works` is called, after its exercise


class ExerciseWords(Data):
    """The words of an exercise's page, and those of doses."""

    exercise: Text = "Exercise"
    start: Text = "Start"
    finish: Text = "Finish"
    steps: Text = "Steps"
    feel: Text = "What you feel"
    need: Text = "You need"
    works: Text = "Works"
    works_shown: Text = "A small body map shows where it works: {muscles}."
    step: Text = "step"
    easier: Text = "Make it easier"
    harder: Text = "Make it harder"
    stop_if: Text = "Stop if"
    leans_on: Text = "Sources"
    tick: Text = "Tick each day you do it"
    times: Text = "times"
    dose: Text = "How much"
    repeats: Text = "Times in a row"
    rounds: Text = "Rounds"
    rest: Text = "Rest between"
    often: Text = "How often"
    hold: Text = "Hold for"
    breaths: Text = "Slow breaths"
    keep_going: Text = "Keep going for"
    each_side: Text = "each side"
    no_rest: Text = "as you like"
    no_rest_needed: Text = "not needed"
    a_day: Text = "times a day"
    once_a_day: Text = "time a day"
    a_week: Text = "days a week"
    every_day: Text = "every day"
    every: Text = "every"


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
    caption: Prose
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


class ExerciseHead(Head):
    """Front matter of an exercise."""

    group: Text
    areas: Ids = ()
    muscles: Texts = ()
    works: Texts = ()
    equipment: Texts = ()
    dose: Annotated[Dose, Breaks("S05")]
    poses: Annotated[tuple[Pose, ...], Field(strict=False)] = ()
    easier: Prose
    harder: Prose
    stop_if: Annotated[Proses, Breaks("S03")]
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
class Exercise(Document):
    """One exercise: a page with the four parts of its body apart."""

    kind: ClassVar[str] = "exercise"
    folder: ClassVar[str] = "chapters/exercises"
    model: ClassVar[type[Head]] = ExerciseHead
    title_letters: ClassVar[int] = 40
    headings: ClassVar[tuple[str, ...]] = ("why", "start", "steps", "feel")
    remedy: ClassVar[str] = "Shorten its words, or give its pictures less height_mm."
    can_hurt: ClassVar[bool] = True

    head: ExerciseHead

    @property
    def areas(self) -> Ids:
        """The parts of the body map that it is for."""
        return self.head.areas

    @property
    def said(self) -> list[str]:
        """All that its front matter says to readers."""
        head = self.head
        captions = [pose.caption for pose in head.poses]
        lists = [*head.muscles, *head.equipment, *head.stop_if, *captions]
        return [head.title, head.group, head.easier, head.harder, *lists]

    @property
    def shown(self) -> list[str]:
        """The files in `images/` of its poses and of its inset."""
        return [name for name in (*pictures_of(self), inset_of(self)) if name]

    @property
    def drawn(self) -> list[str]:
        """Those that `book draw` makes."""
        poses = [f"{self.name}-{pose.name}.svg" for pose in self.head.poses if pose.figure]
        inset = inset_of(self)
        return [*poses, *([inset] if inset else [])]


DOCUMENT = Exercise
LABELS = ExerciseWords


def pictures_of(exercise: Exercise) -> list[str | None]:
    """Name the files in `images/` that show an exercise's poses, None for an empty frame."""
    return [f"{exercise.name}-{pose.name}.svg" if pose.figure else pose.picture for pose in exercise.head.poses]


def inset_of(exercise: Exercise) -> str | None:
    """Name the file in `images/` that shows which regions an exercise works, None if it names none."""
    return f"{exercise.name}-{INSET}.svg" if exercise.head.works else None


def words_for_inset(exercise: Exercise, words: ExerciseWords) -> str:
    """Say what an exercise's inset shows, for those who cannot see it."""
    return words.works_shown.format(muscles=", ".join(exercise.head.muscles))
