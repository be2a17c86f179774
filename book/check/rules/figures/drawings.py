"""Drawings and photographs: whether print, e-readers and tired eyes get to see what was drawn."""

import io
import re
from collections.abc import Iterator

from lxml import etree
from PIL import Image

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.canvas import Canvas, contrast
from book.check.views.pictures import MM_PER_PT, Print, printed_mm

ALIKE_IN_GREY, APART_IN_COLOR = 1.15, 60  # contrast; steps of 255 in one of red, green and blue
SEEN_MM = 3.0  # a shorter line, or a shorter border, is a detail
TAGS = {
    "filter": "a filter", "mask": "a mask", "textPath": "letters along a path", "switch": "a switch",
    "style": "a style sheet", "text": "letters that are text", "tref": "borrowed text",
}  # fmt: skip
LOOKS = {
    "mix-blend-mode": "a blend mode", "paint-order": "an order of painting", "vector-effect": "a vector effect",
    "writing-mode": "a way of writing", "font": "a font in short", "filter": "a filter", "mask": "a mask",
    "spreadMethod": "a gradient that repeats",
}  # fmt: skip
GRADIENTS = {"linearGradient", "radialGradient"}
REMEDIES = {
    "style": "Give each shape its own fill and stroke.",
    "text": "Turn the letters into paths, or say it in the caption.",
    "textPath": "Turn the letters into paths, or say it in the caption.",
}


@rule(
    "F14", "warning", "Letters or signs in a picture are too small on paper.",
    hint="Make the letters larger, or the picture wider; a caption is better still.",
    source="RNIB clear print; Waller, Simplification Centre paper 10 (smaller type only in diagrams)",
    needs="text",
)  # fmt: skip
def small_letters(proof: Proof) -> Iterator[Fault]:
    """Give drawings with text, or signs in discs, below the least size as printed."""
    checks = proof.checks.pictures
    for drawing in proof.drawings:
        points = [shape.size * drawing.scale / MM_PER_PT for shape in drawing.shapes if shape.words]
        if points and min(points) < checks.smallest_text_pt - 0.05:
            least = f"{min(points):.1f} pt on paper; {checks.smallest_text_pt:g} pt are the least"
            yield drawing.fault(f"has letters of {least}. Make them larger.")
        signs = [high * drawing.scale for high in drawing.signs]
        if signs and min(signs) < checks.lowest_sign_mm - 0.05:
            least = f"{min(signs):.1f} mm on paper; {checks.lowest_sign_mm:g} mm are the least"
            yield drawing.fault(f"has signs in discs as high as {least}. Make it wider.")


@rule(
    "F15", "warning", "A line of a picture is too thin to print.",
    hint="Make the stroke thicker, or the picture wider.",
    source="Blurb, Print guidelines: rules of at least 0.25 pt",
    needs="text",
)  # fmt: skip
def thin_lines(proof: Proof) -> Iterator[Fault]:
    """Give drawings whose thinnest line is below what prints."""
    least = proof.checks.pictures.thinnest_line_pt
    for drawing in proof.drawings:
        widths = [
            shape.width * drawing.scale / MM_PER_PT
            for shape in drawing.shapes
            if shape.stroke is not None and shape.lines and not shape.words
        ]
        if widths and min(widths) < least - 0.005:
            thinnest = f"{min(widths):.2f} pt; {least:g} pt are the least that prints"
            yield drawing.fault(f"has a line of {thinnest}. Make it thicker.")


@rule(
    "F16", "error", "A drawing holds what print or e-readers leave out.",
    hint="Draw with plain shapes: each with its own fill, stroke and width, and nothing laid over it.",
    source="Measured on 46 drawings in WeasyPrint, PDF viewers and a browser; Kindle guidelines (text)",
    needs="told",
)  # fmt: skip
def dropped_features(proof: Proof) -> Iterator[Fault]:
    """Give drawings with features that one engine or another drops."""
    yield from proof.told_of("F16")
    for drawing in proof.drawings if proof.reaches("text") else ():
        for name, what in dict.fromkeys(_dropped(drawing)):
            remedy = REMEDIES.get(name, "Draw it with plain shapes.")
            yield drawing.fault(f"holds {what}, which print or e-readers leave out. {remedy}")


def _dropped(drawing: Print) -> Iterator[tuple[str, str]]:
    """Give what is dropped from a drawing: the name of the feature, and what it is."""
    for element in drawing.root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag in TAGS:
            yield tag, TAGS[tag]
        names = {name.strip() for name in re.findall(r"([\w-]+)\s*:", element.get("style", ""))}
        looks = names | {etree.QName(name).localname for name in map(str, element.keys())}
        yield from ((look, LOOKS[look]) for look in sorted(looks & set(LOOKS)))
        if any("var(" in str(text) for text in element.attrib.values()):
            yield "var", "a variable"
        if tag == "marker" and element.get("orient") == "auto-start-reverse":
            yield tag, "a marker that turns round"
        if tag in GRADIENTS and element.get("gradientUnits") != "userSpaceOnUse":
            yield tag, "a gradient measured by its shape (write gradientUnits=userSpaceOnUse)"


@rule(
    "F17", "warning", "A line of a picture hardly differs from its ground.",
    hint="Draw the line darker, or its ground lighter: a contrast of 3 to 1, and as much in grey.",
    source="WCAG 2.2, 1.4.11 Non-text Contrast",
    needs="text",
)  # fmt: skip
def pale_lines(proof: Proof) -> Iterator[Fault]:
    """Give drawings with a line or letters of too little contrast on both sides, most of its way."""
    least = proof.checks.pictures.contrast
    for drawing, canvas in ((drawing, drawing.blank()) for drawing in proof.drawings):
        pale: set[str] = set()
        for number, shape in enumerate(drawing.shapes):
            canvas.fill(shape)
            if _is_pale(number, drawing, canvas, least):
                pale.add("#{:02X}{:02X}{:02X}".format(*(shape.fill if shape.words else shape.stroke) or (0, 0, 0)))
            canvas.stroke(shape)
        if pale:
            colors = " and ".join(sorted(pale))
            yield drawing.fault(
                f"has lines or letters in {colors} with a contrast below {least:g}. Draw them darker."
            )


def _is_pale(number: int, drawing: Print, canvas: Canvas, least: float) -> bool:
    """Say whether a shape's line is lost on its ground; a rim that is drawn over again is none."""
    shape = drawing.shapes[number]
    if shape.words:
        return shape.fill is not None and contrast(shape.fill, canvas.ground_of(shape.lines[0][0])) < least
    if shape.stroke is None or any(later.lines == shape.lines for later in drawing.shapes[number + 1 :]):
        return False
    whole, pale = canvas.lost(shape, least)
    return pale > max(SEEN_MM, whole / 2)


@rule(
    "F18", "warning", "Two areas of a picture differ by hue alone.",
    hint="Draw a line between them, hatch one, or make one lighter: printers and many eyes see grey.",
    source="WCAG 2.2, 1.4.1 Use of Color",
    needs="text",
)  # fmt: skip
def same_greys(proof: Proof) -> Iterator[Fault]:
    """Give drawings with two colors that touch, with no line between them, and are one grey."""
    for drawing in proof.drawings:
        canvas = drawing.blank()
        for shape in drawing.shapes:
            canvas.paint(shape)
        for first, second, length in canvas.meetings():
            apart = max(abs(a - b) for a, b in zip(first, second, strict=True))
            if length > SEEN_MM and apart > APART_IN_COLOR and contrast(first, second) < ALIKE_IN_GREY:
                names = " and ".join(sorted("#{:02X}{:02X}{:02X}".format(*color) for color in (first, second)))
                yield drawing.fault(f"has {names} side by side, and both are one grey. Draw a line between them.")


@rule(
    "F19", "warning", "A photograph is too coarse for paper.",
    hint="Put in a larger file, or let it be printed smaller.",
    source="Common print advice: 300 dots an inch are good, below 150 the dots show",
    needs="text",
)  # fmt: skip
def coarse_pictures(proof: Proof) -> Iterator[Fault]:
    """Give raster pictures with too few dots for the width at which they are printed."""
    checks = proof.checks.pictures
    for shown in proof.shown:
        picture = proof.rendered.pictures.get(shown.name)
        if picture and picture.media_type != "image/svg+xml":
            width_mm = printed_mm(shown, picture, checks)
            dots = _size(picture.data)[0]
            if (dpi := dots / width_mm * 25.4) < checks.least_dpi - 0.5:
                least = round(checks.least_dpi * width_mm / 25.4)
                said = f'"{shown.name}" has {dpi:.0f} dots an inch on paper. Make it {least} dots wide or more.'
                yield Fault(shown.asked, f"the picture {said}")


def _size(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size
