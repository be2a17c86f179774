"""The e-books against our own rules, and each rule against a book that breaks it."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.epub_lint import EPUB, NAV, OPF, RULES, Files, Rule, cover, for_kindle, grounds, lint, weight

LOG, NOTE = f"{EPUB}page-log.xhtml", f"{EPUB}chapter-flour-and-water.xhtml"
CSS = f"{EPUB}style.css"
# the rule, the file, what is changed into what, what is then said
BROKEN = [
    ("language", OPF, "<dc:language>en-GB", "<dc:language>en-UK", "no store knows the language en-UK"),
    ("language", OPF, 'xml:lang="en-GB"', "", "the package has another language"),
    ("language", NOTE, ' lang="en-GB"', ' lang="en"', "another language"),
    ("package", OPF, "<dc:rights>Copy it as you like.</dc:rights>", "", "no rights"),
    ("package", OPF, 'property="title-type"', 'property="file-as"', "no title-type"),
    ("package", OPF, '<meta name="cover"', '<meta name="generator" content="x"/><meta name="cover"', "stray meta generator"),
    ("weight", NOTE, "</body>", "<p>" + "x" * 300_000 + "</p></body>", "over 300 kB"),
    ("claims", OPF, "readingOrder", "longDescription", "claims longDescription, which is not so"),
    ("claims", OPF, "readingOrder", "printPageNumbers", "claims printPageNumbers, which is gone"),
    ("claims", OPF, ">alternativeText<", ">captions<", "does not tell of alternativeText"),
    ("claims", OPF, 'property="schema:accessibilityHazard"', 'property="dcterms:conformsTo"', "nobody certified it"),
    ("claims", OPF, "schema:accessibilitySummary", "schema:accessibilityAPI", "no longer asked for"),
    ("claims", OPF, 'property="pageBreakSource"', 'property="dcterms:source"', "go together"),
    ("navigation", NAV, 'href="chapter-baking.xhtml"', 'href="page-log.xhtml"', "contents and reading order differ"),
    ("navigation", NAV, 'epub:type="bibliography"', 'epub:type="index"', "no landmark bibliography"),
    ("navigation", CSS, "[hidden] { display: none; }", "", "hidden lists show"),
    ("page_list", NAV, "#page-3", "#page-4", "page list and markers differ"),
    ("page_list", NOTE, 'aria-label="Page', 'data-label="Page', "is no marker"),
    ("page_list", NOTE, 'epub:type="pagebreak"', "", "is no marker"),
    ("pictures", NOTE, 'alt="A round loaf cut in half."', 'alt="loaf.svg"', "alt text 'loaf.svg'"),
    ("pictures", NOTE, 'src="images/loaf.svg"', 'src=""', "a picture without a source"),
    ("grounds", f"{EPUB}images/loaf.svg", 'fill="#FFFFFF"', 'fill="none"', "dark lines on a black page"),
    ("grounds", f"{EPUB}images/loaf.svg", "<title>", "<style>path{fill:red}</style><title>", "weak readers draw black"),
    ("cover", f"{EPUB}cover.xhtml", "<img", "<p>More.</p><img", "more than the cover"),
    ("cover", OPF, 'properties="cover-image"', "", "no cover image"),
    ("tables", f"{EPUB}chapter-baking.xhtml", "<caption>How hot, how long.</caption>", "", "a table without caption"),
    ("tables", LOG, 'class="wide"', 'class="narrow"', "a table sticks out"),
    ("notes", NOTE, 'epub:type="footnote"', "", "notes and their calls differ"),
    ("notes", NOTE, 'role="doc-backlink"', 'role="link"', "a note does not lead back"),
    ("markup", NOTE, "<p>", '<p style="color: black">', "styles or leftovers"),
    ("markup", NOTE, "<p>", "<!-- a -- b --><p>".replace(" -- b", ""), "scripts, forms or comments"),
    ("markup", NOTE, "<p>", "<p>Mix (page\N{NO-BREAK SPACE}3). ", "a number of a printed page"),
    ("markup", NOTE, 'src="images/', 'src="https://example.org/', "something from outside"),
    ("styles", CSS, "body { margin", "body { font-family: serif; margin", "a face for the text"),
    ("styles", CSS, "body { margin", "body { color: black; margin", "color: black"),
    ("styles", CSS, "body { margin", "body { display: flex; margin", "display: flex"),
    ("styles", CSS, "body { margin", "body { position: fixed; margin", "position: fixed"),
    ("styles", CSS, "body { margin: 0 5%", "body { margin: calc(1em + 2%)", "margin: calc("),
    ("styles", CSS, "line-height: 1.5", "line-height: 24px", "line-height: 24px"),
    ("styles", CSS, "figure img {", "figure:has(img) {", "figure:has(img)"),
]  # fmt: skip


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as files:
        return {name: files.read(name) for name in files.namelist()}


@pytest.fixture(scope="module")
def tiny_files(tiny_editions: dict[str, Path]) -> Files:
    return files_of(tiny_editions["epub"])


@pytest.mark.parametrize("name", ["epub", "kindle"])
def test_the_report_keeps_all_rules(report: dict[str, Path], name: str) -> None:
    assert lint(files_of(report[name])) == []


def test_the_tiny_book_keeps_all_rules(tiny_files: Files) -> None:
    assert lint(tiny_files) == []


def test_the_kindle_edition_is_one(report: dict[str, Path], tiny_files: Files) -> None:
    assert for_kindle(files_of(report["kindle"])) == []
    assert [fault.partition(":")[0] for fault in for_kindle(tiny_files)] == [f"{EPUB}images/loaf.svg"]
    assert for_kindle({NOTE: b"<p><!-- a --></p>"}) == [f"{NOTE}: -- in a comment"]


@pytest.mark.parametrize(
    ("rule", "name", "old", "new", "said"), BROKEN, ids=[f"{case[0]}: {case[4]}" for case in BROKEN]
)
def test_each_rule_sees_what_breaks_it(
    tiny_files: Files, rule: str, name: str, old: str, new: str, said: str
) -> None:
    assert old in tiny_files[name].decode(), f"{name} no longer holds {old!r}"
    broken = {**tiny_files, name: tiny_files[name].decode().replace(old, new, 1).encode()}
    (check,) = (check for check in RULES if check.__name__ == rule)
    assert any(said in fault for fault in check(broken)), [*check(broken)]


@pytest.mark.parametrize(("rule", "size"), [(weight, (3000, 2000)), (cover, (625, 1000))])
def test_pictures_too_large_or_small_are_seen(tiny_files: Files, rule: Rule, size: tuple[int, int]) -> None:
    assert [*rule({**tiny_files, f"{EPUB}images/cover.jpg": dots("JPEG", "RGB", size)})]


def test_a_picture_that_the_page_shines_through_is_seen(tiny_files: Files) -> None:
    assert [*grounds({**tiny_files, f"{EPUB}images/x.png": dots("PNG", "RGBA", (9, 9))})]


def dots(kind: str, mode: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()
