"""The tag post-pass: what WeasyPrint's structure tree lacks for a screen reader.

List items get a body, running feet and folios become page furniture that is not read out, table heads say what
they head, terms label what is told of them, links say in words where they lead. PDF/UA-1 asks for lists that are
whole (ISO 14289-1, 7.6), the Matterhorn Protocol for furniture (18-001).
Only this module and `fields` change files for screens; those for paper go through `formats/pdf`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from book.layout.fields import finish_fields
from book.layout.pdf_objects import (
    Array,
    Dictionary,
    Name,
    Object,
    Pdf,
    String,
    content_of,
    is_element,
    items,
    number_tree,
    open_pdf,
    save_pdf,
)

MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
FURNITURE = b"/Artifact\n<</Type /Pagination>>\nBDC"


def finish_tags(data: bytes, called: Mapping[str, str]) -> bytes:
    """Give a tagged PDF with its structure mended; the same input gives the same bytes.

    `called` are the words for places that links lead to, by their names.
    """
    with open_pdf(data) as pdf:
        tree = pdf.Root.StructTreeRoot
        reached = set()
        for element in _elements(tree):
            reached.add(element.objgen)
            match str(element.S):
                case "/L":
                    _join_terms(element)
                case "/LI":
                    _give_body(pdf, element)
                case "/TH":
                    _give_scope(element)
        parents = number_tree(tree.ParentTree)
        for page in pdf.pages:
            _furniture_to_artifacts(pdf, page.obj, parents[int(page.StructParents)], reached)
            _call_links(page.obj, called)
        finish_fields(pdf)
        return save_pdf(pdf)


def _elements(found: Object) -> Iterator[Object]:
    """Walk all structure elements below one, or below the tree; each is given before its kids are asked for."""
    for kid in _kids(found):
        yield kid
        yield from _elements(kid)


def _join_terms(found: Object) -> None:
    """Make one item of each group of a term and what is told of it: the term is the item's label.

    WeasyPrint makes an item of each, with a body; these bodies become plain parts of what they stand in.
    """
    for group in _kids(found):
        if str(group.S) == "/Div":
            group.S = Name.LI
            for number, item in enumerate(kid for kid in _kids(group) if str(kid.S) == "/LI"):
                item.S = Name.LBody if number else Name.Lbl
                for body in _kids(item):
                    body.S = body.S if str(body.S) != "/LBody" else Name.Div if number else Name.Span


def _kids(element: Object) -> list[Object]:
    """Give the elements right below one."""
    return [kid for kid in items(element.get("/K")) if is_element(kid)]


def _give_body(pdf: Pdf, item: Object) -> None:
    """Put whatever a list item holds besides its label and body into a body."""
    kids = items(item.get("/K"))
    named = [kid for kid in kids if _is_part_of_item(kid)]
    loose = [kid for kid in kids if not _is_part_of_item(kid)]
    if not loose:
        return
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(loose)))
    if "/Pg" in item:
        body.Pg = item.Pg
    for kid in loose:
        if is_element(kid):
            kid.P = body
    item.K = Array([*named, body])


def _call_links(page: Object, called: Mapping[str, str]) -> None:
    """Describe the links of a page by words; WeasyPrint gives the bare names of where they lead."""
    for found in items(page.get("/Annots")):
        name = str(found.get("/Dest", ""))
        if name in called:
            found.Contents = String(called[name])


def _is_part_of_item(kid: Any) -> bool:
    return is_element(kid) and str(kid.S) in {"/Lbl", "/LBody"}


def _give_scope(head: Object) -> None:
    """Say whether a table head stands over a column or before a row: by whether its group is the THead."""
    group = head.P.P if "/P" in head.P else head.P
    scope = Name.Column if str(group.get("/S")) == "/THead" else Name.Row
    known = head.get("/A")
    if isinstance(known, Dictionary) and str(known.get("/O")) == "/Table":
        known.Scope = scope
    else:
        head.A = Dictionary(O=Name.Table, Scope=scope)


def _furniture_to_artifacts(pdf: Pdf, page: Object, owners: Object, reached: set[tuple[int, int]]) -> None:
    """Mark as furniture each piece of a page whose structure element hangs outside the tree."""
    loose = {number for number, owner in enumerate(owners) if owner.objgen not in reached}
    if not loose:
        return

    def mark(match: re.Match[bytes]) -> bytes:
        return FURNITURE if int(match[1]) in loose else match[0]

    page.Contents = pdf.make_stream(MARKED.sub(mark, content_of(page)))
    for number in loose:
        owners[number] = None
