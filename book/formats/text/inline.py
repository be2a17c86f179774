"""The text within a block, as one string: lines that an author ends, quotes, raised figures, code."""

from book.formats.text.wrap import BREAK
from book.model.characters import NO_BREAK
from book.render.tree import INLINE, UNSET, Tree

WITHIN = (INLINE | UNSET) - {"pre"}
RAISED = str.maketrans("0123456789+-−()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
SIGNS = {"sup": (RAISED, "^"), "sub": (LOWERED, "_")}


def is_within(element: Tree) -> bool:
    """Say whether an element stands within a line of text."""
    return element.tag in WITHIN


def words(element: Tree) -> str:
    """Give the text of an element, and of all in it."""
    text = element.text or ""
    for inner in element:
        if isinstance(inner.tag, str):
            text += words(inner) if is_within(inner) else f" {words(inner)} "
        text += inner.tail or ""
    return _marked(str(element.tag), text)


def _marked(tag: str, text: str) -> str:
    """Give what an element does to its text, in signs."""
    if tag == "br":
        return BREAK
    if tag == "q":
        return f"“{text}”"
    if tag in {"code", "kbd", "samp"}:
        return text.replace(" ", NO_BREAK)
    if tag in SIGNS and text.strip():
        table, mark = SIGNS[tag]
        return text.translate(table) if all(ord(sign) in table for sign in text) else f"{mark}{text}"
    return text
