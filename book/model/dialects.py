"""What a book may switch on of other programs' Markdown: `markdown: [github-notes]` in `book.yaml`."""

from typing import Literal

Dialect = Literal["abbreviations", "admonitions", "fenced-divs", "github-notes", "inline-notes"]
"""Each by itself: `*[HTML]: …` and `^[a note]`; callouts as `!!! note`, `::: note` and `> [!NOTE]` begin them."""

FOREIGN = {
    **dict.fromkeys(("abstract", "example", "hint", "important", "info", "note", "question", "quote", "seealso",
                     "success", "summary", "tip", "todo"), "tip"),
    **dict.fromkeys(("attention", "bug", "caution", "danger", "error", "failure", "warning"), "caution"),
}  # fmt: skip
"""The callouts of other programs by their names, each with the one of this builder that it becomes."""
PLAIN = {"tip", "caution", "warning", "attention"}  # are called by what they become; the others keep their names
