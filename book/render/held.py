"""Is what an edition holds in the book, and can it be cut out? Asked for every edition of `book.yaml`."""

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from book.model.book import Held
from book.model.fields import html_id
from book.model.problems import Problems, nearest
from book.render.section import Section

WHOLE = {"section", "aside", "figure", "table", "ul", "ol", "dl", "blockquote", "div", "p"}


def check(
    held: Iterable[Held], sections: Sequence[Section], targets: Mapping[str, str], problems: Problems
) -> None:
    """Report what editions hold that is nowhere in the book, or could not stand alone."""
    tags = {
        element.get("id"): str(element.tag)
        for section in sections
        for element in section.tree.iter(etree.Element)
        if element.get("id")
    }
    for item in held:
        if item.id not in targets:
            remedy = nearest(item.id, targets) or " Write chapter:name, or give what you mean an id."
            message = f'the edition "{item.edition}" holds "{item.id}", which is nowhere in the book.{remedy}'
        elif tags[html_id(item.id)] not in WHOLE:
            message = (
                f'the edition "{item.edition}" holds "{item.id}", which is not a whole: only its heading has that '
                "id. Name its chapter, or give the id to a callout."
            )
        else:
            continue
        problems.add(item.asked.file, item.asked.line, message)
