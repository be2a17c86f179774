"""Pictures a book shows: read through the shelf, proved to be what they say, before any engine sees them.

WeasyPrint drops a broken picture with a warning, or stops at the very end without naming it; so all checks
happen here. SVG is held to what engines and e-readers draw alike: no scripts, no outside references.
"""

import io
import re
import warnings
from pathlib import PurePosixPath

from lxml import etree
from PIL import Image, ImageFile

from book.load.files import Shelf
from book.model.picture import Picture
from book.model.place import Place
from book.model.problems import BookError, Problem

PIXEL_LIMIT = 40_000_000
TOO_MANY = f"has more than {PIXEL_LIMIT // 10**6} million pixels. Make it smaller."
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
VIEW_BOX = r"\s*-?[\d.]+([\s,]+-?[\d.]+){3}\s*"
FORBIDDEN = {"script", "foreignObject", "iframe", "image", "animate", "set"}


def read_picture(shelf: Shelf, name: str, asked: Place, *, drawn: bool = False) -> Picture:
    """Read `images/NAME` and prove it; raise BookError at `asked` with what to mend. `drawn`: by `book draw`."""
    if drawn and not shelf.has(f"images/{name}"):
        raise _problem(
            asked, f'the figure "{name}" is not drawn yet. Run: book draw {PurePosixPath(name).stem}', "F05"
        )
    suffix = PurePosixPath(name).suffix.lower()
    if "://" not in name and suffix not in MEDIA_TYPES:
        raise _problem(asked, f'"{name}" is not a picture this book can carry. Use .svg, .png or .jpg.')
    data = shelf.data(name if "://" in name or name.startswith("/") else f"images/{name}", asked)
    trouble = _svg_trouble(data) if suffix == ".svg" else _raster_trouble(data, MEDIA_TYPES[suffix])
    if trouble:
        raise _problem(asked, f'the picture "{name}" {trouble}', "F16" if "Take it out" in trouble else "B01")
    return Picture(name, data, MEDIA_TYPES[suffix], _is_tall(data, suffix))


def _is_tall(data: bytes, suffix: str) -> bool:
    """Say whether a proved picture is taller than wide."""
    if suffix == ".svg":
        width, height = map(float, (etree.fromstring(data).get("viewBox") or "").replace(",", " ").split()[2:])
    else:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
    return height > width


def _svg_trouble(data: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return "declares a document type or entities. Save it as plain SVG."
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return f"is not well-formed SVG ({(error.msg or '').split(', line')[0]}). Save it again."
    if etree.QName(root).localname != "svg" or not re.fullmatch(VIEW_BOX, root.get("viewBox") or ""):
        return "is not an SVG with a viewBox. Save it as plain SVG."
    return next(filter(None, map(_element_trouble, root.iter(etree.Element))), "")


def _element_trouble(element: etree._Element) -> str:
    """Say why one element of an SVG cannot be shown everywhere, or ""."""
    name = etree.QName(element).localname
    if name in FORBIDDEN:
        return f"holds <{name}>, which not every reader may or can show. Take it out."
    for key, given in element.attrib.items():
        local, text = etree.QName(key).localname, str(given)
        leads_out = local in {"href", "src"} and not text.startswith("#")
        if local.startswith("on") or leads_out or "url(" in text.replace("url(#", ""):
            return f'holds {local}="{text[:40]}", which leads outside the picture. Take it out.'
    if name == "style" and re.search(r"@import|url\(", element.text or ""):
        return "has a style that refers to something outside itself. Take it out."
    return ""


def _raster_trouble(data: bytes, media_type: str) -> str:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it when it is imported
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own warning of large pictures; the limit here is ours
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                if width * height > PIXEL_LIMIT:
                    return TOO_MANY
                if Image.MIME.get(picture.format or "") != media_type:
                    return f"holds {picture.format} data under another name. Save it again as {media_type[6:]}."
                picture.load()
    except Image.DecompressionBombError:
        return TOO_MANY
    except (OSError, ValueError, SyntaxError) as error:
        return f"is broken or cut off ({error}). Save it again."
    return ""


def _problem(asked: Place, message: str, code: str = "B01") -> BookError:
    return BookError([Problem(asked.file, asked.line, message, code)])
