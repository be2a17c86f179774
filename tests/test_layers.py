"""The house stands: no room imports from a room above it, no import goes in a circle, and charters name their doors."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import book

HOUSE = Path(book.__file__).parent
ROOMS = re.findall(r"^    (\w+) ", book.__doc__ or "", re.MULTILINE)  # as the package's own docstring lists them
FILES = sorted(HOUSE.rglob("*.py"))
ALSO = {"draw": "build"}  # files of a kind of content that are not named for their room


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Give the line and full name of each of the package's modules that a file imports, late imports too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.partition(".")[0] == "book")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "book":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if is_module(inner) else str(node.module)


def is_module(name: str) -> bool:
    path = HOUSE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")


def room_of(name: str) -> str:
    """Give the room of a module; what is in a folder of `book.kinds` belongs to the room that it is named for."""
    steps = [*name.split("."), "", "", ""][1:]
    return ALSO.get(steps[2], steps[2]) if steps[0] == "kinds" else steps[0]


def test_the_list_of_rooms_is_the_list_of_folders() -> None:
    assert sorted([*ROOMS, "kinds"]) == sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
    assert {path.name for path in HOUSE.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_no_import_runs_up_the_list() -> None:
    up = [
        f"{path.relative_to(HOUSE.parent)}:{line} imports {name}"
        for path in FILES
        for line, name in imports(path)
        if {room_of(name), room_of(name_of(path))} <= {*ROOMS}
        and ROOMS.index(room_of(name)) < ROOMS.index(room_of(name_of(path)))
    ]
    assert not up, "\n".join(up)


def test_a_kind_has_files_for_rooms_alone() -> None:
    for path in (HOUSE / "kinds").glob("*/*"):
        if path.suffix in {".py", ""} and path.stem != "__pycache__":
            assert path.stem == "__init__" or room_of(name_of(path)) in ROOMS, path


def test_a_kind_that_nothing_builds_on_is_named_in_its_own_folder_alone() -> None:
    """Rooms find what they do for every kind by `offered`: take the recipe's folder away, and no import fails."""
    named = [name for path in FILES if "recipe" not in path.parts for _, name in imports(path)]
    assert not [name for name in named if name.startswith("book.kinds.recipe")]


def test_no_import_goes_in_a_circle() -> None:
    leads_to = {name_of(path): {name for _, name in imports(path)} - {"book"} for path in FILES}
    while ends := {name for name, found in leads_to.items() if not found & leads_to.keys()}:
        for name in ends:
            del leads_to[name]
    assert not leads_to, f"in circles, or leading to one: {sorted(leads_to)}"


@pytest.mark.parametrize("room", ["commands", "build", "formats", "render", "load", "model", "layout"])
def test_a_charter_names_a_door_that_is_there(room: str) -> None:
    charter = import_module(f"book.{room}").__doc__ or ""
    doors = re.findall(rf"`(book\.{room}[\w.]*)\.(\w+)`", charter.partition("Door: ")[2])
    assert doors
    for module, door in doors:
        assert hasattr(import_module(module), door), f"{module} has no {door}"


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("weasyprint", "layout/engine.py"), ("pydyf", "layout/engine.py"), ("pikepdf", "layout/pdf_objects.py"),
        ("pypdfium2", "layout/pdf_pages.py"), ("ebooklib", "formats/epub/writer.py"),
        ("markdown", "render/markdown"), ("segno", "render/pages/qr.py"), ("click", "commands"),
        ("watchfiles", "commands/watch.py"),
    ],
)  # fmt: skip
def test_each_library_has_one_door(library: str, home: str) -> None:
    users = [
        path.relative_to(HOUSE).as_posix()
        for path in FILES
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Import) and any(a.name.partition(".")[0] == library for a in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == library)
    ]
    assert users
    assert all(user.startswith(home) for user in users), users


def test_only_boxes_reads_what_the_engine_keeps_private() -> None:
    readers = {
        path.name
        for path in (HOUSE / "layout").glob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and re.match("_(?!_)", node.attr)
        if not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    }
    assert readers == {"boxes.py"}


def test_rules_get_plain_values_and_no_objects_of_a_pdf() -> None:
    door = import_module("book.layout.pdf_objects")
    objects = {*door.__all__} | {name for name, held in vars(door).items() if inspect.isfunction(held)}
    for path in (HOUSE / "check" / "rules").rglob("*.py"):
        taken = {
            alias.name
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.ImportFrom) and node.module == door.__name__
            for alias in node.names
        }
        assert not taken & objects, path


def test_render_and_model_read_no_file() -> None:
    """Package data, such as templates and word lists, is read by its own room; a book's files are not."""
    for room in ("render", "model"):
        for path in (HOUSE / room).rglob("*.py"):
            assert "book.load" not in {name.rpartition(".")[0] for _, name in imports(path)}, path
