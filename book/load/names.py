"""Does every name in a book's data mean something: poses, regions, figures, places, parts? Called by `load`.

What can only be known once chapters are rendered, such as ids, is checked in `render`.
"""

from collections.abc import Sequence

from book.figure.spec import Drawing, built_in_poses, built_in_regions, mistakes, stance_mistakes
from book.kinds.exercise.model import Exercise
from book.kinds.place.model import FILE as BODY_MAP
from book.kinds.place.model import BodyMap, map_mistakes
from book.model.book import Page, Part
from book.model.figures import Figures
from book.model.key_lines import KeyLines
from book.model.place import FIGURES, MANIFEST, Path
from book.model.problems import Problems, nearest


def check_drawings(parts: Sequence[Part], figures: Figures, lines: KeyLines, problems: Problems) -> None:
    """See that every figure can be drawn: joints, angles, names of poses, regions, things and views."""
    regions = [*built_in_regions(), *figures.regions]
    poses = [*built_in_poses(), *figures.poses]
    found: list[tuple[str, Path, str]] = []
    for name, stance in figures.poses.items():
        found += [(FIGURES, path, said) for path, said in stance_mistakes(stance, ("poses", name), poses, regions)]
    for name, entry in figures.figures.items():
        for path, said in mistakes(entry, poses, regions):
            found.append((FIGURES, ("figures", name, *path), said))
    for part in (part for part in parts if isinstance(part, Exercise)):
        earlier: list[str] = []
        for number, pose in enumerate(part.head.poses):
            for path, said in mistakes(pose.figure, [*poses, *earlier], regions) if pose.figure else ():
                found.append((part.file, ("poses", number, "figure", *path), said))
            earlier.append(pose.name)
        for path, said in mistakes(Drawing(show=part.head.works), (), regions):
            found.append((part.file, ("works", *path[1:]), said))
    for file, path, said in found:
        problems.add(file, lines.of(file, path), said)


def check_map(parts: Sequence[Part], found: BodyMap, figures: Figures, lines: KeyLines, problems: Problems) -> None:
    """See that the map names nothing unknown, that exercises name its parts, and that a find page has its words."""
    poses, regions = [*built_in_poses(), *figures.poses], [*built_in_regions(), *figures.regions]
    for path, said in map_mistakes(found, figures.figures, poses, regions):
        problems.add(BODY_MAP, lines.of(BODY_MAP, path), said)
    for part in parts:
        if isinstance(part, Page) and part.name == "find" and not found.find:
            problems.add(MANIFEST, part.line, f'"page:find" needs the key "find" in {BODY_MAP}. Add it.')
        if not isinstance(part, Exercise):
            continue
        for number, area in enumerate(part.head.areas):
            if area not in found.parts:
                message = f'there is no part "{area}" in {BODY_MAP}.{nearest(area, found.parts)}'
                problems.add(part.file, lines.of(part.file, ("areas", number)), message)
