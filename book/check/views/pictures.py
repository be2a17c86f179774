"""Which pictures a book shows: file, words and their place, how it is drawn, how wide it is printed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lxml import etree

from book.check.fault import Fault
from book.check.views.canvas import Canvas
from book.check.views.strokes import Shape, shapes
from book.figure.spec import Drawing
from book.kinds.exercise.model import Exercise, inset_of, pictures_of
from book.kinds.place.model import FILE as MAP
from book.kinds.place.model import drawings
from book.model.book import Chapter, drawn_files
from book.model.check_settings import PictureChecks
from book.model.picture import Picture
from book.model.place import FIGURES, Place
from book.render.rendered import Rendered
from book.render.tree import plain, value

Line = Callable[..., Place]  # gives the place of a key: line("images/figures.yaml", "figures", "desk", "alt")
Kind = Literal["pose", "figure", "plate", "picture", "inset"]
MM_PER_PT = 25.4 / 72
TALLEST_MM = 150.0  # as the style sheet has it
MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96, "": 25.4 / 96}
LENGTH = re.compile(r"\s*([\d.]+)\s*(mm|cm|in|pt|px|)\s*")


@dataclass(frozen=True)
class Shown:
    """A picture: its file in images/, where its author wrote of it, its words, and how it is drawn, if it is.

    `asked` is the place of its alt text. An inset has no words of its own. `step` is the step that a pose shows.
    """

    name: str
    kind: Kind
    asked: Place
    alt: str = ""
    caption: str = ""
    drawing: Drawing | None = None
    step: tuple[Exercise, int] | None = None

    @property
    def words(self) -> str:
        """All that is said of it."""
        return f"{self.alt} {self.caption}".strip()


@dataclass(frozen=True, eq=False)
class Print:
    """A drawing as it is printed: which, its root and viewBox, its shapes in order, and mm a unit."""

    shown: Shown
    root: etree._Element
    box: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    scale: float

    def fault(self, said: str) -> Fault:
        """Give a fault at the words of the picture."""
        return Fault(self.shown.asked, f'the picture "{self.shown.name}" {said}')

    def blank(self) -> Canvas:
        """Give an empty canvas of its size."""
        return Canvas(self.box, self.box[2] * self.scale)

    @property
    def signs(self) -> list[float]:
        """How high the signs in its discs are, in its own units: each is the shape after its disc."""
        after = [sign for disc, sign in pairwise(self.shapes) if disc.kind == "disc"]
        heights = [[y for line in sign.lines for _, y in line] for sign in after]
        return [max(found) - min(found) for found in heights if found]


def list_shown(rendered: Rendered, line: Line) -> Iterator[Shown]:
    """Give all pictures of a rendered book, those of its poses first; `line` says where a key of a file stands."""
    book = rendered.book
    for part in book.parts:
        if isinstance(part, Exercise):
            yield from _of_exercise(part, line)
    for name, entry in book.figures.figures.items():
        asked = line(FIGURES, "figures", name, "alt")
        yield Shown(f"{name}.svg", "figure", asked, entry.alt, entry.caption or "", entry)
    for name, file, drawing in drawings(book.body_map):
        asked = line(MAP, "plates", name, "alt")
        yield Shown(file, "plate", asked, book.body_map.plates[name].alt, "", drawing)
    drawn = drawn_files(book)
    for section in rendered.sections:
        part = section.part
        for picture in section.tree.iter("img") if isinstance(part, Chapter) else ():
            name = value(picture, "src")
            if name not in drawn and name in rendered.pictures:
                asked = Place(section.file, section.line(name))
                yield Shown(name, "picture", asked, value(picture, "alt"), _caption(picture))


def _of_exercise(part: Exercise, line: Line) -> Iterator[Shown]:
    for number, (pose, name) in enumerate(zip(part.head.poses, pictures_of(part), strict=True)):
        if name:
            asked = line(part.file, "poses", number, "alt")
            step = (part, pose.step) if pose.step else None
            yield Shown(name, "pose", asked, pose.alt or "", pose.caption, pose.figure, step)
    if inset := inset_of(part):
        yield Shown(inset, "inset", line(part.file, "works"))


def _caption(picture: etree._Element) -> str:
    """Give the words below a picture without its number."""
    holder = picture.getparent()
    found = holder.find("figcaption") if holder is not None else None
    if found is None:
        return ""
    number = found.find("strong")
    return plain(found).removeprefix(plain(number) if number is not None else "").strip()


def list_drawings(
    all_shown: Iterable[Shown], pictures: Mapping[str, Picture], checks: PictureChecks
) -> Iterator[Print]:
    """Give the drawings of a rendered book as they are printed, each file once."""
    asked = {shown.name: shown for shown in reversed(tuple(all_shown))}
    for name, shown in sorted(asked.items()):
        picture = pictures.get(name)
        if picture and picture.media_type == "image/svg+xml":
            root = etree.fromstring(picture.data)
            left, top, wide, high = map(float, (root.get("viewBox") or "").replace(",", " ").split())
            width = min(printed_mm(shown, picture, checks), TALLEST_MM * wide / high)
            yield Print(shown, root, (left, top, wide, high), tuple(shapes(root)), width / wide)


def printed_mm(shown: Shown, picture: Picture, checks: PictureChecks) -> float:
    """Give how wide a picture is printed on the usual paper, in mm."""
    if shown.kind in {"plate", "inset"} or shown.drawing:
        return own_mm(picture) or checks.column_mm
    box = checks.column_mm
    if shown.kind == "pose":
        box = checks.tall_pose_mm if picture.tall else checks.pose_mm
    return min(own_mm(picture) or box, box)


def own_mm(picture: Picture) -> float:
    """Give how wide a drawing says it is, in mm; 0 if it leaves that to the page, or is no drawing."""
    if picture.media_type != "image/svg+xml":
        return 0.0
    found = LENGTH.fullmatch(etree.fromstring(picture.data).get("width", ""))
    return float(found[1]) * MM[found[2]] if found else 0.0
