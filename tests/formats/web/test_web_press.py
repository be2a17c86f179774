"""What a site is dressed in: fonts cut to the letters shown, pictures of printed pages, the card of link previews."""

import io
from dataclasses import replace
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from book.assemble import printed as assemble
from book.formats.recipe import Assets
from book.formats.web.card import draw_card
from book.formats.web.fonts import sheet
from book.formats.web.page_pictures import MOST_BYTES, QUALITIES, WIDE_PX, _packed, page_pictures
from book.layout.jobs import Engines, LayoutJob
from book.load.files import Shelf
from book.load.styles import Styles
from book.model.editions import PRINT_STYLES
from book.model.problems import BookError
from tests.conftest import TINY, rendered_from

LETTERS = {ord(sign) for sign in "Knead é12"}


@pytest.fixture(scope="module")
def dressed() -> dict[str, bytes]:
    return sheet(Styles(Shelf(TINY)), LETTERS)


def fonts(files: dict[str, bytes]) -> dict[str, TTFont]:
    return {name: TTFont(io.BytesIO(data)) for name, data in files.items() if name.endswith(".woff2")}


def test_fonts_hold_the_letters_of_the_site_and_no_others(dressed: dict[str, bytes]) -> None:
    assert len(fonts(dressed)) == dressed["assets/web.css"].count(b"@font-face") > 3
    for name, font in fonts(dressed).items():
        assert set(font.getBestCmap()) - {ord(sign) for sign in "✓✗"} == LETTERS, name
        assert name.encode().removeprefix(b"assets/") in dressed["assets/web.css"]


def test_a_cut_font_gives_up_its_reserved_name_and_keeps_its_licence(dressed: dict[str, bytes]) -> None:
    for file, font in fonts(dressed).items():
        names = {record.nameID: str(record) for record in font["name"].names}
        assert not [number for number in (1, 3, 4, 6, 16, 17) if "Source" in names.get(number, "")], file
        assert "Source" not in file
        assert names[1].startswith("Guide ")
        assert "Adobe" in names[0]
        assert "Open Font License" in names[13]
    assert b"SIL OPEN FONT LICENSE" in dressed["assets/fonts/LICENSE-source-sans.md"].upper()


def test_figures_keep_their_kerning(dressed: dict[str, bytes]) -> None:
    features = {
        record.FeatureTag
        for font in fonts(dressed).values()
        for record in font["GPOS"].table.FeatureList.FeatureRecord
    }
    assert "kern" in features


def test_the_same_letters_give_the_same_bytes(dressed: dict[str, bytes]) -> None:
    from book.formats.web import fonts as module  # noqa: PLC0415

    module._cut.cache_clear()
    assert sheet(Styles(Shelf(TINY)), LETTERS) == dressed


def with_sheet(book: Path, text: str) -> Styles:
    """A book with a style sheet of its own for its site."""
    (book / "styles").mkdir(exist_ok=True)
    (book / "styles" / "web.css").write_text(text, "utf-8")
    return Styles(Shelf(book))


FACE = '@font-face { font-family: "%s"; src: url(%s) format("woff2") }\n'


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_each_face_leads_to_its_own_font_however_the_sheet_writes_it(tiny: Path, quote: str) -> None:
    name = f"{quote}fonts/SourceSans3-Regular.ttf.woff2{quote}"
    files = sheet(
        with_sheet(tiny, "/* é */ " + FACE % ("Guide Sans", name) + FACE % ("Guide Field", name)), LETTERS
    )
    assert files["assets/web.css"].decode() == "/* é */ " + "".join(
        FACE % (family, f"{quote}fonts/{file}-400.woff2{quote}".replace("'", '"'))
        for family, file in (("Guide Sans", "guide-sans"), ("Guide Field", "guide-field"))
    )
    assert {font["name"].getDebugName(1) for font in fonts(files).values()} == {"Guide Sans", "Guide Field"}


def test_fonts_hold_what_the_style_sheet_writes_itself(tiny: Path) -> None:
    face = FACE % ("Guide Sans", "fonts/SourceSans3-Regular.ttf.woff2")
    files = sheet(with_sheet(tiny, face + "@media screen { li::before { content: '\\2713 ' '→' } }"), LETTERS)
    (font,) = fonts(files).values()
    assert set(font.getBestCmap()) == LETTERS | {ord(sign) for sign in "✓→"}


@pytest.mark.parametrize(
    ("text", "file", "line", "said"),
    [
        ("\n@import 'more.css';", "styles/web.css", 2, "instead of @import"),
        ("a { color: red }\n\n}", "styles/web.css", 3, "cannot be read"),
        (FACE % ("Guide Sans", "fonts/none.woff2"), "styles/fonts/none.woff2", 0, "is no font"),
    ],
)
def test_a_style_sheet_that_leads_to_no_site_is_told(
    tiny: Path, text: str, file: str, line: int, said: str
) -> None:
    styles = with_sheet(tiny, text)
    (tiny / "styles" / "fonts").mkdir()
    (tiny / "styles" / "fonts" / "none.woff2").write_bytes(b"no font at all")
    with pytest.raises(BookError, match=said) as caught:
        sheet(styles, LETTERS)
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [(file, line)]


def test_what_a_style_sheet_cannot_have_is_told_with_its_lines(tiny: Path) -> None:
    text = (
        'p { background: url("HTTPS://example.org/a.png") }\n@media print { a { background: url(marks/tik.svg) } }\n'
        "b { background: url(../book.yaml) }\ni { background: url(marks/tick.svg) }\n"
    )
    with pytest.raises(BookError) as caught:
        sheet(with_sheet(tiny, text), LETTERS)
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [
        ("styles/web.css", line) for line in (1, 2, 3)
    ]
    files = sheet(with_sheet(tiny, "i { background: url(marks/tick.svg) }\n"), LETTERS)
    assert set(files) == {"assets/web.css", "assets/marks/tick.svg"}


def test_pictures_show_the_pages_on_which_things_begin(tiny_editions: dict[str, Path]) -> None:
    pdf = tiny_editions["letter"].read_bytes()
    wanted = {
        "cover": "Cover",
        "exercise:stretch-and-fold": "Fold",
        "chapter:nowhere": "Nowhere",
        "cover:again": "x",
    }
    found = page_pictures(pdf, wanted)
    assert [(one.id, one.page == 1) for one in found] == [("cover", True), ("exercise:stretch-and-fold", False)]
    text = pypdfium2.PdfDocument(pdf)[found[1].page - 1].get_textpage().get_text_range()
    assert "Stretch and fold" in text
    for one in found:
        with Image.open(io.BytesIO(one.data)) as image:
            assert (image.format, image.size) == ("WEBP", (one.width, one.height))
            assert image.width == WIDE_PX
            assert len(image.convert("L").getcolors(256) or ()) > 20
        assert len(one.data) <= MOST_BYTES


def test_a_picture_is_packed_as_well_as_fits() -> None:
    plain = Image.linear_gradient("L").convert("RGB")
    noise = Image.effect_noise((WIDE_PX, 570), 200).convert("RGB")
    for image, quality in ((plain, QUALITIES[0]), (noise, QUALITIES[-1])):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        assert _packed(image) == out.getvalue()
    assert len(_packed(plain)) < MOST_BYTES < len(_packed(noise))


def test_a_page_is_shown_once_though_two_ask_for_it(tiny_editions: dict[str, Path]) -> None:
    pdf = tiny_editions["letter"].read_bytes()
    found = page_pictures(pdf, {"page:sources": "Sources", "source:K1": "A source", "cover": "Cover"})
    assert [one.id for one in found] == ["page:sources", "cover"]


@pytest.mark.parametrize(("width", "height", "fits"), [(240, 126, True), (120, 63, True), (240, 240, False)])
def test_the_card_has_the_shape_that_previews_show(width: int, height: int, fits: bool) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height)
    out = io.BytesIO()
    document.save(out)
    if fits:
        with Image.open(io.BytesIO(draw_card(out.getvalue()))) as card:
            assert card.size == (1200, 630)
            assert card.convert("RGB").getpixel((600, 300)) == (255, 255, 255)
    else:
        with pytest.raises(BookError, match=r"styles/card.css:1: the card for link previews comes out at"):
            draw_card(out.getvalue())


@pytest.mark.parametrize("length", [20, 60, 100, 160])
def test_a_long_title_and_the_words_below_it_are_all_on_the_card(length: int) -> None:
    book = rendered_from(TINY)
    title = ("Everything that one should know of bread " * 4)[:length].strip()
    about = book.book.manifest.model_copy(update={"title": title, "subtitle": "Patience, please. " * 12 + "End"})
    assets = Assets.of(book, Styles(Shelf(TINY)))
    html = assemble.card(replace(book, book=replace(book.book, manifest=about)))
    sheets = tuple(assets.styles.text(name) for name in PRINT_STYLES)
    pdf = Engines(assets.files).run(LayoutJob(html, assets.styles.text("card.css"), sheets, "card"))
    with pymupdf.open(stream=pdf.data) as document:
        words = [word for word in document[0].get_text("words") if word[3] < document[0].rect.height]
    assert " ".join(word[4] for word in words) == f"{about.publisher} {title} {about.subtitle}"
