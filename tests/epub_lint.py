"""What every e-book of ours keeps to and neither EPUBCheck nor Ace looks at: one function a rule, files in, faults out.

A rule takes the files of an e-book by name and gives what is wrong, each with the file; nothing if all is well.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping

import cssselect2
import tinycss2
from lxml import etree
from PIL import Image

Files = Mapping[str, bytes]
Rule = Callable[[Files], Iterator[str]]
EPUB, OPF, NAV = "EPUB/", "EPUB/content.opf", "EPUB/nav.xhtml"
MB = 1_000_000
PROPERTIES = set(
    """border border-bottom border-collapse border-left border-top break-after break-inside display font-family font-size
    font-style font-weight height line-height list-style margin margin-bottom margin-left margin-top max-height max-width
    overflow-wrap overflow-x padding padding-bottom padding-left padding-right padding-top page-break-after
    overflow float page-break-inside table-layout text-align text-decoration vertical-align width word-wrap""".split()
)
DISPLAYS = {"none", "block", "inline", "inline-block"}
FILE_NAME = re.compile(r"\.(svg|png|jpe?g)\b|_|\b(img|image)\d", re.IGNORECASE)


def tree(files: Files, name: str) -> etree._Element:
    """Parse a file and take its elements out of their namespaces, and epub:type with them."""
    root = etree.fromstring(files[name])
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
        for key in [key for key in element.attrib if key.endswith("}type")]:
            element.set("epub", element.attrib.pop(key))
    return root


def pages(files: Files) -> Iterator[tuple[str, etree._Element]]:
    """Give the XHTML files in the order in which they are read."""
    package = tree(files, OPF)
    homes = {item.get("id"): item.get("href") for item in package.iter("item")}
    for item in package.iter("itemref"):
        name = EPUB + homes[item.get("idref")]
        yield name, tree(files, name)


def properties(files: Files) -> list[tuple[str, str]]:
    """Give the metadata of the package that has a property: (property, text)."""
    return [
        (meta.get("property"), meta.text or "") for meta in tree(files, OPF).iter("meta") if meta.get("property")
    ]


def language(files: Files) -> Iterator[str]:
    """See that the language is one that stores know, and the same everywhere: Kindle refuses others."""
    (given,) = (item.text for item in tree(files, OPF).iter("language"))
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?", given) or given.endswith("-UK"):
        yield f"{OPF}: no store knows the language {given}"
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    if tree(files, OPF).get(xml) != given:
        yield f"{OPF}: the package has another language than the book"
    yield from (
        f"{name}: another language" for name, page in pages(files) if {page.get("lang"), page.get(xml)} != {given}
    )


def package(files: Files) -> Iterator[str]:
    """See that the package tells what shelves sort by, and nothing of what made it."""
    names = [name for name, _ in properties(files)]
    if names.count("title-type") != len([*tree(files, OPF).iter("title")]):
        yield f"{OPF}: no title-type"
    if "dcterms:modified" not in names:
        yield f"{OPF}: no date of change"
    for name in ("identifier", "title", "creator", "publisher", "date", "rights"):
        if not any((item.text or "").strip() for item in tree(files, OPF).iter(name)):
            yield f"{OPF}: no {name}"
    for meta in tree(files, OPF).iter("meta"):
        if meta.get("name") not in {None, "cover"}:
            yield f"{OPF}: stray meta {meta.get('name')}"


def weight(files: Files) -> Iterator[str]:
    """See that the book is light, also on an old reader, and no picture larger than Apple or Kobo take."""
    if sum(map(len, files.values())) > 10 * MB:
        yield "the book is over 10 MB"
    for name, data in files.items():
        if name.endswith(".xhtml") and len(data) > 300_000:
            yield f"{name}: over 300 kB"
        if name.endswith((".png", ".jpg")):
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > 5.6 * MB or len(data) > 1.5 * MB:
                    yield f"{name}: too large a picture"


def claims(files: Files) -> Iterator[str]:
    """See that what the package claims of accessibility is so."""
    said = dict(properties(files))
    claimed = {text for name, text in properties(files) if name == "schema:accessibilityFeature"}
    trees = [page for _, page in pages(files)]
    pictures = [picture for page in trees for picture in page.iter("img")]
    has = {
        "alternativeText": bool(pictures) and all((picture.get("alt") or "").strip() for picture in pictures),
        "longDescription": any(page.xpath("//@aria-details") for page in trees),
        "pageBreakMarkers": any(page.xpath("//*[@role='doc-pagebreak']") for page in trees),
        "pageNavigation": bool(tree(files, NAV).xpath("//nav[@epub='page-list']//a")),
        "tableOfContents": bool(tree(files, NAV).xpath("//nav[@epub='toc']//a")),
        "index": any(page.xpath("//section[@epub='index']") for page in trees),
    }
    yield from (f"{OPF}: claims {name}, which is not so" for name, so in has.items() if name in claimed and not so)
    yield from (f"{OPF}: does not tell of {name}" for name, so in has.items() if so and name not in claimed)
    yield from (f"{OPF}: claims {name}, which is gone" for name in claimed & {"printPageNumbers", "bookmarks"})
    if any("conformsTo" in name for name in said) and not any("certifiedBy" in name for name in said):
        yield f"{OPF}: claims conformance, and nobody certified it"
    yield from (
        f"{OPF}: {name} is no longer asked for" for name in said if re.search("accessibility(API|Control)", name)
    )
    if ("pageBreakSource" in said) != has["pageBreakMarkers"]:
        yield f"{OPF}: page markers and their source go together"


def navigation(files: Files) -> Iterator[str]:
    """See that contents follow the reading order, in three levels at most, two for old readers; that lists hide."""
    nav = tree(files, NAV)
    order = [name.removeprefix(EPUB) for name, _ in pages(files)]
    found = [link.get("href").partition("#")[0] for link in nav.xpath("//nav[@epub='toc']//a")]
    if list(dict.fromkeys(found)) != [name for name in order if name not in {"cover.xhtml", "nav.xhtml"}]:
        yield f"{NAV}: contents and reading order differ"
    if nav.xpath("//nav[@epub='toc']//ol/li/ol/li/ol/li/ol"):
        yield f"{NAV}: more than three levels"
    if tree(files, EPUB + "toc.ncx").xpath("//navPoint/navPoint/navPoint"):
        yield f"{EPUB}toc.ncx: more than two levels"
    wanted = {"cover", "titlepage", "toc", "bodymatter"}
    wanted |= {kind for _, page in pages(files) for kind in page.xpath("//section/@epub")} & {
        "glossary",
        "index",
        "bibliography",
    }
    there = set(nav.xpath("//nav[@epub='landmarks']//a/@epub"))
    yield from (f"{NAV}: no landmark {kind}" for kind in sorted(wanted ^ there))
    if nav.xpath("//nav[@hidden]") and b"[hidden] { display: none; }" not in files[EPUB + "style.css"]:
        yield f"{EPUB}style.css: hidden lists show in old readers"
    if "nav.xhtml" not in order:
        yield f"{NAV}: no page of the book"


def page_list(files: Files) -> Iterator[str]:
    """See that markers of pages and the lists of them agree, in order, and that markers are heard and not seen."""
    marks = [(name, mark) for name, page in pages(files) for mark in page.xpath("//*[@role='doc-pagebreak']")]
    here = [f"{name.removeprefix(EPUB)}#{mark.get('id')}" for name, mark in marks]
    nav = tree(files, NAV).xpath("//nav[@epub='page-list']//a/@href")
    ncx = tree(files, EPUB + "toc.ncx").xpath("//pageTarget/content/@src")
    if not here == nav == ncx:
        yield f"{NAV}: page list and markers differ"
    for name, mark in marks:
        number = mark.get("id", "").removeprefix("page-")
        label = mark.get("aria-label", "")
        if mark.tag != "span" or mark.text or len(mark) or mark.get("epub") != "pagebreak" or number not in label:
            yield f"{name}: {mark.get('id')} is no marker"


def pictures(files: Files) -> Iterator[str]:
    """See that pictures have words that say something."""
    for name, page in pages(files):
        for picture in page.iter("img"):
            alt = (picture.get("alt") or "").strip()
            if not alt.endswith((".", "!", "?")) or len(alt) > 250 or FILE_NAME.search(alt):
                yield f"{name}: alt text {alt[:40]!r}"
            if not picture.get("src"):
                yield f"{name}: a picture without a source"


def grounds(files: Files) -> Iterator[str]:
    """See that pictures have a ground of their own, for black pages, and nothing that weak readers drop."""
    for name in (name for name in files if name.endswith(".svg")):
        root = tree(files, name)
        if root.find(".//style") is not None or root.xpath("//*[@style]"):
            yield f"{name}: styles, which weak readers draw black"
        left, top, *size = root.get("viewBox").split()
        rects = [(rect.get("width"), rect.get("height"), rect.get("fill")) for rect in root.iter("rect")]
        if (*size, "#FFFFFF") not in rects or (left, top) != ("0", "0"):
            yield f"{name}: dark lines on a black page"
    for name in (name for name in files if name.endswith(".png")):
        with Image.open(io.BytesIO(files[name])) as picture:
            if picture.has_transparency_data:
                yield f"{name}: dark lines on a black page"


def cover(files: Files) -> Iterator[str]:
    """See that the cover is alone on its page, as large as stores ask for, and told to readers old and new."""
    with Image.open(io.BytesIO(files[EPUB + "images/cover.jpg"])) as picture:
        if (picture.size, picture.mode) != ((1600, 2560), "RGB"):
            yield f"the cover is {picture.size}"
    if tree(files, EPUB + "cover.xhtml").xpath("count(//body//*) != 2 or count(//img[@role='doc-cover']) != 1"):
        yield f"{EPUB}cover.xhtml: more than the cover"
    if not tree(files, OPF).xpath("//item[@properties='cover-image'] and //meta[@name='cover']"):
        yield f"{OPF}: no cover image"


def tables(files: Files) -> Iterator[str]:
    """See that each table has a caption and headings, and at most four columns outside a box that scrolls."""
    for name, page in pages(files):
        for table in page.iter("table"):
            if table.find("caption") is None or not table.xpath(".//th[@scope]"):
                yield f"{name}: a table without caption or headings"
            if max(len(row) for row in table.iter("tr")) > 4 and table.getparent().get("class") != "wide":
                yield f"{name}: a table sticks out"


def notes(files: Files) -> Iterator[str]:
    """See that each note is known as one by all readers, and leads back to where it is called."""
    for name, page in pages(files):
        asides = {note.get("id"): note for note in page.xpath("//aside[@role='doc-footnote' and @epub='footnote']")}
        calls = page.xpath("//a[@role='doc-noteref' and @epub='noteref']")
        if {call.get("href") for call in calls} != {f"#{key}" for key in asides} or page.xpath(
            "count(//*[@class='note'])"
        ) != len(asides):
            yield f"{name}: notes and their calls differ"
        for call in calls:
            note = asides.get(call.get("href", "")[1:])
            if note is not None and not note.xpath(f".//a[@role='doc-backlink' and @href='#{call.get('id')}']"):
                yield f"{name}: a note does not lead back"


def markup(files: Files) -> Iterator[str]:
    """See that pages carry no styles, scripts or comments, no words for print, and nothing from outside."""
    for name, page in pages(files):
        if not files[name].startswith(b"<?xml"):
            yield f"{name}: no XML declaration"
        if page.xpath("//@style | //@bgcolor | //@color | //@*[starts-with(name(), 'data-')]"):
            yield f"{name}: styles or leftovers of another edition"
        if page.xpath("//comment()") or page.xpath("//script | //style | //iframe | //form | //input | //object"):
            yield f"{name}: scripts, forms or comments"
        if page.xpath("//img[contains(@src, ':')] | //link[contains(@href, ':')]"):
            yield f"{name}: something from outside"
        if "(page\N{NO-BREAK SPACE}" in "".join(page.itertext()):
            yield f"{name}: a number of a printed page"


def styles(files: Files) -> Iterator[str]:
    """See that the style sheet is old CSS, without colors, and does not choose the face of the text."""
    for rule in tinycss2.parse_stylesheet(files[EPUB + "style.css"].decode(), True, True):
        if rule.type != "qualified-rule":
            yield f"style.css: {rule.serialize()[:40]}"
            continue
        selector = tinycss2.serialize(rule.prelude)
        cssselect2.compile_selector_list(rule.prelude)
        if re.search(r":is|:has|:where|\|", selector):
            yield f"style.css: {selector}"
        for one in tinycss2.parse_declaration_list(rule.content, True, True):
            value = tinycss2.serialize(one.value).strip()
            if one.name not in PROPERTIES or "(" in value or re.search(r"#|\d(pt|cm|mm)\b", value):
                yield f"style.css: {one.name}: {value}"
            if one.name == "display" and value not in DISPLAYS:
                yield f"style.css: display: {value}"
            if one.name == "font-family" and re.search(r"(^|,\s*)(html|body|p)\b", selector):
                yield "style.css: a face for the text"
            if one.name == "line-height" and not re.fullmatch(r"[\d.]+", value):
                yield f"style.css: line-height: {value}"


RULES: tuple[Rule, ...] = (
    language, package, weight, claims, navigation, page_list, pictures, grounds, cover, tables, notes, markup, styles,
)  # fmt: skip


def lint(files: Files) -> list[str]:
    """Give all that is wrong with an e-book."""
    return [fault for rule in RULES for fault in rule(files)]


def for_kindle(files: Files) -> list[str]:
    """Give what Send to Kindle or KDP would refuse or spoil, besides."""
    drawings = [f"{name}: Kindle draws no text in SVG, and few drawings" for name in files if name.endswith(".svg")]
    comments = [f"{name}: -- in a comment" for name, data in files.items() if b"<!--" in data]
    return drawings + comments
