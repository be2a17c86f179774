"""A `Book` to rendered sections: Markdown and templates to linked, numbered, typeset XHTML trees.

The second stage. Its result is the same for every edition; raises BookError with every problem at once.
"""

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from book.kinds.exercise.model import Exercise, inset_of, pictures_of
from book.kinds.glossary import render as glossary
from book.kinds.place.model import FILE as MAP_FILE
from book.kinds.place.render import body_map, map_names
from book.kinds.plan.render import pages as plan
from book.model import site_settings
from book.model.book import Book, Chapter, Page, drawn_files, line_of
from book.model.key_lines import KeyLines
from book.model.picture import FileSource, Picture
from book.model.place import Place
from book.model.problems import BookError, Problems
from book.model.signs import FILE as SIGNS_FILE
from book.render import blocks, elements, held, links, markdown
from book.render.pages import codes as scan
from book.render.pages import flow, index, pages, signs, works
from book.render.pages.templates import facts
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import Tree, parent, plain, typeset, value
from book.render.words import fluency, readability
from book.render.words.typography import set_pieces, set_type

STEPS_AT_LEAST, STEPS_AT_MOST = 3, 6
EXERCISE_PARTS = ("why", "start", "steps", "feel")
MAKERS = {
    "place": body_map.place,
    "map": body_map.body_map,
    "map-table": body_map.map_table,
    "plan": plan.chart,
    "sources": works.place,
    "flow": flow.flow,
    "signs": signs.signs,
}


def render(book: Book, files: FileSource) -> Rendered:
    """Render every part of a book; raise BookError naming file and line of all that is wrong."""
    problems, lines = Problems(), book.lines
    bodies = {part.name: _body(part, book, problems) for part in book.parts if not isinstance(part, Page)}
    _check_steps_shown(book, bodies, lines, problems)
    signs.check_printed(book, bodies.values(), lambda path: lines.of(SIGNS_FILE, path), problems)
    pictures = _pictures(book, bodies, files, problems)
    problems.raise_any()
    if book.body_map.plates:
        font = map_names.measure(files.style(map_names.NAME_FONT))
        _place_names(book, bodies, pictures, font, lines, problems)
    problems.raise_any()
    texts = _texts(book, bodies, pictures)
    works.fill([*bodies.values(), *(section.tree for section in texts)], book)
    measures = readability.measure(prose) if (prose := _prose(book, bodies)) else None
    glossary.link(texts, book.manifest.labels, lines, problems)
    sections = _sections(book, texts, pictures, measures, (lines, problems))
    order = links.cited(section.tree for section in sections)
    numbers = {key: number for number, key in enumerate(order, 1)}
    for section in sections:
        links.number_sources(section.tree, numbers, book.manifest.labels.source)
    targets = links.resolve(sections, book, problems)
    body_map.check(book, targets, lambda path: lines.of(MAP_FILE, path), problems)
    signs.check(book, targets, lambda path: lines.of(SIGNS_FILE, path), problems)
    held.check(book.held, sections, targets, problems)
    site_settings.check(book.manifest.web, targets, lambda path: lines.of("book.yaml", path), problems)
    codes = scan.find_codes(sections, book, numbers)
    scan.check(codes, sections, pictures, lines, problems)
    problems.raise_any()
    fluent = fluency.measure_book(sections, book.manifest.reading)
    sections = [pages.with_fluency(book, section, fluent.whole) for section in sections]
    links.number_figures(sections, book.manifest.labels.figure)
    mentions = scan.name_mentions(sections, codes)
    cover = pages.cover(book)
    typeset(cover, set_pieces)
    ready = [scan.with_codes(_typeset(section), codes, mentions, book.manifest.labels) for section in sections]
    return Rendered(book, cover, tuple(ready), targets, pictures | scan.pictures(codes), measures, fluent, codes)


def _typeset(section: Section) -> Section:
    """Pass a section's words, and its titles for running feet and navigation, through the typographic step."""
    typeset(section.tree, set_pieces)
    return replace(section, title=set_type(section.title), short=set_type(section.short))


def measure_parts(book: Book) -> dict[str, readability.Measures]:
    """Measure how plain each chapter reads, and the steps of all exercises together (under "steps")."""
    problems = Problems()
    texts: dict[str, list[str]] = {"steps": []}
    for part in book.parts:
        match part:
            case Chapter():
                texts[part.name] = _prose(book, {part.name: _body(part, book, problems)})
            case Exercise():
                items = _body(part, book, problems).iter("li")
                texts["steps"] += [plain(item) for item in items]
    return {name: readability.measure(found) for name, found in texts.items() if found}


def _body(part: Chapter | Exercise, book: Book, problems: Problems) -> Tree:
    """Give a part's Markdown as a tree in which every element has become what it is in this book."""
    labels = book.manifest.labels
    tree = markdown.to_tree(part, facts(book), problems)
    for piece in blocks.pieces(tree, part):
        made = MAKERS[piece.kind](piece, book, problems)
        parent(piece.box).replace(piece.box, etree.Element("div") if made is None else made)
    elements.callouts(tree, labels)
    elements.task_lists(tree, labels)
    elements.tables(tree, part, problems)
    elements.figures(tree, part, book.figures, problems)
    elements.notes(tree, part.name, labels)
    elements.headings(tree, part.name, part, problems)
    if isinstance(part, Exercise):
        _check_exercise(part, tree, problems)
    return tree


def _check_exercise(part: Exercise, tree: Tree, problems: Problems) -> None:
    """See that an exercise's body has four headed parts, and 3 to 6 numbered steps."""
    found = pages.exercise_parts(tree)
    for name in EXERCISE_PARTS:
        if name not in found or not found[name]:
            message = f'the part "## {name.capitalize()}" is missing or empty. Write it.'
            problems.add(part.file, part.first_line, message)
    for name in sorted(set(found) - set(EXERCISE_PARTS)):
        line = line_of(part, f"## {name.capitalize()}")
        problems.add(part.file, line, f'an exercise has no part "{name}". It has Why, Start, Steps and Feel.')
    steps = _count_steps(tree)
    if found.get("steps") and not STEPS_AT_LEAST <= steps <= STEPS_AT_MOST:
        line = line_of(part, "## Steps")
        message = f"write {STEPS_AT_LEAST} to {STEPS_AT_MOST} numbered steps (1. 2. 3.), not {steps}."
        problems.add(part.file, line, message)


def _count_steps(tree: Tree) -> int:
    """Give how many numbered steps an exercise's body has."""
    return sum(len(item) for item in pages.exercise_parts(tree).get("steps", ()) if item.tag == "ol")


def _check_steps_shown(book: Book, bodies: Mapping[str, Tree], lines: KeyLines, problems: Problems) -> None:
    """See that each pose which says what step it shows names one that there is."""
    for part in (part for part in book.parts if isinstance(part, Exercise)):
        steps = _count_steps(bodies[part.name])
        for number, pose in enumerate(part.head.poses):
            if pose.step and pose.step > steps:
                line = lines.of(part.file, ("poses", number, "step"))
                message = (
                    f'the pose "{pose.name}" shows step {pose.step}, and there are {steps} steps. Mend its step.'
                )
                problems.add(part.file, line, message)


def _pictures(book: Book, bodies: Mapping[str, Tree], files: FileSource, problems: Problems) -> dict[str, Picture]:
    """Give every picture that parts and front matter name, each asked for once."""
    found, drawings = {}, drawn_files(book)
    for name, place in _wanted_pictures(book, bodies).items():
        try:
            found[name] = files.picture(name, place, drawn=name in drawings)
        except BookError as error:
            problems.found.extend(error.problems)
    return found


def _wanted_pictures(book: Book, bodies: Mapping[str, Tree]) -> dict[str, Place]:
    """List the pictures by name, each with the place that asks for it first."""
    wanted: dict[str, Place] = {}
    for part in book.parts:
        if isinstance(part, Page):
            continue
        for picture in bodies[part.name].iter("img"):
            name = value(picture, "src")
            wanted.setdefault(name, Place(part.file, line_of(part, f"]({name}")))
        for shown in (*pictures_of(part), inset_of(part)) if isinstance(part, Exercise) else ():
            if shown:
                wanted.setdefault(shown, Place(part.file, 1))
    if figure := book.manifest.cover.figure:
        wanted.setdefault(f"{figure}.svg", Place("book.yaml", 1))
    return wanted


def _place_names(
    book: Book,
    bodies: Mapping[str, Tree],
    pictures: Mapping[str, Picture],
    font: map_names.Measure,
    lines: KeyLines,
    problems: Problems,
) -> None:
    """Put the names on the map's plates where they stand in print."""

    def say(key: str, said: str) -> None:
        kind = "places" if key in book.body_map.places else "zones"
        problems.add(MAP_FILE, lines.of(MAP_FILE, (kind, key)), said)

    for body in bodies.values():
        map_names.place_names(body, pictures, font, say)


def _prose(book: Book, bodies: Mapping[str, Tree]) -> list[str]:
    """Give the blocks of text that the reading measures count: of all chapters but the skipped, with ledes."""
    skipped = book.manifest.reading.skip if book.manifest.reading else ()
    texts: list[str] = []
    for part in book.parts:
        if part.name in skipped or part.name not in bodies:
            continue
        if isinstance(part, Chapter):
            texts += [part.head.title, part.head.lede or "", *part.head.in_this_chapter]
        texts += readability.blocks(bodies[part.name])
    return [text for text in texts if readability.WORD.search(text)]


def _texts(book: Book, bodies: Mapping[str, Tree], pictures: Mapping[str, Picture]) -> list[Section]:
    """Make the sections of chapters and exercises, in reading order."""
    chapter = exercise = 0
    made: list[Section] = []
    for part in book.parts:
        match part:
            case Chapter():
                chapter += part.head.numbered
                number = chapter if part.head.numbered else None
                tree = pages.chapter(book, part, number, bodies[part.name])
                short = part.head.short or part.head.title
                made.append(Section(f"chapter:{part.name}", part.head.title, short, number, part, tree))
            case Exercise():
                exercise += 1
                tree = pages.exercise(book, part, exercise, bodies[part.name], pictures)
                title = part.head.title
                made.append(Section(f"exercise:{part.name}", title, title, exercise, part, tree))
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
        element.get("id", ""): links.title_of(element)
        for section in texts
        for element in section.tree.iter(etree.Element)
        if ":" in element.get("id", "")
    }
    for part in book.parts:
        if isinstance(part, Page) and part.name == "wall":
            made["page:wall"] = plan.wall(book, part, texts, pictures)
        elif isinstance(part, Page) and part.name != "index":
            made[f"page:{part.name}"] = pages.page(book, part, texts, headings, sources, measures)
    for part in book.parts:
        if isinstance(part, Page) and part.name == "index" and book.index:
            led_to = [made[key] for key in book.manifest.contents if key in made and key != "page:contents"]
            made["page:index"] = index.make(part, book.index, book.manifest.labels, led_to, report)
    listed = [made[key] for key in book.manifest.contents]
    return [pages.with_contents(book, section, listed) for section in listed]
