"""What a book says of its own checks: the key `check` in `book.yaml`."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from book.figure.data import Data
from book.model.check_words import AmountWords, DirectionWords
from book.model.fields import Ids, Pattern, Patterns, Text, Texts, TypedId

Most = Annotated[int, Field(ge=1)]


class Ignored(Data):
    """Findings that a book lives with, and why: of one rule, in one file or in all, about some words or any."""

    rule: Text
    reason: Text
    at: Text | None = None
    words: Text | None = None


class FileChecks(Data):
    """Finished files: how large a PDF for screens may be to go by e-mail, in MB of 1,000,000 bytes."""

    email_mb: Annotated[float, Field(gt=0)] = 5


class PictureChecks(Data):
    """What the rules for pictures must know of a book.

    Words: `left` and `right` in its language; `whence`, how alt text says from which side the person is seen;
    `toward`, how words tell a direction; both hold {side}. `openings` begin alt text that says nothing yet;
    `longest_alt` in letters; `alike`, the share of a caption's words that may stand in the alt text. Paper: the
    boxes in which pictures are printed, in mm; the smallest text in points, the lowest sign in a disc in mm, the
    thinnest line in points. `contrast` of a line to its ground, as WCAG counts it; the dots an inch that a
    photograph must have.
    """

    left: Texts = ("left",)
    right: Texts = ("right",)
    whence: Texts = (
        "from the {side}", "from her {side}", "from his {side}", "from its {side}",
        "from your {side}", "from behind and her {side}", "from behind and his {side}",
    )  # fmt: skip
    toward: Texts = (
        "to the {side}", "to her {side}", "to his {side}", "to your {side}",
        "toward the {side}", "toward her {side}", "toward his {side}", "toward your {side}",
    )  # fmt: skip
    openings: Texts = (
        "image of", "picture of", "photo of", "drawing of", "figure of",
        "an image of", "a picture of", "a photo of", "a drawing of",
        "this image", "this picture", "this drawing", "this figure",
    )  # fmt: skip
    longest_alt: int = 250
    alike: float = 0.8
    column_mm: float = 124.5
    pose_mm: float = 81.0
    tall_pose_mm: float = 39.0
    smallest_text_pt: float = 11.5
    lowest_sign_mm: float = 2.5
    thinnest_line_pt: float = 0.25
    contrast: float = 3.0
    least_dpi: float = 150.0


class StructureChecks(Data):
    """What the rules for structure must know of a book.

    `says_nothing` are words of a link that do not say where it leads; `longest_address`, the letters of an address
    that may stand bare as a link; `page_words`, how a page number may be written by hand, besides the book's own
    label; `longest_title` of a chapter without a short one, in letters; `most_promises` in "In this chapter".
    """

    says_nothing: Texts = ("here", "click here", "this", "this link", "link", "this page", "read more", "more")
    longest_address: int = 40
    page_words: Texts = ("p.", "pp.", "pages")
    longest_title: int = 34
    most_promises: int = 5


class EbookChecks(Data):
    """What an e-book may weigh, by the book's own bar.

    `whole_mb` is for all of its files unpacked, `picture_mb` for one picture, in megabytes; `page_kb` for one page,
    in kilobytes. Stores take more; old readers and slow lines do not.
    """

    whole_mb: Annotated[float, Field(gt=0)] = 10
    page_kb: Annotated[float, Field(gt=0)] = 300
    picture_mb: Annotated[float, Field(gt=0)] = 1.5


class WordChecks(Data):
    """How plain a book's words must be. Words to look for can be patterns, and are found as whole words.

    `banned` gives for each word what to write instead; chapters in `quoted_in` may quote it. Numbers are the most
    that there may be: sentences in a paragraph, items in a list, words in a step, words without a heading.
    Chapters may do without a summary, or without something to do, where they are named. `capitals` are written so
    and known to all readers; `units` stay with their numbers, besides those that the builder knows. A "Don't" line
    begins with words of `dont`. Words in `doubled` may stand twice in a row; `unfinished` marks text left to write.
    """

    banned: Mapping[Pattern, Text] = Field(default_factory=dict)
    quoted_in: Ids = ()
    sentences: Most = 5
    items: Most = 7
    step: Most = 25
    unheaded: Most = 300
    without_summary: Ids = ()
    without_task: Ids = ()
    capitals: Texts = ()
    units: Texts = ()
    dont: Texts = ("do not",)
    doubled: Texts = ("that", "had")
    unfinished: Patterns = ("TODO", "FIXME", "TBD", "TK", "XXX+", "[Ll]orem ipsum", r"\?\?\?+")


class Ledger(Data):
    """A Markdown table that accounts for claims of the works a book grew out of: | 2.7 | claim | its fate |.

    `claims` says how many claims each work makes, by its number. A fate is one of the words `kept` and the name of
    a chapter, or `left_out` and a reason of so many words at least. A second table may account for what the writer
    says in the first person: | sentence | its chapter | 2.7 |, or the word `author` where no claim carries it.
    """

    file: Text
    claims: Mapping[int, Most]
    kept: Texts = ("printed in", "reworded in")
    left_out: Text = "left out because"
    reason: Most = 5
    author: Text = "author"


class SafetyChecks(Data):
    """What keeps a book's readers safe, and its claims honest.

    `stop_signs` is the part that holds the signs to stop; else it is the first with a red-flag box. Exercises and
    `risky` parts come after it. One of the words `help` tells readers to get it. A review is good for so many
    months. `studies` are words that tell of a study, or of what one counted; `not_told` are words that name one and
    tell nothing of what it found. `amounts` and `directions` say how its language tells how much, and which way.
    `ledger` accounts for claims. `first_person` are words that say "I", capitals as given; in blocks of the kinds
    `readers_words` it is the reader who says them.
    """

    stop_signs: TypedId | None = None
    risky: Annotated[tuple[TypedId, ...], Field(strict=False)] = ()
    help: Texts = ("get help",)
    review_months: Most = 36
    studies: Patterns = ("stud(?:y|ies)", "trials?", r"\d+ (?:in|of|out of) \d+ people")
    not_told: Patterns = ("no (?:study|trial)", "not (?:from )?a study")
    amounts: AmountWords = AmountWords()
    directions: DirectionWords = DirectionWords()
    ledger: Ledger | None = None
    first_person: Patterns = (r"I(?!\.\w)", "[Mm]e", "[Mm]y", "[Mm]ine", "[Mm]yself")
    readers_words: Texts = ("card",)


class PageChecks(Data):
    """What the printed pages of a book must keep to.

    `smallest_pt` is the smallest type in points, `smallest_large_pt` that of large print; `leading` and
    `leading_large` are the least distance of two lines, in sizes of their type. `letters_a_line` are the most
    letters in a line of a paragraph, `letters_a_note` in one of three lines or fewer. `contrast` is the least
    contrast of any words, `contrast_of_text` that of paragraphs (WCAG 2.2). At most `most_boxes` callouts of the
    kinds `boxes` stand on a page. A page within a chapter uses `least_used` of its height or more.
    """

    smallest_pt: float = 9
    smallest_large_pt: float = 18
    leading: float = 1.15
    leading_large: float = 1.25
    letters_a_line: int = 75
    letters_a_note: int = 90
    contrast: float = 4.5
    contrast_of_text: float = 7
    boxes: Texts = ("caution", "red-flag", "tip")
    most_boxes: int = 2
    least_used: float = 0.15


class Checks(Data):
    """How a book is checked: what it lives with, and what the rules of each family need to know of it."""

    ignore: Annotated[tuple[Ignored, ...], Field(strict=False)] = ()
    files: FileChecks = FileChecks()
    pictures: PictureChecks = PictureChecks()
    structure: StructureChecks = StructureChecks()
    ebook: EbookChecks = EbookChecks()
    words: WordChecks = WordChecks()
    safety: SafetyChecks = SafetyChecks()
    pages: PageChecks = PageChecks()
