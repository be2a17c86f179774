"""A PDF for paper alone: what only screens use is taken out, and with it every claim that then no longer holds.

Tags, links, bookmarks, form fields, the colour profile of PDF/A and the claims of PDF/A and PDF/UA go; title,
author, language and dates stay. Called by `imposition` and `printer_marks`.
"""

from collections.abc import Iterator
from typing import Any

from book.layout.pdf_objects import Dictionary, Instruction, Name, Object, Page, Pdf, drop_metadata, instructions

SCREEN_ONLY = {
    "catalog": ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/AcroForm", "/OutputIntents", "/PageMode"),
    "page": ("/Annots", "/StructParents", "/Tabs"),
}
CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdfaExtension:schemas")
MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})


def strip(pdf: Pdf) -> None:
    """Take out of an open PDF what paper does not show; content streams keep their marks (see `unmarked`)."""
    for key in SCREEN_ONLY["catalog"]:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in SCREEN_ONLY["page"]:
            if key in page.obj:
                del page.obj[key]
    drop_metadata(pdf, CLAIMS)


def unmarked(content: Page | Object) -> Iterator[Instruction]:
    """Give the operands and the operator of each instruction of a content stream, but for the marks of tags."""
    return (step for step in instructions(content) if step[1] not in MARKS)


def print_on(preferences: dict[str, Any]) -> Dictionary:
    """Give the viewer's preferences of a file for paper: its title in the window, and how to print it."""
    return Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"), **preferences)
