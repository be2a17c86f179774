"""The one door to PDFium: letters, their places and the looks of pages, on a file made for it here."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from book.layout.pdf_pages import Run, count_pages, open_pages

HIGH = 300
CONTENT = b"""/P <</MCID 4>> BDC BT 1 0 0 rg /F 20 Tf 30 250 Td (Bread) Tj ET EMC
/P <</MCID 5>> BDC BT 0 g /F 10 Tf 1 0 0 1 30 200 Tm (it rises) Tj ET EMC
BT /F 10 Tf 0 1 -1 0 150 100 Tm (up) Tj ET
BT /F 10 Tf 30 50 Td (   ) Tj ET
0 0 1 rg 0 0 50 20 re f"""


@pytest.fixture(scope="module")
def data() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.add_blank_page(page_size=(200, HIGH))
        pdf.add_blank_page(page_size=(200, HIGH))
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = Array([pdf.make_stream(CONTENT)])
        pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def runs(data: bytes) -> dict[str, Run]:
    with open_pages(data) as pages:
        assert not list(pages[1].runs())
        return {run.text.strip(): run for run in pages[0].runs()}


def test_words_come_in_runs_of_one_style(runs: dict[str, Run]) -> None:
    assert list(runs) == ["Bread", "it rises", "up"], "spaces alone are no run"
    looks = {text: (run.mark, run.size, run.color, run.upright) for text, run in runs.items()}
    assert looks["Bread"] == (4, 20, (255, 0, 0), True)
    assert looks["it rises"] == (5, 10, (0, 0, 0), True)
    assert (looks["up"][0], looks["up"][3]) == (-1, False)
    assert runs["Bread"].font == "Helvetica"


def test_places_are_in_points_from_the_top_left(runs: dict[str, Run]) -> None:
    bread = runs["Bread"]
    assert bread.baseline == pytest.approx(HIGH - 250)
    first, *_, last = bread.letters
    assert (first.text, last.text) == ("B", "d")
    assert first.left == pytest.approx(30, abs=1)
    assert first.top < bread.baseline < first.bottom
    assert first.right <= last.left < last.right < 100


def test_letters_are_those_of_the_text_without_spaces(runs: dict[str, Run]) -> None:
    assert "".join(letter.text for letter in runs["it rises"].letters) == "itrises"


def test_a_hyphen_at_the_end_of_a_line_is_a_plain_one() -> None:
    content = b"BT /F 10 Tf 12 TL 30 250 Td (knead-) Tj T* (ing it) Tj ET"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, HIGH))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        out = io.BytesIO()
        pdf.save(out)
    with open_pages(out.getvalue()) as pages:
        assert [run.text.strip() for run in pages[0].runs()] == ["knead-", "ing it"]


def test_texts_are_found_by_their_marks(data: bytes) -> None:
    with open_pages(data) as pages:
        found = pages[0].texts_by_mark()
    assert (found[4], found[5], found[-1]) == ("Bread", "it rises", "up")


def test_pages_are_counted_and_give_their_words_and_size(data: bytes) -> None:
    assert count_pages(data) == 2
    with open_pages(data) as pages:
        assert [page.words.split()[:1] for page in pages] == [["Bread"], []]
        assert (pages[0].width, pages[0].height) == (200, HIGH)


def test_a_page_is_drawn_in_its_colors_at_a_scale(data: bytes) -> None:
    with open_pages(data) as pages:
        picture = pages[0].draw(2)
    assert (picture.mode, picture.size) == ("RGB", (400, 2 * HIGH))
    assert picture.getpixel((20, 2 * HIGH - 20)) == (0, 0, 255)
    assert picture.getpixel((380, 20)) == (255, 255, 255)


def test_what_is_no_pdf_is_told_without_a_kind_of_error_of_the_library() -> None:
    with pytest.raises(ValueError, match="no PDF"), open_pages(b"no PDF"):
        pass
