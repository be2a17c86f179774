"""What a site tells machines of itself: search engines, link previews, scripts that look for a newer version."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from book.formats.web.downloads import Download
from book.model.manifest import Manifest

SCHEMA = "https://schema.org"
CARD = "assets/card.png"
CARD_PX = (1200, 630)
POLICY = "; ".join(
    ["default-src 'none'"]
    + [f"{kind}-src 'self'" for kind in ("style", "font", "img", "script", "connect", "worker")]
    + ["form-action 'self'", "base-uri 'none'"]
)


def address_of(about: Manifest, file: str) -> str:
    """Give the address at which a file of the site will stand; "" if book.yaml does not say where the site will."""
    return about.web.address + ("" if file == "index.html" else file) if about.web.address else ""


def structured(about: Manifest, downloads: Iterable[Download]) -> str:
    """Describe the book and its editions in JSON-LD, in the words of schema.org, to stand in a script element."""
    book: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Book",
        "name": about.title,
        "alternativeHeadline": about.subtitle,
        "description": about.description,
        "inLanguage": about.language,
        "version": about.version,
        "datePublished": about.date.isoformat(),
        "identifier": about.identifier,
        "publisher": {"@type": "Organization", "name": about.publisher},
        "keywords": ", ".join(about.subjects),
        "copyrightNotice": about.rights,
    }
    if about.author.name:
        book["author"] = {"@type": "Person", "name": about.author.name}
    if about.license:
        book["license"] = about.license
    if about.web.address:
        book |= {"url": about.web.address, "image": address_of(about, CARD)}
    book["workExample"] = [_edition(about, download) for download in downloads]
    return json.dumps(book, ensure_ascii=False, indent=1).replace("<", "\\u003c")


def _edition(about: Manifest, download: Download) -> dict[str, Any]:
    file = {
        "@type": "MediaObject",
        "contentUrl": address_of(about, download.href) or download.href,
        "encodingFormat": download.media_type,
        "contentSize": f"{len(download.data)} B",
        "sha256": download.sha256,
    }
    pages = {"numberOfPages": download.pages} if download.maker.on_paper else {}
    return {
        "@type": "Book",
        "bookFormat": f"{SCHEMA}/EBook",
        "bookEdition": download.edition.says,
        "inLanguage": about.language,
        "version": about.version,
        "datePublished": about.date.isoformat(),
        **pages,
        "encoding": file,
    }


def sitemap(about: Manifest, pages: Iterable[str]) -> bytes:
    """List the pages of a site for search engines, with the day of the edition."""
    found = "".join(
        f"<url><loc>{escape(address_of(about, page))}</loc><lastmod>{about.date.isoformat()}</lastmod></url>\n"
        for page in pages
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{found}</urlset>\n".encode()


def listing(about: Manifest, downloads: Sequence[Download]) -> bytes:
    """List the files of a site for scripts: the book, what is new in it, each file's size and checksum."""
    found = {
        **about.identity(),
        "editions": [
            {
                "edition": one.edition.name,
                "says": one.edition.says,
                "file": one.href,
                "pages": one.pages,
                "unit": one.edition.unit,
                "bytes": len(one.data),
                "sha256": one.sha256,
            }
            for one in downloads
        ],
    }
    return (json.dumps(found, indent=2, ensure_ascii=False) + "\n").encode()
