"""The one door to pikepdf: what the house relies on in a release of it, on files made for it here."""

import io
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from book.layout import pdf_objects as door

MEDIA, TRIM = (0.0, 0.0, 612.0, 792.0), (9.0, 9.0, 603.0, 783.0)
CONTENT = b"/P <</MCID 0>> BDC q 1 0 0 rg BT [(Bread) -20 (!)] TJ ET Q EMC"


@pytest.fixture
def pdf() -> Iterator[Pdf]:
    with pikepdf.new() as made:
        for _ in range(3):
            made.add_blank_page(page_size=MEDIA[2:])
        yield made


def as_bytes(pdf: Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def test_the_same_file_gives_the_same_bytes(pdf: Pdf) -> None:
    data = as_bytes(pdf)
    first, second = (door.save_pdf(door.open_pdf(data)) for _ in range(2))
    assert first == second
    with door.open_pdf(first) as again:
        assert len(again.pages) == 3


def test_what_cannot_be_opened_is_told_without_a_kind_of_error_of_the_library(pdf: Pdf) -> None:
    locked = as_bytes(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))
    for data in (b"no PDF", b"", locked):
        with pytest.raises(ValueError, match="no PDF, or a password keeps it"):
            door.open_pdf(data)


def test_one_thing_alone_stands_for_an_array_of_it() -> None:
    several = Array([1, Name.P])
    assert door.items(several) == [1, Name.P]
    assert (door.items(7), door.items(None)) == ([7], [])
    door.items(several).append(2)
    assert len(several) == 2


def test_values_become_those_of_python() -> None:
    values = Array([Name.Row, String("words"), 2, 1.5, True, Array([Name.Both]), Dictionary(A=1)])
    assert door.plain(values) == ["/Row", "words", 2, 1.5, True, ["/Both"], None]
    assert door.plain(None) is None


def test_elements_of_the_structure_are_told_from_marks_and_links() -> None:
    assert door.is_element(Dictionary(S=Name.P))
    assert not any(door.is_element(kid) for kid in (3, Dictionary(MCID=3), None))


def test_a_page_without_a_box_has_its_paper_for_it(pdf: Pdf) -> None:
    pdf.pages[0].obj.TrimBox = Array(TRIM)
    assert door.box_of(pdf.pages[0], "/TrimBox") == TRIM
    assert door.box_of(pdf.pages[0], "/BleedBox") == MEDIA


def test_the_parts_of_a_content_stream_are_joined(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = Array([pdf.make_stream(b"q"), pdf.make_stream(b"Q")])
    assert door.content_of(page) == b"q\nQ"
    page.Contents = pdf.make_stream(CONTENT)
    assert door.content_of(page) == CONTENT
    del page.Contents
    assert door.content_of(page) == b""


def test_instructions_are_read_and_written_as_they_are(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(CONTENT)
    steps = list(door.instructions(pdf.pages[0]))
    assert [operator for _, operator in steps] == ["BDC", "q", "rg", "BT", "TJ", "ET", "Q", "EMC"]
    assert [float(part) for part in steps[2][0]] == [1, 0, 0]
    pdf.pages[1].obj.Contents = pdf.make_stream(door.written(steps))
    assert list(door.instructions(pdf.pages[1])) == steps


def test_forms_are_told_from_pages(pdf: Pdf) -> None:
    form = pdf.make_stream(b"0 g", Type=Name.XObject, Subtype=Name.Form, BBox=Array(MEDIA))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"1 g")
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=form))
    assert list(door.form_contents(pdf)) == [b"0 g"]


def test_trees_of_numbers_are_read_with_their_branches(pdf: Pdf) -> None:
    flat = pdf.make_indirect(Dictionary(Nums=Array([0, String("a"), 2, String("c")])))
    leaf = pdf.make_indirect(Dictionary(Nums=Array([5, Array([1])]), Limits=Array([5, 5])))
    assert {number: str(held) for number, held in door.number_tree(flat).items()} == {0: "a", 2: "c"}
    held = door.number_tree(pdf.make_indirect(Dictionary(Kids=Array([leaf]))))
    assert list(held) == [5]
    held[5][0] = 9
    assert leaf.Nums[1][0] == 9, "what is changed is the file's own"


def named(pdf: Pdf) -> None:
    """Give a file names for places: a page by itself, one within a dictionary, one that is gone."""
    first, second, _ = (page.obj for page in pdf.pages)
    gone = pdf.make_indirect(Dictionary(Type=Name.Page))
    places = [
        String("bare"), Array([second, Name.Fit]), String("held"), Dictionary(D=Array([first, Name.Fit])),
        String("lost"), Array([gone, Name.Fit]), String("odd"), Array([]),
    ]  # fmt: skip
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=Array(places))))


def test_names_lead_to_pages(pdf: Pdf) -> None:
    assert door.destinations(pdf) == {}
    named(pdf)
    assert door.destinations(pdf) == {"bare": 1, "held": 0, "lost": door.NOWHERE, "odd": door.NOWHERE}


def test_links_say_the_name_that_they_lead_to() -> None:
    assert door.name_led_to(Dictionary(Dest=String("bare"))) == "bare"
    assert door.name_led_to(Dictionary(Dest=Array([1]))) == door.name_led_to(Dictionary()) == ""
    assert str(door.led_to(Dictionary(A=Dictionary(S=Name.GoTo, D=String("far"))))) == "far"
    assert door.led_to(Dictionary()) is None


def test_bookmarks_come_in_the_order_of_reading(pdf: Pdf) -> None:
    assert list(door.bookmarks(pdf)) == []
    with pdf.open_outline() as outline:
        chapter = pikepdf.OutlineItem("One", 0)
        chapter.children.append(pikepdf.OutlineItem("Within one", 1))
        outline.root.extend([chapter, pikepdf.OutlineItem("Two", 2)])
    pages = door.page_numbers(pdf)
    found = [(title, door.page_at(target, pages)) for title, target in door.bookmarks(pdf)]
    assert found == [("One", 0), ("Within one", 1), ("Two", 2)]


def test_pages_are_called_what_readers_call_them(pdf: Pdf) -> None:
    assert door.page_labels(pdf) == []
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), 2, Dictionary(S=Name.D)]))
    assert door.page_labels(pdf) == ["i", "ii", "1"]


def test_only_what_is_named_goes_from_the_metadata(pdf: Pdf) -> None:
    assert door.metadata_of(pdf) == ""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"], metadata["dc:title"] = "2", "Loaf"
    door.drop_metadata(pdf, ("pdfaid:part", "pdfuaid:part"))
    assert "pdfaid:part" not in door.metadata_of(pdf)
    assert "Loaf" in door.metadata_of(pdf)
    assert "Producer" not in door.metadata_of(pdf), "nobody is named as its editor"
