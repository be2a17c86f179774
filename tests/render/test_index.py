"""The index: every page it prints has the word, every link leads to it, and nothing is named that is not there."""

import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.html
import pymupdf
import pytest
from lxml import etree

from book.assemble import printed
from book.build.builder import build
from book.kinds.chapter.model import ChapterHead
from book.load.yaml import parse, shape
from book.model.editions import EDITIONS
from book.model.index import FILE, Index
from book.model.problems import BookError, Problems
from book.render.rendered import Rendered
from book.render.tree import plain, select
from book.render.words import find
from tests.conftest import ROOT, rendered_from
from tests.load.test_bad_input import Spoil, change, delete

TEXT = """title: Find by word
entries:
  Timer: {at: [chapter:baking, chapter:flour-and-water], words: [timer, minute]}
  Clock: {see: Timer}
  Élan: {at: exercise:stretch-and-fold, words: dough}
  edge: [exercise:stretch-and-fold]
  Salt: {at: "step:mix", words: [salt slows], also: Timer}
"""


@pytest.fixture
def book(tiny: Path) -> Path:
    """The tiny book with an index."""
    (tiny / FILE).write_text(TEXT, "utf-8")
    change("book.yaml", "  - page:colophon", "  - page:index\n  - page:colophon")(tiny)
    return tiny


def index_of(rendered: Rendered) -> etree._Element:
    return next(section.tree for section in rendered.sections if section.key == "page:index")


def test_entries_stand_in_the_order_of_their_letters(book: Path) -> None:
    names = [plain(term) for term in select(index_of(rendered_from(book)), ".//span[@class='index-term']")]
    assert names == ["Clock", "edge", "Élan", "Salt", "Timer"]


def test_an_entry_leads_to_the_very_word_also_across_tags(book: Path) -> None:
    change("chapters/flour-and-water.md", "Salt slows", "**Salt** slows")(book)
    trees = [section.tree for section in rendered_from(book).sections]
    (mark,) = (mark for tree in trees for mark in select(tree, ".//*[@id='at-salt-1']"))
    assert (mark.text, mark.getparent().tag) == ("Salt", "strong")  # type: ignore[union-attr]


def test_a_book_with_an_index_prints_it_with_pages_and_links(book: Path, tmp_path: Path) -> None:
    made = {
        made.edition.name: made.path for made in build(book, tmp_path / "dist", ("letter", "epub"), lambda _: None)
    }
    check_pages(rendered_from(book), made["letter"])
    check_links(rendered_from(book), made["epub"])


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_page_that_the_report_prints_has_the_word(
    rendered: Rendered, report: dict[str, Path], paper: str
) -> None:
    check_pages(rendered, report[paper])


def test_every_link_of_the_e_book_leads_to_the_word(rendered: Rendered, report: dict[str, Path]) -> None:
    check_links(rendered, report["epub"])


def sought(rendered: Rendered) -> dict[str, tuple[str, re.Pattern[str]]]:
    """For each place that the index leads to: its entry, and the expression that finds the entry's words."""
    found = {}
    index = rendered.book.index
    assert index is not None
    for item in select(index_of(rendered), ".//li[@class='index-entry']"):
        name = next(name for name in index.entries if item.get("id") == f"index-{slug(name)}")
        pattern = find.pattern(index.entries[name].known_as(name))
        places = {link.get("href", "")[1:] for link in select(item, ".//a[@class='locator']")}
        assert len(places) == len(index.entries[name].at), name
        found |= dict.fromkeys(places, (name, pattern))
    return found


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("é", "e")).strip("-")


def check_pages(rendered: Rendered, path: Path) -> None:
    """See that each printed number is of a page with the word, and that no entry names a page twice."""
    places = sought(rendered)
    printed: dict[str, int] = {}
    with pymupdf.open(path) as pdf:
        for page in pdf:
            for link in page.get_links():
                if (place := link.get("nameddest", "")) in places:
                    printed[place] = number_in(page, link["from"])
        assert printed.keys() == places.keys()
        for place, number in printed.items():
            name, pattern = places[place]
            assert pattern.search(" ".join(pdf[number - 1].get_text().split())), (name, number)
    named = [(places[place][0], number) for place, number in printed.items()]
    assert len(named) == len(set(named))
    assert all(low <= high for (one, low), (other, high) in pairwise(named) if one == other)


def number_in(page: pymupdf.Page, box: pymupdf.Rect) -> int:
    """The number printed inside a link; its box reaches into the lines above and below."""
    middle = (box.y0 + box.y1) / 2
    said = [word for x0, y0, x1, y1, word, *_ in page.get_text("words")
            if y0 < middle < y1 and box.x0 <= (x0 + x1) / 2 <= box.x1 + 2]  # fmt: skip
    return int(re.sub(r"\D", "", "".join(said)))


def check_links(rendered: Rendered, path: Path) -> None:
    """See that each link of the e-book's index leads to an element inside whose block the word stands."""
    with zipfile.ZipFile(path) as files:
        page = etree.fromstring(files.read("EPUB/page-index.xhtml"))
        (section,) = page.xpath("//*[local-name()='section']")
        assert section.get("role") == "doc-index"
        assert '<a epub:type="index" href="page-index.xhtml">' in files.read("EPUB/nav.xhtml").decode()
        places = sought(rendered)
        links = page.xpath("//*[@class='locator']")
        assert len(links) == len(places)
        for link in links:
            assert not (link.text or "").isdigit(), "an e-book has no pages to name"
            name, _, target = link.get("href").partition("#")
            there = etree.fromstring(files.read(f"EPUB/{name}"))
            (word,) = there.xpath(f"//*[@id='{target}']")
            around = next(
                element for element in word.iterancestors()
                if element.tag.rpartition("}")[2] not in {"a", "strong", "em", "span"}
            )  # fmt: skip
            entry, pattern = places[target]
            assert pattern.search(plain(around)), entry


def test_letters_screens_and_print_have_one_index_each(report: dict[str, Path]) -> None:
    with zipfile.ZipFile(report["epub"]) as files:
        page = etree.fromstring(files.read("EPUB/page-index.xhtml"))
    types = {element.get("{http://www.idpf.org/2007/ops}type") for element in page.iter()} - {None}
    assert {"index", "index-entry-list", "index-entry", "index-term", "index-locator", "index-group"} <= types
    assert not page.xpath("//*[@class='folios']")


MISTAKES: list[tuple[str, Spoil, str]] = [
    ("page without a file", delete(FILE), f'book.yaml:24: "page:index" needs the file {FILE}. Write it'),
    ("file without a page", change("book.yaml", "  - page:index\n", ""),
     f'{FILE}:1: is not printed. Add "page:index" to contents in book.yaml'),
    ("word that is not there", change(FILE, "words: [timer, minute]", "words: [gong, bell]"),
     f'{FILE}:3: "chapter:baking" does not have "gong" or "bell". Lead "Timer" elsewhere'),
    ("nowhere in the book", change(FILE, "step:mix", "step:mx"),
     f'{FILE}:7: "Salt" leads to "step:mx", which is nowhere in the book. Did you mean "step:mix"?'),
    ("not a typed id", change(FILE, "[exercise:stretch-and-fold]", "[stretch]"),
     f'{FILE}:6: entries.edge.at.1 must be a typed id, like area:1, not "stretch".'),
    ("dead see", change(FILE, "see: Timer", "see: Timr"),
     f'{FILE}:4: "Clock" leads to "Timr", and there is no such entry. Did you mean "Timer"?'),
    ("dead see also", change(FILE, "also: Timer", "also: Tmer"),
     f'{FILE}:7: "Salt" leads to "Tmer", and there is no such entry. Did you mean "Timer"?'),
    ("see that only leads on", change(FILE, "also: Timer", "also: Clock"),
     f'{FILE}:7: "Salt" leads to "Clock", which only leads on. Name "Timer" instead.'),
    ("itself", change(FILE, "see: Timer", "see: Clock"), f'{FILE}:4: "Clock" leads to itself. Take it out.'),
    ("see and at", change(FILE, "{see: Timer}", "{see: Timer, at: chapter:baking}"),
     f"{FILE}:4: entries.Clock must have the key at, for where it leads, or see"),
    ("see and words", change(FILE, "{see: Timer}", "{see: Timer, words: clock}"),
     f"{FILE}:4: entries.Clock must have nothing besides see"),
    ("one word twice", change(FILE, "  edge:", "  Salt!: chapter:flour-and-water\n  edge:"),
     f'{FILE}:8: "Salt" is the same word as "Salt!". Make one entry of them.'),
    ("unknown key", change(FILE, "{see: Timer}", "{sea: Timer}"), f'{FILE}:4: there is no key "entries.Clock.sea". Did you mean "see"?'),
    ("no entries", change(FILE, TEXT.partition("\n")[2], "entries: {}\n"), f"{FILE}:2: entries is empty. Name one thing or more."),
    ("two places on one page", change(FILE, 'at: "step:mix", words: [salt slows]', 'at: [chapter:flour-and-water, "step:mix"]'),
     f'{FILE}:7: "Salt" leads to "chapter:flour-and-water" and "step:mix", which may stand on one page. Keep one.'),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_says_file_line_and_remedy(book: Path, spoil: Spoil, said: str) -> None:
    spoil(book)
    with pytest.raises(BookError) as caught:
        rendered_from(book)
    assert said in str(caught.value)


def test_places_apart_by_a_page_may_be_named_together(book: Path) -> None:
    change(FILE, 'at: "step:mix", words: [salt slows]', 'at: [chapter:flour-and-water, "step:mix"]')(book)
    change("chapters/flour-and-water.md", "{#step:mix}", "{#step:mix .page}")(book)
    assert len(select(index_of(rendered_from(book)), ".//*[@id='index-salt']//a[@class='locator']")) == 2


def test_examples_of_the_documents_are_understood() -> None:
    """The front matter of a glossary and the index of docs/glossary-and-index.md have no mistakes in them."""
    name = "docs/glossary-and-index.md"
    page = (ROOT / name).read_text("utf-8")
    for heading, model in (("## Write a glossary", ChapterHead), ("## Write an index", Index)):
        example = page.partition(heading)[2].partition("```yaml\n")[2].partition("```")[0]
        problems = Problems()
        raw = parse(example, name, 1, problems)
        assert raw is not None
        assert shape(model, raw, name, 1, problems) is not None, problems.found


def test_a_sheet_keeps_the_page_numbers_of_its_own_pages(book: Path) -> None:
    found = rendered_from(book)
    sheet = replace(EDITIONS["handout"], holds=("page:index", "chapter:baking"))
    tree = lxml.html.fromstring(printed.for_print(found, sheet))
    entries = {entry.get("id"): entry for entry in tree.xpath('//li[@class="index-entry"]')}
    assert len(entries["index-timer"].xpath('.//a[starts-with(@class, "folio")]')) == 1
    assert entries["index-timer"].text_content().strip().startswith("Timer")
    for entry in entries.values():
        targets = {folio.get("href")[1:] for folio in entry.xpath('.//a[starts-with(@class, "folio")]')}
        assert targets <= {element.get("id") for element in tree.xpath("//*[@id]")}
        assert ", ," not in entry.text_content()
        assert bool(targets) == bool(entry.xpath('./span[@class="folios"]'))
    assert any(
        not entry.xpath('./span[@class="folios"]') and "see" not in entry.text_content()
        for entry in entries.values()
    )
