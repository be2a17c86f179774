"""The glossary: its terms are linked where each chapter first has them, once, and each entry leads back."""

import zipfile
from pathlib import Path

import pymupdf
import pytest
from lxml import etree

from book.model.problems import BookError
from book.render.rendered import Rendered
from book.render.tree import plain, select
from book.render.words import find
from tests.conftest import rendered_from
from tests.load.test_bad_input import CHAPTER, Spoil, change
from tests.render.test_index import number_in

GLOSSARY = "chapters/words.md"
TEXT = """---
title: Words
glossary: true
forms:
  Wait: []
---

Dough (paste, dough ball)
:   What you knead.

Yeast
:   It makes [dough](term:dough) rise.

Wait
:   To do nothing.
"""
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture
def book(tiny: Path) -> Path:
    """The tiny book with a glossary."""
    (tiny / GLOSSARY).write_text(TEXT, "utf-8")
    change("book.yaml", "  - page:colophon", "  - chapter:words\n  - page:colophon")(tiny)
    return tiny


def linked(root: Path, key: str = "chapter:flour-and-water") -> list[tuple[str, str]]:
    """The words of a section that lead to the glossary, each with its term's id."""
    section = next(section for section in rendered_from(root).sections if section.key == key)
    return [(plain(link), link.get("href", "")) for link in select(section.tree, ".//a[@class='term']")]


def test_only_the_first_use_is_linked_and_never_in_headings_links_or_boxes_that_stop(book: Path) -> None:
    lines = (
        "## Dough first\n\nSee [the dough](chapter:baking), *Dough Weekly*.\n\n"
        "/// red-flag | Dough\nDough in your eye?\n///\n\nDOUGH rises. Dough rests.\n"
    )
    change(CHAPTER, "/// tip", f"{lines}\n/// tip")(book)
    assert [link for link in linked(book) if link[1] == "#term-dough"] == [("DOUGH", "#term-dough")]


def test_a_term_is_linked_in_the_lede_and_not_in_the_preview_below_it(book: Path) -> None:
    change(CHAPTER, "  - What to buy", "  - What dough is")(book)
    change(CHAPTER, "lede: Flour,", "lede: Dough is flour,")(book)
    change(CHAPTER, "Stir until", "Dough. Stir until")(book)
    (section,) = [found for found in rendered_from(book).sections if found.key == "chapter:flour-and-water"]
    (link,) = select(section.tree, ".//a[@href='#term-dough']")
    assert plain(link) == "Dough"
    assert select(link, "parent::p[@class='lede']")


def test_the_longest_form_wins_in_whole_words_across_typographic_marks(book: Path) -> None:
    change(CHAPTER, "Stir until", "Undoughy doughs-to-be. Two dough balls' worth. Stir until")(book)
    assert ("dough balls", "#term-dough") in linked(book)
    change(GLOSSARY, "Dough (paste, dough ball)", "Baker's dough")(book)
    change(GLOSSARY, "[dough](term:dough)", "it")(book)
    change(CHAPTER, "Two dough balls'", "Two baker’s-doughs'")(book)
    assert ("baker’s-doughs", "#term-baker-s-dough") in linked(book)


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [("story", "stories", True), ("day", "days", True), ("day", "daies", False), ("box", "boxes", True),
     ("blade", "bladed", False), ("push-up", "push‑ups", True), ("set", "reset", False), ("C++", "c++", True)],
)  # fmt: skip
def test_forms(form: str, text: str, found: bool) -> None:
    assert bool(find.pattern([form]).search(f"The {text}, then.")) is found


def test_a_term_without_forms_is_kept_and_nothing_leads_to_it(book: Path) -> None:
    change(CHAPTER, "Stir until", "Wait. Stir until")(book)
    assert "#term-wait" not in {href for _, href in linked(book)}


MISTAKES: list[tuple[str, Spoil, str]] = [
    ("term that is nowhere", change(GLOSSARY, "Yeast", "Zest"),
     f'{GLOSSARY}:11: the term "Zest" is nowhere in the book. Take it out, give the words for it under forms,'),
    ("forms of no term", change(GLOSSARY, "  Wait: []", "  Wate: [halt]\n  Wait: []"),
     f'{GLOSSARY}:5: there is no term "Wate" here. Did you mean "Wait"?'),
    ("one form for two terms", change(GLOSSARY, "Yeast", "Yeast (paste)"),
     f'{GLOSSARY}:11: "paste" stands for "Dough" and "Yeast". Say under forms for which.'),
    ("forms without a glossary", change(GLOSSARY, "glossary: true\n", ""),
     f"{GLOSSARY}:2: must have the key glossary: true where it has forms"),
    ("glossary without terms", change(GLOSSARY, TEXT.partition("---\n\n")[2], "Text.\n"),
     f"{GLOSSARY}:3: a glossary needs terms: a word on a line"),
    ("link to no term", change(CHAPTER, "Stir until", "Stir [it](term:doug) until"),
     f'{CHAPTER}:17: the cross-reference "term:doug" leads nowhere. Did you mean "term:dough"?'),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_says_file_line_and_remedy(book: Path, spoil: Spoil, said: str) -> None:
    spoil(book)
    with pytest.raises(BookError) as caught:
        rendered_from(book)
    assert said in str(caught.value)


def test_each_chapter_of_the_report_links_a_term_once(rendered: Rendered) -> None:
    for section in rendered.sections:
        found = [link.get("href") for link in select(section.tree, ".//a[@class='term' and not(ancestor::dd)]")]
        assert len(found) == len(set(found)), section.key
    assert sum(len(select(section.tree, ".//a[@class='term']")) for section in rendered.sections) > 90


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_page_beside_each_term_of_the_report_has_the_term(
    rendered: Rendered, report: dict[str, Path], paper: str
) -> None:
    (glossary,) = (section for section in rendered.sections if section.key == "chapter:words-to-know")
    uses = {link.get("href", "")[1:] for link in select(glossary.tree, ".//a[@class='use']")}
    first = {name: plain(link) for name in uses for section in rendered.sections
             for link in select(section.tree, f".//a[@id='{name}']")}  # fmt: skip
    with pymupdf.open(report[paper]) as pdf:
        printed = {}
        for page in pdf:
            for link in page.get_links():
                if (name := link.get("nameddest", "")) in uses:
                    printed[name] = number_in(page, link["from"])
        assert printed.keys() == uses
        for name, number in printed.items():
            assert first[name].casefold() in " ".join(pdf[number - 1].get_text().split()).casefold(), name


def test_the_e_book_knows_its_glossary(report: dict[str, Path]) -> None:
    with zipfile.ZipFile(report["epub"]) as files:
        page = etree.fromstring(files.read("EPUB/chapter-words-to-know.xhtml"))
        nav = files.read("EPUB/nav.xhtml").decode()
        (section,) = page.xpath("//*[local-name()='section']")
        assert (section.get("role"), section.get(EPUB_TYPE)) == ("doc-glossary", "glossary")
        assert '<a epub:type="glossary" href="chapter-words-to-know.xhtml">' in nav
        for entry in page.xpath("//*[local-name()='dt']"):
            assert (entry.get(EPUB_TYPE), entry[0].tag.rpartition("}")[2]) == ("glossterm", "dfn")
        uses = page.xpath("//*[@class='use']")
        assert uses
        for use in uses:
            name, _, target = use.get("href").partition("#")
            there = etree.fromstring(files.read(f"EPUB/{name}"))
            (link,) = there.xpath(f"//*[@id='{target}']")
            assert link.get("href").startswith("chapter-words-to-know.xhtml#term-")


def test_cut_sheets_have_no_link_to_the_glossary(report: dict[str, Path]) -> None:
    with pymupdf.open(report["one-page"]) as pdf:
        assert "breastbone" in pdf[0].get_text().casefold()
        assert not [link for link in pdf[0].get_links() if "term" in link.get("nameddest", "")]
