"""What a screen reader calls the places that links of a PDF lead to: by id, the title or the words there."""

import lxml.html

from book.render.tree import Tree, plain, select

LONG = 100  # letters
TITLES = ".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::caption or self::figcaption or self::dt]"


def words_by_id(html: str) -> dict[str, str]:
    """Give the words for each id of a document, cut to what can be listened to; none for what has no words."""
    tree = lxml.html.fromstring(html)
    named = {str(element.get("id")): _words(element) for element in select(tree, "//body//*[@id]")}
    return {name: words for name, words in named.items() if words}


def _words(element: Tree) -> str:
    """Give an element's own title, that of its first heading, or else what it says."""
    given = element.get("data-title") or element.get("aria-label")
    if given:
        return given
    (title, *_) = [*select(element, TITLES), element]
    words = plain(title) or plain(_around(element))
    return words if len(words) <= LONG else words[:LONG].rsplit(" ", 1)[0] + "…"


def _around(element: Tree) -> Tree:
    """Give the nearest element around an empty one that has words: an anchor is called by where it stands."""
    for found in element.iterancestors():
        if plain(found):
            return found
    return element
