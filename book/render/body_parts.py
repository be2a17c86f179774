"""The body of a document whose kind says which headings it has, taken apart at them."""

from book.model.document import Document
from book.model.problems import Problems
from book.render.tree import Tree, line_at, plain


def body_parts(part: Document, body: Tree) -> dict[str, list[Tree]]:
    """Take a body apart at its headings, named in small letters; what stands before them belongs to the first."""
    parts: dict[str, list[Tree]] = {}
    name = part.headings[0]
    for element in body:
        if element.tag == "h2":
            name = plain(element).lower()
        else:
            parts.setdefault(name, []).append(element)
    return parts


def steps_of(part: Document, body: Tree) -> list[Tree]:
    """Give the numbered steps below the heading "Steps"."""
    return [item for found in body_parts(part, body).get("steps", ()) if found.tag == "ol" for item in found]


def check_headings(part: Document, body: Tree, problems: Problems) -> None:
    """See that a body has all headings of its kind, each with something below it, and no others."""
    found, wanted = body_parts(part, body), part.headings
    for name in wanted:
        if not found.get(name):
            said = f'the part "## {name.capitalize()}" is missing or empty. Write it.'
            problems.add(part.file, part.first_line, said)
    *first, last = (heading.capitalize() for heading in wanted)
    for name in sorted(set(found) - set(wanted)):
        title = name.capitalize()
        said = f'"## {title}" is no part of this {part.kind}. It has {", ".join(first)} and {last}.'
        heading = next((one for one in body.iter("h2") if plain(one).lower() == name), body)
        problems.add(part.file, line_at(heading) or part.first_line, said)
