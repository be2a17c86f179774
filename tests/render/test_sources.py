"""How works were read: on the page of sources, in the block that lists them; and how amounts and ways are read."""

from pathlib import Path

import pytest
from lxml import etree

from book.assemble.ebook import for_epub
from book.assemble.printed import for_print
from book.assemble.web import web_leaves
from book.check.run import RULES, examine, proof_of
from book.check.views.amounts import Amount, Reader, fits
from book.check.views.directions import Compass, against
from book.check.views.prose import blocks
from book.load.files import Shelf
from book.load.styles import Styles
from book.model.check_words import AmountWords, DirectionWords
from book.render.rendered import Rendered
from book.render.tree import Tree, plain, select
from tests.conftest import rendered_from

CHAPTER = "chapters/flour-and-water.md"
KEY = "chapter:flour-and-water"
BLOCK = """

Bread rises [@K2; @K3; @K4].

/// sources | memory, secondary
We have not read these ourselves [@K2]:
///

The end.
"""
WORKS = """\
K2: {title: The warm page, link: "https://example.org/warm", read: page, read_on: 2026-11-24, found: It rises.}
K3: {title: "Heat, and how it sets the crumb: a very long title of a work", authors: "Miller C, Baker A, Cook B",
  year: 2019, read: memory, found: It rises.}
K4: {title: "A summary?", year: 2020, read: abstract, read_on: 2026-11-24, found: It rises.}
K5: {title: Told by others, read: secondary, read_on: 2026-11-24, found: It is cited nowhere.}
"""
READER = Reader(AmountWords())


@pytest.fixture
def told(tiny: Path) -> Path:
    """The tiny book with works read in all ways, and the block that lists some."""
    for file, more in (("chapters/sources.yaml", WORKS), (CHAPTER, BLOCK)):
        with (tiny / file).open("a", encoding="utf-8") as text:
            text.write(more)
    return tiny


def tree_of(rendered: Rendered, key: str) -> Tree:
    return next(section.tree for section in rendered.sections if section.key == key)


def entry(rendered: Rendered, key: str) -> str:
    (item,) = select(tree_of(rendered, "page:sources"), f".//li[@id='source-{key}']")
    return plain(item)


def test_page_of_sources_says_how_works_were_read(told: Path) -> None:
    rendered = rendered_from(told)
    assert entry(rendered, "K2") == "The warm page. Seen 24 November 2026. example.org/warm It rises."
    assert entry(rendered, "K3").endswith(". 2019. It rises. Not read for this edition.")
    assert entry(rendered, "K4") == "A summary? 2020. It rises. Read in its summary only."
    assert entry(rendered, "K1") == "A baker’s notebook. 2020. Salt slows yeast."


def test_a_book_says_so_in_its_own_words(told: Path) -> None:
    manifest = told / "book.yaml"
    own = 'labels:\n  read_memory: Nicht gelesen.\n  seen: "Gesehen am {date}."'
    manifest.write_text(manifest.read_text("utf-8").replace("labels:", own), "utf-8")
    rendered = rendered_from(told)
    assert "Gesehen am 24 November 2026." in entry(rendered, "K2")
    assert entry(rendered, "K3").endswith(" Nicht gelesen.")


def listed(tree: Tree) -> list[str]:
    return ["".join(item.itertext()) for item in select(tree, ".//ul[@class='works-read']/li")]


def test_block_lists_cited_works_in_all_editions(told: Path) -> None:
    rendered = rendered_from(told)
    line = "[3] Miller C and others, 2019: Heat, and how it sets the crumb"
    assert listed(tree_of(rendered, KEY)) == [line]
    printed = etree.fromstring(for_print(rendered), etree.HTMLParser())
    leaves = {
        "print": printed,
        "epub": next(leaf.body for leaf in for_epub(rendered) if leaf.file.startswith("chapter-flour")),
        "web": next(leaf.body for leaf in web_leaves(rendered, Styles(Shelf(told)))[0] if "flour" in leaf.file),
    }
    leads = {}
    for name, tree in leaves.items():
        assert listed(tree) == [line], name
        (leads[name],) = (link.get("href") for link in select(tree, ".//li[@class='work']//a"))
    assert leads == {
        "print": "#source-K3", "epub": "page-sources.xhtml#source-K3", "web": "page-sources.html#source-K3",
    }  # fmt: skip


def test_block_without_works_is_left_out_with_its_words(told: Path) -> None:
    works = told / "chapters" / "sources.yaml"
    works.write_text(works.read_text("utf-8").replace("read: memory", "read: page, read_on: 2026-11-24"), "utf-8")
    rendered = rendered_from(told)
    words = plain(tree_of(rendered, KEY))
    assert "ourselves" not in words
    assert "The end." in words
    assert not select(tree_of(rendered, KEY), ".//ul[@class='works-read']")


def test_block_lies_as_the_text_around_it_and_keeps_its_id(told: Path) -> None:
    chapter = told / CHAPTER
    text = chapter.read_text("utf-8").replace("secondary\n", "secondary\n    attrs: {id: works:unread}\n\n")
    chapter.write_text(text, "utf-8")
    tree = tree_of(rendered_from(told), KEY)
    (line,) = select(tree, "./p[@id='works-unread']")
    assert plain(line) == "We have not read these ourselves :"
    assert [element.tag for element in line.itersiblings()][:2] == ["ul", "p"]


def test_what_only_the_block_cites_does_not_count_as_cited(told: Path) -> None:
    chapter = told / CHAPTER
    chapter.write_text(chapter.read_text("utf-8").replace("ourselves [@K2]", "ourselves [@K5]"), "utf-8")
    assert len(listed(tree_of(rendered_from(told), KEY))) == 1


def test_titles_of_listed_works_do_not_count_in_reading_measures(told: Path) -> None:
    before = rendered_from(told).measures
    works = told / "chapters" / "sources.yaml"
    works.write_text(
        works.read_text("utf-8").replace("Heat, and how", "Thermodynamical considerations, and how"), "utf-8"
    )
    assert rendered_from(told).measures == before


def kinds(text: str) -> list[tuple[str, float, float]]:
    return [(one.kind, one.low, one.high) for one in READER.read(text) if one.kind and not one.inside]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2018, 60 experts agreed on 3 signs", [("years of the calendar", 2018, 2018), ("people", 60, 60)]),
        ("They saw 2018 people", [("people", 2018, 2018)]),
        ("33 trials, 1,994 people", [("studies", 33, 33), ("people", 1994, 1994)]),
        ("27 good, well-run trials", []),
        ("nine of them, and 9 old men", [("people", 9, 9)]),
        ("17 in 100 office workers", [("shares", 17, 17)]),
        ("1 in 4 women", [("shares", 25, 25)]),
        ("15–28% of adults", [("shares", 15, 28)]),
        ("a 27-year-old, aged 27, 27 years old", [("ages", 27, 27)] * 3),
        ("for 27 years, at 60 and over", [("years", 27, 27), ("ages", 60, 60)]),
        ("2 or 3 days a week for 10 days", [("days a week", 2, 3), ("days", 10, 10)]),
        ("2 or more days", [("days", 2, 2)]),
        ("1½ points out of 10", [("points", 1.5, 1.5)]),
        ("half an hour, twice a day", [("hours", 0.5, 0.5), ("times a day", 2, 2)]),
        ("fewer than half, more than twice", []),
        ("half of them, and a third", [("shares", 50, 50), ("shares", 100 / 3, 100 / 3)]),
        ("3 push-ups for every 2 pulls", [("ratios", 150, 150)]),
        ("page 40, S17, T4, 5th, 911", []),
        ("twenty-seven weeks", [("weeks", 27, 27)]),
    ],
)  # fmt: skip
def test_numbers_have_kinds(text: str, found: list[tuple[str, float, float]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("said", "found", "kept"),
    [
        ("14 days", "2 weeks", True),
        ("12 months", "a year and 1 year", True),
        ("15 days", "2 weeks", False),
        ("about 700 people", "725 people", True),
        ("700 people", "725 people", False),
        ("about 500 people", "725 people", False),
        ("more than 700 people", "725 people", True),
        ("more than 800 people", "725 people", False),
        ("more than 70 people", "725 people", False),
        ("fewer than 800 people", "725 people", True),
        ("1 to 2 points", "1.4 points", True),
        ("1 to 3 points", "1.4 points", False),
        ("44 in 100", "With it, 17 in 100; without it, 44.", True),
        ("44 in 100", "With it, 17 in 100. There were 44.", False),
        ("100 people", "17 in 100 people", False),
        ("40 people", "27 of 40 people", True),
        ("27 years", "aged 27", False),
        ("5 days", "5 days a week", False),
    ],
)  # fmt: skip
def test_facts_hold_what_is_said(said: str, found: str, *, kept: bool) -> None:
    (amount,) = (one for one in READER.read(said) if not one.inside)
    assert fits(amount, READER.facts([found]), AmountWords().lasts) == kept


def test_another_language_brings_its_words() -> None:
    words = AmountWords.model_validate(
        {"kinds": {"Leute": ["Leute"], "Anteile": ["{n} von {n}"]}, "numbers": {"neun": 9}, "said": {}, "to": ["bis"],
         "besides": {"Brote": ["Brote?"]}, "apart": ["von"], "about": ["etwa"]}
    )  # fmt: skip
    found = Reader(words).read("etwa neun Leute, 5 bis 6 Brote, 17 von 100")
    assert found[0] == Amount("Leute", 9, 9, "neun Leute", 5, 9, about=True)
    assert [(one.kind, one.low, one.high) for one in found[1:3]] == [("Brote", 5, 6), ("Anteile", 17, 17)]


@pytest.mark.parametrize(
    ("said", "found", "told"),
    [
        ("They had more pain later.", "Girls had less neck pain.", "more pain"),
        ("Their pain rose.", "It cut neck and shoulder pain.", "pain rose"),
        ("Backs got rounder.", "It made their backs a little straighter.", "Backs got rounder"),
        ("It did not ease pain.", "It eased pain.", "did not ease pain"),
        ("They had more back pain.", "Girls had less neck pain.", ""),
        ("There was no more pain.", "Girls had less pain.", ""),
        ("More practice helped more.", "Practice cut pain.", ""),
        ("They had more pain.", "At first less pain, then more pain.", ""),
        ("It eased pain more than a leaflet.", "It eased pain.", ""),
    ],
)  # fmt: skip
def test_only_what_is_sure_is_told_of_ways(said: str, found: str, told: str) -> None:
    compass = Compass(DirectionWords())
    assert [way.words for way, _ in against(compass.read(said), compass.read(found))] == ([told] if told else [])


def test_sentences_know_what_they_cite(told: Path) -> None:
    chapter = told / CHAPTER
    more = "\nOne [@K2]. Two words [@K3; @K4] go on. Three. Four. [@K2]\n"
    chapter.write_text(chapter.read_text("utf-8") + more, "utf-8")
    section = next(one for one in rendered_from(told).sections if one.key == KEY)
    (block,) = (one for one in blocks(section.tree, section) if one.text.startswith("One"))
    found = [
        (" ".join(one.text.split()), one.cites, block.bare[one.start :].startswith(one.text))
        for one in block.sentences
    ]
    assert found == [
        ("One .", ("source-K2",), True),
        ("Two words go on.", ("source-K3", "source-K4"), True),
        ("Three.", (), True),
        ("Four.", ("source-K2",), True),
    ]


def test_a_long_list_of_works_is_no_fault_of_its_chapter(told: Path) -> None:
    names = [f"M{number}" for number in range(9)]
    with (told / "chapters" / "sources.yaml").open("a", encoding="utf-8") as works:
        works.writelines(f"{name}: {{title: Book {name}, read: memory, found: It rises.}}\n" for name in names)
    chapter = told / CHAPTER
    cited = "; ".join(f"@{name}" for name in names)
    chapter.write_text(chapter.read_text("utf-8").replace("@K4]", f"@K4; {cited}]"), "utf-8")
    proof = proof_of(told, told / "dist", (), lambda _: None, {"text"})
    assert len(listed(tree_of(proof.rendered, KEY))) == 10
    assert not examine(proof, [RULES["W04"]], lambda _: None).findings
