"""Words looked for in a tree: by which forms they are known, where one stands, and how it is wrapped there.

What the glossary links and the index leads to is found in one way: whole words, small letters or capitals alike,
whatever marks and spaces an author or `typography` has set.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from book.render.tree import Run, Tree, parent, text_blocks

LOOSE = {" ": r"(?:\s+|[-\u2010\u2011])", "-": "[-\u2010\u2011]", "'": "['’]", "’": "['’]"}
ENDING = "(?:s|es)?"
Y_ENDING = re.compile(r"(?<=[^aeiou])y$")


def pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Give the expression that finds any of some forms as whole words, also with s or es; the longest wins."""
    longest = sorted(set(forms), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_loosely, longest))})(?![\w-])", re.IGNORECASE)


def _loosely(form: str) -> str:
    """Write a form as an expression; story is also found as stories."""
    stem = Y_ENDING.sub("", form) if Y_ENDING.search(form) else ""
    bare = "".join(LOOSE.get(sign, re.escape(sign)) for sign in " ".join((stem or form).split()))
    return f"{bare}(?:y|ys|ies)" if stem else bare + ENDING


def blocks(tree: Tree, barred: Callable[[Tree], bool]) -> Iterator[list[Run]]:
    """Give, block by block, where the words of a tree stand; nothing inside elements that are barred."""
    shut = {element for top in tree.iter("*") if barred(top) for element in top.iter("*")}
    for block in text_blocks(tree):
        runs = [run for run in block if inside(run) not in shut]
        if runs:
            yield runs


def inside(run: Run) -> Tree:
    """Give the element in which a run's text stands: a tail stands in the parent."""
    element, side = run
    return element if side == "text" else parent(element)


def wrap(run: Run, start: int, end: int, wrapper: Tree) -> Run:
    """Put the characters from `start` to `end` of a run into an element; give the run that is left behind it."""
    element, side = run
    text = getattr(element, side)
    wrapper.text, wrapper.tail = text[start:end], text[end:]
    setattr(element, side, text[:start])
    if side == "text":
        element.insert(0, wrapper)
    else:
        parent(element).insert(parent(element).index(element) + 1, wrapper)
    return wrapper, "tail"
