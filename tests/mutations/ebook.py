"""Deliberate faults in the report's e-books: most spoil a finished file, since that needs no new pages.

What is spoilt is found by its markup rather than its words, so that the report's authors stay free to write.
"""

import io
import re
import zipfile

from tests.check.spoilers import SPOILERS, Spoiler, in_epub
from tests.mutations import Mutation

OPF, NAV, NCX, CSS = "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/style.css"
SIGNS, ROW, COVER = "EPUB/chapter-stop-signs.xhtml", "EPUB/exercise-band-row.xhtml", "EPUB/cover.xhtml"
PLAN, INDEX, LOG = "EPUB/chapter-ten-week-plan.xhtml", "EPUB/page-index.xhtml", "EPUB/page-log.xhtml"
ID = r"urn:uuid:[0-9a-f-]+"


def matched(name: str, pattern: str, new: str) -> Spoiler:
    """Make a spoiler that replaces the first thing in a file of an e-book that matches; it fails if nothing does."""

    def spoil(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            found = re.search(pattern, files.read(name).decode(), re.DOTALL)
        assert found, f"{name} holds nothing like {pattern}"
        return in_epub(name, found[0], found.expand(new))(data)

    return spoil


def spoilt(code: str, fault: str, spoil: Spoiler, edition: str = "epub") -> Mutation:
    """Give a mutation of a finished e-book."""
    return Mutation(fault, code, edition=edition, spoil=spoil, editions=(edition,))


MUTATIONS = [
    Mutation("the language is en-UK", "E01", "book.yaml", "language: en-US", "language: en-UK"),
    Mutation("the language is written out", "E01", "book.yaml", "language: en-US", "language: English"),
    Mutation("the identifier is cut short", "E02", "book.yaml", "urn:uuid:", "uuid:"),
    spoilt("E03", "the package has no rights", matched(OPF, r"<dc:rights>.*?</dc:rights>", "")),
    spoilt("E03", "old contents have another identifier", matched(NCX, ID, "urn:uuid:0")),
    spoilt("E04", "the page of stop signs has no language", in_epub(SIGNS, ' lang="en-US"', "")),
    spoilt("E05", "the index weighs 500 kB", in_epub(INDEX, "</body>", f"<p>{'word ' * 100_000}</p></body>")),
    spoilt("E08", "a drawing is without its white ground", matched("EPUB/images/posture.svg", r"<rect [^>]*/>", "")),
    spoilt("E09", "the cover is not marked", in_epub(OPF, ' properties="cover-image"', "")),
    spoilt("E10", "long descriptions are claimed", in_epub(OPF, ">readingOrder<", ">longDescription<")),
    spoilt("E10", "pictures are told by one too few", matched(OPF, r"(words: )\d+", r"\g<1>1")),
    spoilt("E12", "conformance is claimed, and nobody certified it", SPOILERS["standard"]),
    spoilt("E13", "contents skip the stop signs", in_epub(NAV, 'href="chapter-stop-signs.xhtml"', 'href="page-log.xhtml"')),
    spoilt("E14", "no landmark leads to the index", in_epub(NAV, ' epub:type="index"', "")),
    spoilt("E15", "the list of pages skips page 6", matched(NAV, r'<li><a href="[^"]*#page-6">6</a></li>', "")),
    spoilt("E15", "the mark of a page is seen", matched(SIGNS, r'epub:type="pagebreak"/>', 'epub:type="pagebreak">6</span>')),
    Mutation(
        "the mark of page 7 is on page 6", "E19", edition="epub", editions=("letter", "epub"),
        spoil=matched(SIGNS, r'(<p>.*?)(<span id="page-7"[^>]*/>)', r"\2\1"),
    ),
    spoilt("E16", "the zip's first file is squeezed", SPOILERS["squeezed-kind"]),
    spoilt("E17", "a drawing with words in a Kindle book", SPOILERS["words-in-svg"], "kindle"),
    spoilt("E18", "a file lies about that nothing lists", SPOILERS["unlisted"]),
    spoilt("E20", "a picture of a move has no words", matched(ROW, r'alt="[^"]+"', 'alt=""')),
    spoilt("E21", "the cover's words run on", matched(COVER, r'\."( role="doc-cover")', r'"\1')),
    spoilt("E22", "a week of the log has no caption", matched(LOG, r"<caption>.*?</caption>", "")),
    spoilt("E23", "a week of the log stands in no box that scrolls", in_epub(LOG, 'class="wide"', 'class="week"')),
    spoilt("E25", "a script on the page of stop signs", in_epub(SIGNS, "</section>", "<script/></section>")),
    spoilt("E26", "a style in the page of stop signs", in_epub(SIGNS, "<li>", '<li style="color: red">')),
    spoilt("E27", "the plan names a page of paper", in_epub(PLAN, "</section>", "<p>See page 24.</p></section>")),
    spoilt("E28", "a chapter's title is a lower heading", matched(SIGNS, r"<h1(.*?)</h1>", r"<h2\1</h2>")),
    spoilt("E29", "the index has a kind and no role", in_epub(INDEX, 'role="doc-index"', "")),
    spoilt("E30", "a link of the index leads nowhere", matched(INDEX, r'(class="locator" href="[^"#]+)#[^"]+', r"\1#gone")),
    spoilt("E31", "one stop sign is lost", matched(SIGNS, r"<ul>\s*<li>(?:(?!</li>).){60,}?</li>(.*?)</ul>", r"<ul>\1</ul>")),
    spoilt("E40", "boxes flow side by side", in_epub(CSS, ".sides {", ".sides { display: flex;")),
    spoilt("E41", "stop signs are red", in_epub(CSS, ".red-flag {", ".red-flag { color: #c00;")),
    spoilt("E42", "the text has a size in points", in_epub(CSS, "body {", "body { font-size: 11pt;")),
    spoilt("E43", "lists for menus show", in_epub(CSS, "[hidden] { display: none; }", "")),
]  # fmt: skip
