"""Characters that typesetting puts where a keyboard has others, and such as no text has."""

import re

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


NO_BREAK = "\u00a0"


MINUS = "\u2212"


TYPED = {
    NO_BREAK: " ",
    "\u200a": " ",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
}  # signs that are set, as authors type them
