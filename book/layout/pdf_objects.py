"""A finished PDF as the objects that it is made of: the one module that imports pikepdf.

Files are opened and saved here, and content streams, trees and metadata are read and written, so that a new version
of pikepdf is met in one place: it must pass `tests/layout/test_pdf_objects.py`. Who builds objects takes their
kinds from here, too.
"""

import io
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeAlias

from pikepdf import (
    Array,
    Dictionary,
    Name,
    NameTree,
    NumberTree,
    Object,
    ObjectStreamMode,
    Operator,
    Page,
    PasswordError,
    Pdf,
    PdfError,
    Stream,
    String,
    parse_content_stream,
    unparse_content_stream,
)

__all__ = ["Array", "Dictionary", "Name", "Object", "Page", "Pdf", "String"]  # handed on as they are

Key = tuple[int, int]  # an object's number and generation
Box = tuple[float, float, float, float]  # left, bottom, right, top, in points
Instruction = tuple[list[Any], str]  # operands, and the operator
Plain: TypeAlias = "str | int | float | list[Plain] | None"
NOWHERE = -1


def open_pdf(data: bytes) -> Pdf:
    """Open a PDF, for a `with` or for as long as it is held. ValueError if it is none, or a password keeps it."""
    try:
        return Pdf.open(io.BytesIO(data))
    except (PdfError, PasswordError) as error:
        raise ValueError("this is no PDF, or a password keeps it") from error


def save_pdf(pdf: Pdf) -> bytes:
    """Give an open PDF as bytes; the same input gives the same bytes."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def items(found: Any) -> list[Any]:
    """Give what an array holds, as a list of its own; one thing alone stands for an array of it, None for none."""
    return list(found.as_list()) if isinstance(found, Array) else [] if found is None else [found]


def is_element(found: Any) -> bool:
    """Say whether something is an element of the structure tree, and no mark or link that one holds."""
    return isinstance(found, Dictionary) and "/S" in found


def plain(found: Any) -> Plain:
    """Give a value as Python has it: names as "/Name", arrays as lists; None for what holds other objects."""
    if isinstance(found, Array):
        return [plain(item) for item in found.as_list()]
    if isinstance(found, (Name, String)):
        return str(found)
    if found is None or isinstance(found, Object):
        return None
    return found if isinstance(found, int) else float(found)


def box_of(page: Page, name: str) -> Box:
    """Give a box of a page, such as "/TrimBox"; its MediaBox, where it has none of that name."""
    left, bottom, right, top = (float(side) for side in (page.obj.get(name) or page.mediabox).as_list())
    return left, bottom, right, top


def content_of(page: Object) -> bytes:
    """Give a page's content stream, its parts joined; b"" for an empty page."""
    return b"\n".join(bytes(part.read_bytes()) for part in items(page.get("/Contents")))


def instructions(content: Page | Object) -> Iterator[Instruction]:
    """Give the instructions of the content stream of a page, or of something that is drawn on one."""
    for instruction in parse_content_stream(content):
        yield list(instruction.operands), str(instruction.operator)


def written(steps: Iterable[Instruction]) -> bytes:
    """Give instructions as a content stream."""
    return unparse_content_stream([(operands, Operator(operator)) for operands, operator in steps])


def form_contents(pdf: Pdf) -> Iterator[bytes]:
    """Give the content streams of all that is drawn on pages as one thing (form XObjects)."""
    forms = (item for item in pdf.objects if isinstance(item, Stream) and item.get("/Subtype") == "/Form")
    return (form.read_bytes() for form in forms)


def number_tree(tree: Object) -> dict[int, Any]:
    """Give what a tree holds by numbers, such as the elements of each page."""
    return dict(NumberTree(tree).items())


def page_numbers(pdf: Pdf) -> dict[Key, int]:
    """Give the numbers of pages, from 0, by the keys of their objects."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def page_at(target: Any, numbers: dict[Key, int]) -> int:
    """Give the page, from 0, that a destination names; NOWHERE for none of this file."""
    if isinstance(target, Dictionary) and "/D" in target:
        target = target.D
    if not isinstance(target, Array) or not len(target) or not isinstance(target[0], Dictionary):
        return NOWHERE
    return numbers.get(target[0].objgen, NOWHERE)


def destinations(pdf: Pdf) -> dict[str, int]:
    """Give the pages, from 0, of the names that links lead to; NOWHERE for a page that is not there."""
    names, numbers = pdf.Root.get("/Names"), page_numbers(pdf)
    if names is None or "/Dests" not in names:
        return {}
    return {str(name): page_at(target, numbers) for name, target in NameTree(names.Dests).items()}


def bookmarks(pdf: Pdf) -> Iterator[tuple[str, Any]]:
    """Give the titles of all bookmarks in order, each with its destination: an array, or a name."""
    outlines = pdf.Root.get("/Outlines")
    waiting = [outlines.get("/First")] if outlines is not None else []
    while waiting:
        if (item := waiting.pop()) is not None:
            yield str(item.get("/Title", "")), led_to(item)
            waiting += [item.get("/Next"), item.get("/First")]


def led_to(item: Object) -> Any:
    """Give the destination of a bookmark or a link, its own or that of its action; None for none."""
    return item.get("/Dest") if "/Dest" in item else item.get("/A", Dictionary()).get("/D")


def name_led_to(link: Object) -> str:
    """Give the name that a link leads to; "" for one that leads to a page by itself, or nowhere."""
    found = link.get("/Dest")
    return "" if found is None or isinstance(found, Array) else str(found)


def page_labels(pdf: Pdf) -> list[str]:
    """Give what readers call each page; nothing where a file does not say it."""
    return [page.label for page in pdf.pages] if "/PageLabels" in pdf.Root else []


def metadata_of(pdf: Pdf) -> str:
    """Give the metadata of a file (XMP) as text; "" for none."""
    found = pdf.Root.get("/Metadata")
    return found.read_bytes().decode("utf-8", "ignore") if found is not None else ""


def drop_metadata(pdf: Pdf, names: Collection[str]) -> None:
    """Take statements out of the metadata of a file, by names such as "pdfaid:part"; the others stay."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name in names:
            if name in metadata:
                del metadata[name]
