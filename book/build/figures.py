"""Figures of a book: which it wants, which are stale, drawn in parallel and saved together. What `book draw` calls.

Beside `build`, not in its line: a build reads the finished SVG files in `images/` and needs none of this.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from book import figure
from book.build.contact_sheet import contact_sheet, draw_page
from book.build.save import save
from book.build.workers import at_work
from book.figure.drawing import Drawn, Kit, Picture, draw_pictures
from book.figure.paint import Region, parse_regions
from book.figure.spec import Labelled
from book.kinds.exercise.draw.inset import plan_inset
from book.kinds.exercise.model import INSET, Exercise, words_for_inset
from book.kinds.place.model import FILE as BODY_MAP
from book.kinds.place.model import drawings
from book.load.files import Shelf
from book.load.loader import load
from book.load.pictures import read_picture
from book.model.book import Book
from book.model.key_lines import KeyLines
from book.model.place import FIGURES, Place
from book.model.problems import Problem, Problems, nearest

Tell = Callable[[str], None]
SHEET_DOTS = 110  # an inch
RECORD = "images/drawn.json"


@dataclass(frozen=True, eq=False)
class Group:
    """Pictures to be drawn together, their files, who asks for each, and a hash of all that they come from."""

    name: str
    pictures: tuple[Picture, ...]
    files: tuple[str, ...]
    places: tuple[Place, ...]
    origin: str


@dataclass(frozen=True, eq=False)
class FigureSet:
    """A book's figures: the folder, what all of them share, and the groups in the book's order."""

    shelf: Shelf
    kit: Kit
    groups: tuple[Group, ...]

    def stale(self) -> list[Group]:
        """Give the groups of which a file is missing, was changed by hand, or comes from older words or code."""
        record = _record(self.shelf)
        return [group for group in self.groups if any(self._is_stale(file, group, record) for file in group.files)]

    def forgotten(self) -> list[str]:
        """Name the files that were drawn once and that nothing asks for any more."""
        wanted = {file for group in self.groups for file in group.files}
        return sorted(file for file in _record(self.shelf) if file not in wanted)

    def _is_stale(self, file: str, group: Group, record: dict[str, list[str]]) -> bool:
        name = f"images/{file}"
        if not self.shelf.has(name):
            return True
        return record.get(file) != [group.origin, _sha256(self.shelf.data(name, Place(name)))]


def open_figures(root: Path) -> FigureSet:
    """Read a book and list its figures. BookError with all that is wrong with the book or its figures."""
    shelf = Shelf(root)
    return figures_of(load(shelf), shelf)


def figures_of(book: Book, shelf: Shelf) -> FigureSet:
    """List the figures of a book that was read. BookError with all that is wrong with them."""
    lines = book.lines
    kit = Kit(book.manifest.person, book.figures.poses, _regions(book, lines))
    return FigureSet(shelf, kit, tuple(_groups(book, kit, lines)))


def _regions(book: Book, lines: KeyLines) -> dict[str, Region]:
    """Give the book's own regions; BookError with all that are broken."""
    problems = Problems()
    found: dict[str, Region] = {}
    for name, data in book.figures.regions.items():
        try:
            found |= parse_regions({name: data})
        except ValueError as error:
            problems.add(FIGURES, lines.of(FIGURES, ("regions", name)), f"{error}.")
    problems.raise_any()
    return found


def choose(figure_set: FigureSet, names: Iterable[str]) -> list[Group]:
    """Give the groups that hold the named figures or exercises. BookError for a name that is not known."""
    found, problems = {}, Problems()
    known = {
        name: group
        for group in figure_set.groups
        for name in (group.name, *(Path(file).stem for file in group.files))
    }
    for name in names:
        if name in known:
            found[known[name].name] = known[name]
        else:
            problems.add(FIGURES, 0, f'there is no figure "{name}".{nearest(name, known)}')
    problems.raise_any()
    return list(found.values())


def draw(figure_set: FigureSet, groups: list[Group], jobs: int, tell: Tell) -> list[tuple[Path, int]]:
    """Draw groups and save their files together; give each file and its size. BookError, and nothing written."""
    problems, files = Problems(), {}
    forgotten = figure_set.forgotten()
    record = {file: entry for file, entry in _record(figure_set.shelf).items() if file not in forgotten}
    for group, drawn in _drawn(groups, figure_set.kit, jobs):
        tell(group.name)
        problems.found += _faults(group, drawn)
        for file, picture in zip(group.files, drawn, strict=True):
            files[file] = picture.data
            record[file] = [group.origin, _sha256(picture.data)]
    problems.raise_any()
    text = json.dumps(record, indent=0, sort_keys=True).encode() + b"\n"
    paths = save(figure_set.shelf.root / "images", {**files, Path(RECORD).name: text})
    for file in forgotten:
        (figure_set.shelf.root / "images" / file).unlink(missing_ok=True)
    return [(path, len(data)) for path, data in zip(paths, files.values(), strict=False)]


def sketch(figure_set: FigureSet, groups: list[Group], folder: Path, jobs: int) -> tuple[list[Path], list[Problem]]:
    """Draw groups into another folder, to be looked at while a pose is found; give the files and the faults."""
    files: dict[str, bytes] = {}
    found: list[Problem] = []
    for group, drawn in _drawn(groups, figure_set.kit, jobs):
        found += _faults(group, drawn)
        files |= {file: picture.data for file, picture in zip(group.files, drawn, strict=True)}
    return save(folder, files), found


def _faults(group: Group, drawn: list[Drawn]) -> list[Problem]:
    return [
        Problem(place.file, place.line, f"in {file}, {fault}. Mend its pose.")
        for place, file, picture in zip(group.places, group.files, drawn, strict=True)
        for fault in picture.faults
    ]


def save_sheet(figure_set: FigureSet, path: Path) -> Path:
    """Show all figures with their names on one sheet, a PDF or PNG file. BookError if one is not drawn yet."""
    wanted = [pair for group in figure_set.groups for pair in zip(group.files, group.places, strict=True)]
    pdf = contact_sheet(
        {file: read_picture(figure_set.shelf, file, place, drawn=True).data for file, place in wanted}
    )
    return save(path.parent, {path.name: draw_page(pdf, SHEET_DOTS) if path.suffix == ".png" else pdf})[0]


def _groups(book: Book, kit: Kit, lines: KeyLines) -> Iterator[Group]:
    """List the exercises with figures, then the figures of their own; BookError for insets that show nothing."""
    problems = Problems()
    for part in book.parts:
        if isinstance(part, Exercise):
            asked = [*_poses(part, lines), *_inset(part, book, kit, lines, problems)]
            if asked:
                yield _group(part.name, asked, [f"{part.name}-{picture.name}.svg" for picture, _ in asked], kit)
    problems.raise_any()
    by_plate: dict[str, list[tuple[str, Labelled]]] = {}
    for name, file, drawing in drawings(book.body_map):
        by_plate.setdefault(name, []).append((file, drawing))
    for name, drawn in by_plate.items():
        plate = book.body_map.plates[name]
        place = Place(BODY_MAP, lines.of(BODY_MAP, ("plates", name)))
        asked = [(Picture(file, plate.title, plate.alt, drawing), place) for file, drawing in drawn]
        yield _group(f"body-map-{name}", asked, [file for file, _ in drawn], kit)
    for name, entry in book.figures.figures.items():
        place = Place(FIGURES, lines.of(FIGURES, ("figures", name)))
        yield _group(name, [(Picture(name, entry.title, entry.alt, entry), place)], [f"{name}.svg"], kit)


def _poses(part: Exercise, lines: KeyLines) -> Iterator[tuple[Picture, Place]]:
    """List an exercise's poses that are to be drawn, each with the line that asks for it."""
    for number, pose in enumerate(part.head.poses):
        if pose.figure:
            title = f"{part.head.title}: {pose.label or pose.name}"
            place = Place(part.file, lines.of(part.file, ("poses", number, "name")))
            yield Picture(pose.name, title, pose.alt or "", pose.figure), place


def _inset(
    part: Exercise, book: Book, kit: Kit, lines: KeyLines, problems: Problems
) -> Iterator[tuple[Picture, Place]]:
    """Give the picture of what an exercise works, if it says so."""
    if not part.head.works:
        return
    labels, place = book.manifest.labels, Place(part.file, lines.of(part.file, ("works",)))
    try:
        drawing = plan_inset(part.head.works, kit)
    except ValueError as error:
        problems.add(place.file, place.line, f"{error}. Take it out of works.")
        return
    yield Picture(INSET, f"{part.head.title}: {labels.works}", words_for_inset(part, labels), drawing), place


def _group(name: str, asked: list[tuple[Picture, Place]], files: list[str], kit: Kit) -> Group:
    pictures, places = zip(*asked, strict=True)
    told = [[picture.title, picture.description, picture.drawing.model_dump(mode="json")] for picture in pictures]
    shared = [
        kit.shape,
        {name: pose.model_dump(mode="json") for name, pose in kit.poses.items()},
        repr(kit.regions),
    ]
    origin = _sha256(json.dumps([files, told, shared, _engine()], sort_keys=True).encode())
    return Group(name, pictures, tuple(files), places, origin)


@cache
def _engine() -> str:
    """Give a hash of the drawing engine itself: its code and its data."""
    folder = Path(figure.__file__).parent
    files = sorted(path for path in folder.iterdir() if path.suffix in {".py", ".yaml", ".npz"})
    return _sha256(b"".join(path.name.encode() + path.read_bytes() for path in files))


def _drawn(groups: list[Group], kit: Kit, jobs: int) -> Iterator[tuple[Group, list[Drawn]]]:
    """Draw groups, several at a time, and give them in their order."""
    if jobs == 1 or len(groups) < 2:
        yield from ((group, draw_pictures(group.pictures, kit)) for group in groups)
        return
    with at_work(draw_pictures, [(group.pictures, kit) for group in groups], jobs) as futures:
        yield from ((group, future.result()) for group, future in zip(groups, futures, strict=True))


def _record(shelf: Shelf) -> dict[str, list[str]]:
    """Read which file came from what: {file: [hash of its origin, hash of its bytes]}; {} for a broken record."""
    try:
        found = json.loads(shelf.text(RECORD, Place(RECORD))) if shelf.has(RECORD) else {}
    except json.JSONDecodeError:
        return {}
    whole = isinstance(found, dict) and all(Path(file).name == file for file in found)
    return found if whole else {}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
