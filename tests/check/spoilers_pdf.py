"""What can be done to a finished PDF: to what it says of itself, its tags, links and pages."""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from book.layout.pdf_objects import content_of
from tests.check.spoilers import in_epub, in_pdf, spoiler

PAGE = 3  # from 0: one with text, in the stock book; shorter files are spoilt on their last


def tagged(document: Pdf, kind: str) -> Iterator[Object]:
    """Structure elements of a kind, in reading order."""

    def walk(element: Object) -> Iterator[Object]:
        if str(element.get("/S")) == f"/{kind}":
            yield element
        kids = element.get("/K", [])
        for kid in kids.as_list() if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and ("/S" in kid or "/K" in kid):
                yield from walk(kid)

    found = list(walk(document.Root.StructTreeRoot))
    assert found, f"there is no {kind}"
    yield from found


def links(document: Pdf) -> Iterator[Object]:
    for page in document.pages:
        for item in page.obj.get("/Annots", ()):
            if item.Subtype == "/Link" and "/Dest" in item:
                yield item


def page_of(document: Pdf) -> Object:
    return document.pages[min(PAGE, len(document.pages) - 1)].obj


def draw(document: Pdf, drawing: bytes) -> None:
    page = page_of(document)
    page.Contents = document.make_stream(content_of(page) + b"\n" + drawing + b"\n")


def change(document: Pdf, old: bytes, new: bytes) -> None:
    page = page_of(document)
    assert old in content_of(page), f"the page does not hold {old!r}"
    page.Contents = document.make_stream(content_of(page).replace(old, new, 1))


@spoiler
def as_is(data: bytes) -> bytes:
    return data


@spoiler
@in_pdf
def hide_title(document: Pdf) -> None:
    document.Root.ViewerPreferences.DisplayDocTitle = False


@spoiler
@in_pdf
def retitle(document: Pdf) -> None:
    document.docinfo.Title = "Untitled 1"


@spoiler
@in_pdf
def drop_claim(document: Pdf) -> None:
    old = bytes(document.Root.Metadata.read_bytes())
    document.Root.Metadata.write(old.replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


@spoiler
@in_pdf
def suspect_tags(document: Pdf) -> None:
    document.Root.MarkInfo.Suspects = True


@spoiler
@in_pdf
def run_script(document: Pdf) -> None:
    next(links(document)).A = Dictionary(S=Name.JavaScript, JS="app.alert('Hello')")


@spoiler
@in_pdf
def attach_file(document: Pdf) -> None:
    document.attachments["notes.txt"] = b"Notes."


@spoiler
@in_pdf
def lead_to_page(document: Pdf) -> None:
    link = next(links(document))
    link.A = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]))
    del link.Dest


@spoiler
@in_pdf
def lose_target(document: Pdf) -> None:
    next(links(document)).Dest = pikepdf.String("nowhere")


@spoiler
@in_pdf
def call_link_by_id(document: Pdf) -> None:
    link = next(links(document))
    link.Contents = link.Dest


@spoiler
@in_pdf
def call_link_with_id(document: Pdf) -> None:
    link = next(links(document))
    link.Contents = pikepdf.String(f"More about {link.Dest}")


@spoiler
@in_pdf
def untag_link(document: Pdf) -> None:
    next(tagged(document, "Link")).S = Name.Span


@spoiler
@in_pdf
def unlink_words(document: Pdf) -> None:
    page = next(page.obj for page in document.pages if "/Annots" in page.obj)
    page.Annots = Array(list(page.Annots)[1:])
    link = next(tagged(document, "Link"))
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


def fonts(document: Pdf) -> list[Object]:
    return list(dict(page_of(document).Resources.Font.items()).values())


@spoiler
@in_pdf
def drop_font_file(document: Pdf) -> None:
    del fonts(document)[0].DescendantFonts[0].FontDescriptor.FontFile2


@spoiler
@in_pdf
def forget_letter(document: Pdf) -> None:
    font = fonts(document)[0]
    text = font.ToUnicode.read_bytes()
    font.ToUnicode.write(re.sub(rb"<[0-9a-f]{4}> <0065>\n", b"", text, count=1))


@spoiler
@in_pdf
def swap_font(document: Pdf) -> None:
    fonts(document)[0].DescendantFonts[0].FontDescriptor.FontFamily = pikepdf.String("Some Serif")


@spoiler
@in_pdf
def drop_bookmark(document: Pdf) -> None:
    with document.open_outline() as outline:
        del outline.root[3]


@spoiler
@in_pdf
def swap_bookmarks(document: Pdf) -> None:
    with document.open_outline() as outline:
        outline.root[2], outline.root[3] = outline.root[3], outline.root[2]


@spoiler
@in_pdf
def draw_bare_line(document: Pdf) -> None:
    draw(document, b"0 0 m 9 9 l S")


@spoiler
@in_pdf
def draw_furniture(document: Pdf) -> None:
    draw(document, b"/Artifact BMC 0 0 m 9 9 l S EMC")


@spoiler
@in_pdf
def hide_words(document: Pdf) -> None:
    content = content_of(page_of(document))
    number = re.search(rb"/\w+\s<</MCID (\d+)>>\sBDC(?:(?!EMC).)*TJ", content, re.DOTALL)
    assert number
    old = re.search(rb"/\w+\s<</MCID %b>>\sBDC" % number[1], content)
    assert old
    change(document, old[0], b"/Artifact BMC")


@spoiler
@in_pdf
def forget_words(document: Pdf) -> None:
    span = next(found for found in tagged(document, "Span") if isinstance(found.get("/K"), Array) and int_in(found))
    span.K = Array([])


def int_in(element: Object) -> bool:
    return any(isinstance(kid, int) for kid in element.K)


@spoiler
@in_pdf
def spell_out_piece(document: Pdf) -> None:
    for span in tagged(document, "Span"):
        if "/Pg" in span and isinstance(span.get("/K"), Array) and int_in(span):
            span.K = Array(
                [Dictionary(Type=Name.MCR, Pg=span.Pg, MCID=kid) if isinstance(kid, int) else kid for kid in span.K]
            )
            return
    raise AssertionError("there is no piece")


@spoiler
@in_pdf
def read_foot(document: Pdf) -> None:
    change(document, b"/Artifact\n<</Type /Pagination>>", b"/Span\n<</MCID 900>>")


@spoiler
@in_pdf
def name_foot(document: Pdf) -> None:
    change(document, b"<</Type /Pagination>>", b"<</Type /Pagination /Subtype /Footer>>")


@spoiler
@in_pdf
def odd_kind(document: Pdf) -> None:
    next(tagged(document, "H2")).S = Name("/Cheer")


@spoiler
@in_pdf
def mapped_kind(document: Pdf) -> None:
    next(tagged(document, "H2")).S = Name("/Cheer")
    document.Root.StructTreeRoot.RoleMap = Dictionary({"/Cheer": Name.H2})


@spoiler
@in_pdf
def break_list(document: Pdf) -> None:
    next(tagged(document, "LBody")).S = Name.Div


@spoiler
@in_pdf
def list_with_caption(document: Pdf) -> None:
    found = next(tagged(document, "L"))
    found.K = Array([document.make_indirect(Dictionary(S=Name.Caption, P=found, K=Array([]))), *found.K])


@spoiler
@in_pdf
def shorten_row(document: Pdf) -> None:
    row = [found for found in tagged(document, "TR") if len(found.K) > 2][-1]
    row.K = Array(list(row.K)[:-1])


@spoiler
@in_pdf
def span_cells(document: Pdf) -> None:
    row = [found for found in tagged(document, "TR") if len(found.K) > 2][-1]
    row.K = Array(list(row.K)[:-1])
    row.K[1].A.ColSpan = 2


@spoiler
@in_pdf
def drop_scope(document: Pdf) -> None:
    del next(tagged(document, "TH")).A.Scope


@spoiler
@in_pdf
def widen_scope(document: Pdf) -> None:
    next(tagged(document, "TH")).A.Scope = Name.Both


@spoiler
@in_pdf
def deepen_heading(document: Pdf) -> None:
    list(tagged(document, "H2"))[1].S = Name.H4


@spoiler
@in_pdf
def raise_heading(document: Pdf) -> None:
    list(tagged(document, "H2"))[1].S = Name.H1


@spoiler
@in_pdf
def drop_alt(document: Pdf) -> None:
    del next(tagged(document, "Figure")).Alt


@spoiler
@in_pdf
def alt_as_text(document: Pdf) -> None:
    picture = next(tagged(document, "Figure"))
    picture.ActualText = picture.Alt
    del picture.Alt


@spoiler
@in_pdf
def silence_field(document: Pdf) -> None:
    del document.Root.AcroForm.Fields[0].TU


@spoiler
@in_pdf
def share_field_name(document: Pdf) -> None:
    document.Root.AcroForm.Fields[1].T = document.Root.AcroForm.Fields[0].T


@spoiler
@in_pdf
def name_fields_alike(document: Pdf) -> None:
    document.Root.AcroForm.Fields[1].TU = document.Root.AcroForm.Fields[0].TU


@spoiler
@in_pdf
def drop_tabs(document: Pdf) -> None:
    for page in document.pages:
        if "/Annots" in page.obj:
            del page.obj.Tabs
            return


@spoiler
@in_pdf
def drop_needless_tabs(document: Pdf) -> None:
    for page in document.pages:
        if "/Annots" not in page.obj and "/Tabs" in page.obj:
            del page.obj.Tabs


@spoiler
@in_pdf
def roman_pages(document: Pdf) -> None:
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), 2, Dictionary(S=Name.D)]))


@spoiler
@in_pdf
def plain_pages(document: Pdf) -> None:
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def dots(document: Pdf, count: int) -> None:
    name, font = next(
        (name, font)
        for name, font in page_of(document).Resources.Font.items()
        if b"<002e>" in font.ToUnicode.read_bytes()
    )
    code = re.search(rb"<([0-9a-f]{4})> <002e>", font.ToUnicode.read_bytes())
    assert code
    one = b"/Artifact BMC BT %b 12 Tf [<%b>0] TJ ET EMC\n" % (name.encode(), code[1])
    draw(document, one * count)


@spoiler
@in_pdf
def row_of_dots(document: Pdf) -> None:
    dots(document, 40)


@spoiler
@in_pdf
def a_few_dots(document: Pdf) -> None:
    dots(document, 3)


@spoiler
@in_pdf
def drop_bleed(document: Pdf) -> None:
    for page in document.pages:
        page.obj.BleedBox = page.obj.TrimBox


@spoiler
@in_pdf
def shrink_page(document: Pdf) -> None:
    page_of(document).TrimBox = Array([0, 0, 500, 700])


@spoiler
@in_pdf
def draw_in_rgb(document: Pdf) -> None:
    draw(document, b"1 0 0 RG 0 0 m 9 9 l S")


@spoiler
@in_pdf
def draw_in_inks(document: Pdf) -> None:
    draw(document, b"0 1 1 0 K 0 0 m 9 9 l S")


@spoiler
@in_pdf
def drop_side(document: Pdf) -> None:
    del document.pages[-1]


@spoiler
@in_pdf
def drop_profile(document: Pdf) -> None:
    del document.Root.OutputIntents


@spoiler
def link_without_words(data: bytes) -> bytes:
    return in_epub(
        "EPUB/chapter-dough.xhtml", "</section>", '<p><a href="chapter-stop-signs.xhtml"></a></p></section>'
    )(data)


@spoiler
def picture_without_words(data: bytes) -> bytes:
    return in_epub("EPUB/chapter-dough.xhtml", 'alt="A round loaf, cut in half, with small holes."', "")(data)
