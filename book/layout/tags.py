"""The tag post-pass: what WeasyPrint's structure tree lacks for a screen reader.

List items get a body, running feet and folios become page furniture that is not read out, table heads say what
they head, terms label what is told of them, links say in words where they lead. PDF/UA-1 asks for lists that are
whole (ISO 14289-1, 7.6), the Matterhorn Protocol for furniture (18-001).
Only this module and `fields` use pikepdf on files for screens; those for paper go through `formats/pdf`.
"""

import io
import re
from collections.abc import Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from book.layout.fields import finish_fields

MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
FURNITURE = b"/Artifact\n<</Type /Pagination>>\nBDC"


def finish_tags(data: bytes, called: Mapping[str, str]) -> bytes:
    """Give a tagged PDF with its structure mended; the same input gives the same bytes.

    `called` are the words for places that links lead to, by their names.
    """
    with Pdf.open(io.BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot
        reached = set()
        for element in _elements(tree.K):
            reached.add(element.objgen)
            match str(element.S):
                case "/L":
                    _join_terms(element)
                case "/LI":
                    _give_body(pdf, element)
                case "/TH":
                    _give_scope(element)
        parents = _numbers(tree.ParentTree)
        for page in pdf.pages:
            _furniture_to_artifacts(pdf, page.obj, parents[int(page.StructParents)], reached)
            _call_links(page.obj, called)
        finish_fields(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return out.getvalue()


def _elements(found: Object) -> Iterator[Object]:
    """Walk all structure elements below the kids of the tree."""
    kids = list(found.as_list()) if isinstance(found, Array) else [found]
    for kid in kids:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _elements(kid.K)


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
    found = element.get("/K")
    kids = list(found.as_list()) if isinstance(found, Array) else [found]
    return [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]


def _give_body(pdf: Pdf, item: Object) -> None:
    """Put whatever a list item holds besides its label and body into a body."""
    kids = list(item.K.as_list()) if isinstance(item.get("/K"), Array) else [item.K] if "/K" in item else []
    named = [kid for kid in kids if _is_part_of_item(kid)]
    loose = [kid for kid in kids if not _is_part_of_item(kid)]
    if not loose:
        return
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(loose)))
    if "/Pg" in item:
        body.Pg = item.Pg
    for kid in loose:
        if isinstance(kid, Dictionary) and "/S" in kid:
            kid.P = body
    item.K = Array([*named, body])


def _call_links(page: Object, called: Mapping[str, str]) -> None:
    """Describe the links of a page by words; WeasyPrint gives the bare names of where they lead."""
    for found in page.Annots.as_list() if "/Annots" in page else []:
        name = str(found.get("/Dest", ""))
        if name in called:
            found.Contents = String(called[name])


def _is_part_of_item(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and str(kid.get("/S")) in {"/Lbl", "/LBody"}


def _give_scope(head: Object) -> None:
    """Say whether a table head stands over a column or before a row: by whether its group is the THead."""
    group = head.P.P if "/P" in head.P else head.P
    scope = Name.Column if str(group.get("/S")) == "/THead" else Name.Row
    known = head.get("/A")
    if isinstance(known, Dictionary) and str(known.get("/O")) == "/Table":
        known.Scope = scope
    else:
        head.A = Dictionary(O=Name.Table, Scope=scope)


def _numbers(tree: Object) -> dict[int, Object]:
    """Read a number tree without limits, as WeasyPrint writes it."""
    flat = list(tree.Nums.as_list())
    return {int(flat[index]): flat[index + 1] for index in range(0, len(flat), 2)}


def _furniture_to_artifacts(pdf: Pdf, page: Object, owners: Object, reached: set[tuple[int, int]]) -> None:
    """Mark as furniture each piece of a page whose structure element hangs outside the tree."""
    loose = {number for number, owner in enumerate(owners) if owner.objgen not in reached}
    if not loose:
        return

    def mark(match: re.Match[bytes]) -> bytes:
        return FURNITURE if int(match[1]) in loose else match[0]

    page.Contents = pdf.make_stream(MARKED.sub(mark, page.Contents.read_bytes()))
    for number in loose:
        owners[number] = None
