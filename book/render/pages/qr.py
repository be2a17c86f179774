"""An address to a QR code, as the bytes of an SVG: the only module that imports segno.

Black on white, four modules of quiet around it (ISO/IEC 18004), no logo; the same address gives the same bytes.
"""

from functools import lru_cache
from itertools import groupby

import segno

QUIET = 4
LONGEST = (
    300  # bytes; at 28 mm a module is then still 0.36 mm wide, about the least that phones read at arm's length
)


@lru_cache(maxsize=1024)
def qr(address: str) -> bytes:
    """Draw the code of an address: error level M or better at no larger size. ValueError if it is over LONGEST."""
    if size(address) > LONGEST:
        raise ValueError(f"an address of {size(address)} bytes does not fit")
    code = segno.make_qr(address, error="m", encoding="utf-8")
    rows = [_bars(row, number + QUIET) for number, row in enumerate(code.matrix)]
    side = len(rows) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{"".join(rows)}"/></svg>\n'
    ).encode()


def size(address: str) -> int:
    """Give the length of an address in bytes."""
    return len(address.encode())


def _bars(row: bytearray, y: int) -> str:
    """Draw the dark modules of one row as bars of height 1, in the commands of an SVG path."""
    drawn, x = [], QUIET
    for dark, group in groupby(row):
        width = len(list(group))
        if dark:
            drawn.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(drawn)
