"""Raw HTML by a list of what is allowed, tag by tag, each with its line: all else stays visible, and is told."""

import html
import re

from book.render.markdown import marks, survivors
from book.render.markdown.block import Tell
from book.render.tree import LINE

VERBATIM = {"code", "kbd", "pre", "samp"}
VOID = set("br hr img wbr col".split())
ALLOWED = VOID | set(
    (
        "a abbr aside b bdi bdo blockquote caption cite code colgroup dd del details dfn div dl dt em figcaption "
        "figure h2 h3 h4 i ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup "
        "table tbody td tfoot th thead time tr u ul var"
    ).split()
)
ATTRIBUTES = set(
    (
        "alt cite class colspan data-title datetime dir height href id lang open rowspan scope src start "
        "title width"
    ).split()
)
ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w.:-]*)(?:\s*=\s*([^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?")
TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)({marks.ATTRIBUTES})\s*/?>")
PIECE = re.compile(rf"{TAG.pattern}|<(?:\?|!(?!--)).*?>", re.DOTALL)


def clean(text: str, line: int, tell: Tell, unknown: set[str]) -> str:
    """Give raw HTML that begins on a line as XHTML that every edition can carry; `tell` hears what cannot stay.

    `unknown` are tags that were told already: their ends are not told as well.
    """
    out, last, verbatim = [], 0, False

    def add(words: str, at: int) -> None:
        out.append(_escaped(words))
        if not verbatim and "markdown=" not in text:
            survivors.tell_html(words, line + text.count("\n", 0, at), tell)

    for found in PIECE.finditer(text):
        now = line + text.count("\n", 0, found.start())
        add(text[last : found.start()], last)
        if (found[2] or "").lower() in VERBATIM:
            verbatim = not found[1]
        last = found.end()
        if found[2]:
            out.append(_tag(found, now, tell, unknown))
        else:
            tell(now, f"{found[0].split()[0][:20]} cannot be used in a chapter. Take it out.")
    add(text[last:], last)
    return "".join(out)


def _escaped(text: str) -> str:
    return html.escape(html.unescape(text), quote=False)


def _tag(found: re.Match[str], line: int, tell: Tell, unknown: set[str]) -> str:
    closing, name = found[1], found[2].lower()
    if name not in ALLOWED:
        if not (closing and name in unknown):
            said = "cannot be used in a chapter. Write it as Markdown, or \\< for the sign <."
            tell(line, f"<{closing}{found[2]}> {said}")
        unknown.add(name)
        return _escaped(found[0])
    if closing and name != "br":
        return "" if name in VOID else f'</{name} {LINE}="{line}">'
    kept = [f'{LINE}="{line}"']
    for attribute in ATTRIBUTE.finditer(found[3]):
        key, value = attribute[1].lower(), attribute[2] or attribute[1]
        if (name, key) == ("a", "name"):
            key = "id"  # as links found their way before
        if key not in ATTRIBUTES:
            tell(line, f'the attribute "{key}" cannot be used in a chapter. Take it out.')
            continue
        value = value[1:-1] if value[0] in "\"'" else value
        kept.append(f'{key}="{html.escape(html.unescape(value))}"')
    end = "/" if name in VOID or found[0].endswith("/>") else ""
    return f"<{name} {' '.join(kept)}{end}>"
