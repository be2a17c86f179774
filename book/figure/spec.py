"""What an author writes to have a figure drawn, as frozen values, and what is wrong with it. Needs no numpy.

A `Stance` is a named pose or the body part of a panel; a `Panel` is one person seen from somewhere; a `Drawing` is
one panel, or several side by side. `mistakes` finds everything that cannot be drawn, with the path to it.
"""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field
from ruamel.yaml import YAML

from book.figure.data import Data
from book.figure.joints import SIDES, bare, check_pose
from book.figure.vocabulary import LANDMARKS, MIDDLE_LANDMARKS, PLACES, PROPS, RESTS, SHAPES, VIEWS

RESTING, SHOWN = (
    ("rests", "raised_mm", "anchor"),
    ("view", "shape", "crop"),
)  # what a pose hands on if not given anew
Path_ = tuple[str | int, ...]
_POSES, _REGIONS = (Path(__file__).with_name(f"{name}.yaml") for name in ("poses", "regions"))
Angles = dict[str, Annotated[float, Field(strict=False)]]
Lines = Annotated[tuple[str, ...], Field(strict=False)]


class PersonKeys(Data):
    """Who is drawn: the key of `book.yaml` that all its figures share."""

    person: Literal["woman", "man", "child", "baby"] = "woman"


class Prop(Data):
    """A thing near the person. What places it: `side` and `at` (wall), `at` (ball, doorway), `under`, `through`."""

    prop: str
    side: Literal["front", "back", "left", "right"] | None = None
    at: str | None = None
    under: str | None = None
    through: Lines = ()


def _prop(value: object) -> object:
    return {"prop": value} if isinstance(value, str) else value


Props = Annotated[tuple[Annotated[Prop, BeforeValidator(_prop)], ...], Field(strict=False)]


class Stance(Data):
    """A pose: what it begins with, angles in degrees by joint, what rests on the ground and what touches what.

    `rests` names the part that stands or lies on the ground, `raised_mm` above it; `anchor` the bone that stays in
    place between the pictures of one movement. `touch` maps a spot of the body to what it must reach.
    """

    pose: str | None = None
    angles: Angles = Field(default_factory=dict)
    rests: str | None = None
    raised_mm: float | None = Field(default=None, strict=False)
    anchor: str | None = None
    touch: dict[str, str | None] = Field(default_factory=dict)
    props: Props = ()


class Guide(Data):
    """A dotted line between two spots; `to` may be "sky" or "floor"."""

    begins: str = Field(alias="from")
    to: str


class Disc(Data):
    """A numbered disc at a spot or a region, moved by some printed millimetres."""

    number: int
    at: str
    move_mm: Annotated[tuple[float, float], Field(strict=False)] = (0, 0)


class Arrow(Data):
    """A movement arrow: which spot it follows, the last `share` of its way, moved some printed mm off it."""

    of: str
    share: float = Field(default=1.0, gt=0, le=1, strict=False)
    move_mm: Annotated[tuple[float, float], Field(strict=False)] = (0, 0)


def _arrow(value: object) -> object:
    return {"of": value} if isinstance(value, str) else value


class Panel(Stance):
    """One person seen from somewhere, with muscles marked, arrows, dotted guides and numbered discs.

    `before` holds the angles with which the movement began, where they differ; arrows lead from there.
    """

    view: str | None = None
    shape: str | None = None
    show: Lines = ()
    ban: Lines = ()
    before: Angles | None = None
    arrows: Annotated[tuple[Annotated[Arrow, BeforeValidator(_arrow)], ...], Field(strict=False)] = ()
    guides: Annotated[tuple[Guide, ...], Field(strict=False)] = ()
    discs: Annotated[tuple[Disc, ...], Field(strict=False)] = ()
    crop: Annotated[tuple[str, ...], Field(strict=False)] = ()


class Drawing(Panel):
    """A figure: one panel, or `panels` side by side on one ground; the box on paper that it may fill, in mm."""

    panels: Annotated[tuple[Panel, ...], Field(strict=False)] = ()
    width_mm: float | None = Field(default=None, strict=False)
    height_mm: float | None = Field(default=None, strict=False)

    def all_panels(self) -> tuple[Panel, ...]:
        """Give the panels, however the drawing was written."""
        return self.panels or (self,)


class Label(Data):
    """What a line leads to from beside a figure: an id, the sign in its disc, its spot, and its column."""

    id: str
    sign: str
    at: str
    column: Literal["left", "right"]


class Labelled(Drawing):
    """A figure of one panel that fills its whole box, with columns kept free beside it for labels.

    `columns_mm` are the widths of both columns, `gap_mm` the least distance of two labels in one.
    """

    labels: Annotated[tuple[Label, ...], Field(strict=False)] = ()
    columns_mm: Annotated[tuple[float, float], Field(strict=False)] = (0, 0)
    gap_mm: float = 14.0


Settled = TypeVar("Settled", bound=Stance)


@cache
def built_in_regions() -> tuple[str, ...]:
    """Name the regions that come with the engine."""
    return tuple(YAML(typ="safe").load(_REGIONS.read_text("utf-8")))


@cache
def built_in_poses() -> Mapping[str, Stance]:
    """Read the named poses that come with the engine."""
    return {
        name: Stance.model_validate(data) for name, data in YAML(typ="safe").load(_POSES.read_text("utf-8")).items()
    }


def settle(stance: Settled, poses: Mapping[str, Stance]) -> Settled:
    """Give a stance with all that its named pose brings, and what that one begins with in turn.

    Its own angles and touches win; its own things come besides those of the pose. KeyError for an unknown name.
    """
    if stance.pose is None:
        return stance
    below = settle(poses[stance.pose], poses)
    own = {name: value for name in (*RESTING, *SHOWN) if (value := getattr(stance, name, None))}
    merged = {
        "pose": None,
        "angles": layer(below.angles, stance.angles),
        "touch": layer(below.touch, stance.touch),
        "props": (*(prop for prop in below.props if prop.prop not in _instead(stance)), *stance.props),
    }
    kept = (*RESTING, *(SHOWN if isinstance(stance, Panel) else ()))
    base = {name: getattr(below, name, None) or getattr(stance, name) for name in kept}
    return stance.model_copy(update=base | own | merged)


def _instead(stance: Stance) -> set[str]:
    """Name the things that a stance's own things stand in for: seats for seats, others for their like."""
    names = {prop.prop for prop in stance.props}
    return names | ({"chair", "stool"} if names & {"chair", "stool"} else set())


def layer(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay sided names over others: `elbow` above takes the place of `left_elbow` below, not the reverse.

    >>> layer({"left_elbow": 90, "knee": 5}, {"elbow": 10})
    {'knee': 5, 'elbow': 10}
    """
    return {name: value for name, value in below.items() if bare(name) not in above} | dict(above)


def mistakes(drawing: Panel, poses: Collection[str], regions: Collection[str]) -> Iterator[tuple[Path_, str]]:
    """Give what cannot be drawn: the path to it in the author's keys, and a sentence with the nearest known name.

    `poses` and `regions` are all names that may be used, the engine's own among them.
    """
    if isinstance(drawing, Drawing) and drawing.panels:
        for number, panel in enumerate(drawing.panels):
            yield from _panel_mistakes(panel, ("panels", number), poses, regions)
    else:
        yield from _panel_mistakes(drawing, (), poses, regions)


def stance_mistakes(
    stance: Stance, at: Path_, poses: Collection[str], regions: Collection[str]
) -> Iterator[tuple[Path_, str]]:
    """Give what is wrong with a pose: its own names and angles."""
    if stance.pose is not None:
        yield from _known(stance.pose, poses, "pose", (*at, "pose"))
    for error in check_pose(stance.angles):
        yield (*at, "angles", error.joint), f"{error}."
    if stance.rests is not None:
        yield from _known(stance.rests, RESTS, "part to rest on", (*at, "rests"))
    spots = _spots(regions)
    for spot, target in stance.touch.items():
        yield from _known(
            spot, [name for name in spots if bare(name) in LANDMARKS], "spot of the body", (*at, "touch", spot)
        )
        if target is not None:
            yield from _known(target, [*spots, *PLACES], "spot to touch", (*at, "touch", spot))
    for number, prop in enumerate(stance.props):
        yield from _prop_mistakes(prop, (*at, "props", number), spots)


def _panel_mistakes(
    panel: Panel, at: Path_, poses: Collection[str], regions: Collection[str]
) -> Iterator[tuple[Path_, str]]:
    yield from stance_mistakes(panel, at, poses, regions)
    if panel.view is not None:
        yield from _known(panel.view, VIEWS, "view", (*at, "view"))
    if panel.shape is not None:
        yield from _known(panel.shape, SHAPES, "shape of person", (*at, "shape"))
    for key in ("show", "ban"):
        for number, name in enumerate(getattr(panel, key)):
            yield from _known(name, _sided(regions), "region", (*at, key, number))
    for error in check_pose(panel.before or {}):
        yield (*at, "before", error.joint), f"{error}."
    spots = _spots(regions)
    marks: list[tuple[Path_, str]] = [
        (("arrows", number, "of"), arrow.of) for number, arrow in enumerate(panel.arrows)
    ]
    marks += [(("discs", number, "at"), disc.at) for number, disc in enumerate(panel.discs)]
    for number, guide in enumerate(panel.guides):
        marks.append((("guides", number, "from"), guide.begins))
        marks += [(("guides", number, "to"), guide.to)] if guide.to not in {"sky", "floor"} else []
    marks += [(("crop", number), name) for number, name in enumerate(panel.crop)]
    for path, name in marks:
        yield from _known(name, spots, "spot of the body", (*at, *path))


def _prop_mistakes(prop: Prop, at: Path_, spots: list[str]) -> Iterator[tuple[Path_, str]]:
    yield from _known(prop.prop, PROPS, "thing", (*at, "prop"))
    for key in PROPS.get(prop.prop, ()):
        given = getattr(prop, key)
        if not given and not (prop.prop == "wall" and key == "at"):
            yield (*at, "prop"), f'the thing "{prop.prop}" needs the key "{key}". Add it.'
        for name in given if isinstance(given, tuple) else (given,):
            if key != "side" and name:
                yield from _known(name, [*spots, *PLACES, "spine"], "spot of the body", (*at, key))
    for key in ("side", "at", "under", "through"):
        if getattr(prop, key) and key not in PROPS.get(prop.prop, (key,)):
            yield (*at, key), f'the thing "{prop.prop}" takes no key "{key}". Take it out.'


def _spots(regions: Collection[str]) -> list[str]:
    return [
        *MIDDLE_LANDMARKS,
        *_sided([name for name in LANDMARKS if name not in MIDDLE_LANDMARKS]),
        *_sided(regions),
    ]


def _sided(names: Collection[str]) -> list[str]:
    return [*names, *(f"{side}_{name}" for name in names for side in SIDES)]


def _known(name: str, known: Collection[str], what: str, at: Path_) -> Iterator[tuple[Path_, str]]:
    if name not in known:
        close = get_close_matches(name, list(known), n=1, cutoff=0.5)
        remedy = f' Did you mean "{close[0]}"?' if close else f" Known: {', '.join(known)}."
        yield at, f'there is no {what} "{name}".{remedy}'
