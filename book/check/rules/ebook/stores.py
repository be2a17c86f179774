"""What stores and old readers ask of an e-book: its language, its number, its weight, its pictures, its cover."""

import io
from collections.abc import Iterator
from functools import partial

from lxml import etree
from PIL import Image

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.ebook import Opened, in_each_ebook
from book.check.views.languages import LANGUAGES, REGIONS
from book.model.place import MANIFEST
from book.render.tree import select, value

MB, KB = 1_000_000, 1_000
STORES = {"Barnes & Noble": 20, "Kobo": 100, "Amazon": 650}  # megabytes of the finished file
BY_MAIL = {"Send to Kindle by e-mail": 50}
APPLE_PIXELS = 5_600_000
COVER, COVER_SIZE = "images/cover.jpg", (1600, 2560)
SVG_AT_MOST = 25  # pictures of a Kindle book, before it loses Enhanced Typesetting
RASTERS = (".png", ".jpg", ".jpeg")
WHITES = {"#FFFFFF", "#FFF", "WHITE"}


@rule(
    "E01", "error", "The book's language is none that stores know.",
    hint="Write two small letters for the language and two capitals for the region, like en-GB.",
    source="BCP 47 with ISO 639-1 and ISO 3166-1; Send to Kindle refuses others (E999, cs249r_book #1148)",
    needs="told",
)  # fmt: skip
def language(proof: Proof) -> Iterator[Fault]:
    """See that language and region are in the standards' lists."""
    yield from proof.told_of("E01")
    if not proof.reaches("book"):
        return
    given = proof.book.manifest.language
    first, *rest = given.split("-")
    at = proof.line(MANIFEST, "language")
    if len(first) == 2 and first not in LANGUAGES:
        yield Fault(at, f'the language {given} begins with "{first}", which is no language of ISO 639. Mend it.')
    for region in rest:
        if len(region) == 2 and region not in REGIONS:
            said = f'the language {given} names the region "{region}", which is none of ISO 3166. '
            yield Fault(at, f"{said}Mend it, or leave the region out.")


@rule(
    "E02", "error", "The book has no number of its own that lasts.",
    hint="Make a number once with `python -c 'import uuid; print(uuid.uuid4().urn)'`, and never change it.",
    source="EPUB 3.3 on dc:identifier: it is unique; ISO 2108 for the last digit of an ISBN",
    needs="told",
)  # fmt: skip
def identifier(proof: Proof) -> Iterator[Fault]:
    """See that the identifier is one of the book alone; what else it must be, its reading tells."""
    yield from proof.told_of("E02")
    if not proof.reaches("book"):
        return
    _, kind, number = proof.book.manifest.identifier.split(":")
    at = proof.line(MANIFEST, "identifier")
    if kind == "uuid" and len(set(number.replace("-", ""))) == 1:
        yield Fault(at, "the identifier is a blank one, so other books have it, too. Make one of your own.")


@rule(
    "E05", "warning", "The e-book is heavy for an old reader or a slow line.",
    hint="Make pictures smaller or cut the chapter in two; or raise the bars under check.ebook in book.yaml.",
    source="The book's own bars; by default 10 MB in all, 300 kB a file, 1.5 MB a picture (Standard Ebooks f-016)",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def weight(book: Opened) -> Iterator[Fault]:
    """Weigh the e-book, its pages and its pictures."""
    bars = book.proof.checks.ebook
    whole = sum(map(len, book.files.values())) / MB
    if whole > bars.whole_mb:
        said = f"the e-book's files weigh {whole:.1f} MB; the bar is {bars.whole_mb:g} MB. Make pictures smaller."
        yield Fault(book.key("title"), said)
    for name, data in book.files.items():
        if name.endswith(".xhtml") and len(data) / KB > bars.page_kb:
            said = f"this page weighs {len(data) / KB:.0f} kB; the bar is {bars.page_kb:g} kB. Cut it in two."
            yield book.of(name, said)
        if name.endswith(RASTERS) and len(data) / MB > bars.picture_mb:
            said = (
                f"the picture weighs {len(data) / MB:.1f} MB; the bar is {bars.picture_mb:g} MB. Save it smaller."
            )
            yield Fault(book.picture(name), said, seen=name)


@rule(
    "E06", "error", "The e-book's file is larger than a store takes.",
    hint="Make pictures smaller or fewer; the message names who would refuse the file.",
    source="Vellum's list of store limits (help.vellum.pub/file-size); Amazon's help on Send to Kindle: 50 MB",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def stores(book: Opened) -> Iterator[Fault]:
    """Hold the finished file against what each store takes."""
    limits = STORES | (BY_MAIL if book.ebook.edition.pictures == "png" else {})
    size = len(book.ebook.data) / MB
    refusing = [f"{store} takes {most} MB" for store, most in limits.items() if size > most]
    if refusing:
        said = f"the file has {size:.0f} MB, and {', '.join(refusing)}. Make pictures smaller."
        yield Fault(book.key("title"), said)


@rule(
    "E07", "error", "A picture has more dots than Apple Books takes.",
    hint="Save the picture with fewer dots: 2000 wide is enough for any screen.",
    source="Apple Books Asset Guide: a picture has at most 5.6 million pixels",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def picture_sizes(book: Opened) -> Iterator[Fault]:
    """Count the dots of each picture."""
    for name, (wide, high), _ in _rasters(book):
        if wide * high > APPLE_PIXELS:
            said = f"the picture is {wide} by {high} dots, over 5.6 million. Save it with fewer."
            yield Fault(book.picture(name), said, seen=name)


@rule(
    "E08", "error", "A picture would vanish on a black page, since the page shines through it.",
    hint="Give the picture a white ground; the builder does so for all that it can read.",
    source="Apple Books Asset Guide (black ground at night); Kobo's EPUB guidelines: no transparent pictures",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def grounds(book: Opened) -> Iterator[Fault]:
    """See that drawings begin with white paper as large as they are, and that no dots are clear."""
    clear = [name for name, _, through in _rasters(book) if through]
    drawings = (name for name in book.files if name.endswith(".svg"))
    for name in [*clear, *(name for name in drawings if not _has_paper(book, name))]:
        said = "the picture has no ground of its own, so its dark lines are lost at night. Lay white below it."
        yield Fault(book.picture(name), said, seen=name)


@rule(
    "E09", "error", "The cover is not as stores and shelves want it.",
    hint="Leave the cover to the builder: one JPEG of 1600 by 2560 dots, alone on its page.",
    source="KDP: 1600 by 2560 is ideal; Apple: an img, not svg; Kobo: a file of its own; Kindle: meta name cover",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def cover(book: Opened) -> Iterator[Fault]:
    """See that the cover is large, alone on its page, and told to readers old and new."""
    fault = partial(Fault, book.key("title"), seen="cover.xhtml")
    if COVER not in book.files:
        yield fault("the e-book has no picture of its cover. Build it again.")
        return
    with Image.open(io.BytesIO(book.files[COVER])) as picture:
        if (picture.size, picture.mode, picture.format) != (COVER_SIZE, "RGB", "JPEG"):
            wide, high = picture.size
            yield fault(f"the cover is a {picture.format} of {wide} by {high}; stores want a JPEG of 1600 by 2560.")
    page = book.tree("cover.xhtml")
    if len(select(page, "//body//*")) != 2 or not select(page, "//img[@role='doc-cover']"):
        yield fault("the cover shares its page with something else. Give it a page of its own.")
    if not select(book.package, "//item[@properties='cover-image' and @media-type='image/jpeg']"):
        yield fault("the package does not say which picture is the cover, so shelves show none. Mark it.")
    if not select(book.package, "//meta[@name='cover' and @content=//item/@id]"):
        yield fault("the package does not name the cover for old Kindles. Add the meta element cover.")


@rule(
    "E17", "error", "The Kindle edition holds what Kindles refuse or spoil.",
    hint="An edition for Kindles is to be like the edition kindle, which carries dots for drawings.",
    source="Kindle Publishing Guidelines: no text in SVG, and 25 SVG at most with Enhanced Typesetting",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def kindle(book: Opened) -> Iterator[Fault]:
    """See what Send to Kindle and KDP are known to stumble over; of the edition for Kindles alone."""
    if book.ebook.edition.pictures != "png":
        return
    drawings = [name for name in book.files if name.endswith(".svg")]
    if len(drawings) > SVG_AT_MOST:
        said = f"the e-book has {len(drawings)} SVG drawings; over {SVG_AT_MOST}, Kindles set its text worse."
        yield Fault(book.key("title"), f"{said} Carry dots instead.", seen=drawings[0])
    for name in drawings:
        if b"<text" in book.files[name]:
            said = "Kindles do not draw the words in this SVG. Carry dots instead, or draw the words as lines."
            yield Fault(book.picture(name), said, seen=name)


def _rasters(book: Opened) -> Iterator[tuple[str, tuple[int, int], bool]]:
    """Give the pictures in dots: name, size, and whether anything shines through."""
    for name, data in book.files.items():
        if name.endswith(RASTERS):
            with Image.open(io.BytesIO(data)) as picture:
                yield name, picture.size, picture.has_transparency_data


def _has_paper(book: Opened, name: str) -> bool:
    """Say whether a drawing has a white rectangle as large as its viewBox."""
    root = etree.fromstring(book.files[name])
    view = (root.get("viewBox") or "").replace(",", " ").split()
    papers = (rect for rect in root.iter("{*}rect") if value(rect, "fill").upper() in WHITES)
    return any(
        [rect.get("x", "0"), rect.get("y", "0"), *map(rect.get, ("width", "height"))] == view for rect in papers
    )
