"""The whole line for some editions: load, render, assemble, lay out, save. What the command calls."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from book import assemble
from book.access import check_words
from book.cover import draw_cover
from book.editions import EDITIONS, PRINT_STYLES, Edition, editions_of, listed, page_rules
from book.epub import make_epub
from book.files import Shelf
from book.lines import Lines
from book.load import load
from book.page_starts import PrintPages, Start
from book.pdf import Press
from book.problems import BookError
from book.promises import check_promises
from book.render import Rendered, render
from book.save import save
from book.screen_pictures import in_dots, on_white
from book.styles import Styles

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """An edition on disk: its file, its size in bytes, and its pages (PDF) or files of text (EPUB)."""

    edition: Edition
    path: Path
    size: int
    pages: int


def build(root: Path, out: Path, names: Iterable[str], tell: Tell) -> list[Made]:
    """Build editions (all that book.yaml lists, if none is named) and save them together.

    `names` are of editions that the book has. `tell` hears what is being done. Raises BookError; then nothing on
    disk has changed.
    """
    shelf = Shelf(root)
    tell("reading")
    book = load(shelf)
    known = editions_of(book.manifest)
    wanted = [known[name] for name in dict.fromkeys(tuple(names) or listed(book.manifest))]
    tell("rendering")
    rendered = render(book, shelf)
    made: list[tuple[Edition, str, bytes, int]] = []
    for edition, (data, pages) in zip(wanted, make(rendered, wanted, Styles(shelf)), strict=True):
        tell(edition.name)
        made.append((edition, book.manifest.file_name + edition.suffix, data, pages))
    tell("saving")
    paths = save(out, {name: data for _, name, data, _ in made})
    return [
        Made(edition, path, len(data), pages) for (edition, _, data, pages), path in zip(made, paths, strict=True)
    ]


def make(rendered: Rendered, editions: Iterable[Edition], styles: Styles) -> Iterator[tuple[bytes, int]]:
    """Make editions of a book one after the other; give each file, and its pages or sections. BookError."""

    def give(name: str) -> bytes:
        folder, _, file = name.partition("/")
        return rendered.pictures[file].data if folder == "images" else styles.data(file)

    press, lines = Press([styles.text(name) for name in PRINT_STYLES], give), Lines(styles.book)
    starts: dict[str, tuple[Start, ...]] = {}
    for edition in editions:
        match edition.kind:
            case "pdf":
                html = assemble.for_print(rendered, edition.holds, fillable=edition.fillable)
                identifier = rendered.book.manifest.identifier
                pdf = press.lay_out(html, page_rules(edition), identifier, fillable=edition.fillable)
                check_promises(rendered, edition, pdf, press, lines)
                starts[edition.name] = pdf.starts
                yield pdf.data, pdf.pages
            case "epub":
                page = press.lay_out(assemble.cover(rendered), styles.text("cover.css"), "cover")
                paper = EDITIONS[edition.pages_of]
                if paper.name not in starts:
                    starts[paper.name] = press.starts_of(assemble.for_print(rendered), page_rules(paper))
                pictures = on_white(rendered.pictures)
                shown = replace(
                    rendered, pictures=in_dots(pictures, press) if edition.pictures == "png" else pictures
                )
                pages = PrintPages(paper.says, starts[paper.name])
                data, sections = make_epub(shown, styles.text("epub.css"), draw_cover(page.data), pages)
                check_words(rendered.book.manifest, data, lines)
                yield data, sections


__all__ = ["BookError", "Made", "build"]
