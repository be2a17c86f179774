"""A recipe is a kind of content of its own: one folder, and a book about bread that has no exercise."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from pypdfium2 import PdfDocument

from book.commands.cli import main
from book.kinds.recipe.check import _forms
from book.kinds.recipe.model import Oven
from book.render.words import find
from tests.conftest import LOAF, built, rendered_from

RECIPE = "chapters/recipes/plain-loaf.md"


def build(root: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["build", "letter", "--root", str(root), "--jobs", "1", *words])
    return f"{done.exit_code} {done.stderr}"


def change(root: Path, old: str, new: str) -> None:
    text = (root / RECIPE).read_text("utf-8")
    assert text.count(old) == 1, old
    (root / RECIPE).write_text(text.replace(old, new), "utf-8")


def test_the_bread_book_has_a_recipe_and_no_exercise() -> None:
    sections = {section.key: section for section in rendered_from(LOAF).sections}
    assert not [key for key in sections if key.startswith("exercise:")]
    page = sections["recipe:plain-loaf"].tree
    assert [" ".join("".join(item.itertext()).split()) for item in page.iterfind(".//div[@class='poses ingredients']/ul[1]/li")] == [
        "500 g strong white flour", "350 g water, as warm as your hand", "10 g salt", "3 g dried yeast",
    ]  # fmt: skip
    assert len(page.findall(".//div[@class='doing']/ol/li")) == 6
    assert [found.text for found in page.iter("h2")] == ["Ingredients", "Tools", "Steps", "Done when"]
    rows = [" ".join("".join(part.itertext()).split()) for part in page.find(".//dl").iter("dt", "dd")]
    assert rows == [
        "Makes", "One loaf of about 800 g", "Oven", "240 °C or 465 °F", "In the oven", "40–45 minutes",
        "All in all", "5 hours, most of it waiting",
    ]  # fmt: skip


def test_it_stands_on_one_page_with_its_own_looks(shared: Path) -> None:
    paths = built(LOAF, shared / "bread")
    with PdfDocument(paths["letter"]) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    assert [("knock on its base" in text) for text in texts if "strong white flour" in text] == [True]


def test_contents_list_it_below_its_chapter(loaf: Path) -> None:
    change(loaf, "title: One plain loaf", "title: Ein Laib")
    sections = {section.key: section for section in rendered_from(loaf).sections}
    listed = etree.tostring(sections["page:contents"].tree, encoding="unicode")
    assert re.search(r'class="recipe".*?Ein Laib', listed, re.DOTALL)
    assert "Ein Laib" in etree.tostring(sections["page:find"].tree, encoding="unicode")


WRONG = [
    ("no ingredients", "tools:", "tols:", 'there is no key "tols". Did you mean "tools"?'),
    ("two heats", "fahrenheit: 465", "fahrenheit: 425", "must give one heat: 240 °C is 464 °F, not 425 °F"),
    ("no oven time", ", minutes: 40-45}", "}", '"oven.minutes" is missing. Add it.'),
    ("unknown area", "areas: [bowl, oven]", "areas: [bowl, ovn]", 'there is no part "ovn" in images/body-map.yaml. Did you mean "oven"?'),
    ("no end", "## Done\n", "## Ready\n", 'the part "## Done" is missing or empty. Write it.'),
    ("another part", "## Done\n", "## Done\n\nBrown.\n\n## Hints\n", '"## Hints" is no part of this recipe. It has Steps and Done.'),
    ("no numbers", "\n1. Stir", "\nStir", "number the steps of a recipe (1. 2. 3.)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_with_it_is_told_with_its_line(loaf: Path, old: str, new: str, said: str) -> None:
    change(loaf, old, new)
    if new == "\nStir":
        text = (loaf / RECIPE).read_text("utf-8")
        (loaf / RECIPE).write_text(re.sub(r"(?m)^\d\. ", "", text), "utf-8")
    told = build(loaf)
    assert told.startswith("1 ")
    assert said in told
    assert re.search(rf"^(1 )?{re.escape(RECIPE)}:\d+: ", told, re.MULTILINE)


def test_one_that_is_too_long_for_its_page_stops_the_build(loaf: Path) -> None:
    change(loaf, "6. Bake with", "6. " + "Knead the dough once more, and then wait. " * 60 + "Bake with")
    assert re.search(
        rf"{re.escape(RECIPE)}:1: takes 4 pages in the edition letter: \d+ mm too much\. Shorten", build(loaf)
    )


@pytest.mark.parametrize(("name", "is_met"), [
    ("lemons", True), ("lemon", True), ("ripe tomatoes", True), ("berries", True), ("bay leaf", False), ("eggs", False),
])  # fmt: skip
def test_an_ingredient_is_met_in_the_singular_and_in_the_plural(name: str, is_met: bool) -> None:
    steps = "Press the lemon. Chop a tomato and each berry, and squeeze two more lemons."
    assert bool(find.pattern(_forms(name)).search(steps)) is is_met


def test_a_range_of_heat_has_both_ends_compared() -> None:
    Oven.model_validate({"celsius": "220-240", "fahrenheit": "430-465", "minutes": 40})
    with pytest.raises(ValueError, match="240 °C is 464 °F, not 400 °F"):
        Oven.model_validate({"celsius": "200-240", "fahrenheit": "390-400", "minutes": 40})
