"""What is read from an SVG for its checks: lines, colors and widths, whatever way they are written."""

import pytest
from lxml import etree

from book.check.views.canvas import Canvas, contrast
from book.check.views.strokes import Shape, shapes

RED, BLACK, WHITE = (255, 0, 0), (0, 0, 0), (255, 255, 255)


def drawn(inner: str) -> list[Shape]:
    return list(shapes(etree.fromstring(f'<svg viewBox="0 0 100 50" fill="none">{inner}</svg>')))


def ends(shape: Shape) -> list[tuple[float, float]]:
    return [tuple(round(side, 6) for side in line[-1]) for line in shape.lines]  # type: ignore[misc]


@pytest.mark.parametrize(("path", "expected"), [
    ("M10 10L20 20", [(20, 20)]),
    ("m10 10 5 5 5 5", [(20, 20)]),
    ("M1 2H30V40h-5v-5", [(25, 35)]),
    ("M0 0C0 10 10 10 10 0s10-10 10 0", [(20, 0)]),
    ("M0 0Q5 10 10 0T20 0", [(20, 0)]),
    ("M0 0A5 5 0 0 1 10 0", [(10, 0)]),
    ("M0 0L5 0L5 5zM20 20L30 30", [(0, 0), (30, 30)]),
    ("M0 0L5 5L", [(5, 5)]),
    ("M0 0L5 5z 7", [(0, 0)]),
    ("M0 0L5 5X9", [(5, 5)]),
    ("L", []),
    ("", []),
])  # fmt: skip
def test_paths_end_where_they_should(path: str, expected: list[tuple[float, float]]) -> None:
    assert [end for shape in drawn(f'<path d="{path}"/>') for end in ends(shape)] == expected


def test_look_comes_from_attributes_styles_and_groups() -> None:
    group = '<g stroke="red" stroke-width="2" transform="scale(3)"><path d="M0 0L1 1" style="fill: #000"/></g>'
    (shape,) = drawn(group)
    assert (shape.stroke, shape.fill, shape.width, ends(shape)) == (RED, BLACK, 6.0, [(3, 3)])


@pytest.mark.parametrize(("how", "expected"), [
    ("translate(1 2)", (11, 2)), ("rotate(90)", (0, 10)), ("rotate(180 10 0)", (10, 0)),
    ("matrix(1 0 0 1 5 5)", (15, 5)), ("translate(1) scale(2)", (21, 0)), ("tumble(1)", (10, 0)),
])  # fmt: skip
def test_transforms_move_points(how: str, expected: tuple[float, float]) -> None:
    (shape,) = drawn(f'<line x1="0" y1="0" x2="10" y2="0" transform="{how}"/>')
    assert ends(shape) == [expected]


def test_what_is_not_painted_gives_no_shape_and_what_shines_through_no_color() -> None:
    assert drawn('<defs><path d="M0 0L1 1"/></defs><path d="M0 0L1 1" display="none"/>') == []
    (shape,) = drawn('<path d="M0 0L1 1" stroke="red" stroke-opacity="0.5"/>')
    assert shape.stroke is None


def test_a_share_of_the_whole_is_one_of_the_view_box() -> None:
    (shape,) = drawn('<rect width="100%" height="100%" fill="red"/>')
    assert (100, 50) in shape.lines[0]


def test_other_shapes_and_letters() -> None:
    ring, egg, corner, words = drawn(
        '<circle cx="5" cy="5" r="5"/><ellipse cx="5" cy="5" rx="5" ry="2"/><polygon points="0,0 5,0 5,5"/>'
        '<text x="1" y="2" font-size="4" fill="red">Two <tspan>words</tspan></text>'
    )
    assert ends(ring) == ends(egg) == [(10, 5)]
    assert ends(corner) == [(0, 0)]
    assert (words.words, words.size, words.fill) == ("Two words", 4.0, RED)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), WHITE) == pytest.approx(4.54, abs=0.01)


def test_a_hole_in_a_shape_is_not_painted() -> None:
    canvas = Canvas((0, 0, 100, 50), 100)
    canvas.paint(drawn('<path fill="red" d="M10 10H90V40H10zM30 20H60V30H30z"/>')[0])
    assert (canvas.ground_of((20, 25)), canvas.ground_of((45, 25))) == (RED, WHITE)
