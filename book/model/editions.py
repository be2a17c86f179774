"""The editions a book can be built in: rows of data. A further paper is a further row; a book adds rows of its own.

Letter and A4 carry one live frame of 168 × 234 mm; only the margins differ, so lines and pages break alike and
"page 24" is true in both. The footer stands 6 mm below the frame.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from book.model.edition_rows import Row
from book.model.fields import html_id
from book.model.problems import nearest

Paper = tuple[float, float, tuple[float, float, float, float]]  # width, height, margins from the top clockwise, mm

LETTER: Paper = (215.9, 279.4, (21, 23.95, 24.4, 23.95))
A4: Paper = (210, 297, (27, 21, 36, 21))
# Sheets go from hand to hand, from desk to wall, and nobody knows on which paper. So their page is as wide as A4
# and as high as Letter: it prints at full size on both.
BOTH: Paper = (210, 279.4, (21, 21, 24.4, 21))
# Large print uses more of a page's height, and 152 mm of its width: as much as a magnifier spans
LARGE_LETTER: Paper = (215.9, 279.4, (13, 39.95, 26.4, 23.95))
LARGE_A4: Paper = (210, 297, (24, 37, 33, 21))
PAPERS = {"letter": LETTER, "a4": A4, "both": BOTH}


@dataclass(frozen=True)
class FileKind:
    """A kind of finished file: the name of its format, and what its length is counted in.

    `takes` are the keys of book.yaml that may change what its editions hold and are printed on; `being` says why it
    takes no others.
    """

    name: str
    unit: str = "pages"
    takes: tuple[str, ...] = ("holds", "fillable", "paper")
    being: str = ""


PDF = FileKind("pdf")
EPUB = FileKind("epub", "sections", takes=())
WEB = FileKind("web", takes=(), being="a site, always of the whole book")


@dataclass(frozen=True)
class Edition:
    """One way a book is made: its kind, the paper in millimetres (0 for no paper), and what of the book it holds.

    `holds` are typed ids, none for the whole book; `part` says that an edition is always a part of it; `cover` that
    it begins with the cover; `fillable` makes the places to fill in fields of a form. `of` names the edition whose
    laid-out pages this one takes over or counts by. `folded` makes a booklet on sheets of that paper; what has
    `bleed_mm` is for a print shop that trims to the paper. `pictures` of an e-book are drawings as they are, or
    dots for what cannot draw them. `styles` are sheets that come after PRINT_STYLES, `type_size` decides what the
    pages show (see data-medium), and `promise` is how many pages an exercise or a place may take. `take` says who
    should take it, where a site offers it.
    """

    name: str
    says: str
    kind: FileKind
    suffix: str
    width_mm: float = 0
    height_mm: float = 0
    margins_mm: tuple[float, float, float, float] = (0, 0, 0, 0)  # top, right, bottom, left
    holds: tuple[str, ...] = ()
    part: bool = False
    cover: bool = True
    fillable: bool = False
    of: str = ""
    folded: bool = False
    bleed_mm: float = 0
    pictures: Literal["svg", "png"] = "svg"
    type_size: Literal["usual", "large"] = "usual"
    styles: tuple[str, ...] = ()
    promise: int = 1
    take: str = ""

    @property
    def unit(self) -> str:
        """What its length is counted in."""
        return "sides" if self.folded else self.kind.unit

    @property
    def paper(self) -> str:
        """The name of its paper, as in PAPERS; "" for none."""
        sizes = {name: paper[:2] for name, paper in PAPERS.items()}
        return next((name for name, size in sizes.items() if size == (self.width_mm, self.height_mm)), "")

    def file(self, stem: str) -> str:
        """Name its file, or its folder if it has no suffix, in a book whose files begin with a stem."""
        return stem + self.suffix if self.suffix else self.name


class HasEditions(Protocol):
    """What says which editions a book has: a manifest, or an outline of one."""

    @property
    def editions(self) -> Mapping[str, Row]:
        """The rows of `book.yaml`, by name."""
        ...


PRINT_STYLES = ("fonts.css", "print.css")

EDITIONS = {
    row.name: row
    for row in (
        Edition(
            "letter", "PDF on US Letter paper", PDF, "-letter.pdf", *LETTER,
            take="You print on US Letter paper.",
        ),
        Edition("a4", "PDF on A4 paper", PDF, "-a4.pdf", *A4, take="You print on A4 paper."),
        Edition(
            "large-print", "PDF on US Letter paper, in large print", PDF, "-large-print.pdf", *LARGE_LETTER,
            type_size="large", styles=("large-print.css",), promise=2,
            take="You want large type, on US Letter paper.",
        ),
        Edition(
            "large-print-a4", "PDF on A4 paper, in large print", PDF, "-large-print-a4.pdf", *LARGE_A4,
            type_size="large", styles=("large-print.css",), promise=2,
            take="You want large type, on A4 paper.",
        ),
        Edition(
            "fillable", "PDF on US Letter paper, to fill in on a screen", PDF, "-fillable.pdf", *LETTER,
            fillable=True,
            take="You want to fill it in on a screen.",
        ),
        Edition(
            "booklet", "Booklet in 9-point type: print US Letter on both sides, flip on short edge, fold, staple",
            PDF, "-booklet.pdf", *LETTER, of="letter", folded=True,
            take="You want a small booklet: US Letter, printed on both sides, folded and stapled.",
        ),
        Edition(
            "booklet-a4", "Booklet in 9.5-point type: print A4 on both sides, flip on short edge, fold, staple",
            PDF, "-booklet-a4.pdf", *A4, of="a4", folded=True,
            take="You want a small booklet: A4, printed on both sides, folded and stapled.",
        ),
        Edition(
            "press", "PDF for a print shop: US Letter with bleed and marks, in four inks", PDF, "-press.pdf",
            *LETTER, bleed_mm=3.175,
            take="You hand it to a print shop.",
        ),
        Edition(
            "epub", "EPUB for phones, tablets and e-readers", EPUB, ".epub", of="letter",
            take="You read on a phone, a tablet or an e-reader.",
        ),
        Edition(
            "kindle", "EPUB to send to a Kindle", EPUB, "-kindle.epub", of="letter", pictures="png",
            take="You read on a Kindle.",
        ),
        Edition(
            "text", "Plain text for screen readers and archives",
            FileKind("text", "sections", ("holds",), "plain text, on no paper"), ".txt",
            take="You want plain text, for a screen reader or an archive.",
        ),
        Edition(
            "sample", "Some chapters, on US Letter paper", PDF, "-sample.pdf", *LETTER, part=True,
            take="You want a look inside first.",
        ),
        Edition(
            "handout", "Parts of the book to hand out, for Letter and A4 paper", PDF, "-handout.pdf", *BOTH,
            part=True, cover=False,
        ),
        Edition(
            "log", "The log to print, or to fill in on a screen", PDF, "-log.pdf", *BOTH,
            holds=("page:log",), part=True, cover=False, fillable=True,
            take="You want the log alone.",
        ),
        Edition(
            "wall-sheet", "What to do in each week, to tape to a wall", PDF, "-wall-sheet.pdf", *BOTH,
            holds=("page:wall",), part=True, cover=False,
            take="You want it on your wall.",
        ),
        Edition("web", "Web site: all files to download, and the whole text to read", WEB, ""),
    )
}  # fmt: skip


USUAL = ("letter", "a4", "epub")  # built where a book lists no editions
ALONE = "handout"  # the row that a book's own sheets are like, and what `--only` makes


def editions_of(manifest: HasEditions) -> dict[str, Edition]:
    """Give all editions of a book by name: the built-in rows as the book changes them, then rows of its own.

    A row that is like none is left out; `mistakes` tells of it.
    """
    rows = manifest.editions.items()
    return EDITIONS | {name: _changed(name, row) for name, row in rows if likeness(name, row) in EDITIONS}


def listed(manifest: HasEditions) -> tuple[str, ...]:
    """Name the editions that are built when none is named."""
    return tuple(manifest.editions) or USUAL


def likeness(name: str, row: Row) -> str:
    """Name the built-in row that an edition of a book is like."""
    return row.like or (name if name in EDITIONS else ALONE)


def _changed(name: str, row: Row) -> Edition:
    """Give a built-in row as a book changes it."""
    base = EDITIONS[likeness(name, row)]
    if name != base.name:
        suffix = f"-{name}.{base.suffix.partition('.')[2]}" if base.suffix else ""
        base = replace(base, name=name, suffix=suffix)
    if row.paper:
        width, height, margins = PAPERS[row.paper]
        base = replace(base, width_mm=width, height_mm=height, margins_mm=margins)
    given = {key: value for key in ("says", "take", "holds", "fillable") if (value := getattr(row, key))}
    return replace(base, **given)


def mistakes(editions: Mapping[str, Row]) -> Iterator[tuple[str, str]]:
    """Say what is wrong with a book's editions: (name, what and what to do)."""
    for name, row in editions.items():
        if name in EDITIONS and row.like:
            yield name, f'the edition "{name}" is built in, so it is like itself. Take out "like", or rename it.'
        elif name not in EDITIONS and not row.like and not row.holds:
            remedy = ' If you mean one of your own, say what it is like, or what it "holds".'
            yield name, unknown(name, EDITIONS) + remedy
        elif row.like and row.like not in EDITIONS:
            yield name, f'the edition "{name}" is like "{row.like}": {unknown(row.like, EDITIONS)}'
        elif name not in EDITIONS and not row.says:
            yield name, f'the edition "{name}" does not say what it is. Give it the key "says".'
        else:
            yield from ((name, said) for said in _misfits(name, row, EDITIONS[likeness(name, row)]))


def _misfits(name: str, row: Row, base: Edition) -> Iterator[str]:
    """Say what does not fit the built-in row that an edition is like."""
    if base.part and not (row.holds or base.holds):
        yield f'the edition "{name}" is a part of the book. Say which, with the key "holds".'
    for key in ("holds", "fillable", "paper"):
        if base.of and getattr(row, key):
            yield f'the edition "{name}" is made of the whole edition "{base.of}". Take out "{key}".'
        elif key not in base.kind.takes and getattr(row, key):
            yield f'the edition "{name}" is {base.kind.being}. Take out "{key}".'
    yield from (
        f'the edition "{name}" holds "{key}" twice. Keep one.'
        for number, key in enumerate(row.holds)
        if key in row.holds[:number]
    )


def only(edition: Edition, keys: Iterable[str]) -> Edition:
    """Give an edition that holds just some parts of the book, named after them. ValueError if it cannot."""
    if edition.of or "holds" not in edition.kind.takes:
        raise ValueError(
            f'the edition "{edition.name}" is always of the whole book. Try: book build {ALONE} --only'
        )
    held = tuple(dict.fromkeys(keys))
    stem, dot, end = edition.suffix.partition(".")
    return replace(
        edition, holds=held, part=True, cover=False, suffix="-".join([stem, *map(html_id, held)]) + dot + end
    )


def unknown(name: str, known: Collection[str]) -> str:
    """Say that there is no edition of a name, and which of the known ones is nearest."""
    return f'there is no edition "{name}".' + (nearest(name, known) or f" Known: {', '.join(known)}.")
