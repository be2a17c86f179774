"""What can be done to the stock book's finished e-books: texts changed, files added and packed otherwise, by name.

`TEXTS` has the changes of one text: (file, text, what it becomes). A name that begins with "near" does what a rule
must not mind.
"""

import io
import random
import zipfile
from collections.abc import Callable

from PIL import Image

from tests.check.spoilers import SPOILERS, Spoiler, in_epub, spoiler

OPF, NAV, NCX, CSS = "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/style.css"
DOUGH, LOG, COVER = "EPUB/chapter-dough.xhtml", "EPUB/page-log.xhtml", "EPUB/cover.xhtml"
LOAF, SMALL_SVG = "EPUB/images/loaf.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
P, META = "<p>Weigh", '<meta name="cover"'
FOLD = "EPUB/exercise-stretch-and-fold.xhtml"
MIX = '<navLabel><text>How do you mix it?</text></navLabel><content src="chapter-dough.xhtml#step-mix"/>'
MARK_6 = '<span id="page-6" role="doc-pagebreak" aria-label="Page 6. " epub:type="pagebreak"/>'
STANDARD = '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
FEATURE = '<meta property="schema:accessibilityFeature">{}</meta>'
TWO = [FEATURE.format("tableOfContents"), FEATURE.format("structuralNavigation")]
RULES = "body { margin: 0 5%; line-height: 1.5; }"
NEAR_CSS = (
    "/* display: flex */ @font-face { font-family: own; src: url(own.ttf) } body { margin: 0 4%; line-height: 1; }"
)
TEXTS = {
    # the package
    "no-rights": (OPF, "<dc:rights>Copy it as you like.</dc:rights>", ""),
    "other-title": (OPF, ">Your weekly loaf</dc:title>", ">The weekly loaf</dc:title>"),
    "no-title-type": (OPF, 'property="title-type"', 'property="file-as"'),
    "no-modified": (OPF, "dcterms:modified", "dcterms:issued"),
    "generator": (OPF, META, f'<meta name="generator" content="x"/>{META}'),
    "other-number": (NCX, "urn:uuid:5a3c", "urn:uuid:5a3d"),
    "near-one-subject": (OPF, "<dc:subject>Bread</dc:subject>", ""),
    "package-without-language": (OPF, 'xml:lang="en-GB"', ""),
    "page-in-english": (DOUGH, ' lang="en-GB"', ' lang="en"'),
    "near-foreign-word": (DOUGH, P, f'<p><i lang="fr" xml:lang="fr">Voilà</i></p>{P}'),
    "false-claim": (OPF, ">readingOrder<", ">longDescription<"),
    "retired-claim": (OPF, ">unlocked<", ">printPageNumbers<"),
    "no-alt-of-loaf": (DOUGH, 'alt="A round loaf, cut in half, with small holes."', 'alt=""'),
    "other-summary": (OPF, "4 in all", "5 in all"),
    "near-claims-in-other-order": (OPF, "\n    ".join(TWO), "\n    ".join(TWO[::-1])),
    "standard": (OPF, META, STANDARD + META),
    "near-certified": (OPF, META, f'{STANDARD}<meta property="a11y:certifiedBy">A. Baker</meta>{META}'),
    "vague-standard": (OPF, META, f'<meta property="dcterms:conformsTo">WCAG AA</meta>{META}'),
    "access-api": (OPF, "schema:accessibilitySummary", "schema:accessibilityAPI"),
    "no-page-source": (OPF, 'property="pageBreakSource"', 'property="dcterms:source"'),
    # the ways through it
    "contents-astray": (NAV, 'href="chapter-words-to-know.xhtml"', 'href="page-log.xhtml"'),
    "old-contents-deep": (NCX, f"{MIX}</navPoint>", f'{MIX}<navPoint id="deep" playOrder="99">{MIX}</navPoint></navPoint>'),
    "contents-not-read": (OPF, '<itemref idref="nav"/>', ""),
    "near-other-words": (NAV, ">Words to know<", ">Words<"),
    "other-landmark": (NAV, 'epub:type="bibliography"', 'epub:type="index"'),
    "page-list-astray": (NAV, "#page-3", "#page-4"),
    "silent-mark": (DOUGH, 'aria-label="Page 5. "', 'aria-label="Page. "'),
    "seen-mark": (LOG, 'epub:type="pagebreak"/>', 'epub:type="pagebreak">9</span>'),
    "near-mark-in-french": (DOUGH, 'aria-label="Page 5. "', 'aria-label="Page n° 5 "'),
    "mark-gone": (DOUGH, MARK_6, ""),
    "mark-early": (DOUGH, P, f"<p>{MARK_6}Weigh"),
    "near-mark-late": (DOUGH, f"{MARK_6}Do this", f"Do {MARK_6}this"),
    "two-titles": (DOUGH, '<h2 id="step-mix">How do you mix it?</h2>', '<h1 id="step-mix">How do you mix it?</h1>'),
    "no-title": (LOG, '<h1 id="page-log-title">Loaf log</h1>', '<p id="page-log-title">Loaf log</p>'),
    "skipped-level": (DOUGH, P, f"<h4>To begin with</h4>{P}"),
    "near-third-level": (DOUGH, "<p>Stir", "<h3>By hand</h3><p>Stir"),
    "dead-link": (DOUGH, "#exercise-stretch-and-fold", "#fold"),
    "id-twice": (DOUGH, P, f'<p id="step-mix">Mix.</p>{P}'),
    "near-link-outside": (DOUGH, P, f'<p><a href="https://example.org/#x">More</a></p>{P}'),
    "other-picture-listed": (OPF, 'href="images/loaf.svg"', 'href="images/bun.svg"'),
    "web-font": (OPF, '<item href="style.css"', '<item href="own.woff2" id="own" media-type="font/woff2"/><item href="style.css"'),
    "one-more-listed": (OPF, '<item href="style.css"', '<item href="images/more.svg" id="more" media-type="image/svg+xml"/><item href="style.css"'),
    # the pages
    "no-source-of-loaf": (DOUGH, 'src="images/loaf.svg"', 'src=""'),
    "nameless-drawing": (DOUGH, P, f"{SMALL_SVG.format('')}{P}"),
    "near-ornament": (DOUGH, P, f'<p><img src="images/loaf.svg" alt="" role="presentation"/></p>{P}'),
    "cover-without-stop": (COVER, "and time.", "and time"),
    "alt-is-file-name": (DOUGH, 'alt="A round loaf, cut in half, with small holes."', 'alt="loaf.svg"'),
    "long-alt": (FOLD, "held by two fingers.", f"held by {'two and ' * 30}two fingers."),
    "near-question-on-cover": (COVER, "and time.", "and time?"),
    "no-caption": (DOUGH, "<caption>How hot, and how long</caption>", ""),
    "no-scope": (LOG, '<th scope="row">', "<th>"),
    "near-rows-alone": (DOUGH, '<th scope="col">Step</th>', "<td>Step</td>"),
    "wide-log": (LOG, 'class="wide"', 'class="narrow"'),
    "near-three-columns": (DOUGH, 'class="wide"', 'class="narrow"'),
    "note-is-none": (DOUGH, 'epub:type="footnote"', ""),
    "note-leads-nowhere": (DOUGH, 'role="doc-backlink"', 'role="link"'),
    "script": (DOUGH, P, f'<script src="style.css"></script>{P}'),
    "picture-from-outside": (DOUGH, 'src="images/', 'src="https://example.org/'),
    "no-declaration": (DOUGH, '<?xml version="1.0" encoding="utf-8"?>\n', ""),
    "style-in-page": (DOUGH, P, '<p style="color: black">Weigh'),
    "comment": (DOUGH, P, f"<!-- more salt? -->{P}"),
    "empty-frame": (DOUGH, P, f'<div class="frame"></div>{P}'),
    "near-class": (DOUGH, P, '<p class="lede">Weigh'),
    "printed-page": (DOUGH, "<p>Stir", "<p>Stir (page\N{NO-BREAK SPACE}3)"),
    "near-three-pages": (DOUGH, "<p>Stir", "<p>In 3 pages (page by page), stir"),
    "no-role": (DOUGH, ' role="doc-chapter"', ""),
    "near-no-type": (DOUGH, ' epub:type="chapter"', ""),
    "lost-words": (DOUGH, "<p>Stir until no dry flour is left.", "<p>"),
    "near-bold-words": (DOUGH, "no dry flour", "<strong>no</strong> dry flour"),
    "half-a-megabyte": (DOUGH, "</body>", f"<p>{'salt ' * 100_000}</p></body>"),
    "near-a-quarter": (DOUGH, "</body>", f"<p>{'salt ' * 50_000}</p></body>"),
    # pictures and cover
    "clear-loaf": (LOAF, '<rect x="0" y="0" width="120" height="60" fill="#FFFFFF"/>', ""),
    "near-white-loaf": (LOAF, 'fill="#FFFFFF"', 'fill="#fff"'),
    "more-than-a-cover": (COVER, "<img", "<p>More.</p><img"),
    "no-cover-image": (OPF, ' properties="cover-image"', ""),
    "no-old-cover": (OPF, '<meta name="cover" content="cover-image"/>', ""),
    # the style sheet
    "flex": (CSS, RULES, f"{RULES} ul {{ display: flex; }}"),
    "fixed-box": (CSS, RULES, f"{RULES} h1 {{ position: fixed; }}"),
    "calc": (CSS, RULES, f"{RULES} h1 {{ margin: calc(1em + 2%); }}"),
    "has": (CSS, "figure img {", "figure:has(img) {"),
    "media": (CSS, RULES, f"{RULES} @media (min-width: 40em) {{ p {{ margin: 0; }} }}"),
    "near-font-face": (CSS, RULES, NEAR_CSS),
    "black-text": (CSS, RULES, "body { margin: 0 5%; color: black; }"),
    "gray-border": (CSS, "border: 1px solid", "border: 1px solid gray"),
    "near-thick-border": (CSS, "border: 1px solid", "border: 2px dashed"),
    "own-face": (CSS, RULES, "body { font-family: serif; }"),
    "stiff-lines": (CSS, "font-size: 1.25em; line-height: 1.3", "font-size: 1.25em; line-height: 24px"),
    "stiff-type": (CSS, "h3 { font-size: 1.05em", "h3 { font-size: 12pt"),
    "near-face-of-headings": (CSS, RULES, "h4 { font-family: serif; line-height: 1.3; border-bottom: 1px solid; }"),
    "nothing-hidden": (CSS, "[hidden] { display: none; }", ""),
    "near-hidden": (CSS, "[hidden] { display: none; }", "[hidden]{display:none}"),
}  # fmt: skip
SPOILERS |= {name: in_epub(*change) for name, change in TEXTS.items()}


def repacked(change: Callable[[dict[str, bytes]], dict[str, bytes]], *, stored: bool = True) -> Spoiler:
    """Make a spoiler that packs the files of an e-book, as changed, into a new zip."""

    def spoil(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in change({name: old.read(name) for name in old.namelist()}).items():
                plain = (stored and name == "mimetype") or len(content) > 1_000_000
                made.writestr(name, content, zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED)
        return out.getvalue()

    spoil.__name__ = change.__name__
    return spoil


def holding(name: str, content: bytes) -> Spoiler:
    """Make a spoiler that puts a file into an e-book, in place of the one of that name if there is one."""
    return repacked(lambda files: {**files, name: content})


def dots(kind: str, wide: int, high: int, *, noise: bool = False) -> bytes:
    """Give a picture of so many dots."""
    out = io.BytesIO()
    data = random.Random(1).randbytes(wide * high * 3) if noise else bytes(wide * high * 3)
    Image.frombytes("RGB", (wide, high), data).save(out, kind)
    return out.getvalue()


SPOILERS |= {
    "squeezed-kind": repacked(dict, stored=False),
    "near-packed-again": repacked(dict),
    "name-with-space": holding("EPUB/images/my loaf.svg", b"<svg/>"),
    "unlisted": holding("EPUB/notes.txt", b"Buy salt."),
    "one-more": holding("EPUB/images/more.svg", SMALL_SVG.format("").encode()),
    "near-thumbs": holding("META-INF/com.example.options.xml", b"<options/>"),
    "twenty-one-megabytes": holding("EPUB/sounds.bin", bytes(21_000_000)),
    "near-nineteen-megabytes": holding("EPUB/sounds.bin", bytes(19_000_000)),
    "heavy-cover": holding("EPUB/images/cover.jpg", dots("PNG", 800, 800, noise=True)),
    "small-cover": holding("EPUB/images/cover.jpg", dots("JPEG", 625, 1000)),
    "near-other-cover": holding("EPUB/images/cover.jpg", dots("JPEG", 1600, 2560)),
    "words-in-svg": holding(LOAF, SMALL_SVG.format("<text>Loaf</text>").encode()),
    "near-svg": holding(LOAF, SMALL_SVG.format("").encode()),
}


@spoiler
@repacked
def many_drawings(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {f"EPUB/images/more-{number}.svg": SMALL_SVG.format("").encode() for number in range(26)}


@spoiler
@repacked
def clear_png(files: dict[str, bytes]) -> dict[str, bytes]:
    out = io.BytesIO()
    Image.new("RGBA", (9, 9)).save(out, "PNG")
    return files | {"EPUB/images/bun.png": out.getvalue()}
