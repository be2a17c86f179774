"""Characters that typesetting puts where a keyboard has others."""

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
