"""What a chapter is: its front matter, and what its kind is like."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from book.kinds.glossary.model import GlossaryHead
from book.model.document import Document, Head
from book.model.fields import Prose, Proses, Text


class ChapterHead(Head, GlossaryHead):
    """Front matter of a chapter."""

    short: Annotated[Text, StringConstraints(max_length=34)] | None = None
    lede: Prose | None = None
    in_this_chapter: Proses = ()
    numbered: bool = True


@dataclass(frozen=True)
class Chapter(Document):
    """One chapter, whose body goes as its author likes."""

    kind: ClassVar[str] = "chapter"
    folder: ClassVar[str] = "chapters"
    model: ClassVar[type[Head]] = ChapterHead
    follows: ClassVar[bool] = False
    instructs: ClassVar[bool] = False

    head: ChapterHead

    @property
    def short(self) -> str:
        """Its title where there is little room."""
        return self.head.short or self.head.title

    @property
    def is_numbered(self) -> bool:
        """Whether it counts among chapters."""
        return self.head.numbered

    @property
    def opening(self) -> list[str]:
        """Its title, its lede and its promises."""
        return [self.head.title, self.head.lede or "", *self.head.in_this_chapter]


DOCUMENT = Chapter
