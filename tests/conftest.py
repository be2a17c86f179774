"""What tests share: copies of the tiny book to spoil, the real report built once, and the outside programs."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

from book.build import builder
from book.build.builder import build
from book.check.views.layout import Layout, read_layout
from book.commands.cli import main
from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.loader import load
from book.render.rendered import Rendered
from book.render.renderer import render

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "books" / "folding"
LOAF = ROOT / "tests" / "books" / "first-loaf"
JOBS = os.cpu_count() or 1
ENGINES = ROOT / "tests" / "engines"
# begun first, or one process would still be at them when the others have nothing left
LONGEST = (
    "test_check.py", "test_web_browser.py", "test_mutations.py", "test_report_figures.py", "test_build.py",
    "test_check_rules.py",
)  # fmt: skip
# tests of a file stay together with what they share; in these files, those whose ids begin alike
SPREAD = {
    "test_check_rules.py": re.compile(r".*"),
    "test_web_browser.py": re.compile(r"[^\[]*"),
    "test_mutations.py": re.compile(r"[^\[]*\[\d+|.*"),  # a company of faults, by its number
    "test_report_figures.py": re.compile(r".*test_drawing_anew.*|[^:]*"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write golden files anew; read the diff before committing"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


class Together(LoadScopeScheduling):
    """Deals tests out to processes: those of a file to one, but for `SPREAD`."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        alike = SPREAD.get(Path(file).name)
        found = alike.match(nodeid) if alike else None
        return found[0] if found else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together:
    """`--dist loadgroup` would do, but its groups are lost with pytest 9.2 and pytest-xdist 3.8."""
    return Together(config, log)


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny book, to spoil at will."""
    return Path(shutil.copytree(TINY, tmp_path / "book"))


@pytest.fixture
def loaf(tmp_path: Path) -> Path:
    """A copy of the bread book, to spoil at will."""
    return Path(shutil.copytree(LOAF, tmp_path / "loaf"))


@lru_cache(maxsize=4)
def read(path: Path, foot: float) -> Layout:
    """Read a PDF back; the same file of a test run is read once."""
    return read_layout(path.read_bytes(), foot)


@dataclass
class Command:
    """Runs `book build` on a folder and keeps what it said."""

    root: Path

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["build", "--root", str(self.root), "--jobs", "1", *arguments])


@pytest.fixture(autouse=True)
def without_trials(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the look at the pages of broken books, which takes as long as all the rest, but for one test of it."""
    if not request.node.get_closest_marker("trial"):
        monkeypatch.setattr(builder, "try_out", lambda *_: None)


@pytest.fixture
def command(tiny: Path) -> Command:
    return Command(tiny)


def built(root: Path, out: Path, *names: str) -> dict[str, Path]:
    """Build a book's editions (all that it lists, if none is named) into a folder that all test processes share: the first builds, the others find.

    It begins with what `make` has built: of that, the build takes over what would come out the same.
    """
    listing = out.with_name(f"{out.name}.json")
    with FileLock(f"{out}.lock"):
        if not listing.exists():
            if (root / "dist").is_dir():
                shutil.copytree(root / "dist", out)
            made = build(root, out, names, lambda _: None, jobs=JOBS)
            listing.write_text(json.dumps({one.edition.name: str(one.path) for one in made}))
        return {name: Path(path) for name, path in json.loads(listing.read_text()).items()}


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same for all processes that run them."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def report(shared: Path) -> dict[str, Path]:
    """The real report in every edition, built once for all tests; paths by edition."""
    return built(ROOT, shared / "report")


@pytest.fixture(scope="session")
def tiny_editions(shared: Path) -> dict[str, Path]:
    """The tiny book in the usual editions."""
    return built(TINY, shared / "folding")


def rendered_from(root: Path) -> Rendered:
    """Load and render the book in a folder."""
    shelf = Shelf(root)
    return render(load(shelf), BookFiles(shelf))


@pytest.fixture(scope="session")
def rendered() -> Rendered:
    """The real report, rendered, before any edition."""
    return rendered_from(ROOT)


@pytest.fixture(scope="session")
def run() -> Callable[..., str]:
    """Runs an outside program and gives what it wrote; a missing one is an error, never a skip."""

    def call(*words: str | Path, allowed: tuple[int, ...] = (0,), **options: object) -> str:
        if not shutil.which(str(words[0])):
            pytest.fail(f"{words[0]} is not installed; `make test` brings it", pytrace=False)
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
        assert done.returncode in allowed, f"{words[0]} gave {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return str(done.stdout + done.stderr)

    return call
