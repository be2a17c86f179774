"""What a designer sees on whole pages: margins, what lies over what, feet, empty pages, boxes. Read from the PDFs.

What pages say is looked at in `page_words`, how lines are set in `composing`, type and colors in `print_type`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from book.assemble.paper import foot_words
from book.check.fault import Fault
from book.check.finished import Printed
from book.check.proof import Proof
from book.check.rule import rule
from book.check.source_map import LEAST, letters
from book.check.views.layout import MM, Box, Piece, Sheet
from book.check.views.paper import WHITE_MM, Paper
from book.model.place import MANIFEST, Place
from book.render.section import Section
from book.render.tree import Tree, plain, select, value

X_HEIGHT = 0.45  # of the type's size
AROUND_MM = 8  # above the frame of a sheet stands the title of the chapter it was taken from
SLACK_MM = 0.5
DOT_MM = 1 / MM  # of the pages as drawn


@rule(
    "P01", "error", "Something stands outside the frame of the page.",
    hint="Shorten it, allow it to break, or give its picture less width or height.",
    source="ISO 838 punches holes 12 mm from the edge; most printers leave 6 mm white",
    needs="pdf",
)  # fmt: skip
def outside_the_frame(proof: Proof) -> Iterator[Fault]:
    """Give the first page of each section with ink in its margins, or words below the frame."""
    yield from proof.told_of("P01")
    for paper in proof.papers:
        for page, out in paper.once_a_section(_sticking_out([sheet.ink for sheet in paper.layout.sheets], paper)):
            pieces = [piece for piece in paper.layout.sheets[page].pieces if _is_out(piece, paper)]
            if pieces:
                yield paper.told(pieces[0], f"{{}} reaches {out}. Make it smaller.")
            else:
                yield paper.fault(page, "", f"a picture or a line reaches {out}. Make it smaller.")
        for _, piece in paper.once_a_section(_below(paper)):
            yield paper.told(piece, "{} runs below the frame, into the foot. Shorten its page.")
    for printed, paper in _repeats(proof):
        known = {page for page, _ in _sticking_out([sheet.ink for sheet in paper.layout.sheets], paper)}
        other = Paper(printed, proof.rendered.sections, proof.source_map)
        found = (
            (page, out)
            for page, out in _sticking_out([ink for _, ink in printed.pages], other)
            if page not in known
        )
        for page, out in paper.once_a_section(found):
            yield paper.fault(page, "", f"something reaches {out} in the edition {printed.edition.name}. Move it.")


def _sticking_out(inks: Iterable[Box], paper: Paper) -> Iterator[tuple[int, str]]:
    """Give the pages, from 0, whose ink reaches into the margins, and say by how much."""
    for page, ink in enumerate(inks):
        if out := _sticks_out(ink, paper):
            yield page, out


def _sticks_out(ink: Box, paper: Paper) -> str:
    """Say by how much ink reaches into the margins, "" if it does not."""
    left, top, right, _ = paper.frame
    foot = paper.edition.height_mm - WHITE_MM
    above = 0 if paper.whole else AROUND_MM
    over = {
        "left": left - ink[0], "top": top - above - ink[1], "right": ink[2] - right, "bottom": ink[3] - foot,
    }  # fmt: skip
    side = max(over, key=lambda name: over[name])
    return f"{over[side]:.0f} mm into the {side} margin" if ink[2] and over[side] > SLACK_MM + DOT_MM else ""


def _is_out(piece: Piece, paper: Paper) -> bool:
    left, top, right, _ = paper.frame
    return piece.left < left - SLACK_MM or piece.right > right + SLACK_MM or piece.baseline < top - AROUND_MM


def _below(paper: Paper) -> Iterator[tuple[int, Piece]]:
    """Give words that stand below the frame and are no running foot, with their pages."""
    for page, piece in paper.pieces():
        if piece.tag >= 0 and piece.baseline > paper.frame[3] + SLACK_MM:
            yield page, piece


def _repeats(proof: Proof) -> Iterator[tuple[Printed, Paper]]:
    """Give PDFs that say on other margins what was looked at already, each with what it repeats."""
    for printed in proof.flat_prints:
        for paper in proof.papers:
            other = printed.edition.margins_mm != paper.edition.margins_mm
            if other and printed.texts == paper.texts:
                yield printed, paper


@rule(
    "P02", "error", "Words lie over other words.",
    hint="Give them room: shorten them, or mend the style that puts them there.",
    source="What lies over other words cannot be read",
    needs="pdf",
)  # fmt: skip
def words_over_words(proof: Proof) -> Iterator[Fault]:
    """Give the first words of each section that share ink with others."""
    for paper in proof.papers:
        for _, (one, other) in paper.once_a_section(_overlapping(paper)):
            yield paper.told(other, f'{{}} lies over "{one.text.strip()}". Give them room.')


def _overlapping(paper: Paper) -> Iterator[tuple[int, tuple[Piece, Piece]]]:
    for page, sheet in enumerate(paper.layout.sheets):
        for pair in _overlaps(sheet):
            yield page, pair


def _overlaps(sheet: Sheet) -> Iterator[tuple[Piece, Piece]]:
    """Give pairs of pieces whose small letters meet."""
    waiting: list[Piece] = []
    for piece in sorted(sheet.pieces, key=_top):
        waiting = [other for other in waiting if other.baseline > _top(piece)]
        for other in waiting:
            if min(piece.right, other.right) - max(piece.left, other.left) > SLACK_MM:
                yield other, piece
        waiting.append(piece)


def _top(piece: Piece) -> float:
    """Give how far below the top of the page small letters begin, in mm."""
    return piece.baseline - X_HEIGHT * piece.size / MM


@rule(
    "P03", "error", "Words are printed where nobody sees them.",
    hint="Let the box that cuts them off grow, or take away what covers them.",
    source="WeasyPrint cuts off what a box with overflow: hidden has no room for",
    needs="pdf",
)  # fmt: skip
def unseen_words(proof: Proof) -> Iterator[Fault]:
    """Give words with no ink in their place."""
    for paper in proof.papers:
        unseen = ((page, piece) for page, piece in paper.pieces() if not piece.seen and len(piece.chars) >= LEAST)
        for _, piece in paper.once_a_section(unseen):
            yield paper.told(piece, "{} is covered or cut off. Uncover it.")


@rule(
    "P06", "error", "A page does not say at its foot what it is.",
    hint="The foot has the page's number and, in a line, the book's title, version and date.",
    source="A page that may be copied alone must say which book and version it came from",
    needs="pdf",
)  # fmt: skip
def wrong_feet(proof: Proof) -> Iterator[Fault]:
    """Give the first page of each section whose foot is not whole, or takes more lines than it should."""
    for paper in proof.papers:
        lines = [foot_words(proof.rendered, section) for section in proof.rendered.sections]
        known = {letters(foot["data-foot"]): 1 for foot in lines}
        known |= {letters(foot["data-foot-part"] + foot["data-foot-book"]): 2 for foot in lines}
        said_of = ((page, _foot_fault(page, paper, known)) for page in range(len(paper.layout.sheets)))
        for page, said in paper.once_a_section((page, said) for page, said in said_of if said):
            section = paper.section(page)
            place = Place(section.file if section else MANIFEST, 1)
            yield Fault(place, said, seen=f"{paper.edition.name}, page {page + 1}")


def _foot_fault(page: int, paper: Paper, known: Mapping[str, int]) -> str:
    """Say what is wrong with the foot of a page; `known` are the words of feet, each with its number of lines."""
    if page == 0 and paper.edition.cover:
        return ""
    sheet = paper.layout.sheets[page]
    pieces = [piece for piece in sheet.pieces if piece.tag < 0 and piece.chars[0].top > paper.layout.foot]
    folios = [piece for piece in pieces if piece.text.strip() == str(page + 1)]
    rest = [piece for piece in pieces if piece not in folios]
    lines = {round(piece.baseline, 1) for piece in rest}
    if page and not folios:
        return f"its foot has no page number {page + 1}. Let the style print it."
    said = "".join(piece.text for piece in rest)
    if letters(said) not in known:
        return f'its foot says "{said}". Let it say title, version and date.'
    if len(lines) > known[letters(said)]:
        return f'its foot takes {len(lines)} lines: "{said}". Give the part a short title, with the key "short".'
    return ""


@rule(
    "P08", "warning", "A page is almost empty.",
    hint="Take out a few words before it, or let a picture be smaller, and it goes away.",
    source="A page with a line or two is a page to turn and to print for nothing",
    needs="pdf",
)  # fmt: skip
def almost_empty(proof: Proof) -> Iterator[Fault]:
    """Give the pages within sections that use little of the frame's height."""
    least = proof.checks.pages.least_used
    for paper in proof.papers:
        _, top, _, bottom = paper.frame
        starts = {start for start, _ in paper.starts}
        for page, sheet in enumerate(paper.layout.sheets):
            used = max(0, sheet.end - top) / (bottom - top)
            if page and page not in starts and used < least:
                text = max((piece.text for piece in sheet.pieces if piece.tag >= 0), key=len, default="")
                said = f"a page holds no more than {used * 100:.0f} % of what fits on it. Shorten what is before."
                yield paper.fault(page, text, said)


@rule(
    "P10", "warning", "A page has more boxes than readers look at.",
    hint="Keep the boxes that warn, and make plain text of the others.",
    source="NHS service manual: at most two callouts a page",
    needs="pdf",
)  # fmt: skip
def many_boxes(proof: Proof) -> Iterator[Fault]:
    """Give the pages with too many callouts of the kinds that must be noticed."""
    most = proof.checks.pages.most_boxes
    for paper in (paper for paper in proof.papers if paper.whole):
        for section, pages in paper.pages_of():
            inside = {letters(plain(title)): _inside(box) for title, box in _boxes(section, proof)}
            found = [
                passage for passage in paper.passages if passage.page in pages and letters(passage.text) in inside
            ]
            for page, count in Counter(passage.page for passage in found).items():
                if count > most:
                    titles = [letters(passage.text) for passage in found if passage.page == page]
                    said = f"a page has {count} boxes. Make plain text of {count - most}."
                    yield paper.fault(page, inside[titles[most]], said)


@rule(
    "P11", "warning", "A box stands right below another.",
    hint="Put a sentence between them, or make one of them plain text.",
    source="NHS service manual, warning callouts: users overlook text between two boxes",
    needs="text",
)  # fmt: skip
def adjoining_boxes(proof: Proof) -> Iterator[Fault]:
    """Give callouts of the kinds that must be noticed with nothing between them."""
    for section, _ in proof.sections():
        boxes = {box: title for title, box in _boxes(section, proof)}
        for box, title in boxes.items():
            if box.getprevious() in boxes:
                said = f'the box "{plain(title)}" stands right below another. Put a sentence between them.'
                yield Fault(proof.at(_inside(box), section), said)


def _inside(box: Tree) -> str:
    """Give the words of a callout below its title, which can be put together."""
    return plain(box[1]) if len(box) > 1 else plain(box)


def _boxes(section: Section, proof: Proof) -> Iterator[tuple[Tree, Tree]]:
    """Give the titles of a section's callouts that must be noticed, each with its callout."""
    for box in select(section.tree, ".//*[contains(@class, 'callout')]"):
        for title in select(box, "./p[@class='callout-title']"):
            if set(value(box, "class").split()) & set(proof.checks.pages.boxes):
                yield title, box
