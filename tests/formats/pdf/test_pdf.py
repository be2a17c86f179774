"""The report on paper: conformance by the reference validator, tags, outline. `book check` looks at its pages."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from book.render.rendered import Rendered

PAPERS = ("letter", "a4")
FRAME = (168, 234)
OURS = {
    "Guide-Display-Semi-Bold", "Guide-Subhead-Semi-Bold", "Guide-Serif", "Guide-Serif-Italic",
    "Guide-Serif-Semi-Bold", "Guide-Sans", "Guide-Sans-Italic", "Guide-Sans-Semi-Bold", "Guide-Sans-Bold",
}  # fmt: skip
Run = Callable[..., str]


@pytest.fixture(params=PAPERS)
def pdf(request: pytest.FixtureRequest, report: dict[str, Path]) -> Path:
    return report[request.param]


def test_syntax_is_clean(pdf: Path, run: Run) -> None:
    said = run("qpdf", "--check", pdf)
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


def test_embedded_fonts_are_exactly_ours(pdf: Path, run: Run) -> None:
    rows = [line.split() for line in run("pdffonts", pdf).splitlines()[2:]]
    assert {row[0].partition("+")[2] for row in rows} == OURS
    assert {row[-5] for row in rows} == {"yes"}  # embedded
    assert {row[-3] for row in rows} == {"yes"}  # with a map to Unicode


def test_outline_names_every_section(rendered: Rendered, pdf: Path) -> None:
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        titles = []

        def walk(items: list[pikepdf.OutlineItem]) -> None:
            for item in items:
                titles.append(squash(item.title))
                walk(item.children)

        walk(outline.root)
    wanted = [squash(section.title) for section in rendered.sections]
    found = iter(titles)
    assert all(any(title.endswith(want) for title in found) for want in wanted)


def test_file_says_its_title_and_language(rendered: Rendered, pdf: Path) -> None:
    about = rendered.book.manifest
    with pikepdf.open(pdf) as document:
        assert str(document.Root.Lang) == about.language
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == about.title
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == about.title
            assert metadata["dc:description"] == about.description


def test_running_feet_are_not_read_aloud(pdf: Path) -> None:
    """Each piece of a page is either furniture or reached from the structure tree; lists and heads are whole."""
    with pikepdf.open(pdf) as document:
        kinds: Counter[str] = Counter()
        for element in structure(document.Root.StructTreeRoot.K):
            kinds[str(element.S)] += 1
            if element.S == "/LI":
                assert {str(kid.S) for kid in kids(element)} <= {"/Lbl", "/LBody"}
            if element.S == "/TH":
                assert element.A.Scope in {"/Row", "/Column"}
        assert kinds["/LI"]
        assert kinds["/TH"]
        page = document.pages[10]
        assert page.Contents.read_bytes().count(b"/Artifact\n<</Type /Pagination>>") == 2


def squash(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\u00ad\u200b\u2060")


def destinations_of(pdf: Path) -> dict[str, int]:
    """The page, from 1, on which each linked id stands."""
    with pikepdf.open(pdf) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        tree = pikepdf.NameTree(document.Root.Names.Dests)
        return {str(name): numbers[target[0].objgen] for name, target in tree.items()}


def starts_of(rendered: Rendered, pdf: Path) -> list[int]:
    """The first page of each section, and the page after the last."""
    places = destinations_of(pdf)
    with pikepdf.open(pdf) as document:
        last = len(document.pages) + 1
    found = [last]
    for section in reversed(rendered.sections):  # nothing links to the contents: one page before what follows
        found.append(found[-1] - 1 if section.key == "page:contents" else places[section.html_id])
    return found[::-1]


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K")
    listed = list(found.as_list()) if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def structure(found: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in found.as_list() if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from structure(kid.K)
