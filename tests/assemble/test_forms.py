"""Forms: each field has a name and a label, stands where the page wants it, and takes what readers write."""

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2 as pdfium
import pytest
from lxml import etree
from PIL import Image, ImageChops
from pypdfium2 import raw

from book.assemble import form_fields
from book.assemble.ebook import for_epub
from book.check.views.layout import MM
from book.kinds.log.model import LogRow
from book.model.editions import EDITIONS
from book.model.labels import Labels
from book.render.pages.templates import days
from tests.conftest import Command, read, rendered_from
from tests.formats.pdf.test_pdf import FRAME, PAPERS, structure
from tests.model.test_sheets import add

Run = Callable[..., str]
DOTS = 100  # an inch
DAYS, WEEKS = 7, 4
WORDS = "Ärm & Bein"


@pytest.fixture(scope="module")
def book(report: dict[str, Path]) -> Path:
    """The whole report as a form."""
    return report["fillable"]


@pytest.fixture(params=["fillable", "log"])
def form(request: pytest.FixtureRequest, book: Path, report: dict[str, Path]) -> Path:
    return book if request.param == "fillable" else report["log"]


def fields_of(path: Path) -> Iterator[tuple[int, pymupdf.Widget]]:
    """Every field with the number of its page, from 0; the document stays open while they are read."""
    with pymupdf.open(path) as document:
        for page in document:
            for field in page.widgets():
                yield page.number, field


def test_forms_keep_a_clean_syntax(form: Path, run: Run) -> None:
    said = run("qpdf", "--check", form)
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


def test_every_field_has_a_name_and_a_label_of_its_own(form: Path) -> None:
    found = [(field.field_name, field.field_label) for _, field in fields_of(form)]
    assert len(found) >= WEEKS * (1 + 4 * DAYS)
    assert all(name and label for name, label in found)
    assert Counter(name for name, _ in found).most_common(1)[0][1] == 1
    assert not [name for name, label in found if label == name or "." in name]


def test_labels_say_week_day_and_row_in_full(report: dict[str, Path]) -> None:
    labels = {field.field_label: field.field_type_string for _, field in fields_of(report["log"])}
    assert len(labels) == WEEKS * (1 + 4 * DAYS)
    assert labels["Week 2, Tuesday, Two-minute side raise"] == "CheckBox"
    assert labels["Week 4, Sunday, Knot score, 0 to 10"] == "Text"
    assert labels["Week 3, Your move"] == "Text"
    assert labels["Week 3, Monday, Your move"] == "CheckBox"


def test_exercises_and_the_card_can_be_ticked(book: Path) -> None:
    labels = [field.field_label for _, field in fields_of(book) if field.field_type_string == "CheckBox"]
    assert "Wednesday, Band row" in labels
    assert "Thin bones or steroids: a flat hand, no ache, and leave out the knot" in labels
    assert len([label for label in labels if label.startswith("Monday, ")]) == 14


def test_every_field_is_in_the_tree_that_is_read_aloud(form: Path) -> None:
    with pikepdf.open(form) as document:
        widgets = {note.objgen for page in document.pages for note in widgets_of(page)}
        told = set()
        for element in structure(document.Root.StructTreeRoot.K):
            if element.S == "/Form":
                told |= {kid.Obj.objgen for kid in objects(element)}
        owners = document.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(owners[index]): owners[index + 1] for index in range(0, len(owners), 2)}
        assert widgets
        assert told == widgets == {field.objgen for field in document.Root.AcroForm.Fields}
        for page in document.pages:
            assert all(parents[int(note.StructParent)].S == "/Form" for note in widgets_of(page))


def widgets_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    return [note for note in page.get("/Annots", []) if note.Subtype == "/Widget"]


def objects(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [kid for kid in found if kid.get("/Type") == "/OBJR"]


def test_plain_editions_have_no_fields(report: dict[str, Path]) -> None:
    for name in (*PAPERS, "therapist-card", "one-page"):
        with pikepdf.open(report[name]) as document:
            assert "/AcroForm" not in document.Root, name


def test_the_form_is_the_letter_edition_page_by_page(book: Path, report: dict[str, Path]) -> None:
    foot = EDITIONS["letter"].margins_mm[0] + FRAME[1] + 3
    plain, filled = read(report["letter"], foot), read(book, foot)
    assert len(plain.sheets) == len(filled.sheets)
    for number, (one, other) in enumerate(zip(plain.sheets, filled.sheets, strict=True), 1):
        places = [
            sorted((char.text, round(char.left, 1), round(char.baseline, 1)) for char in sheet.chars)
            for sheet in (one, other)
        ]
        assert places[0] == places[1], f"page {number}"


def test_an_empty_form_looks_like_the_letter_edition(book: Path, report: dict[str, Path]) -> None:
    """Fields add no ink of their own: neither borders nor tints."""
    pages = sorted({number for number, _ in fields_of(book)})
    with pymupdf.open(report["letter"]) as plain, pymupdf.open(book) as empty:
        for number in pages:
            assert alike(picture(plain[number]), picture(empty[number])), f"page {number + 1}"


def picture(page: pymupdf.Page) -> Image.Image:
    drawn = page.get_pixmap(dpi=DOTS, colorspace=pymupdf.csGRAY)
    return Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def alike(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getextrema()[1] < 40


@pytest.fixture
def filled(form: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A form with a word, a number or a tick in every field, and the empty one."""
    with pymupdf.open(form) as document:
        for page in document:
            for field in page.widgets():
                box = field.field_type_string == "CheckBox"
                field.field_value = True if box else "7" if field.text_maxlen else WORDS
                field.update()
        document.save(tmp_path / "filled.pdf")
    return form, tmp_path / "filled.pdf"


def test_what_is_written_is_there_again(filled: tuple[Path, Path]) -> None:
    for _, field in fields_of(filled[1]):
        wanted = {"CheckBox": "on", "Text": "7" if field.text_maxlen else WORDS}[field.field_type_string]
        assert str(field.field_value) == wanted, field.field_name


def test_what_is_written_shows_in_two_readers(filled: tuple[Path, Path]) -> None:
    """MuPDF and PDFium draw ink in each field that is filled, and none in an empty one."""
    for draw in (by_mupdf, by_pdfium):
        empty, written = (draw(path) for path in filled)
        for number, field in fields_of(filled[1]):
            places = [tuple(round(side * DOTS / 72) for side in field.rect)] * 2
            before, after = (
                pages[number].crop(place) for pages, place in zip((empty, written), places, strict=True)
            )
            assert dark(after) > dark(before) + 6, f"{draw.__name__}: {field.field_name}"


def by_mupdf(path: Path) -> list[Image.Image]:
    with pymupdf.open(path) as document:
        return [picture(page) for page in document]


def by_pdfium(path: Path) -> list[Image.Image]:
    document = pdfium.PdfDocument(path)
    document.init_forms()
    try:
        return [page.render(scale=DOTS / 72, may_draw_forms=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def dark(piece: Image.Image) -> int:
    """The number of dots with ink."""
    return sum(piece.histogram()[:140])


def test_what_mupdf_writes_is_read_by_pdfium(filled: tuple[Path, Path]) -> None:
    for path, full in zip(filled, (False, True), strict=True):
        wanted = {field.field_name: field for _, field in fields_of(path)}
        found = dict(values_by_pdfium(path))
        assert set(found) == set(wanted)
        for name, (ticked, text) in found.items():
            if wanted[name].field_type_string == "CheckBox":
                assert ticked is full, name
            else:
                assert text == ("" if not full else "7" if wanted[name].text_maxlen else WORDS), name


def values_by_pdfium(path: Path) -> Iterator[tuple[str, tuple[bool, str]]]:
    """The name of each field with what PDFium reads in it: whether it is ticked, and its words."""
    document = pdfium.PdfDocument(path)
    document.init_forms()
    form = document.formenv.raw
    for page in document:
        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            field = raw.FPDFPage_GetAnnot(page, number)
            if raw.FPDFAnnot_GetSubtype(field) == raw.FPDF_ANNOT_WIDGET:
                name = utf16(raw.FPDFAnnot_GetFormFieldName, form, field)
                text = utf16(raw.FPDFAnnot_GetFormFieldValue, form, field)
                yield name, (bool(raw.FPDFAnnot_IsChecked(form, field)), text)
            raw.FPDFPage_CloseAnnot(field)
    document.close()


def utf16(ask: Callable[..., int], *of: object) -> str:
    """What a function of PDFium says that fills a buffer."""
    buffer = (ctypes.c_ushort * 256)()
    size = ask(*of, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[:size].decode("utf-16-le").rstrip("\0")


def test_a_tick_by_a_plain_reader_shows_our_own_tick(report: dict[str, Path], tmp_path: Path, run: Run) -> None:
    """Readers that only switch a box's state, as poppler and PDFium do, show the look that the file brings."""
    with pikepdf.open(report["log"]) as document:
        boxes = [field for field in document.Root.AcroForm.Fields if field.FT == "/Btn"]
        for box in boxes:
            box.V = box.AS = pikepdf.Name.on
        rects = [[float(side) for side in box.Rect] for box in boxes]
        height = float(document.pages[0].mediabox[3])
        document.save(tmp_path / "ticked.pdf")
    run("pdftoppm", "-r", str(DOTS), "-gray", "-singlefile", "-png", tmp_path / "ticked.pdf", tmp_path / "poppler")
    poppler = Image.open(tmp_path / "poppler.png").convert("L")
    for pages in (poppler, by_pdfium(tmp_path / "ticked.pdf")[0], by_mupdf(tmp_path / "ticked.pdf")[0]):
        for left, one, right, other in rects:
            middle, half = (left + right) / 2, 6
            box = (middle - half, height - max(one, other), middle + half, height - min(one, other))
            assert dark(pages.crop(tuple(round(side * DOTS / 72) for side in box))) > 15


def test_fields_fit_their_squares(report: dict[str, Path]) -> None:
    """A tick's field is as wide as its day's square and keeps clear of the lines above and below."""
    for _, field in fields_of(report["log"]):
        width, height = field.rect.width / MM, field.rect.height / MM
        assert height == pytest.approx(5, abs=0.05)
        assert width > 15


def test_fields_are_written_in_a_face_of_the_book(form: Path) -> None:
    with pikepdf.open(form) as document:
        fonts = document.Root.AcroForm.DR.Font
        texts = [field for field in document.Root.AcroForm.Fields if field.FT == "/Tx"]
        names = {str(field.DA).split()[0] for field in texts}
        assert len(names) == 1
        font = fonts[names.pop()]
        assert str(font.BaseFont).endswith("+Guide-Field")
        assert font.Encoding == "/WinAnsiEncoding"
        assert len(font.Widths) == font.LastChar - font.FirstChar + 1
        assert len(font.FontDescriptor.FontFile2.read_bytes()) < 40_000
        assert "/NeedAppearances" not in document.Root.AcroForm


def test_the_e_book_keeps_a_plain_table(tiny: Path) -> None:
    for leaf in for_epub(rendered_from(tiny)):
        text = etree.tostring(leaf.body, encoding="unicode")
        assert "<input" not in text
        assert "data-field" not in text


def test_a_tiny_form(tiny: Path, command: Command) -> None:
    add(tiny, 'editions:\n  log: {says: The log, holds: ["page:log"], fillable: true}\n')
    result = command("fillable", "log")
    assert result.exit_code == 0, result.output
    names = [field.field_name for _, field in fields_of(tiny / "dist" / "first-loaf-fillable.pdf")]
    assert "chapter-flour-and-water-bowl" in names
    assert "exercise-stretch-and-fold-friday-stretch-and-fold" in names
    (flour,) = (
        field.field_value
        for _, field in fields_of(tiny / "dist" / "first-loaf-fillable.pdf")
        if field.field_name == "chapter-flour-and-water-flour"
    )
    assert str(flour) == "on"
    assert len(list(fields_of(tiny / "dist" / "first-loaf-log.pdf"))) == 2 * (7 + 1 + 7)


def test_the_same_label_twice_gives_two_names() -> None:
    tree = etree.fromstring(
        '<section id="a"><i data-field="tick" data-label="X"/><i data-field="tick" data-label="X"/></section>'
    )
    form_fields.make_fields(tree)
    assert [field.get("name") for field in tree.iter("input")] == ["a-x", "a-x-2"]


def test_rows_of_a_log_are_words_or_have_a_kind() -> None:
    assert LogRow(name="Score", kind="score").kind == "score"
    assert LogRow().kind == "tick"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "{name: Crumb, kind: scor}",
            "book.yaml:32: log.rows.2.kind: input should be 'tick' or 'score', not \"scor\".",
        ),
        ("{nam: Crumb}", 'book.yaml:32: there is no key "log.rows.2.nam". Did you mean "name"?'),
        ("7", 'book.yaml:32: log.rows.2 must be a group of keys, not "7".'),
    ],
)
def test_a_wrong_row_is_told(tiny: Path, command: Command, row: str, said: str) -> None:
    manifest = tiny / "book.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace('rows: [Plain loaf, ""]', f"rows: [Plain loaf, {row}]"), "utf-8")
    result = command("letter")
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_book_may_leave_days_short() -> None:
    assert days(Labels(days=("Mo", "Di"), weekdays=("Montag",))) == [("Mo", "Montag"), ("Di", "Di")]
