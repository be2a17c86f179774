"""An e-book from leaves: the only module that imports EbookLib, and only as a packager of finished bytes.

EbookLib's own ways of writing XHTML lose case, spaces and attributes; so every file goes in verbatim. It is
AGPL-3.0-or-later; whoever minds that replaces `_pack`, which is all that depends on it.
"""

import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from ebooklib import epub
from lxml import etree
from markupsafe import Markup

from book.assemble.ebook import for_epub
from book.assemble.leaves import Leaf
from book.formats.epub import accessibility
from book.formats.epub.navigation import Meta, metadata, navigation, ncx
from book.model.manifest import Manifest
from book.render.pages.templates import templates
from book.render.positions import PrintPages
from book.render.rendered import Rendered

XHTML = "application/xhtml+xml"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """One file of the e-book as it goes into the zip; `spine` says whether readers page through it."""

    id: str
    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    spine: bool = False


def make_epub(rendered: Rendered, style: str, cover: bytes, pages: PrintPages) -> tuple[bytes, int]:
    """Make the EPUB 3.3 file of a book, with its style sheet, cover (JPEG) and the pages of a printed edition.

    Gives the file and how many sections it has. Without pages it has no list of them, and claims none.
    """
    about = rendered.book.manifest
    leaves = for_epub(rendered, pages.starts)
    entries = [
        _page(about, "cover", _cover_body(about), "cover-page"),
        *(_leaf(about, leaf) for leaf in leaves[:1]),
        _page(about, "nav", Markup(navigation(rendered.book, leaves)), properties=("nav",)),  # noqa: S704
        *(_leaf(about, leaf) for leaf in leaves[1:]),
        Entry("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx(rendered.book, leaves).encode()),
        Entry("style", "style.css", "text/css", style.encode()),
        Entry("cover-image", "images/cover.jpg", "image/jpeg", cover, ("cover-image",)),
    ]
    shown = {picture.get("src") for leaf in leaves for picture in leaf.body.iter("img")}
    for number, picture in enumerate(rendered.pictures.values(), 1):
        name = f"images/{picture.name}"
        if name in shown:
            entries.append(Entry(f"picture-{number}", name, picture.media_type, picture.data))
    edition = pages.edition if pages.starts else ""
    found = accessibility.claims(
        accessibility.read({entry.name: entry.data for entry in entries}), about.labels, edition
    )
    return _pack(about, entries, metadata(rendered.book, found, edition)), len(leaves)


def _leaf(about: Manifest, leaf: Leaf) -> Entry:
    body = Markup(etree.tostring(leaf.body, encoding="unicode"))  # noqa: S704 - serialized from our own tree
    return _page(about, leaf.file.removesuffix(".xhtml"), body, title=leaf.title)


def _page(
    about: Manifest,
    name: str,
    body: Markup,
    body_class: str = "",
    title: str = "",
    properties: tuple[str, ...] = (),
) -> Entry:
    text = templates().get_template("page.xhtml").render(
        language=about.language, title=title or about.title, style="style.css", body=body, body_class=body_class
    )  # fmt: skip
    return Entry(name, f"{name}.xhtml", XHTML, text.encode(), properties, spine=True)


def _cover_body(about: Manifest) -> Markup:
    stop = "" if about.subtitle.endswith((".", "!", "?", "…")) else "."
    words = quoteattr(f"{about.labels.cover}: {about.title}. {about.subtitle}{stop}")
    return Markup(  # noqa: S704 - quoted above
        f'<section epub:type="cover"><img src="images/cover.jpg" alt={words} role="doc-cover"/></section>'
    )


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, held to fixed zip fields, with the package's language and without its stray prefix."""

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set(XML_LANG, self.book.language)
        root.attrib.pop("prefix", "")
        super()._write_opf_file(root)


class _SteadyZip(zipfile.ZipFile):
    """A zip whose bytes depend on its contents and one date alone."""

    when = (1980, 1, 1, 0, 0, 0)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        del args, kwargs
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        info = zipfile.ZipInfo(name, self.when)
        info.create_system = 3
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
        super().writestr(info, data, compresslevel=9)


def _pack(about: Manifest, entries: list[Entry], meta: list[Meta]) -> bytes:
    """Put entries into an EPUB container; the same entries and date give the same bytes."""
    book = epub.EpubBook()
    book.metadata = {}
    book.FOLDER_NAME = "EPUB"
    book.uid = about.identifier
    book.title, book.language, book.IDENTIFIER_ID = about.title, about.language, "id"
    book.add_metadata("DC", "identifier", about.identifier, {"id": "id"})
    for item in meta:
        namespace = None if item.tag in {"meta", "link"} else "DC"
        book.add_metadata(namespace, item.tag, item.text or None, item.attributes)
    items = {}
    for entry in entries:
        item = epub.EpubItem(uid=entry.id, file_name=entry.name, media_type=entry.media_type, content=entry.data)
        item.properties = list(entry.properties)
        book.add_item(item)
        items[entry.id] = item
    book.spine = [items[entry.id] for entry in entries if entry.spine]
    out = BytesIO()
    modified = datetime(about.date.year, about.date.month, about.date.day, tzinfo=UTC)
    writer = _Writer(out, book, {"mtime": modified})
    writer.process()
    with _SteadyZip(out, "w") as writer.out:
        writer.out.writestr("mimetype", "application/epub+zip")
        writer._write_container()
        writer._write_opf()
        writer._write_items()
    return out.getvalue()
