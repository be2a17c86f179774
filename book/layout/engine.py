"""HTML to PDF bytes: the only module that imports WeasyPrint.

Makes one file that is both PDF/UA-1 and PDF/A-2a, or a form that is PDF/UA-1. The engine sees only the bytes it is
handed: no file of the machine, no network. Whatever it warns of is an error here, since it drops what it cannot do.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mimetypes import guess_type

import pydyf
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from book.layout import page_numbers
from book.layout.boxes import page_boxes
from book.layout.fonts import unpacked
from book.layout.link_names import words_by_id
from book.layout.overflow import Outside, outside
from book.layout.page_starts import page_starts
from book.layout.tags import finish_tags
from book.model.problems import BookError, Problem
from book.render.positions import Start

ADDRESS = "https://book.invalid/"
BASE = ADDRESS + "styles/"
MM_PER_PX = 25.4 / 96
NO_GLYPH = ".notdef"  # what the engine calls a letter that no font has
ROUNDS = 6  # of layout with page numbers written out, before they count as unsettled
UA_DESCRIPTION = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True)
class Pdf:
    """A finished PDF: its bytes, its number of pages, the page (from 1) on which each id stands.

    `starts` are where its pages begin, to the letter; `outside` is what leaves the frame of its page,
    `warnings` what the engine said if it was to go on.
    """

    data: bytes
    pages: int
    page_of: dict[str, int]
    starts: tuple[Start, ...] = ()
    outside: tuple[Outside, ...] = ()
    warnings: tuple[Problem, ...] = ()


def pango_version() -> str:
    """Give the version of Pango, which breaks the lines: another one may give other pages."""
    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


class _Handed(URLFetcher):  # type: ignore[misc]
    """Gives the engine what the book holds, by its address under book.invalid, and refuses all else."""

    def __init__(self, give: Callable[[str], bytes]) -> None:
        super().__init__()
        self.give = give

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        del headers
        if not url.startswith(ADDRESS):
            raise FatalURLFetchingError(
                f"a build reads nothing from outside the book, and a style asks for {url[:80]}"
            )
        name = url.removeprefix(ADDRESS)
        return URLFetcherResponse(
            url, unpacked(self.give(name)), {"Content-Type": guess_type(name)[0] or "font/woff2"}
        )


class Engine:
    """The engine with a book's style sheets and fonts set up once, ready to lay out any number of papers.

    Unpacking the fonts takes longer than laying out a short book, so editions share them.
    """

    def __init__(self, sheets: list[str], give: Callable[[str], bytes]) -> None:
        """Take the texts of style sheets; `give` hands over a file by its name under book.invalid."""
        self._fonts = FontConfiguration()
        self._fetcher = _Handed(give)
        with _warnings_as_errors(), _no_collector():
            self._sheets = [self._sheet(text) for text in sheets]
            self._texts = sheets

    def lay_out(
        self, html: str, page_rules: str, identifier: str, *, fillable: bool = False, going_on: bool = False
    ) -> Pdf:
        """Lay out HTML on the paper of page rules. BookError with whatever the engine warns of, if not `going_on`.

        A fillable file is PDF/UA-1 only: PDF/A has no room for what readers will write.
        """
        variant = {"pdf_variant": "pdf/ua-1"} if fillable else {"pdf_variant": "pdf/a-2a", "finisher": _declare_ua}
        heard: list[Problem] = []
        with _warnings_as_errors(heard if going_on else None), _no_collector():
            document = self._settled(html, page_rules, fillable=fillable)
            data = document.write_pdf(
                pdf_tags=True, pdf_forms=fillable, pdf_identifier=identifier.encode(), **variant
            )
            pages, page_of = len(document.pages), _page_of(document)
            boxes = page_boxes(document)
            del document
        tagged = finish_tags(data, words_by_id(html))
        return Pdf(tagged, pages, page_of, page_starts(boxes), outside(boxes), tuple(heard))

    def top_of(self, html: str, page_rules: str, name: str) -> float:
        """Give how many mm below the top of its page the element with an id stands. BookError as for `lay_out`."""
        with _warnings_as_errors(), _no_collector():
            pages = self._render(html, page_rules).pages
            _, top, _, _ = next(page.anchors[name] for page in pages if name in page.anchors)
        return float(top) * MM_PER_PX

    def _settled(self, html: str, page_rules: str, *, fillable: bool) -> Document:
        """Lay out until every page number beside a link is true; written out, if the engine's count lags behind.

        BookError if they never are: a number can be so wide that it moves the page it names.
        """
        document = self._render(html, page_rules, fillable=fillable)
        page_of = _page_of(document)
        if page_numbers.are_true(page_boxes(document), page_of):
            return document
        sheets = [self._sheet(page_numbers.fixed(text)) for text in self._texts]
        for _ in range(ROUNDS):
            document = self._render(page_numbers.write_out(html, page_of), page_rules, sheets, fillable=fillable)
            before, page_of = page_of, _page_of(document)
            if before == page_of:
                return document
        said = "page numbers do not settle. Change the length of a text that has one."
        raise BookError([Problem("styles", 0, said, "P05")])

    def _render(
        self, html: str, page_rules: str, sheets: list[CSS] | None = None, *, fillable: bool = False
    ) -> Document:
        source = HTML(string=html, base_url=BASE, url_fetcher=self._fetcher)
        sheets = [self._sheet(page_rules), *(sheets or self._sheets)]
        try:
            return source.render(
                font_config=self._fonts, stylesheets=sheets, presentational_hints=True,
                pdf_tags=True, pdf_forms=fillable,
            )  # fmt: skip
        except AssertionError:  # so the engine says that it made an empty page
            said = "something that must stay whole is taller than the page. Take larger paper, or let it break."
            raise BookError([Problem("styles", 0, said)]) from None

    def _sheet(self, text: str) -> CSS:
        return CSS(string=text, base_url=BASE, url_fetcher=self._fetcher, font_config=self._fonts)


def _page_of(document: Document) -> dict[str, int]:
    """Give the page, from 1, on which each id stands first."""
    names = [(name, number) for number, page in enumerate(document.pages, 1) for name in page.anchors]
    return dict(reversed(names))


def _declare_ua(document: Document, pdf: pydyf.PDF) -> None:
    """Say in the metadata that the file is PDF/UA-1 too, and describe that property as PDF/A asks."""
    del document
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            item.stream = [b"".join(item.stream).replace(b"</rdf:RDF>", UA_DESCRIPTION + b"</rdf:RDF>")]


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def _warnings_as_errors(heard: list[Problem] | None = None) -> Iterator[None]:
    """Gather what the engine warns of; raise it as problems at the end, or put it into a list."""
    loggers = [logging.getLogger("weasyprint"), logging.getLogger("fontTools")]
    listener = _Listener()
    before = [(logger, logger.propagate, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(listener)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield
    except FatalURLFetchingError as error:
        raise BookError(
            [Problem("styles", 0, f"{error}. Put the file into styles/ and name it from there.")]
        ) from None
    finally:
        for logger, propagate, level in before:
            logger.removeHandler(listener)
            logger.propagate, logger.level = propagate, level
    problems = [
        Problem("styles", 0, f"the PDF engine says: {said}", "D06" if NO_GLYPH in said else "B02")
        for said in listener.heard
    ]
    if heard is not None:
        heard += problems
    elif problems:
        raise BookError(problems)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the garbage collector still while the engine works: a tenth faster, for a little memory."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
