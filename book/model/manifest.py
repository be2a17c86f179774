"""`book.yaml` as frozen values: what a book is called, what is in it and in which order, and its promises."""

from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from book.figure.data import Data
from book.figure.spec import PersonKeys
from book.model.check_settings import Checks
from book.model.dialects import Dialect
from book.model.edition_rows import Rows
from book.model.fields import Date, Id, Ids, Link, Proses, Text, Texts, matching, named
from book.model.kinds import Composed, composed
from book.model.labels import Labels
from book.model.problems import Refused
from book.model.site_settings import Web

LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?"


IDENTIFIER = r"urn:(uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|isbn:\d{13})"


def _plain_identifier(value: object) -> object:
    """Take the hyphens out of an ISBN, and capitals for small letters."""
    if not isinstance(value, str):
        return value
    scheme, _, number = value.lower().rpartition(":")
    return f"{scheme}:{number.replace('-', '').replace(' ', '')}" if scheme == "urn:isbn" else value.lower()


def _is_isbn(identifier: str) -> str:
    """See that the last digit of an ISBN is the sum of the others. Refused if not."""
    scheme, _, number = identifier.rpartition(":")
    if scheme == "urn:isbn" and sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(number)) % 10:
        raise Refused("E02", "must be copied again: one of its digits is wrong, since the last one does not fit")
    return identifier


LASTING = "urn:uuid:… or urn:isbn:… and stay the same for the life of the book"


FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"


class Review(Data):
    """Who reviewed the edition, and on which day; what it says of itself while nobody has."""

    by: Text | None = None
    date: Date | None = None
    pending: Text
    done: Text = "Reviewed by {by}."

    def __str__(self) -> str:
        return self.done.replace("{by}", self.by) if self.by else self.pending


class Author(Data):
    """Who wrote the book, and on which day he or she confirmed what the ledger leaves to the author alone."""

    name: Text | None = None
    confirmed: Date | None = None


def _as_author(value: object) -> object:
    """Take a plain text for a name, and a key with nothing behind it for nobody."""
    return Author() if value is None else named(value)


class Change(Data):
    """What is new in one version of the book, in words for its readers."""

    version: Text
    date: Date
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


class Manifest(Composed, PersonKeys):
    """`book.yaml`: what the book is called, what is in it and in which order, and its promises.

    Keys that belong to a kind of content stand with it, under `KEYS` in its model.
    """

    title: Text
    subtitle: Text
    short_title: Text
    language: Annotated[Text, matching(LANGUAGE, "a language tag like en-US or de", "E01")]
    identifier: Annotated[
        Text, BeforeValidator(_plain_identifier), matching(IDENTIFIER, LASTING, "E02"), AfterValidator(_is_isbn)
    ]
    version: Text
    release: bool = False
    date: Date
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
    editions: Rows = Field(default_factory=dict)
    changes: Annotated[tuple[Change, ...], Field(strict=False)] = ()
    contents: Texts
    cover: Cover = Cover()
    reading: Reading | None = None
    colophon: Proses = ()
    markdown: Annotated[tuple[Dialect, ...], Field(strict=False)] = ()
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


if not TYPE_CHECKING:
    Manifest = composed(Manifest, "KEYS")
