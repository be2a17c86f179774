"""What a recipe is: its ingredients, its oven, its front matter."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from book.figure.data import Data
from book.model.document import Document, Head
from book.model.fields import Ids, Number, Prose, Text, Texts, named

NEAR = 10  # degrees Fahrenheit that rounding may take or give


class RecipeWords(Data):
    """The words of a recipe's page."""

    recipe: Text = "Recipe"
    makes: Text = "Makes"
    oven: Text = "Oven"
    bake: Text = "In the oven"
    takes: Text = "All in all"
    ingredients: Text = "Ingredients"
    tools: Text = "Tools"
    method: Text = "Steps"
    done_when: Text = "Done when"


class Ingredient(Data):
    """One ingredient: how much of what, and a note such as "sifted". A plain text is one without an amount."""

    amount: Text | None = None
    name: Text
    note: Text | None = None


class Oven(Data):
    """How hot the oven is, in degrees, and for how many minutes what is made stays in it."""

    celsius: Number
    fahrenheit: Number | None = None
    minutes: Number

    @model_validator(mode="after")
    def _is_one_heat(self) -> Self:
        """See that both scales tell the same heat, as far as ovens are marked."""
        given = self.fahrenheit
        pairs = ((self.celsius.low, given.low), (self.celsius.high, given.high)) if given else ()
        for celsius, fahrenheit in pairs:
            right = round(celsius * 9 / 5 + 32)
            if abs(right - fahrenheit) > NEAR:
                raise ValueError(f"must give one heat: {celsius} °C is {right} °F, not {fahrenheit} °F")
        return self


Ingredients = Annotated[
    tuple[Annotated[Ingredient, BeforeValidator(named)], ...], Field(strict=False, min_length=1)
]


class RecipeHead(Head):
    """Front matter of a recipe."""

    group: Text | None = None
    why: Prose | None = None
    areas: Ids = ()
    makes: Text
    takes: Text | None = None
    oven: Oven | None = None
    ingredients: Ingredients
    tools: Texts = ()
    sources: Texts = ()


@dataclass(frozen=True)
class Recipe(Document):
    """One recipe, whose body has its steps, and how to tell that it is done."""

    kind: ClassVar[str] = "recipe"
    folder: ClassVar[str] = "chapters/recipes"
    model: ClassVar[type[Head]] = RecipeHead
    title_letters: ClassVar[int] = 40
    headings: ClassVar[tuple[str, ...]] = ("steps", "done")
    remedy: ClassVar[str] = "Shorten its words, or make two recipes of it."

    head: RecipeHead

    @property
    def areas(self) -> Ids:
        """The parts of the map that it is for."""
        return self.head.areas

    @property
    def said(self) -> list[str]:
        """All that its front matter says to readers."""
        head = self.head
        ingredients = [said for one in head.ingredients for said in (one.amount, one.name, one.note) if said]
        oven = [str(number) for number in (head.oven.celsius, head.oven.minutes)] if head.oven else []
        lines = (head.title, head.group, head.why, head.makes, head.takes)
        return [*filter(None, lines), *ingredients, *oven, *head.tools]


DOCUMENT = Recipe
LABELS = RecipeWords
