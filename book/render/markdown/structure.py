"""Where HTML's elements may stand: what raw HTML and Markdown make together must be what e-readers take."""

from collections.abc import Iterator

from lxml import etree

HOLDERS = {  # the one to name comes first
    "li": ("ul", "ol"), "dt": ("dl", "div"), "dd": ("dl", "div"), "tr": ("table", "thead", "tbody", "tfoot"),
    "td": ("tr",), "th": ("tr",), "thead": ("table",), "tbody": ("table",), "tfoot": ("table",),
    "caption": ("table",), "colgroup": ("table",), "col": ("colgroup",), "summary": ("details",),
    "figcaption": ("figure",), "rt": ("ruby",), "rp": ("ruby",),
}  # fmt: skip
WORDLESS = {
    "ul": "li",
    "ol": "li",
    "dl": "dt",
    "table": "tr",
    "thead": "tr",
    "tbody": "tr",
    "tfoot": "tr",
    "tr": "td",
}
BLOCKS = set(
    "p div ul ol dl table blockquote pre hr h2 h3 h4 h5 h6 section aside figure details li dt dd tr td th".split()
)
LINES = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "summary",
    "dt",
    "span",
    "em",
    "strong",
    "b",
    "i",
    "small",
    "sub",
    "sup",
}


def mistake(element: etree._Element) -> str:
    """Say what is wrong with where an element stands, or with what stands in it; "" if nothing is."""
    return next(_mistakes(element, str(element.tag), element.getparent()), "")


def _mistakes(element: etree._Element, tag: str, around: etree._Element | None) -> Iterator[str]:
    holder = "" if around is None else str(around.tag)
    if holder and holder not in HOLDERS.get(tag, (holder,)):
        yield f"<{tag}> stands only in <{HOLDERS[tag][0]}>. Put it there, or write it as Markdown."
    if tag == "a" and any(outer.tag == "a" for outer in element.iterancestors()):
        yield "a link or a note stands within a link. Put it behind the link."
    if tag in BLOCKS and holder in LINES:
        yield f"<{tag}> cannot stand within <{holder}>. Put it below, on a line of its own."
    if tag in WORDLESS and _has_words(element):
        yield f"words stand in <{tag}> by themselves. Put them into <{WORDLESS[tag]}>."
    if tag == "dl" and len(element) and element[-1].tag == "dt":
        yield "a term has no meaning beside it: <dt> needs a <dd>."
    if tag in WORDLESS and not len(element):
        yield f"<{tag}> is empty. Take it out."


def _has_words(element: etree._Element) -> bool:
    return bool((element.text or "").strip()) or any((inner.tail or "").strip() for inner in element)
