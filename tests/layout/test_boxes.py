"""What WeasyPrint lays out comes through as plain boxes: what `book.layout.boxes` relies on in a release of it."""

import pytest
from weasyprint import HTML

from book.layout.boxes import Box, page_boxes
from book.layout.page_starts import page_starts
from book.render.positions import Start

PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
PAGES = f"""<html lang="en"><style>
@page {{ size: 60mm 80mm; margin: 10mm; @bottom-center {{ content: "foot" }} }}
.narrow {{ width: 1mm; hyphens: manual }} .whole {{ hyphens: none }} .placed {{ position: absolute }}
td {{ height: 30mm }} a::after {{ content: " (page " target-counter(attr(href), page) ")" }}
.note {{ float: footnote }}
</style><body><h1 id="top">One</h1><p class="narrow">bread\u00adboard</p><p class="whole">crumb\u2010</p>
<p>See <a href="#end">it</a><span class="note">aside</span></p><div class="placed"><i>placed</i></div>
<img src="{PICTURE}" alt=""><table><thead><tr><th>Head</th></tr></thead>
<tbody><tr><td>first</td></tr><tr><td>second</td></tr><tr><td id="end">third</td></tr></tbody></table></body></html>"""


@pytest.fixture(scope="module")
def pages() -> tuple[Box, ...]:
    return page_boxes(HTML(string=PAGES).render())


def texts(box: Box) -> list[str]:
    return [part.text for part in box.walk() if part.text.strip()]


def found(pages: tuple[Box, ...], text: str) -> list[Box]:
    return [box for page in pages for box in page.walk() if box.text == text]


def test_boxes_have_the_tags_attributes_and_texts_of_their_elements(pages: tuple[Box, ...]) -> None:
    (one,) = found(pages, "One")
    assert (one.tag, one.attributes, one.children) == ("h1", {"id": "top"}, ())


def test_a_hyphen_that_the_engine_set_is_no_part_of_the_words(pages: tuple[Box, ...]) -> None:
    (first,), (second,), (own,) = (found(pages, text) for text in ("bread\u00ad\u2010", "board", "crumb\u2010"))
    assert (first.words, second.words, own.words) == ("bread\u00ad", "board", "crumb\u2010")


def test_margins_and_notes_of_a_page_have_no_element(pages: tuple[Box, ...]) -> None:
    bare = [child for page in pages for child in page.children if child.attributes is None]
    assert {text for child in bare for text in texts(child)} == {"1. ", "aside", "foot"}


def test_what_style_sheets_add_is_told_by_its_tag(pages: tuple[Box, ...]) -> None:
    after = next(box for page in pages for box in page.walk() if box.tag == "a::after")
    assert after.attributes == {"href": "#end"}
    assert "".join(texts(after)) == f" (page {len(pages)})"


def test_heads_that_come_again_are_told_from_rows(pages: tuple[Box, ...]) -> None:
    groups = [box for page in pages for box in page.walk() if box.repeats]
    assert len(pages) > 1
    assert [texts(box) for box in groups] == [["Head"]] * len(found(pages, "Head"))
    assert len(groups) > 1


def test_pictures_are_told_from_boxes_that_hold_words(pages: tuple[Box, ...]) -> None:
    assert [box.tag for page in pages for box in page.walk() if box.is_picture] == ["img"]


def test_what_is_placed_by_itself_is_there_with_all_in_it(pages: tuple[Box, ...]) -> None:
    assert [box.tag for box in found(pages, "placed")] == ["i"]


def block(number: int, text: str, **more: str) -> Box:
    """An element that is one block of a section, on one line."""
    about = {"data-block": str(number)} | more
    return Box("p", about, children=(Box("p", about, text=text),))


def test_pages_begin_in_the_block_and_at_the_letter_where_the_one_before_ended() -> None:
    title, first = block(0, "Title", id="chapter-a"), block(1, "It is ")
    broken = Box("p", {"data-block": "2"}, text="knead-", hyphen="-")
    rest = Box("p", {"data-block": "2"}, text="ing")
    section = Box("section", {"data-block": "0", "id": "chapter-a"}, children=(title, first, broken))
    again = Box("section", {"data-block": "0", "id": "chapter-a"}, children=(rest,))
    pages = [Box("", children=(section,)), Box("", children=(again,))]
    assert page_starts(pages) == (Start("chapter-a", 0, 0), Start("chapter-a", 2, 5))
