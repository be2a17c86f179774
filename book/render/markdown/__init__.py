"""Markdown to strict XHTML trees, and what in it is wrong, by line: the one door to Python-Markdown.

`reader` reads blocks line by line, `build` makes elements of them, `inline` sets their text, Python-Markdown does
the rest, and `convert` sees to it that nothing is swallowed. Knows of the book only its documents.
"""

from book.render.markdown.convert import CALLOUTS, PIECES, block_names, inline, mistakes, to_tree

__all__ = ["CALLOUTS", "PIECES", "block_names", "inline", "mistakes", "to_tree"]
