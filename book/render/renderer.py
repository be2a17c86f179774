"""A `Book` to rendered sections: Markdown and templates to linked, numbered, typeset XHTML trees.

The second stage. Its result is the same for every edition; raises BookError with every problem at once.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from lxml import etree

from book.model import site_settings
from book.model.book import Book, drawn_files
from book.model.document import Document, Page
from book.model.key_lines import KeyLines
from book.model.picture import FileSource, Picture
from book.model.place import Place
from book.model.problems import BookError, Problems
from book.model.signs import FILE as SIGNS_FILE
from book.render import blocks, elements, figures, held, kinds, links, markdown, prose
from book.render.anchors import title_of
from book.render.body_parts import check_headings
from book.render.pages import codes as scan
from book.render.pages import flow, index, pages, signs, works
from book.render.pages.templates import facts
from book.render.positions import blocks_of
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import INLINE, LINE, Tree, drop_marks, line_at, parent, plain, select, typeset, value
from book.render.words import fluency, readability
from book.render.words.typography import set_pieces, set_type

MARKED = {*INLINE, "code", "kbd", "img"}  # what no title shows
NO_PICTURE = Picture(
    "", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "image/svg+xml", tall=False
)
MAKERS: dict[str, blocks.Maker] = {"sources": works.place, "flow": flow.flow, "signs": signs.signs}


def render(book: Book, files: FileSource, problems: Problems | None = None) -> Rendered:
    """Render every part of a book; raise BookError naming file and line of all that is wrong.

    With `problems` of a run that goes on, they are noted there, and the book is given as far as it could be.
    """
    if problems is None:
        rendered = render(book, files, problems := Problems(strict=book.manifest.release))
        problems.raise_any()
        return rendered
    with problems.going_on():
        return _rendered(book, files, problems)


def _rendered(book: Book, files: FileSource, problems: Problems) -> Rendered:
    lines = book.lines
    prose.check(book, problems)
    bodies = {part.key: _body(part, book, problems) for part in book.parts if not isinstance(part, Page)}
    signs.check_printed(book, bodies.values(), lambda path: lines.of(SIGNS_FILE, path), problems)
    pictures = _pictures(book, bodies, files, problems)
    problems.attempt(lambda: kinds.complete(book, bodies, pictures, files, problems))
    texts = _texts(book, bodies, pictures, problems)
    works.fill([*bodies.values(), *(section.tree for section in texts)], book)
    measures = readability.measure(said) if (said := _prose(book, bodies)) else None
    problems.attempt(lambda: kinds.link(book, texts, problems))
    sections = _sections(book, texts, pictures, measures, (lines, problems))
    order = links.cited(section.tree for section in sections)
    numbers = {key: number for number, key in enumerate(order, 1)}
    for section in sections:
        links.number_sources(section.tree, numbers, book.manifest.labels.source)
    targets = links.resolve(sections, book, problems)
    problems.attempt(lambda: kinds.check(book, targets, problems))
    signs.check(book, targets, lambda path: lines.of(SIGNS_FILE, path), problems)
    held.check(book.held, sections, targets, problems)
    site_settings.check(book.manifest.web, targets, lambda path: lines.of("book.yaml", path), problems)
    codes = scan.find_codes(sections, book, numbers)
    scan.check(codes, sections, pictures, lines, problems)
    fluent = fluency.measure_book(sections, book.manifest.reading)
    sections = [pages.with_fluency(book, section, fluent.whole) for section in sections]
    links.number_figures(sections, book.manifest.labels.figure)
    mentions = scan.name_mentions(sections, codes)
    cover = pages.cover(book)
    typeset(cover, set_pieces)
    ready = [
        _finished(scan.with_codes(_typeset(section), codes, mentions, book.manifest.labels)) for section in sections
    ]
    return Rendered(book, cover, tuple(ready), targets, pictures | scan.pictures(codes), measures, fluent, codes)


def _typeset(section: Section) -> Section:
    """Pass a section's words, and its titles for running feet and navigation, through the typographic step."""
    typeset(section.tree, set_pieces)
    return replace(section, title=set_type(section.title), short=set_type(section.short))


def _finished(section: Section) -> Section:
    """Take the marks off a section that is ready, and keep the lines of its blocks and links."""
    lines, of_links = (tuple(map(line_at, found)) for found in (blocks_of(section.tree), section.tree.iter("a")))
    drop_marks(section.tree)
    return replace(section, lines=lines, link_lines=of_links)


def measure_parts(book: Book) -> dict[str, readability.Measures]:
    """Measure how plain each document reads, and the steps of all that instruct together (under "steps")."""
    problems = Problems()
    texts: dict[str, list[str]] = {"steps": []}
    for part in (part for part in book.parts if isinstance(part, Document)):
        body = _body(part, book, problems)
        if part.instructs:
            texts["steps"] += [plain(item) for item in body.iter("li")]
        else:
            texts[part.name] = _prose(book, {part.key: body})
    return {name: readability.measure(found) for name, found in texts.items() if found}


def _body(part: Document, book: Book, problems: Problems) -> Tree:
    """Give a part's Markdown as a tree in which every element has become what it is in this book."""
    labels = book.manifest.labels
    _check_title(part, book, problems)
    tree = markdown.to_tree(part, facts(book), problems, book.manifest.markdown)
    makers = kinds.block_makers() | MAKERS
    for piece in blocks.pieces(tree, part):
        made = makers[piece.kind](piece, book, problems)
        made = etree.Element("div") if made is None else made
        made.set(LINE, str(piece.line))
        parent(piece.box).replace(piece.box, made)
    elements.callouts(tree, labels)
    elements.task_lists(tree, labels)
    elements.tables(tree, part, problems)
    figures.figures(tree, part, book.figures, problems)
    elements.notes(tree, part.name, labels)
    elements.headings(tree, part.name, part, problems)
    if part.key not in problems.unread:
        if part.headings:
            check_headings(part, tree, problems)
        kinds.check_body(part, tree, book, problems)
    return tree


def _check_title(part: Document, book: Book, problems: Problems) -> None:
    for key in ("title", "short"):
        words = getattr(part.head, key, None) or ""
        if any(inner.tag in MARKED for inner in markdown.inline(words)):
            said = f"{key} holds plain words, and would show the marks in it. Take them out."
            problems.add(part.file, book.lines.of(part.file, (key,)), said)
    if (letters := len(part.head.title)) > part.title_letters:
        said = f"the title has {letters} letters; more than {part.title_letters} are hard to set. Shorten it."
        problems.warn(part.file, book.lines.of(part.file, ("title",)), said)


def _pictures(book: Book, bodies: Mapping[str, Tree], files: FileSource, problems: Problems) -> dict[str, Picture]:
    """Give every picture that parts and front matter name, each asked for once."""
    found, drawings = {}, drawn_files(book)
    for name, place in _wanted_pictures(book, bodies).items():
        try:
            found[name] = files.picture(name, place, drawn=name in drawings)
        except BookError as error:
            problems.found.extend(error.problems)
            found[name] = NO_PICTURE
    return found


def _wanted_pictures(book: Book, bodies: Mapping[str, Tree]) -> dict[str, Place]:
    """List the pictures by name, each with the place that asks for it first."""
    wanted: dict[str, Place] = {}
    for part in book.parts:
        if isinstance(part, Page):
            continue
        for picture in select(bodies[part.key], ".//img[@src]"):
            name = value(picture, "src")
            wanted.setdefault(name, Place(part.file, line_at(picture) or 1))
        for shown in part.shown:
            wanted.setdefault(shown, Place(part.file, 1))
    if figure := book.manifest.cover.figure:
        wanted.setdefault(f"{figure}.svg", Place("book.yaml", 1))
    return wanted


def _prose(book: Book, bodies: Mapping[str, Tree]) -> list[str]:
    """Give the blocks of text that the reading measures count: of all chapters but the skipped, with ledes."""
    skipped = book.manifest.reading.skip if book.manifest.reading else ()
    texts: list[str] = []
    for part in book.parts:
        if isinstance(part, Document) and part.key in bodies and part.name not in skipped:
            texts += [*part.opening, *readability.blocks(bodies[part.key])]
    return [text for text in texts if readability.WORD.search(text)]


def _texts(
    book: Book, bodies: Mapping[str, Tree], pictures: Mapping[str, Picture], problems: Problems
) -> list[Section]:
    """Make the sections of documents, in reading order; those of each kind are counted by themselves."""
    counts: Counter[str] = Counter()
    made: list[Section] = []
    for part in (part for part in book.parts if isinstance(part, Document)):
        counts[part.kind] += part.is_numbered
        number = counts[part.kind] if part.is_numbered else None
        fill = partial(kinds.fill, book, part, number, bodies[part.key], pictures)
        tree = problems.attempt(fill)
        if tree is None:  # its headings are not what its page asks for, and that is told
            tree = etree.Element("section", {"class": part.kind, "id": part.key})
            tree.append(bodies[part.key])
        made.append(Section(part.key, part.head.title, part.short, number, part, tree))
    return made


def _sections(
    book: Book,
    texts: list[Section],
    pictures: Mapping[str, Picture],
    measures: readability.Measures | None,
    report: tuple[KeyLines, Problems],
) -> list[Section]:
    """Give all sections in reading order: the pages are made now, since they list what is in the texts."""
    made = {section.key: section for section in texts}
    sources = links.cited(section.tree for section in texts)
    headings = {
        element.get("id", ""): title_of(element)
        for section in texts
        for element in section.tree.iter(etree.Element)
        if ":" in element.get("id", "")
    }
    gathered = kinds.Gathered(texts, headings, sources, pictures, measures)
    for part in book.parts:
        if isinstance(part, Page) and part.name != "index":
            made[f"page:{part.name}"] = pages.page(book, part, gathered)
    for part in book.parts:
        if isinstance(part, Page) and part.name == "index" and book.index:
            led_to = [made[key] for key in book.manifest.contents if key in made and key != "page:contents"]
            made["page:index"] = index.make(part, book.index, book.manifest.labels, led_to, report)
    listed = [made[key] for key in book.manifest.contents if key in made]
    return [pages.with_contents(book, section, listed) for section in listed]
