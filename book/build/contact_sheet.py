"""A contact sheet: pictures in rows with their names below, as one page of PDF or as a PNG of it."""

import io
from collections.abc import Mapping
from pathlib import PurePosixPath

from markupsafe import escape
from PIL import Image

from book.layout.engine import Engine
from book.layout.raster import draw_pages

WIDTH_MM, CELL_MM, ROW_MM, COLUMNS = 300, 58, 82, 5
COLOURS = 64  # flat drawings need no more
STYLE = f"""
@page {{ size: {WIDTH_MM}mm HEIGHTmm; margin: 5mm }}
body {{ margin: 0; font: 8pt/10pt sans-serif }}
ul {{ margin: 0; padding: 0; list-style: none; display: grid;
  grid-template-columns: repeat({COLUMNS}, {CELL_MM}mm) }}
li {{ height: {ROW_MM}mm }}
img {{ display: block; max-width: {CELL_MM - 4}mm; max-height: {ROW_MM - 8}mm }}
"""


def contact_sheet(pictures: Mapping[str, bytes]) -> bytes:
    """Lay SVG pictures out on one page of PDF, in their order, each with its name."""
    cells = "".join(
        f'<li><img src="../images/{escape(name)}" alt="{escape(name)}"/>{escape(PurePosixPath(name).stem)}</li>'
        for name in pictures
    )
    rows = -(-len(pictures) // COLUMNS)
    engine = Engine([], lambda name: pictures[name.removeprefix("images/")])
    page = f'<html lang="en"><head><title>Figures</title></head><body><ul>{cells}</ul></body></html>'
    return engine.lay_out(page, STYLE.replace("HEIGHT", str(rows * ROW_MM + 12)), "contact-sheet").data


def draw_page(pdf: bytes, dots: float) -> bytes:
    """Draw the first page of a PDF as a PNG of so many dots an inch."""
    (picture,) = draw_pages(pdf, [(0, lambda *_: dots / 72)])
    out = io.BytesIO()
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(out, "PNG", optimize=True)
    return out.getvalue()
