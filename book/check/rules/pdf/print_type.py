"""Type on paper: its size, its contrast with what is behind it, whether it stands upright. Read from the PDFs."""

from collections.abc import Callable, Iterable, Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.layout import Piece
from book.check.views.paper import Paper
from book.layout.pdf_pages import Color

ALMOST, NEW_ROW = 0.02, 0.6


@rule(
    "P15", "error", "Type is smaller than the edition allows.",
    hint="Give it a larger size in styles/; what must be so small need not be said.",
    source="RNIB Clear Print; large print is 18 points or more (APH, ACB)",
    needs="pdf",
)  # fmt: skip
def small_type(proof: Proof) -> Iterator[Fault]:
    """Give, of each size that is too small, the first words."""
    rules = proof.checks.pages
    for paper in proof.papers:
        least = rules.smallest_large_pt if paper.edition.type_size == "large" else rules.smallest_pt
        small = ((page, piece) for page, piece in paper.pieces() if piece.size < least - ALMOST)
        for _, piece in _first(small, lambda piece: round(piece.size, 1)):
            yield paper.told(piece, f"{{}} is in {piece.size:.3g} points. Make it {least:g} or more.")


@rule(
    "P18", "error", "Words have too little contrast with what is behind them.",
    hint="Make the words darker, or what is behind them paler. A printer without colors shows just this contrast.",
    source="WCAG 2.2, 1.4.3 Contrast (Minimum): 4.5 to 1",
    needs="pdf",
)  # fmt: skip
def pale_words(proof: Proof) -> Iterator[Fault]:
    """Give, of each pair of colors without contrast, the first words; as drawn, so with what lies behind them."""
    for paper in proof.papers:
        yield from _pale(paper, paper.pieces(), proof.checks.pages.contrast)


@rule(
    "P19", "warning", "Running text has less contrast than weak eyes need.",
    hint="Make the text darker, or what is behind it paler.",
    source="WCAG 2.2, 1.4.6 Contrast (Enhanced): 7 to 1",
    needs="pdf",
)  # fmt: skip
def greyish_text(proof: Proof) -> Iterator[Fault]:
    """Give, of each pair of colors with some contrast, but not enough for paragraphs, the first words of one."""
    rules = proof.checks.pages
    for paper in proof.papers:
        long = (passage for passage in paper.passages if len(passage.rows) > 1)
        pieces = ((passage.page, piece) for passage in long for piece in passage.pieces)
        yield from _pale(paper, pieces, rules.contrast_of_text, rules.contrast)


def _pale(paper: Paper, pieces: Iterable[tuple[int, Piece]], least: float, known: float = 1) -> Iterator[Fault]:
    """Give words with less contrast than `least`; what has less than `known` is told by another rule."""
    for _, piece in _first(pieces, lambda piece: (piece.color, piece.ground)):
        measured = contrast(piece.color, piece.ground)
        if known <= measured < least:
            yield paper.told(
                piece, f"{{}} has a contrast of {measured:.1f}, and {least:g} are needed. Make it darker."
            )


def contrast(one: Color, other: Color) -> float:
    """Give the contrast of two colors, 1 to 21, as WCAG 2.2 counts it."""
    lighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        level / 3294.6 if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4 for level in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@rule(
    "P20", "warning", "Words stand sideways or slanted.",
    hint="Set them upright: readers do not turn a page, and a screen cannot be turned.",
    source="RNIB Clear Print: text is horizontal",
    needs="pdf",
)  # fmt: skip
def sideways_words(proof: Proof) -> Iterator[Fault]:
    """Give words that are turned."""
    for paper in proof.papers:
        for _, piece in paper.pieces():
            if not piece.upright:
                yield paper.told(piece, "{} does not stand upright. Set it level.")


def _first(found: Iterable[tuple[int, Piece]], key: Callable[[Piece], object]) -> Iterator[tuple[int, Piece]]:
    """Give the first of each kind: a style that is wrong is wrong in a hundred places."""
    told: set[object] = set()
    for page, piece in found:
        if (kind := key(piece)) not in told:
            told.add(kind)
            yield page, piece
