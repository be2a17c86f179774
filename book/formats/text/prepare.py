"""What plain text does to a section: what is only seen goes, what is only linked or drawn is said in words.

After it a section has no links, no pictures and no places to tick, so `blocks` need know of none.
"""

import re
from collections.abc import Mapping

from book.formats.text.blocks import titled
from book.formats.text.inline import words
from book.formats.text.wrap import tidy
from book.kinds.exercise.model import ExerciseWords
from book.model.characters import NO_BREAK
from book.model.labels import Labels
from book.render.tree import Tree, child, parent, plain, remove, select, value

ONLY_SEEN = (
    './/p[@class="sides"]',  # which side of a picture is which
    './/a[@class="backlink"]',
    './/span[@class="number"]',  # the link beside it says it
    './/span[@class="exercise-number"]',
    './/figure[@class="inset"][ancestor::section//p[@class="works"]/strong]',  # that line says it
)
SHOWN = {"ref", "name", "use", "entry-title", "locator"}  # links that say to which part of the book they lead
BOXES = './/div[@class="stop" or @class="stop care" or @class="preview" or @class="flow"]'
TITLES = './/p[@class="callout-title" or @class="stop-title" or @class="preview-title"]'
LEADS = './/p[@class="need" or @class="works"]//strong | .//div[@class="adjust"]/p/strong[1]'
BOX = {"☐": "[\u00a0]", "☑": "[x]"}


def prepare(tree: Tree, heading: str, names: Mapping[str, str], labels: Labels) -> None:
    """Make a section's tree ready; `heading` is its own, `names` say by id what to call the part that holds it."""
    _head(tree, heading)
    for path in ONLY_SEEN:
        for element in select(tree, path):
            remove(element)
    _boxes(tree)
    _notes(tree, labels)
    _links(tree, names)
    _signs(tree)
    _commas(tree, labels)
    _pictures(tree, labels)
    _captions(tree, labels)


def _head(tree: Tree, heading: str) -> None:
    """Put what is above a section's title below it, unless its heading has it."""
    for title in select(tree, ".//h1"):
        for kicker in select(parent(title), './p[@class="kicker"]'):
            remove(kicker)
            said = rf"{re.escape(plain(kicker))}( \d+)?\."
            if not re.match(said, tidy(heading).replace(NO_BREAK, " ")):
                kicker.tail = None
                title.addnext(kicker)
        for areas in select(parent(title), './/span[@class="areas"]'):
            named = plain(areas).replace(" · ", ", ")
            areas[:] = []
            areas.text = f"({named})"
        title[:] = []
        title.text = heading


def _boxes(tree: Tree) -> None:
    """Let what has a title and something below it be a box; a list of amounts has one that is heard alone."""
    for box in select(tree, BOXES):
        box.tag = "aside"
    for cut_out in select(tree, ".//aside[h1]"):
        cut_out.tag = "div"  # alone on a sheet, its title is a heading
    for amounts in select(tree, ".//dl[@aria-label]"):
        around = parent(amounts)
        box = around.makeelement("aside", {})
        around.replace(amounts, box)
        box.tail, amounts.tail = amounts.tail, None
        child(box, "p", titled(value(amounts, "aria-label")))
        box.append(amounts)
    for title in select(tree, TITLES):
        text = titled(words(title))
        title[:] = []
        title.text = text


def _notes(tree: Tree, labels: Labels) -> None:
    """Give notes their numbers, where they are called and where they stand."""
    numbers: dict[str, str] = {}
    for call in select(tree, './/a[@class="noteref"]'):
        numbers[value(call, "href")[1:]] = name = f"{labels.note}{NO_BREAK}{words(call)}"
        call.tag, call.text = "span", f" ({name})"
        parent(call).tag = "span"
    for note in select(tree, './/aside[@class="note"]'):
        note.tag = "div"
        first = note[0] if len(note) and not (note.text or "").strip() else note
        first.text = f"{numbers.get(value(note, 'id'), labels.note)}: {first.text or ''}"


def _links(tree: Tree, names: Mapping[str, str]) -> None:
    """Say where links lead: to which part of the book, or to which address, that once a section."""
    here, told = names.get(value(tree, "id"), ""), set()
    for link in select(tree, ".//a[@href]"):
        href = value(link, "href")
        text = plain(link)
        if not href.startswith("#"):
            address = f"<{href.removeprefix('mailto:')}>"
            if link.get("class") == "url":
                link[:] = []
                link.text = address
            elif address not in told:
                child(link, "span", f" {address}")
            told.add(address)
        elif link.get("class") in SHOWN and (name := names.get(href[1:], here)) not in {here, text, f"“{text}”"}:
            child(link, "span", f" ({name})")


def _signs(tree: Tree) -> None:
    """Put in signs what type shows: the sign of a place, a box to tick, what a line is about, the main place."""
    for sign in select(tree, './/span[@class="sign"]'):
        sign.text = f"{plain(sign)}."
    for box in select(tree, './/span[@class="box"]'):
        box.text = BOX.get(box.text or "", box.text)
    for lead in select(tree, LEADS):
        child(lead, "span", titled(f"{words(lead)} ").removeprefix(tidy(words(lead))))
    for main in select(tree, './/ul[@class="locators"]//strong'):
        main.text = f"*{main.text or ''}"
        child(main, "span", "*")


def _commas(tree: Tree, labels: Labels) -> None:
    """Part what stands on lines of its own: how often, and how long it is held; a word, and which to see."""
    for held in select(tree, './/dd/span[@class="words"]'):
        if (held.text or "").startswith(labels.of(ExerciseWords).hold.lower()) and (
            figure := held.getprevious()
        ) is not None:
            figure.tail = ", "
    for other in select(tree, './/span[@class="index-see" or @class="index-also"]'):
        other.text = f":{other.text or ''}"


def _pictures(tree: Tree, labels: Labels) -> None:
    """Put the words of a picture in its place."""
    for picture in select(tree, ".//img"):
        alt = value(picture, "alt")
        picture.tag, picture.text = "span", f"[{labels.picture}: {alt}]" if alt else ""


def _captions(tree: Tree, labels: Labels) -> None:
    """Let a figure begin with its caption, in one paragraph with the words of the picture; name a table as one."""
    for figure in select(tree, ".//figure"):
        for caption in select(figure, "./figcaption"):
            remove(caption)
            caption.tag, caption.tail, figure.text = "span", f" {figure.text or ''}", None
            child(caption, "span", titled(f"{words(caption)}").removeprefix(tidy(words(caption))))
            figure.insert(0, caption)
    for caption in select(tree, ".//table[not(.//td[@data-field])]/caption"):
        caption.text = f"{labels.table}: {caption.text or ''}"
