"""The colours of a finished PDF, one by one, set in the inks of a press: see `inks` for how.

Flat colours are converted. Pictures of dots, gradients and what is see-through stay as they are, and are told.
"""

from dataclasses import dataclass, field
from typing import Any

from book.formats.pdf.inks import cmyk
from book.formats.pdf.paper_only import unmarked
from book.layout.pdf_objects import Array, Dictionary, Instruction, Name, Object, Page, Pdf, written

IN_RGB = {"rg": "k", "RG": "K"}  # operators that name a colour in RGB, and those that name it in inks
CHOOSE = {"cs": "fill", "CS": "stroke"}  # operators that choose a space of colours
NAME = {"sc": "fill", "scn": "fill", "SC": "stroke", "SCN": "stroke"}  # those that then name a colour in it
HOLDERS = {"Do": "/XObject", "gs": "/ExtGState", "sh": "/Shading", "scn": "/Pattern", "SCN": "/Pattern"}
OPAQUE = {"/ca": 1, "/CA": 1, "/SMask": Name("/None"), "/BM": Name.Normal}

PICTURE = "a picture stays in the colors of screens (RGB)"
SHADING = "a gradient stays in the colors of screens (RGB)"
OTHER = "a color that is neither RGB nor CMYK stays as it is"
SEE_THROUGH = "something see-through stays so"

Left = frozenset[str]


@dataclass
class _Visit:
    """One pass over a PDF: what stays as it is in each form and pattern seen; which were groups; all resources."""

    seen: dict[tuple[int, int], Left] = field(default_factory=dict)
    groups: list[Object] = field(default_factory=list)
    resources: list[Object] = field(default_factory=list)


def separate(pdf: Pdf) -> dict[str, list[int]]:
    """Set all flat colours of an open PDF in inks, and take the marks of tags out of its pages.

    Gives what stays as it is, each with the numbers of its pages. Where nothing is see-through, no transparency
    group is left, either: a group of opaque things looks the same without.
    """
    visit = _Visit()
    left: dict[str, list[int]] = {}
    for number, page in enumerate(pdf.pages, 1):
        content, found = _in_inks(visit, page, page.obj.Resources)
        page.obj.Contents = pdf.make_stream(content)
        for what in sorted(found):
            left.setdefault(what, []).append(number)
    if SEE_THROUGH not in left:
        for thing in visit.groups:
            del thing.Group
    if OTHER not in left:
        for resources in visit.resources:
            _forget_spaces(resources)
    return left


def _forget_spaces(resources: Object) -> None:
    """Take the spaces of colours that nothing uses any more out of resources: a check at the shop would ask why."""
    spaces = resources.get("/ColorSpace", Dictionary())
    for name in spaces.keys():  # noqa: SIM118 - a pikepdf dictionary
        if _kind(spaces[name]) != "fit":
            del spaces[name]


def _in_inks(visit: _Visit, content: Page | Object, resources: Object) -> tuple[bytes, Left]:
    """Give a content stream with inks for colours, and what in it stays as it is."""
    visit.resources.append(resources)
    left: set[str] = set()
    made: list[Instruction] = []
    kinds = [{"fill": "fit", "stroke": "fit"}]  # of colour, as q and Q stack them up
    for operands, operator in unmarked(content):
        if operator in HOLDERS and isinstance(operands[-1], Name):
            left |= _left_in(visit, operator, resources[HOLDERS[operator]][operands[-1]], resources)
        made.append(_colour(operands, operator, resources, kinds))
        if operator in CHOOSE and kinds[-1][CHOOSE[operator]] == "other":
            left.add(OTHER)
    return written(made), frozenset(left)


def _colour(operands: list[Any], operator: str, resources: Object, kinds: list[dict[str, str]]) -> Instruction:
    """Give an instruction with inks, if it names a colour in RGB; keep count of the kinds of colour in `kinds`."""
    if operator == "q":
        kinds.append(dict(kinds[-1]))
    elif operator == "Q" and len(kinds) > 1:
        kinds.pop()
    elif operator in IN_RGB:
        return _inks(operands), IN_RGB[operator]
    elif operator in CHOOSE:
        kinds[-1][CHOOSE[operator]] = kind = _kind(_space(operands[0], resources))
        if kind == "rgb":
            return [Name.DeviceCMYK], operator
    elif operator in NAME and kinds[-1][NAME[operator]] == "rgb":
        return _inks(operands), operator
    return operands, operator


def _inks(operands: list[Any]) -> list[Any]:
    red, green, blue = (float(part) for part in operands)
    return list(cmyk(red, green, blue))


def _space(name: Object, resources: Object) -> Object:
    """Give the space of colours of a name: a device's own, or one that the resources define."""
    return resources.ColorSpace.get(str(name), name) if "/ColorSpace" in resources else name


def _kind(space: Object | None) -> str:
    """Say of which kind a space of colours is: rgb, other, or fit for a press as it is."""
    family = str(space[0] if isinstance(space, Array) else space)
    if isinstance(space, Array) and family == "/ICCBased":
        return "rgb" if int(space[1].N) == 3 else "fit"
    if isinstance(space, Array) and family == "/Indexed":
        return _kind(space[1])
    return {"/DeviceRGB": "rgb", "/CalRGB": "rgb", "/Lab": "other"}.get(family, "fit")


def _left_in(visit: _Visit, operator: str, thing: Object, resources: Object) -> Left:
    """Give what stays as it is in something that a page uses; set the colours of forms and patterns in inks."""
    if operator == "gs":
        clear = any(thing.get(key, usual) != usual for key, usual in OPAQUE.items())
        return frozenset({SEE_THROUGH} if clear else ())
    if operator == "sh" or "/Shading" in thing:
        shading = thing if operator == "sh" else thing.Shading
        return frozenset({SHADING} if _kind(shading.get("/ColorSpace")) != "fit" else ())
    if str(thing.get("/Subtype")) == "/Image":
        return _left_in_picture(thing)
    if thing.objgen not in visit.seen:
        content, left = _in_inks(visit, thing, thing.get("/Resources", resources))
        thing.write(content)
        visit.seen[thing.objgen] = left
        if "/Group" in thing:
            visit.groups.append(thing)
    return visit.seen[thing.objgen]


def _left_in_picture(picture: Object) -> Left:
    """Give what stays as it is in a picture of dots."""
    in_rgb = _kind(picture.get("/ColorSpace")) in {"rgb", "other"}
    return frozenset(what for what, true in ((PICTURE, in_rgb), (SEE_THROUGH, "/SMask" in picture)) if true)
