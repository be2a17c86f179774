"""`images/figures.yaml` as frozen values: figures by name, poses and regions that a book adds."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from book.figure.data import Data
from book.figure.spec import Drawing, Stance
from book.model.fields import Id, Prose, Text
from book.model.problems import Breaks, Refused


class FigureEntry(Drawing):
    """One figure of `images/figures.yaml`: its words, and how to draw it."""

    title: Text
    alt: Annotated[Text, Breaks("F01")]
    caption: Prose | None = None

    @model_validator(mode="after")
    def _tells(self) -> Self:
        """See that alt text and caption differ, and that a movement is told in words."""
        if self.alt == self.caption:
            raise Refused("F02", "must not have its caption as alt text: say in alt what is seen")
        if not self.caption and any(panel.arrows for panel in self.all_panels()):
            raise ValueError("must have a caption, since it shows a movement")
        return self


class Figures(Data):
    """`images/figures.yaml`: figures by name, and the poses and regions that the book adds to the engine's own."""

    poses: Mapping[Id, Stance] = Field(default_factory=dict)
    regions: Mapping[Id, Any] = Field(default_factory=dict)
    figures: Mapping[Id, FigureEntry] = Field(default_factory=dict)
