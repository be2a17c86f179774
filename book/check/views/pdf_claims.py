"""What a PDF says of itself as a file, and what it may do to a reader."""

import re
from dataclasses import dataclass
from typing import Any

from book.layout.pdf_objects import Pdf, items, metadata_of

CLAIM = re.compile(r"(pdfuaid:part|pdfaid:part|pdfaid:conformance)(?:>\s*|=[\"'])(\w+)")
OPENING = {"/OpenAction", "/AA"}


@dataclass(frozen=True)
class Claims:
    """What a file says of itself: `standards` are the parts of PDF/UA and PDF/A that it claims to keep.

    `roles` are the kinds of tags that it maps to others. `actions` are what its links and fields do ("/GoTo"), and
    `acts` says whether it does something without being asked.
    """

    language: str
    title: str
    metadata: str
    shows_title: bool
    standards: dict[str, str]
    tagged: bool
    suspect: bool
    roles: dict[str, str]
    has_fields: bool
    locked: bool
    carries_file: bool
    actions: frozenset[str]
    acts: bool


def read_claims(pdf: Pdf) -> Claims:
    """Read what an open PDF says of itself."""
    root, metadata = pdf.Root, metadata_of(pdf)
    marks: Any = root.get("/MarkInfo", {})
    tags: Any = root.get("/StructTreeRoot", {})
    names: Any = root.get("/Names", {})
    shown: Any = root.get("/ViewerPreferences", {})
    pages = [page.obj for page in pdf.pages]
    lying = [found for page in pages for found in items(page.get("/Annots"))]
    return Claims(
        language=str(root.get("/Lang", "")),
        title=str(pdf.docinfo.get("/Title", "")),
        metadata=metadata,
        shows_title=bool(shown.get("/DisplayDocTitle", False)),
        standards=dict(CLAIM.findall(metadata)),
        tagged=bool(marks.get("/Marked", False)) and "/StructTreeRoot" in root,
        suspect=bool(marks.get("/Suspects", False)),
        roles={str(key)[1:]: str(value)[1:] for key, value in dict(tags.get("/RoleMap", {})).items()},
        has_fields="/AcroForm" in root,
        locked=pdf.is_encrypted,
        carries_file="/EmbeddedFiles" in names or "/AF" in root,
        actions=frozenset(str(found.A.get("/S")) for found in lying if "/A" in found),
        acts="/JavaScript" in names or any(OPENING & set(item.keys()) for item in (root, *pages, *lying)),
    )
