"""The words that an author's file asks to be printed, past the renderer, since a renderer can lose them as well."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from book.model.book import Book
from book.model.document import Document
from book.model.kinds import offered
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


def words(text: str) -> list[str]:
    """Give the words and numbers of a text in small letters, one kind of letter for each."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def asked_words(part: Document, book: Book, facts: Mapping[str, str]) -> list[str]:
    """Give the words of a part's file without Markdown's marks; those of signs and of kinds as well."""
    of_kinds = [said for words_of in offered("check", "asked_words").values() for said in words_of(part, book)]
    text = "\n".join([*part.said, *of_kinds, *_of_signs(part, book.signs), part.body])
    if part.headings:  # pages have labels for them
        text = re.sub(rf"(?mi)^#+ ({'|'.join(part.headings)})$", "", text)
    for pattern, kept in MARKS:
        text = re.sub(pattern, kept, text)
    return words(MARK.sub(lambda found: facts.get(found[1], ""), text))


def _of_signs(part: Document, signs: Signs) -> Iterable[str]:
    """Give what the signs say that a chapter lists."""
    for tier, names in re.findall(r"(?m)^\s*///+ signs \| ([\w-]+)(?:: *(.*))?$", part.body):
        wanted = re.split(r"\s*,\s*", names.strip()) if names else list(signs.of(tier))
        yield from (signs.signs[name].says for name in wanted)
