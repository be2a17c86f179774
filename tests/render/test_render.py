"""From Markdown to finished trees: what each mark of an author becomes, and the tiny book kept whole in golden files."""

import difflib
import re
from pathlib import Path

import pytest
from lxml import etree

from book.assemble import printed
from book.assemble.ebook import for_epub
from book.kinds.chapter.model import Chapter, ChapterHead
from book.model.figures import FigureEntry, Figures
from book.model.labels import Labels
from book.model.problems import Problems
from book.render import elements, figures, links, markdown
from book.render.rendered import Rendered
from book.render.tree import drop_marks
from tests.conftest import TINY, rendered_from

GOLDEN = Path(__file__).parent / "golden"
CRUMB = FigureEntry(title="The crumb", alt="A cut loaf.", caption="Look inside.")


def tree_of(body: str, facts: dict[str, str] | None = None) -> etree._Element:
    """A chapter's body as render makes it, before links are resolved; fails on any problem."""
    part = Chapter("sample", "chapters/sample.md", ChapterHead(title="Sample"), body, 1)
    problems = Problems()
    tree = markdown.to_tree(part, facts or {}, problems)
    elements.callouts(tree, Labels())
    elements.task_lists(tree, Labels())
    elements.tables(tree, part, problems)
    figures.figures(tree, part, Figures(figures={"crumb": CRUMB}), problems)
    elements.notes(tree, part.name, Labels())
    elements.headings(tree, part.name, part, problems)
    problems.raise_any()
    drop_marks(tree)
    return tree


def written(body: str, **facts: str) -> str:
    """The same as a string, spaces between blocks closed up."""
    text = etree.tostring(tree_of(body, facts), encoding="unicode")
    return "".join(line.strip() for line in text.removeprefix("<div>").removesuffix("</div>").splitlines())


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ("One *two* **three**.", "<p>One <em>two</em> <strong>three</strong>.</p>"),
        ("Version {{ version }}.", "<p>Version 2.0.</p>"),
        ("## How long?", '<h2 id="sample-how-long">How long?</h2>'),
        ("## Ribs {#area:2}", '<h2 id="area:2">Ribs</h2>'),
        ("## Ribs {#area:2 .page}", '<h2 class="page" id="area:2">Ribs</h2>'),
        ("[row](exercise:row)", '<p><a href="exercise:row">row</a></p>'),
        (
            "Much [@S1; @S2].",
            '<p>Much <span class="cites"><a class="cite" href="source:S1"/><a class="cite" href="source:S2"/></span>.</p>',
        ),
        ("Word\n:   What it means.", "<dl><dt>Word</dt><dd>What it means.</dd></dl>"),
        (
            "- [ ] Bowl\n- [x] Flour",
            '<ul class="tasks"><li class="task"><span class="box" role="img" aria-label="To do">☐</span> Bowl</li>'
            '<li class="task"><span class="box" role="img" aria-label="Done">☑</span> Flour</li></ul>',
        ),
        (
            "/// tip\nWet hands.\n///",
            '<aside class="callout tip" role="note" aria-label="Tip"><p class="callout-title">Tip</p><p>Wet hands.</p></aside>',
        ),
        (
            "/// tip\n    attrs: {id: tip:wet-hands}\n\nWet hands.\n///",
            '<aside class="callout tip" id="tip:wet-hands" role="note" aria-label="Tip"><p class="callout-title">Tip</p>'
            "<p>Wet hands.</p></aside>",
        ),
        (
            "/// caution | Hot\nWait.\n///",
            '<aside class="callout caution" role="note" aria-label="Caution: Hot">'
            '<p class="callout-title">Caution: Hot</p><p>Wait.</p></aside>',
        ),
        (
            "Table: Sizes\n\n| Loaf | Grams |\n|---|--:|\n| Small | 400 |",
            '<table><caption>Sizes</caption><thead><tr><th scope="col">Loaf</th><th scope="col" class="to-right">Grams</th></tr></thead>'
            '<tbody><tr><th scope="row">Small</th><td class="to-right">400</td></tr></tbody></table>',
        ),
        (
            '![A loaf.](loaf.svg "The crumb.")',
            '<figure><img alt="A loaf." src="loaf.svg"/><figcaption>The crumb.</figcaption></figure>',
        ),
        (
            "![](figure:crumb)",
            '<figure><img alt="A cut loaf." src="crumb.svg"/><figcaption>Look inside.</figcaption></figure>',
        ),
        (
            '![](place:map "The map.")',
            '<figure class="place" id="place-map"><div class="frame"/><figcaption>The map.</figcaption></figure>',
        ),
        (
            "Weigh it.[^1]\n\n[^1]: Cups differ.",
            '<p>Weigh it.<sup class="noteref"><a class="noteref" href="#sample-note-1" id="sample-ref-1" role="doc-noteref">1</a></sup></p>'
            '<div class="notes"><aside class="note" id="sample-note-1" role="doc-footnote"><p>Cups differ.\u00a0'
            '<a href="#sample-ref-1" role="doc-backlink" class="backlink" aria-label="Back to the text">↩</a></p></aside></div>',
        ),
        ("Salt &amp; <em>yeast</em>&nbsp;&times;", "<p>Salt &amp; <em>yeast</em>\u00a0×</p>"),
        ("`/// tip`", "<p><code>/// tip</code></p>"),
    ],
)  # fmt: skip
def test_marks_become_elements(body: str, markup: str) -> None:
    assert written(body, version="2.0") == markup


def test_same_heading_twice_gets_two_ids() -> None:
    assert 'id="sample-mix-2"' in written("## Mix\n\nA.\n\n## Mix\n\nB.")


@pytest.mark.parametrize(
    ("words", "id_"), [("Is it Öl?", "is-it-ol"), ("1. Mix", "1-mix"), ("日本", "日本"), ("?", "part")]
)
def test_slugs_are_plain(words: str, id_: str) -> None:
    assert elements.slug(words) == id_


@pytest.fixture(scope="module")
def tiny_rendered() -> Rendered:
    return rendered_from(TINY)


def test_links_carry_the_titles_of_what_they_lead_to(tiny_rendered: Rendered) -> None:
    (section,) = (section for section in tiny_rendered.sections if section.key == "chapter:flour-and-water")
    found = {link.get("href"): elements.plain(link) for link in section.tree.iter("a")}
    assert found["#exercise-stretch-and-fold"] == "stretch and fold"
    assert found["#chapter-baking"] == "Bake it hot"


def test_sources_are_numbered_in_the_order_they_are_first_cited() -> None:
    trees = [
        etree.fromstring('<p><a href="source:B"/><a href="source:A"/></p>'),
        etree.fromstring('<p><a href="source:B"/></p>'),
    ]
    assert links.cited(trees) == ["B", "A"]


def test_figures_are_numbered_through_the_book(tiny_rendered: Rendered) -> None:
    captions = [
        elements.plain(caption)
        for section in tiny_rendered.sections
        for caption in section.tree.xpath(".//figure[not(contains(@class, 'pose'))]/figcaption")
    ]
    assert captions == ["Figure 1. The crumb is even."]


def test_rendering_twice_gives_the_same_trees(tiny_rendered: Rendered) -> None:
    assert printed.for_print(rendered_from(TINY)) == printed.for_print(tiny_rendered)


def test_assembling_changes_nothing_that_was_rendered(tiny_rendered: Rendered) -> None:
    before = [etree.tostring(section.tree) for section in tiny_rendered.sections]
    printed.for_print(tiny_rendered)
    for_epub(tiny_rendered)
    assert [etree.tostring(section.tree) for section in tiny_rendered.sections] == before


def against_golden(name: str, text: str, update: bool) -> None:
    """Compare with a golden file; `pytest --update` writes it anew."""
    path = GOLDEN / name
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"{path} is missing: run pytest --update, and read it before you commit"
    expected = path.read_text("utf-8")
    changes = "\n".join(
        difflib.unified_diff(expected.splitlines(), text.splitlines(), "golden", "now", lineterm="")
    )
    assert not changes, f"\n{changes}\nIf this is what you want: pytest --update"


def test_print_markup_is_as_before(tiny_rendered: Rendered, update: bool) -> None:
    against_golden(
        "print.html",
        re.sub(r' data-block="\d+"', "", printed.for_print(tiny_rendered)).replace("><", ">\n<") + "\n",
        update,
    )


def test_epub_markup_is_as_before(tiny_rendered: Rendered, update: bool) -> None:
    text = "".join(
        f"<!-- {leaf.file} · {leaf.kind} · {leaf.title} -->\n"
        + etree.tostring(leaf.body, encoding="unicode").replace("><", ">\n<")
        + "\n"
        for leaf in for_epub(tiny_rendered)
    )
    against_golden("epub.html", text, update)
