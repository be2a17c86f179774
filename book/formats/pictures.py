"""Pictures as screens need them: on a ground of their own for black pages, or in dots for what cannot draw SVG.

Values in, values out; the book's own files stay as they are.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from lxml import etree
from PIL import Image

from book.assemble.paper import PICTURES
from book.layout.raster import draw_pages
from book.model.picture import Picture

SVG = "http://www.w3.org/2000/svg"
WHITE = "#FFFFFF"
UNSEEN = {"title", "desc", "defs", "style", "metadata"}
DOTS_A_MM, WIDEST = 16, 1600  # twice the dots of print, since a screen shows a drawing wider; no wider than a cover
COLORS = 64  # drawings are flat; more colors make files large and no picture better
ALMOST = 254  # the quick way of finding few colors makes white a shade darker
PRINTED_MM = re.compile(r"([\d.]+)mm")
MM_PER_PT = 25.4 / 72


def on_white(pictures: Mapping[str, Picture]) -> dict[str, Picture]:
    """Give pictures a white ground where they have none, or dark lines would vanish on a black page."""
    return {name: replace(picture, data=_grounded(picture)) for name, picture in pictures.items()}


def sheets(pictures: Mapping[str, Picture]) -> tuple[str, str]:
    """Give HTML with each SVG drawing on a page of its own, and the rules of these papers: a point is a dot."""
    sizes = {name: _size_mm(picture.data) for name, picture in _drawings(pictures).items()}
    return _pages(sizes), _papers(sizes)


def in_dots(pictures: Mapping[str, Picture], pages: bytes) -> dict[str, Picture]:
    """Give SVG drawings as PNG, from a PDF of their `sheets`; the other pictures as they are."""
    drawn = _drawings(pictures)
    widths = [_size_mm(picture.data)[0] for picture in drawn.values()]
    dots = dict(zip(drawn, _photographed(pages, widths, drawn), strict=True)) if drawn else {}
    return {name: dots.get(name, picture) for name, picture in pictures.items()}


def few_colors(image: Image.Image) -> Image.Image:
    """Give a drawing in few colors, white as white."""
    few = image.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([255 if part >= ALMOST else part for part in few.getpalette() or ()])
    return few


def _drawings(pictures: Mapping[str, Picture]) -> dict[str, Picture]:
    return {name: picture for name, picture in pictures.items() if picture.media_type == "image/svg+xml"}


def _grounded(picture: Picture) -> bytes:
    """Give the bytes of a picture that nothing shines through."""
    if picture.media_type == "image/svg+xml":
        return _grounded_drawing(picture.data)
    with Image.open(io.BytesIO(picture.data)) as image:
        if not image.has_transparency_data:
            return picture.data
        seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, WHITE)
    ground.alpha_composite(seen)
    out = io.BytesIO()
    ground.convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def _grounded_drawing(data: bytes) -> bytes:
    """Put a white rectangle below all that an SVG draws, unless it begins with one of its own."""
    root = etree.fromstring(data)
    x, y, width, height = _view(root)
    shapes = [child for child in root.iterchildren(etree.Element) if etree.QName(child).localname not in UNSEEN]
    own = shapes[0] if shapes and etree.QName(shapes[0]).localname == "rect" else None
    if own is not None and (own.get("width"), own.get("height"), own.get("fill")) == (width, height, WHITE):
        return data
    ground = etree.Element(f"{{{SVG}}}rect", {"x": x, "y": y, "width": width, "height": height, "fill": WHITE})
    if shapes:
        shapes[0].addprevious(ground)
    else:
        root.append(ground)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _view(root: etree._Element) -> list[str]:
    """Give an SVG's viewBox: left, top, width, height, as written."""
    return (root.get("viewBox") or "").replace(",", " ").split()


def _size_mm(data: bytes) -> tuple[int, float]:
    """Give the width in dots that a drawing gets, and how much higher than wide it is."""
    root = etree.fromstring(data)
    _, _, width, height = map(float, _view(root))
    printed = PRINTED_MM.fullmatch(root.get("width") or "")
    dots = min(WIDEST, round(float(printed[1]) * DOTS_A_MM)) if printed else WIDEST
    return dots, height / width


def _papers(sizes: Mapping[str, tuple[int, float]]) -> str:
    """Give the style rules of a paper for each drawing, one point a dot."""
    nothing = "@bottom-left { content: none } @bottom-right { content: none }"
    return "\n".join(
        f"@page dots-{number} {{ size: {wide}pt {wide * ratio:.2f}pt; margin: 0; {nothing} }}"
        for number, (wide, ratio) in enumerate(sizes.values())
    )


def _pages(sizes: Mapping[str, tuple[int, float]]) -> str:
    """Give an HTML document with one drawing a page."""
    shown = "".join(
        f'<section style="page: dots-{number}; line-height: 0"><img src="{PICTURES}{name}" alt="{number}"'
        f' style="display: block; width: {wide}pt; height: {wide * ratio:.2f}pt"/></section>'
        for number, (name, (wide, ratio)) in enumerate(sizes.items())
    )
    return f'<!DOCTYPE html><html lang="en"><head><title>dots</title></head><body>{shown}</body></html>'


def _photographed(pages: bytes, widths: list[int], drawn: Mapping[str, Picture]) -> Iterator[Picture]:
    """Draw each page as a picture of so many dots, under the name of its drawing."""
    asked = enumerate(partial(_dots_a_point, dots) for dots in widths)
    for image, picture in zip(draw_pages(pages, asked), drawn.values(), strict=True):
        out = io.BytesIO()
        few_colors(image).save(out, "PNG")
        name = f"{PurePosixPath(picture.name).stem}-dots.png"
        yield replace(picture, name=name, data=out.getvalue(), media_type="image/png")


def _dots_a_point(dots: int, wide: float, _: float) -> float:
    return dots / wide
