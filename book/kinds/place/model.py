"""`images/body-map.yaml` as frozen values: places on the body, the plates that show them, ways in by body part.

One file feeds the map, the pages of the places, "find by" and the table beside the map. What the places are for is
the book's business.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from book.figure.data import Data
from book.figure.lettering import unwritable
from book.figure.spec import Label, Labelled, Panel, mistakes
from book.model.fields import Id, Number, Prose, Proses, Text, Texts, TypedId, html_id
from book.model.place import Path
from book.model.problems import Breaks, nearest

FILE = "images/body-map.yaml"
WIDE = "-wide"
NARROW_MM = 9.0  # a column that holds discs alone, for pictures whose labels stand below


def _sign(text: str) -> str:
    if trouble := unwritable(text):
        raise ValueError(trouble)
    return text


Sign = Annotated[str, AfterValidator(_sign)]


class PlaceWords(Data):
    """The words of a place's page, besides those of seconds."""

    find_it: Text = "Find it"
    press_it: Text = "Press it"
    press_with: Text = "Press with"
    how_hard: Text = "How hard"
    of_ten: Text = "out of 10"
    how_long: Text = "How long"
    take_care: Text = "Take care"
    then: Text = "Then"
    muscles_here: Text = "Muscles here"


class Part(Data):
    """One row of "find by": the name of a part, and typed ids to see besides the exercises that name it."""

    name: Text
    see: Annotated[tuple[TypedId, ...], Field(strict=False)] = ()


class Find(Data):
    """The words of the list by parts, and of the table beside the map."""

    title: Text
    lede: Prose
    column: Text
    table: Text = "Where to look"
    look: Text = "Look here"


class Place(Data):
    """One place: the sign in its disc, its name (shorter on the map), and how to find, press and spare it."""

    sign: Sign
    name: Text
    short: Annotated[Text, StringConstraints(max_length=32)] | None = None
    figure: Id | None = None
    own_page: bool = False
    find: Prose
    press: Prose
    then: Prose | None = None
    tool: Text | None = None
    how_hard: Number
    seconds: Number
    care: Proses
    muscles: Texts = ()

    @property
    def label(self) -> str:
        """The name as it stands on the map."""
        return self.short or self.name


class Zone(Data):
    """What the map warns of: a sign, the words beside it; the text must have a heading with the zone's id."""

    sign: Sign
    name: Text


class PlateLabel(Data):
    """What a line leads to: a place or zone, the spot of the body at which it ends, the column of its name."""

    to: TypedId
    at: str
    column: Literal["left", "right"]


class Plate(Labelled):
    """One view of the map, drawn as a figure: its title, the words below its two sides, and its labels."""

    title: Text
    alt: Annotated[Text, Breaks("F01")]
    sides: Annotated[tuple[Text, ...], Field(strict=False, min_length=1, max_length=2)]
    names: Annotated[tuple[PlateLabel, ...], Field(strict=False)] = ()
    width_mm: float = Field(strict=False)
    height_mm: float = Field(strict=False)

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        """See that each label has a column, and that labels come from the map alone."""
        for label in self.names:
            if not self.columns_mm[label.column == "right"]:
                raise ValueError(f'must give columns_mm a {label.column} column, since "{label.to}" stands there')
        if self.labels or self.panels or self.discs:
            raise ValueError("must not have labels, panels or discs of its own: write names")
        return self


class BodyMap(Data):
    """The whole file. Each of its parts may be left out."""

    find: Find | None = None
    parts: Mapping[Id, Part] = Field(default_factory=dict)
    plates: Mapping[Id, Plate] = Field(default_factory=dict)
    places: Mapping[TypedId, Place] = Field(default_factory=dict)
    zones: Mapping[TypedId, Zone] = Field(default_factory=dict)

    def named(self, key: str) -> Place | Zone:
        """Give the place or zone of a typed id. KeyError."""
        return self.places[key] if key in self.places else self.zones[key]


LABELS = PlaceWords
PAGES = ("find",)


def plate_file(name: str, *, wide: bool = False) -> str:
    """Name the file in `images/` that shows a plate, with columns for its labels or with its discs alone."""
    return f"body-map-{name}{WIDE if wide else ''}.svg"


def drawings(found: BodyMap) -> Iterator[tuple[str, str, Labelled]]:
    """Give what `book draw` draws of a map: plate, file and drawing; each plate with and without label columns."""
    for name, plate in found.plates.items():
        yield name, plate_file(name, wide=True), _drawing(found, plate, plate.columns_mm)
        left, right = (NARROW_MM if column else 0.0 for column in plate.columns_mm)
        yield name, plate_file(name), _drawing(found, plate, (left, right))


def _drawing(found: BodyMap, plate: Plate, columns_mm: tuple[float, float]) -> Labelled:
    labels = tuple(
        Label(id=html_id(label.to), sign=found.named(label.to).sign, at=label.at, column=label.column)
        for label in plate.names
    )
    own = {name: getattr(plate, name) for name in Labelled.model_fields}
    width = plate.width_mm - sum(plate.columns_mm) + sum(columns_mm)
    return Labelled.model_construct(**own | {"labels": labels, "columns_mm": columns_mm, "width_mm": width})


def map_mistakes(
    found: BodyMap, figures: Collection[str], poses: Collection[str], regions: Collection[str]
) -> Iterator[tuple[Path, str]]:
    """Give what a map names that is not there: the path to it, and a sentence with the nearest known name."""
    known = [*found.places, *found.zones]
    for key, place in found.places.items():
        if place.figure and place.figure not in figures:
            said = f'there is no figure "{place.figure}" in images/figures.yaml.'
            yield ("places", key, "figure"), said + nearest(place.figure, figures)
    for name, plate in found.plates.items():
        for number, label in enumerate(plate.names):
            at = ("plates", name, "names", number)
            if label.to not in known:
                yield (*at, "to"), f'there is no place or zone "{label.to}" here.{nearest(label.to, known)}'
            for _, said in mistakes(Panel(crop=(label.at,)), poses, regions):
                yield (*at, "at"), said
        for path, said in mistakes(plate, poses, regions):
            yield ("plates", name, *path), said
