"""A PDF for paper alone: what only screens use is taken out, and with it every claim that then no longer holds.

Tags, links, bookmarks, form fields, the colour profile of PDF/A and the claims of PDF/A and PDF/UA go; title,
author, language and dates stay. Called by `booklet` and `press_marks`; uses pikepdf.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import (
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    Operator,
    Page,
    Pdf,
    parse_content_stream,
    unparse_content_stream,
)

SCREEN_ONLY = {
    "catalog": ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/AcroForm", "/OutputIntents", "/PageMode"),
    "page": ("/Annots", "/StructParents", "/Tabs"),
}
CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdfaExtension:schemas")
MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})

Instruction = tuple[list[Any], str]


def strip(pdf: Pdf) -> None:
    """Take out of an open PDF what paper does not show; content streams keep their marks (see `unmarked`)."""
    for key in SCREEN_ONLY["catalog"]:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in SCREEN_ONLY["page"]:
            if key in page.obj:
                del page.obj[key]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for claim in CLAIMS:
            if claim in metadata:
                del metadata[claim]


def unmarked(content: Page | Object) -> Iterator[Instruction]:
    """Give the operands and the operator of each instruction of a content stream, but for the marks of tags."""
    for instruction in parse_content_stream(content):
        operator = str(instruction.operator)
        if operator not in MARKS:
            yield list(instruction.operands), operator


def written(instructions: Iterable[Instruction]) -> bytes:
    """Give instructions as a content stream."""
    return unparse_content_stream([(operands, Operator(operator)) for operands, operator in instructions])


def print_on(preferences: dict[str, Any]) -> Dictionary:
    """Give the viewer's preferences of a file for paper: its title in the window, and how to print it."""
    return Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"), **preferences)


def saved(pdf: Pdf) -> bytes:
    """Give an open PDF as bytes; the same input gives the same bytes."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()
