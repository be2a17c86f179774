"""How fast a build is and how much memory it takes: `make benchmark`; writes benchmarks/results.md.

Each figure comes from a process of its own, start and imports included. The report's paper is timed against bare
WeasyPrint on the same finished HTML, in turns, so that a busy moment of the machine hits both.
"""

import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results.md"
PAIRS = 3
SIZES = (50, 100, 200, 400)
PAGES_A_CHAPTER = 4
PAPERS = ("letter", "a4", "fillable", "press")
BARS = {"ratio": 1.15, "megabytes": 250}
WORDS = (
    "the dough wants time and warm hands so you fold it once more before the oven is hot and the crust turns gold "
    "water salt flour yeast wait turn rest knead shape bake cool slice share bread loaf bowl"
).split()

BARE = """
import sys
from pathlib import Path
from weasyprint import HTML
page = Path(sys.argv[1])
HTML(page / "book.html").write_pdf(
    page / "bare.pdf", presentational_hints=True, pdf_variant="pdf/a-2a", pdf_tags=True
)
"""
BOOK = "import sys; from book.commands.cli import main; main(sys.argv[1:])"


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds of wall time and megabytes at its peak."""

    seconds: float
    megabytes: float


def cost(code: str, *words: str | Path) -> Cost:
    """Run Python code in a process of its own and measure it."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", code, *map(str, words)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"a measured process failed: {' '.join(map(str, words))}")
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(time.perf_counter() - begun, used.ru_maxrss / scale)


def finished_page(folder: Path) -> None:
    """Write the report's finished HTML with its style sheets and fonts, as bare WeasyPrint reads it."""
    from book.assemble import printed as assemble  # noqa: PLC0415 - the parent stays small for those it measures
    from book.assemble.page_rules import page_rules  # noqa: PLC0415
    from book.assemble.paper import PICTURES  # noqa: PLC0415
    from book.load.book_files import BookFiles  # noqa: PLC0415
    from book.load.files import Shelf  # noqa: PLC0415
    from book.load.loader import load  # noqa: PLC0415
    from book.model.editions import EDITIONS, PRINT_STYLES  # noqa: PLC0415
    from book.render.renderer import render  # noqa: PLC0415

    shelf = Shelf(ROOT)
    rendered = render(load(shelf), BookFiles(shelf))
    styles = ROOT / "styles"
    links = "".join(f'<link rel="stylesheet" href="{(styles / name).as_uri()}">' for name in PRINT_STYLES)
    head = f"<style>{page_rules(EDITIONS['letter'])}</style>{links}</head>"
    html = assemble.for_print(rendered).replace("</head>", head, 1).replace(PICTURES, "")
    (folder / "book.html").write_text(html, "utf-8")
    for name, picture in rendered.pictures.items():
        (folder / name).write_bytes(picture.data)


def synthetic_book(folder: Path, pages: int) -> None:
    """Write a book of about so many pages: headings, paragraphs, lists, tables, callouts, links."""
    chance = random.Random(pages)  # noqa: S311 - the same book each time
    (folder / "chapters").mkdir(parents=True)
    names = [f"part-{number}" for number in range(1, max(1, (pages - 2) // PAGES_A_CHAPTER) + 1)]
    for name in names:
        (folder / "chapters" / f"{name}.md").write_text(synthetic_chapter(chance, names), "utf-8")
    listed = "".join(f"  - chapter:{name}\n" for name in names)
    (folder / "book.yaml").write_text(
        "title: A long book of bread\nsubtitle: Made to be measured.\nshort_title: Bread\nlanguage: en-GB\n"
        "identifier: urn:uuid:4b1f6a52-4a0e-5d0c-9a52-7f1f4f0b6f11\nversion: '1'\ndate: 2026-01-01\n"
        "publisher: The Village Oven\ndescription: A book to measure.\nrights: Copy it.\n"
        "review: {by: null, pending: Nobody has read this.}\nfile_name: long\n"
        f"contents:\n  - page:contents\n{listed}",
        "utf-8",
    )


def synthetic_chapter(chance: random.Random, names: list[str]) -> str:
    """Give one chapter of four printed pages."""
    blocks = [f"---\ntitle: {sentence(chance, 4)}\nlede: {sentence(chance, 9)}.\n---"]
    for _ in range(5):
        blocks += [f"## {sentence(chance, 4)}", paragraph(chance), paragraph(chance)]
        blocks += [
            f"Go on: [](chapter:{chance.choice(names)}).",
            "\n".join(f"- {sentence(chance, 9)}" for _ in range(4)),
        ]
        blocks += [paragraph(chance)]
    blocks += ["Table: Times\n\n| Step | Oven |\n|---|---|\n| Lid on | Hot |\n| Lid off | Warm |"]
    blocks += [f"/// tip\n{paragraph(chance)}\n///"]
    return "\n\n".join(blocks) + "\n"


def paragraph(chance: random.Random) -> str:
    """Give five sentences."""
    return " ".join(f"{sentence(chance, chance.randint(7, 13))}." for _ in range(5))


def sentence(chance: random.Random, words: int) -> str:
    """Give words in a row, the first with a capital."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def report_rows(scratch: Path) -> list[str]:
    """Measure one paper of the report against bare WeasyPrint."""
    finished_page(scratch)
    pairs = []
    for _ in range(PAIRS):
        bare = cost(BARE, scratch)
        shutil.rmtree(scratch / "out", ignore_errors=True)
        book = cost(BOOK, "build", "letter", "--root", ROOT, "--out", scratch / "out")
        pairs.append((bare, book))
        print(f"bare {bare.seconds:.1f} s, book {book.seconds:.1f} s, {book.megabytes:.0f} MB", flush=True)
    ratio = median(book.seconds / bare.seconds for bare, book in pairs)
    peak = max(book.megabytes for _, book in pairs)
    return [
        "| | Seconds | Peak, MB |",
        "|---|--:|--:|",
        f"| Bare WeasyPrint, the finished HTML (median of {PAIRS}) "
        f"| {median(bare.seconds for bare, _ in pairs):.1f} | {max(bare.megabytes for bare, _ in pairs):.0f} |",
        f"| `book build letter`, from the chapters (median of {PAIRS}) "
        f"| {median(book.seconds for _, book in pairs):.1f} | {peak:.0f} |",
        "",
        f"Median of the paired ratios: **{ratio:.2f}** (at most {BARS['ratio']}). "
        f"Peak of one paper: **{peak:.0f} MB** (under {BARS['megabytes']}).",
    ]


def edition_rows(scratch: Path) -> list[str]:
    """Measure four papers in turn and side by side, then all editions of the report, and once more unchanged."""
    rows = ["| | Seconds | Peak of a process, MB |", "|---|--:|--:|"]
    out = scratch / "editions"
    for says, words, anew in (
        ("four papers, `--jobs 1`", [*PAPERS, "--jobs", "1"], True),
        ("four papers, `--jobs 2`", [*PAPERS, "--jobs", "2"], True),
        ("all editions, `--jobs 2`", ["--jobs", "2"], True),
        ("all editions once more, with nothing changed", [], False),
    ):
        if anew:
            shutil.rmtree(out, ignore_errors=True)
        used = cost(BOOK, "build", "--root", ROOT, "--out", out, *words)
        rows.append(f"| {len(list(out.iterdir())) - 1} files, {says} | {used.seconds:.1f} | {used.megabytes:.0f} |")
        print(rows[-1], flush=True)
    return rows


def check_rows(scratch: Path) -> list[str]:
    """Measure `book check` on the report beyond an unchanged build: our own rules, all, and all once more."""
    rows = ["| | Seconds | Beyond the build | Peak of a process, MB |", "|---|--:|--:|--:|"]
    out, verdicts = scratch / "checked", scratch / "checked" / "verdicts.json"
    cost(BOOK, "build", "--root", ROOT, "--out", out)
    unchanged = median(cost(BOOK, "build", "--root", ROOT, "--out", out).seconds for _ in range(PAIRS))
    rows.append(f"| `book build`, nothing changed (median of {PAIRS}) | {unchanged:.1f} | | |")
    ours = [word for code in own_rules() for word in ("--only", code)]
    for says, words in (
        (f"`book check`, our own {len(ours) // 2} rules", ours),
        ("`book check`, with veraPDF, EPUBCheck and Ace for the first time", []),
        ("`book check` once more", []),
    ):
        if words or "first" in says:
            verdicts.unlink(missing_ok=True)
        used = [
            cost(BOOK, "check", "--root", ROOT, "--out", out, "--strict", *words)
            for _ in range(PAIRS if words else 1)
        ]
        seconds = median(one.seconds for one in used)
        peak = max(one.megabytes for one in used)
        rows.append(f"| {says} | {seconds:.1f} | {seconds - unchanged:.1f} | {peak:.0f} |")
        print(rows[-1], flush=True)
    return rows


def own_rules() -> list[str]:
    """Give the numbers of the rules that ask no outside program."""
    from book.check.run import RULES  # noqa: PLC0415

    return sorted(code for code, rule in RULES.items() if rule.prepare is None)


def figure_rows(scratch: Path) -> list[str]:
    """Measure one figure, one with hands that reach, and all of them on two cores."""
    rows = ["| | Seconds | Peak of a process, MB |", "|---|--:|--:|"]
    for says, words in (
        ("`book draw cover`: a figure that only stands", ["cover", "--jobs", "1"]),
        ("`book draw knot-3`: two panels, a hand that reaches", ["knot-3", "--jobs", "1"]),
        ("`book draw --all --jobs 2`: every figure of the report", ["--all", "--jobs", "2"]),
    ):
        used = cost(BOOK, "draw", *words, "--root", ROOT, "--sketch", scratch / "figures")
        rows.append(f"| {says} | {used.seconds:.1f} | {used.megabytes:.0f} |")
        print(rows[-1], flush=True)
    return rows


def synthetic_rows(scratch: Path) -> list[str]:
    """Measure books of growing length."""
    rows = [
        "| Pages | Seconds | Pages a second | Peak, MB | Seconds against the row above |",
        "|--:|--:|--:|--:|--:|",
    ]
    before = 0.0
    for size in SIZES:
        folder = scratch / str(size)
        synthetic_book(folder, size)
        used = cost(BOOK, "build", "letter", "--root", folder, "--out", folder / "dist")
        pages = count_pages(folder / "dist" / "long-letter.pdf")
        growth = f"× {used.seconds / before:.2f}" if before else ""
        rows.append(
            f"| {pages} | {used.seconds:.1f} | {pages / used.seconds:.1f} | {used.megabytes:.0f} | {growth} |"
        )
        before = used.seconds
        print(rows[-1], flush=True)
    return rows


def count_pages(path: Path) -> int:
    """Give the number of pages of a PDF."""
    from pikepdf import Pdf  # noqa: PLC0415

    with Pdf.open(path) as document:
        return len(document.pages)


SECTIONS: dict[str, tuple[str, Callable[[Path], list[str]]]] = {
    "report": ("One paper of the report", report_rows),
    "editions": ("All editions of the report", edition_rows),
    "check": ("Checking the report", check_rows),
    "figures": ("Figures", figure_rows),
    "synthetic": ("Synthetic books, one paper each", synthetic_rows),
}


def main(names: list[str]) -> None:
    """Measure all, or the sections named, and write it down; what is not measured stays as it was."""
    found = re.split(r"^## (.*)\n", RESULTS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    known = dict(zip(found[::2], found[1::2], strict=True))
    with tempfile.TemporaryDirectory() as name:
        for title, measure in (SECTIONS[name] for name in names or SECTIONS):
            known[title] = "\n" + "\n".join(measure(Path(name))) + "\n\n"
    machine = (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"
    )
    head = (
        f"# Benchmarks\n\nWritten by `make benchmark`, on a virtual machine with {machine}. Each figure is a whole "
        "process: start, imports, reading, laying out, writing.\n\n"
    )
    sections = (f"## {title}\n{known[title]}" for title, _ in SECTIONS.values() if title in known)
    RESULTS.write_text((head + "".join(sections)).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
