"""Front matter of a glossary: that it is one, and by which words its terms are found."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field, model_validator

from book.figure.data import Data
from book.model.fields import Text, Texts


class GlossaryHead(Data):
    """The keys of a chapter's front matter that make a glossary of it."""

    glossary: bool = False
    forms: Mapping[Text, Texts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_terms(self) -> Self:
        """See that only a glossary says by which words its terms are found."""
        if self.forms and not self.glossary:
            raise ValueError("must have the key glossary: true where it has forms")
        return self
