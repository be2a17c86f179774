"""The marks by which blocks begin and end, as patterns of a line's rest. Source: CommonMark 0.31.2, GFM 0.29."""

import re

ITEM = re.compile(r"(?:([-+*])|(\d{1,9})([.)]))(?= |$)")
HEADING = re.compile(r"(#{1,6})(?: +(.*?))??(?: +#+)? *")
UNDERLINE = re.compile(r"(=+|-+) *")
GROUPS = re.compile(r"-{2,}(?: +-{2,})+ *")  # below words: the columns of a table as Pandoc draws it
RULE = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})")
FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)")
FENCE_END = re.compile(r"(`{3,}|~{3,}) *")
CALLOUT = re.compile(r"(/{3,})\s*([^|\s/][^|\s]*)\s*(?:\|\s*(.*?)\s*)?")
ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) +([\w-]+)(?: [\w -]+?)?(?: +\"(.*)\")? *")
GITHUB_NOTE = re.compile(r"\[!([\w-]+)\][+-]?(?: +(.*?))? *")
DIV = re.compile(r"(:{3,}) *(?:\{([^}]*)\}|([\w-]+)(?:\[(.*?)\]| +([^:{].*?))?) *:*")
DIV_CLASS = re.compile(r"(?:^|\s)\.([\w-]+)")
DIV_ID = re.compile(r"(?:^|\s)#([\w:.-]+)")
DIV_TITLE = re.compile(r"title=\"([^\"]*)\"")
DIV_END = re.compile(r"(:{3,}) *")
ABBREVIATION = re.compile(r"\*\[([^\]\\]+)\]: *(.+)")
CALLOUT_END = re.compile(r"(/{3,}) *")
NOTE = re.compile(r"\[\^([^\]\s][^\]]*)\]:(?: |$)")
DEFINITION = re.compile(r":( +)\S")
CAPTIONS = ("Table:", ": ")  # how the caption of a table begins
COLUMNS = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")  # the line below a table's head
CODE = re.compile(r"`[^`\n]*`")  # in a row
BAR = re.compile(r"(?<!\\)\|")

_HTML_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|"
    "menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|"
    "title|tr|track|ul"
)
_VERBATIM = "script|pre|style|textarea"
ATTRIBUTES = r"(?:\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*"
COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.DOTALL)
# how a block of raw HTML begins and, if not at a blank line, ends
HTML: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (re.compile(rf"<(?:{_VERBATIM})(?:[\s>]|$)", re.I), re.compile(rf"</(?:{_VERBATIM})>", re.I)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_HTML_BLOCKS})(?:\s|/?>|$)", re.I), None),
)  # fmt: skip
# a line that is one whole tag begins such a block, too, but not within a paragraph
LONE_TAG = re.compile(rf"(?:<[a-zA-Z][\w-]*{ATTRIBUTES}\s*/?>|</[a-zA-Z][\w-]*\s*>)\s*")
