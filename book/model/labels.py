"""A book's furniture in its own language: words that templates print. English unless `book.yaml` says otherwise.

The words of a kind of content stand with it, under `LABELS` in its model.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from book.figure.data import Data
from book.model.fields import Text, Texts, matching
from book.model.kinds import Composed, composed
from book.model.site_words import WebWords


class AccessWords(Data):
    """What an e-book says of its accessibility, one sentence a fact; each is printed only where it is so.

    {count} stands for how many there are, {edition} for the printed edition whose pages are marked.
    """

    pictures: Text = "Every picture is described in words: {count} in all."
    tables: Text = "Every table has a caption and headings: {count} in all."
    notes: Text = "Notes lead back to their place in the text."
    pages: Text = "Page numbers are those of this edition: {edition}."
    colors: Text = "The text takes the colors that you choose."


class Labels(Composed):
    """The book's furniture in its own language; English unless `book.yaml` says otherwise."""

    chapter: Text = "Chapter"
    contents: Text = "Contents"
    in_this_chapter: Text = "In this chapter"
    page: Text = "page"
    figure: Text = "Figure"
    picture: Text = "Picture"
    table: Text = "Table"
    note: Text = "Note"
    back: Text = "Back to the text"
    source: Text = "Source"
    sources: Text = "Sources"
    read_abstract: Text = "Read in its summary only."
    read_secondary: Text = "Read in another text that tells of it."
    read_memory: Text = "Not read for this edition."
    seen: Text = "Seen {date}."
    sources_elsewhere: Text = "Sources: see the whole book."
    tip: Text = "Tip"
    caution: Text = "Caution"
    in_short: Text = "In short"
    do_this: Text = "Do this"
    do: Text = "Do"
    dont: Text = "Don’t"
    to_do: Text = "To do"
    done: Text = "Done"
    or_: Text = Field("or", alias="or")
    days: Texts = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    weekdays: Texts = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
    week: Text = "Week"
    and_: Text = Field("and", alias="and")
    seconds: Text = "seconds"
    minutes: Text = "minutes"
    minute: Text = "minute"
    at_most: Text = "at most"
    version: Text = "version"
    date: Text = "{month} {day}, {year}"
    months: Texts = (
        *"January February March April May June".split(),
        *"July August September October November December".split(),
    )
    colophon: Text = "About this edition"
    changes: Text = "What is new"
    changes_note: Text = (
        "Is your copy current? Compare this version and date with those of the copy on offer where you got it."
    )
    published: Text = "Published by"
    reviewed: Text = "Review"
    rights: Text = "Rights"
    reading: Text = "How plain it is"
    reading_note: Text = (
        "These figures were measured when this edition was built. Lower is plainer, but for the reading ease."
    )
    reading_caption: Text = "Reading level, measured and promised"
    prose_note: Text = (
        "Plain is not choppy. These figures count paragraphs alone, not lists, steps and boxes: how long sentences "
        "are, how far their lengths lie apart, how many are very short, and how many words join their parts."
    )
    prose_caption: Text = "How the paragraphs flow, measured and promised"
    spread: Text = "Spread of sentence lengths"
    short_sentences: Text = "Sentences under 5 words, in 100"
    connectives: Text = "Joining words in a sentence"
    measure: Text = "Measure"
    words_per_sentence: Text = "Words in a sentence"
    measured: Text = "Measured"
    promised: Text = "Promised"
    landmarks: Text = "Landmarks"
    at_least: Text = "at least"
    cover: Text = "Cover"
    access: AccessWords = AccessWords()
    web: WebWords = WebWords()
    start_reading: Text = "Start of the text"
    scan: Text = "Scan these"
    scan_lede: Text = "Point your phone’s camera at a code."
    scan_how: Text = "Its page opens. No camera at hand? Type the address beside the code."
    scan_screen: Text = "Tap an address to open it. Or scan its code with another phone."
    scan_numbers: Text = "A number in brackets is that of a source. A source without an address has no code."
    scan_links: Text = "Links in the text"
    scan_sources: Text = "To open one of these on your phone, find its number here:"
    code_leads: Text = "A code to scan. It leads to {where}, on the web."
    link: Text = "link"
    go_to: Annotated[Text, matching(r"[^{}]*\{number\}[^{}]*", "words with {number} in them")] = "Go to {number}"
    from_page: Text = "from page"
    and_others: Text = "and others"
    first_in: Text = "First in"
    see: Text = "see"
    see_also: Text = "see also"
    pages: Text = "Pages"
    figures: Text = "Figures"
    tables: Text = "Tables"

    def how_read(self, read: str | None) -> str:
        """Say how a work was read; "" where it was read itself, or nothing is known of it."""
        known = {"abstract": self.read_abstract, "secondary": self.read_secondary, "memory": self.read_memory}
        return known.get(read or "", "")


if not TYPE_CHECKING:
    Labels = composed(Labels, "LABELS")
