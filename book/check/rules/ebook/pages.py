"""The pages of an e-book: their pictures, tables and notes, markup that readers take, and no word lost."""

import re
from collections.abc import Iterator

from book.assemble.media import copy_for
from book.check.fault import Fault
from book.check.rule import rule
from book.check.source_map import letters
from book.check.views.ebook import Opened, in_each_ebook
from book.render.elements import TABLE_COLUMNS
from book.render.tree import Tree, select, text_blocks, value

LONGEST_ALT = 250  # letters
FILE_NAME = re.compile(r"\.(svg|png|jpe?g)\b|\b(img|image|dsc)[-_]?\d", re.IGNORECASE)
ENDS = (".", "!", "?", "…")
REFUSED = "//script | //style | //iframe | //form | //input | //object | //embed | //video | //audio"
OUTSIDE = "//img[contains(@src, ':')] | //link[contains(@href, ':')] | //*[@srcset]"
LEFT_OVER = "//*[@style or @bgcolor or @color or @align or @*[starts-with(name(), 'data-')]]"
WAITING = "//*[contains(concat(' ', @class, ' '), ' frame ')] | //figure[contains(@class, 'place')]"
LEAST = 12  # letters: a shorter block stands elsewhere by chance


@rule(
    "E20", "error", "A picture of the e-book says nothing to those who cannot see it.",
    hint="Say in alt what is seen; a mere ornament has an empty alt and the role presentation.",
    source="WCAG 2.2, 1.1.1; Standard Ebooks s-004; Ace was measured not to look at inline SVG",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def pictures(book: Opened) -> Iterator[Fault]:
    """See that each picture is one, and has words or is told to be an ornament."""
    for name, page in book.pages:
        for picture in page.iter("img"):
            if not value(picture, "src"):
                yield book.on(name, picture, "a picture names no file. Name it, or take the picture out.")
            if not value(picture, "alt").strip() and picture.get("role") != "presentation":
                yield book.on(name, picture, "a picture has no alt text. Say what it shows.")
        for drawing in page.iter("svg"):
            if drawing.get("role") != "img" or drawing.find("title") is None:
                yield book.on(
                    name, drawing, "a drawing within the page has no title. Give it one, and the role img."
                )


@rule(
    "E21", "warning", "Words that the builder gives a picture are not fit to be read out.",
    hint="Mend the label in book.yaml that they come from: a sentence of 250 letters at most.",
    source="Standard Ebooks t-026: alt text ends with a full stop, where a voice pauses",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def picture_words(book: Opened) -> Iterator[Fault]:
    """Look at alt texts that no author's file has as they are; those are seen to where they stand."""
    for name, page in book.pages:
        for picture in page.iter("img"):
            alt = value(picture, "alt").strip()
            if not alt or _is_authors(book, alt):
                continue
            if len(alt) > LONGEST_ALT:
                said = f"the words of a picture have {len(alt)} letters; {LONGEST_ALT} are enough. Shorten them."
                yield book.on(name, picture, said)
            if FILE_NAME.search(alt):
                yield book.on(
                    name, picture, f'the words of a picture, "{alt}", are a file name. Say what it shows.'
                )
            elif not alt.endswith(ENDS):
                said = f'the words of a picture, "{alt}", have no full stop, so a voice runs on. End them with one.'
                yield book.on(name, picture, said)


@rule(
    "E22", "error", "A table of the e-book cannot be understood by ear.",
    hint="Give the table a caption and headings: the line \"Table: …\" above it, and a row of headings.",
    source="WCAG 2.2, 1.3.1; EPUBCheck ACC-005 and ACC-012",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def tables(book: Opened) -> Iterator[Fault]:
    """See that each table has a caption, and headings that say for what they are."""
    for name, page in book.pages:
        for table in page.iter("table"):
            if not select(table, "./caption[normalize-space()]"):
                yield book.on(
                    name, table, "a table has no caption, so a listener does not know what it is for. Add one."
                )
            if not select(table, ".//th[@scope]") or select(table, ".//th[not(@scope)]"):
                yield book.on(name, table, "a table has headings of no column or row. Give each its scope.")


@rule(
    "E23", "warning", "A table is too wide for a phone.",
    hint="Split the table; four columns fit, and eight rows or fewer get a box that scrolls.",
    source="Kobo's EPUB guidelines: four columns; measured at 320 px: a table of four columns took 349",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def wide_tables(book: Opened) -> Iterator[Fault]:
    """Count the columns of tables that stand in no box that scrolls, and look for tables in tables."""
    for name, page in book.pages:
        for table in select(page, "//table[not(parent::*[@class='wide'])]"):
            columns = max((len(row) for row in table.iter("tr")), default=0)
            if columns > TABLE_COLUMNS:
                said = f"this table has {columns} columns; phones show {TABLE_COLUMNS}. Split it."
                yield book.on(name, table, said)
            if select(table, "ancestor::table"):
                yield book.on(name, table, "a table stands within a table, which Kindles refuse. Take them apart.")


@rule(
    "E24", "error", "A note and its mark in the text do not lead to each other.",
    hint="Write a note as [^1] in the text and [^1]: … below; the builder does the rest.",
    source="EPUB Structural Semantics: noteref, footnote, backlink; DAISY: both ways; Apple Books' pop-up notes",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def notes(book: Opened) -> Iterator[Fault]:
    """Follow each mark to its note and back."""
    for name, page in book.pages:
        marks = select(page, "//*[@role='doc-noteref' or @epub='noteref' or @class='noteref'][@href]")
        asides = select(page, "//*[@role='doc-footnote' or @epub='footnote' or @class='note']")
        ids = {value(note, "id"): note for note in asides}
        for one, role in [*((mark, "noteref") for mark in marks), *((note, "footnote") for note in asides)]:
            if (one.get("role"), one.get("epub")) != (f"doc-{role}", role):
                yield book.on(
                    name,
                    one,
                    f"readers do not know this as a {role}, so it does not pop up. Give it role and type.",
                )
        for mark in marks:
            note = ids.pop(value(mark, "href").removeprefix("#"), None)
            if note is None:
                yield book.on(
                    name, mark, "this mark leads to no note of its page. Write the note, or take the mark out."
                )
            elif not select(note, f".//a[@role='doc-backlink' and @href='#{value(mark, 'id')}']"):
                yield book.on(name, note, "this note does not lead back to its mark. Give it a link back.")
        for note in ids.values():
            yield book.on(name, note, "no mark in the text leads to this note. Set one, or take the note out.")


@rule(
    "E25", "error", "A page holds what readers refuse or stores take the book off for.",
    hint="An e-book carries all that it shows, and neither scripts nor forms.",
    source="Kindle Publishing Guidelines: no scripts, no forms; EPUBCheck RSC-006 on remote things",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def refused(book: Opened) -> Iterator[Fault]:
    """See that pages have no scripts, styles, forms or films of their own, and fetch nothing."""
    for name, page in book.pages:
        if not book.files[name].startswith(b"<?xml"):
            yield book.of(
                name, "this page does not begin as XML, and Send to Kindle may refuse it. Add the declaration."
            )
        for element in select(page, REFUSED):
            yield book.on(name, element, f"the element {element.tag} is refused by readers or stores. Take it out.")
        for element in select(page, OUTSIDE):
            source = element.get("src") or value(element, "href")
            yield book.on(name, element, f'the page fetches "{source}" from outside. Put the file into the book.')


@rule(
    "E26", "error", "A page carries leftovers: styles of its own, comments, marks of the builder, empty frames.",
    hint="Looks belong into styles/epub.css; a frame waits for its picture, so draw it.",
    source="Kindle Previewer fails at styles in pages (quarto #11948), Send to Kindle at comments with --",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def leftovers(book: Opened) -> Iterator[Fault]:
    """Look for what should have been taken off on the way to the e-book."""
    for name, page in book.pages:
        for found in select(page, LEFT_OVER):
            keys = ", ".join(
                key for key in map(str, found.attrib) if re.match(r"style|bgcolor|color|align|data-", str(key))
            )
            yield book.on(
                name, found, f"the element {found.tag} carries {keys}, which readers override. Take it off."
            )
        for comment in select(page, "//comment()"):
            yield Fault(
                book.at(name), f'the page has a comment: "{(comment.text or "").strip()}". Take it out.', seen=name
            )
        for frame in select(page, WAITING):
            yield book.on(name, frame, "an empty frame waits here for its picture. Draw it, or take the frame out.")


@rule(
    "E27", "error", "The e-book's text names a page of the printed edition.",
    hint="Link to the place instead: [words](chapter:name). Paper then gets the page, and screens the link.",
    source="EPUB Accessibility Techniques: no printed page numbers in text; a reflowing page has none",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def printed_pages(book: Opened) -> Iterator[Fault]:
    """Look for the book's word for a page, and a number behind it, outside the list of printed pages."""
    word = re.compile(rf"\b{re.escape(book.proof.book.manifest.labels.page)}\s\d+", re.IGNORECASE)
    for name, page in book.pages:
        for block in text_blocks(page):
            text = "".join(getattr(element, side) for element, side in block)
            if found := word.search(text):
                said = f'"{found[0]}" is a page of paper, and an e-book has none. Link to the place instead.'
                yield Fault(book.at(name, text), said, seen=name)


@rule(
    "E31", "error", "Words of a chapter are missing in the e-book.",
    hint="Readers of the e-book are to read what readers of paper read; tell who looks after the builder.",
    source="One text, several editions: docs/editions.md; a stop sign that one edition drops can harm",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def same_words(book: Opened) -> Iterator[Fault]:
    """See that each block of a rendered chapter or exercise is in its page, apart from what is for paper alone."""
    for section, _ in book.proof.sections():
        name = f"{section.html_id}.xhtml"
        there = letters("".join(map(str, book.tree(name).itertext())))
        for block in _blocks(section.tree):
            bare = letters(block)
            if len(bare) >= LEAST and bare not in there:
                said = (
                    f'"{" ".join(block.split())[:60]}" is not in the e-book, and on paper it is. Mend the builder.'
                )
                yield Fault(book.at(name, block), said, seen=name)


def _blocks(tree: Tree) -> Iterator[str]:
    """Give the texts of a rendered section's blocks, without what is for paper alone."""
    for block in text_blocks(copy_for(tree, "screen", "ebook")):
        yield "".join(getattr(element, side) for element, side in block)


def _is_authors(book: Opened, alt: str) -> bool:
    """Say whether a text stands in the author's files as it is."""
    sources = book.proof.source_map
    return any(letters(alt) in sources.text(file).bare for file in sources.files)
