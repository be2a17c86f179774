"""What a book says of its own checks: the key `check` in `book.yaml`."""

from typing import Annotated

from pydantic import Field

from book.fields import Text
from book.figure.spec import Data


class Ignored(Data):
    """Findings that a book lives with, and why: of one rule, in one file or in all, about some words or any."""

    rule: Text
    reason: Text
    at: Text | None = None
    words: Text | None = None


class EbookChecks(Data):
    """What an e-book may weigh, by the book's own bar.

    `whole_mb` is for all of its files unpacked, `picture_mb` for one picture, in megabytes; `page_kb` for one page,
    in kilobytes. Stores take more; old readers and slow lines do not.
    """

    whole_mb: Annotated[float, Field(gt=0)] = 10
    page_kb: Annotated[float, Field(gt=0)] = 300
    picture_mb: Annotated[float, Field(gt=0)] = 1.5


class Checks(Data):
    """How a book is checked: what it lives with, and what the rules of each family need to know of it."""

    ignore: Annotated[tuple[Ignored, ...], Field(strict=False)] = ()
    ebook: EbookChecks = EbookChecks()
