"""The words that an author's file asks to be printed, past the renderer, since a renderer can lose them as well."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from book.kinds.exercise.model import Exercise
from book.kinds.place.model import Place
from book.model.book import Book, Chapter
from book.model.signs import Signs
from book.model.statements import MARK

MARKS = (
    (r'!\[[^\]]*\]\(\S+\s+"([^"]*)"\)', r"\1"),  # a picture gives its caption
    (r"!\[[^\]]*\]\([^)]*\)", ""),
    (r"\[[@^][^\]]*\]:?", ""),  # sources and notes have numbers of their own
    (r"(?m)^(\s*[-*+] +)\[[ xX]\] ", r"\1"),
    (r"\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"\{[#.][^}]*\}", ""),
    (r"(?m)^\s*///+ (place|map|signs|sources)\b.*$", ""),
    (r"(?m)^///+[^|\n]*\|?", ""),
    (r"(?m)^ {4,}attrs:.*$", ""),
    (r"(?m)^Table:", ""),
    (r"(?mi)^( {4,}[-*+] .*:) +go to \d+\.?$", r"\1"),  # in a flow: on paper an arrow, or words of the labels
    (r"</?[a-z]+ ?/?>", " "),
)
PARTS = r"(?m)^#+ (Why|Start|Steps|Feel)$"  # of an exercise; print has labels for them


def words(text: str) -> list[str]:
    """Give the words and numbers of a text in small letters, one kind of letter for each."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def asked_words(part: Chapter | Exercise, book: Book, facts: Mapping[str, str]) -> list[str]:
    """Give the words of a part's file without Markdown's marks; those of places and signs it shows as well."""
    text = "\n".join(
        [*_of_head(part), *_of_places(part, book.body_map.places), *_of_signs(part, book.signs), part.body]
    )
    if isinstance(part, Exercise):
        text = re.sub(PARTS, "", text)
    for pattern, kept in MARKS:
        text = re.sub(pattern, kept, text)
    return words(MARK.sub(lambda found: facts.get(found[1], ""), text))


def _of_head(part: Chapter | Exercise) -> Iterable[str]:
    """Give what front matter says to readers."""
    if isinstance(part, Chapter):
        return [part.head.title, part.head.lede or "", *part.head.in_this_chapter]
    head = part.head
    captions = [pose.caption for pose in head.poses]
    lists = [*head.muscles, *head.equipment, *head.stop_if, *captions]
    return [head.title, head.group, head.easier, head.harder, *lists]


def _of_places(part: Chapter | Exercise, places: Mapping[str, Place]) -> Iterable[str]:
    """Give what the places that a chapter shows say."""
    for key in re.findall(r"(?m)^///+ place \| (\S+)", part.body):
        place = places[key]
        yield from (place.sign, place.name, place.tool or "", place.find, place.press, place.then or "")
        yield from (str(place.how_hard), str(place.seconds), *place.care, *place.muscles)


def _of_signs(part: Chapter | Exercise, signs: Signs) -> Iterable[str]:
    """Give what the signs say that a chapter lists."""
    for tier, names in re.findall(r"(?m)^\s*///+ signs \| ([\w-]+)(?:: *(.*))?$", part.body):
        wanted = re.split(r"\s*,\s*", names.strip()) if names else list(signs.of(tier))
        yield from (signs.signs[name].says for name in wanted)
