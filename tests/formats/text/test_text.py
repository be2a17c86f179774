"""The plain-text edition: each kind of element on its own, then the whole report word for word."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from book.assemble.leaves import leaves_of
from book.check.run import proof_of
from book.formats.text.blocks import inside, joined
from book.formats.text.document import make_text
from book.formats.text.prepare import prepare
from book.formats.text.wrap import columns, wrap
from book.model.editions import EDITIONS
from book.model.labels import Labels
from book.render.rendered import Rendered
from book.render.tree import Tree, parent, remove, select, value
from tests.conftest import TINY, Command, rendered_from
from tests.model.test_sheets import add

NAMES = {"x": "Chapter\u00a01", "there": "Chapter\u00a02", "list": "“Sources”"}
WIDE = "東京タワーは、高さ三百三十三メートルの電波塔である。"


def text(markup: str, width: int = 72) -> str:
    tree = etree.fromstring(f'<section id="x">{markup}</section>')
    prepare(tree, "A title", NAMES, Labels())
    return "\n".join(joined(inside(tree, width)))


@pytest.fixture(scope="module")
def loaf() -> str:
    return make_text(rendered_from(TINY), EDITIONS["text"])[0]


@pytest.fixture(scope="module")
def whole(rendered: Rendered) -> str:
    return make_text(rendered, EDITIONS["text"])[0]


ELEMENTS = [
    ("paragraphs", "<p>One\n  two.</p><p>Three.</p>", "One two.\n\nThree."),
    ("loose text", "One <em>two</em><p>Three.</p>four<!-- not said --> five", "One two\n\nThree.\n\nfour five"),
    ("nothing at all", "<p> </p><ul/><dl/><table/><pre/><h2/><blockquote/>", ""),
    ("a line that ends", "<p>One<br/>two</p>", "One\ntwo"),
    ("headings", "<p>A.</p><h2>B</h2><p>C.</p><h3>D</h3><p>E.</p>", "A.\n\n\nB\n\nC.\n\n\nD\n\nE."),
    ("a title", "<p>A.</p><h1>Old</h1><p>B.</p>", "A.\n\n\n\n\nA title\n\nB."),
    ("numbers", '<ol start="9"><li>Nine</li><li>Ten<br/>again</li></ol>', "9. Nine\n10. Ten\n    again"),
    ("lists in lists", "<ul><li>A<ol><li>B<ul><li>C</li></ul></li><li>D</li></ol></li><li>E</li></ul>",
     "- A\n  1. B\n     - C\n  2. D\n- E"),
    ("items of more than one paragraph", "<ol><li><p>A</p><p>B</p></li><li><p>C</p></li></ol>", "1. A\n\n   B\n\n2. C"),
    ("boxes to tick", '<ul><li><span class="box">☐</span> A</li><li><span class="box">☑</span> B</li></ul>',
     "- [ ] A\n- [x] B"),
    ("a callout", '<aside class="callout"><p class="callout-title">Tip</p><p>A.</p><p>B.</p></aside>',
     "Tip:\n  A.\n\n  B."),
    ("a title with a colon", '<aside><p class="callout-title">Call now: <b>heart</b></p><p>A.</p></aside>',
     "Call now: heart.\n  A."),
    ("when to stop", '<div class="stop"><p class="stop-title">Stop if</p><ul><li>a</li></ul></div>', "Stop if:\n  - a"),
    ("a callout without a title", "<aside><p>A.</p></aside>", "A."),
    ("a quote", "<blockquote><p>A.</p><p>B.</p></blockquote>", "    A.\n\n    B."),
    ("quoted words", "<p>He said <q>no</q>.</p>", "He said “no”."),
    ("raised and lowered", "<p>m<sup>2</sup> H<sub>2</sub>O x<sup>ab</sup></p>", "m² H₂O x^ab"),
    ("a break in thought", "<p>A.</p><hr/><p>B.</p>", "A.\n\n* * *\n\nB."),
    ("terms", "<dl><dt>A</dt><dd>One.</dd><dt>B?</dt><dd>Two.</dd></dl>", "A: One.\nB? Two."),
    ("terms of much", "<dl><dt>A (b)</dt><dt>C</dt><dd><p>One.</p><p>Two.</p></dd><dd>Three.</dd></dl>",
     "A (b), C:\n    One.\n\n    Two.\n\n    Three."),
    ("terms within terms", "<dl><dt>A</dt><dd/><dd>One.<dl><dt>B</dt><dd>Two.</dd></dl></dd></dl>",
     "A:\n    One.\n\n    B: Two."),
    ("a note of loose text", '<div><aside class="note" id="n">Weigh it.</aside></div>', "Note: Weigh it."),
    ("words after a caption", "<figure><figcaption>A.</figcaption>B</figure>", "A. B"),
    ("amounts", '<dl class="dose" aria-label="How much"><div><dt>Times</dt><dd><span class="figure">4</span> '
     '<span class="words">hold for 5 seconds</span></dd></div></dl><p>B</p>',
     "How much:\n  Times: 4, hold for 5 seconds\n\nB"),
    ("a figure", '<figure><img src="a.svg" alt="A loaf."/><figcaption>The crumb</figcaption></figure>',
     "The crumb: [Picture: A loaf.]"),
    ("a picture in a line", '<p>So <img src="a.svg" alt="a loaf"/> it <img src="b.svg" alt=""/>is.</p>',
     "So [Picture: a loaf] it is."),
    ("a note", '<p>Wet.<sup class="noteref"><a class="noteref" href="#n">1</a></sup> Yes.</p><div class="notes">'
     '<aside class="note" id="n"><p>Weigh it. <a class="backlink" href="#r">↩</a></p></aside></div>',
     "Wet. (Note 1) Yes.\n\nNote 1: Weigh it."),
    ("an address, once", '<p><a href="https://e.org/a">One</a>, <a href="https://e.org/a">two</a>.</p>',
     "One <https://e.org/a>, two."),
    ("an address alone", '<p><a class="url" href="https://e.org/a">e.org/a</a></p>', "<https://e.org/a>"),
    ("a letter", '<p><a href="mailto:a@e.org">Write</a></p>', "Write <a@e.org>"),
    ("links within the book", '<p><a class="ref" href="#there">B</a>, <a class="ref" href="#x">A</a>, <a class="ref" '
     'href="#gone">C</a>, <a class="ref" href="#list">the list</a>, <a class="ref" href="#list">Sources</a>, '
     '<a class="term" href="#there">word</a></p>', "B (Chapter 2), A, C, the list (“Sources”), Sources, word"),
    ("the sign of a place", '<h2><span class="sign">K1</span> Spine</h2>', "K1. Spine"),
    ("the main place of a word", '<ul class="locators"><li><strong><a class="locator" href="#there">B</a></strong>'
     "</li></ul>", "- *B (Chapter 2)*"),
    ("which word to see", '<ul><li><span>Tea</span><span class="index-see"> see <a href="#x">Cup</a></span></li></ul>',
     "- Tea: see Cup"),
    ("what a line is about", '<p class="need"><strong>You need</strong> A bowl.</p>', "You need: A bowl."),
    ("sides of a picture", '<p class="sides"><span>left</span></p>', ""),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "said"), [case[1:] for case in ELEMENTS], ids=[case[0] for case in ELEMENTS])
def test_each_element_is_told_in_words_and_signs(markup: str, said: str) -> None:
    assert text(markup) == said


def test_code_is_kept_as_it_is() -> None:
    code = "if a:\n\tb  =  1" + " # far" * 20
    assert text(f"<p>A</p><pre><code>{code}  \n</code></pre><p>B</p>") == f"A\n\n{code}\n\nB"
    assert text(f"<p>{'word ' * 14}<code>a  b c</code></p>") == ("word " * 14).strip() + "\na  b c"


HEAD = "<thead><tr><th>Step</th><th>Oven</th></tr></thead>"


def test_a_table_that_fits_stands_in_columns() -> None:
    rows = "<tr><th>Lid on</th><td>240 °C</td></tr><tr><th>東京</th><td>20 °C</td></tr>"
    said = text(f"<table><caption>How hot</caption>{HEAD}<tbody>{rows}</tbody></table>")
    assert said == "Table: How hot\n\nStep    Oven\nLid on  240 °C\n東京    20 °C"
    assert text(f"<table>{rows}</table>") == "Lid on  240 °C\n東京    20 °C"


def test_a_wide_table_is_a_line_a_cell_with_its_heading() -> None:
    long = "the oven is as hot as it can be, and the pot in it is just as hot, so take care"
    rows = f'<tr><th rowspan="2">A</th><td>{long}</td></tr><tr><td>1<br/>2</td></tr><tr><td colspan="2">B</td></tr>'
    first, second, third = text(f"<table>{HEAD}<tbody>{rows}</tbody></table>").split("\n\n")
    assert first == f"Step: A\nOven: {long[:66]}\n    {long[67:]}"
    assert (second, third) == ("Step: A\nOven: 1; 2", "Step: B")
    ragged = f"<table><tr><td>{long}</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert text(ragged) == f"{long[:69]}\n    {long[70:]}\n\n1\n2"


def test_a_log_is_places_with_names() -> None:
    places = '<td data-field="tick">\u00a0</td><td data-field="score">\u00a0</td>'
    head = "<thead><tr><th>Loaf</th><th>Mon</th><th>Tue</th></tr></thead>"
    rows = f'<tr><th>Rye</th>{places}</tr><tr><td data-field="words">\u00a0</td>{places}</tr>'
    said = text(f"<table><caption>Week 1</caption>{head}<tbody>{rows}</tbody></table>")
    assert said == f"Week 1\n\nRye\nMon [ ], Tue ____\n\nLoaf: {'_' * 24}\nMon [ ], Tue ____"


def test_questions_are_numbered_and_say_where_to_go() -> None:
    def step(question: str, answers: str) -> str:
        return f'<li><div><p class="flow-question">{question}</p><ul class="flow-answers">{answers}</ul></div></li>'

    down = '<li><strong>Yes<span>:</span></strong> <a class="flow-go" href="#q2">Go to <span>2</span></a></li>'
    title = '<p class="callout-title">Find it</p>'
    said = text(f'<div class="flow">{title}<ol>{step("Wet?", down)}{step("Dry?", "<li>No: stop.</li>")}</ol></div>')
    assert said == "Find it:\n  1. Wet?\n     - Yes: Go to 2\n  2. Dry?\n     - No: stop."


def test_what_belongs_together_stays_on_a_line_and_what_is_only_for_type_goes() -> None:
    for space in "\u00a0\u202f\u2009":
        assert wrap("x" * 20 + f" 30{space}minutes", 24) == ["x" * 20, "30 minutes"]
    assert wrap("x" * 20 + "\u00a0" + "y" * 20, 24) == ["x" * 20, "y" * 20]
    assert wrap("Take a word\u200a—\u200aor two\u00ad—\ufeff") == ["Take a word — or two—"]
    assert wrap("hyph\u00aden\u200b\u2060ated, T\u2011shirt") == ["hyphenated, T-shirt"]
    assert wrap("the one that is last of\u00a0all.") == ["the one that is last of all."]


def test_wide_signs_count_as_two_and_accents_as_none() -> None:
    assert (columns("東京"), columns("e\u0301"), columns("한글"), columns("a")) == (4, 1, 4, 1)
    lines = wrap(WIDE * 3, 24)
    assert "".join(lines) == WIDE * 3
    assert all(22 <= columns(line) <= 24 for line in lines[:-1])
    assert not [line for line in lines if line[0] in "、。ー"]


def test_an_address_too_long_for_a_line_has_one_of_its_own() -> None:
    address = f"<https://e.org/{'a' * 80}>"
    assert wrap(f"See {address} there") == ["See", address, "there"]


def test_depth_never_leaves_too_little_room() -> None:
    deep = text("<blockquote>" * 20 + "<p>a few words that go on and on</p>" + "</blockquote>" * 20)
    assert [line.strip() for line in deep.split("\n")] == ["a few words that go on", "and on"]


def test_the_text_begins_with_what_the_book_is(loaf: str) -> None:
    head, _, rest = loaf.partition("\n\n\nContents\n\n")
    for said in (
        "Your first loaf\n\nFour ingredients",
        "The Village Oven\nVersion 0.3, 1 March 2026",
        "Rights: Copy it",
    ):
        assert said in head
    contents, _, body = rest.partition("\n\n\n\n\n")
    assert contents.split("\n")[:3] == [
        "Chapter 1. What does dough need?",
        "  Exercise 1. Stretch and fold",
        "Chapter 2. Bake it hot",
    ]
    for line in contents.split("\n"):
        assert f"\n\n\n\n\n{line.strip()}\n\n" in loaf
    assert "\n\nFlour, water, salt, yeast. That is all.\n\n" in body


def test_author_and_licence_are_told(tiny: Path) -> None:
    add(tiny, "author: Ann Baker\nlicense: https://creativecommons.org/licenses/by/4.0/\n")
    said = make_text(rendered_from(tiny), EDITIONS["text"])[0]
    assert "\n\nAnn Baker\n\n" in said
    assert (
        "Rights: Copy it as you like.\n<https://creativecommons.org/licenses/by/4.0/>\n"
        in said.partition("Contents")[0]
    )


def test_the_command_makes_it_lists_it_and_counts_its_words(command: Command, tiny: Path, loaf: str) -> None:
    result = command("text")
    assert result.exit_code == 0, result.output
    data = (tiny / "dist" / "first-loaf.txt").read_bytes()
    assert data.decode() == loaf
    (item,) = json.loads((tiny / "dist" / "manifest.json").read_bytes())["editions"]
    assert (item["pages"], item["unit"], item["bytes"]) == (7, "sections", len(data))
    assert item["words"] == len(loaf.split()) > 300
    assert command("text").stdout.strip().endswith("unchanged")


def test_a_part_is_made_alone_with_titles_for_links(command: Command, tiny: Path) -> None:
    result = command("text", "--only", "exercise:stretch-and-fold", "--only", "chapter:flour-and-water")
    assert result.exit_code == 0, result.output
    said = (tiny / "dist" / "first-loaf-exercise-stretch-and-fold-chapter-flour-and-water.txt").read_text("utf-8")
    assert "\nContents\n\nExercise 1. Stretch and fold\nChapter 1. What does dough need?\n" in said
    assert "Baking comes later: Bake it hot." in said
    assert said.count("\n\nSources: see the whole book.\n") == 2
    assert "[1]" not in said


def test_a_card_alone_has_its_title_as_a_heading(rendered: Rendered) -> None:
    said, sections = make_text(rendered, replace(EDITIONS["text"], holds=("card:helper",), cover=False))
    assert sections == 1
    assert "\n\n\n\n\nPlease work here\n\nPlease search up to 3 of these first," in said


def test_a_check_builds_it_and_has_no_rule_of_its_own_for_it(tiny: Path) -> None:
    proof = proof_of(tiny, tiny / "dist", ("text",), lambda _: None, {"build", "pdf", "epub"})
    assert (tiny / "dist" / "first-loaf.txt").exists()
    assert not proof.told
    assert [proof.reaches(needs) for needs in ("build", "text", "pdf", "epub")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("text: {paper: a4}", 'the edition "text" is plain text, on no paper. Take out "paper".'),
        (
            "words: {like: text, says: Words, fillable: true}",
            'the edition "words" is plain text, on no paper. Take out "fillable".',
        ),
        ("text: {holds: ['chapter:bakin']}", 'Did you mean "chapter:baking"?'),
    ],
)
def test_what_text_cannot_be_is_told_with_its_line(command: Command, tiny: Path, more: str, said: str) -> None:
    add(tiny, f"editions:\n  {more}\n")
    result = command("text")
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if said in line]
    assert re.match(r"book\.yaml:\d+: ", line)


def test_a_part_that_is_not_there_is_told(command: Command) -> None:
    result = command("text", "--only", "exercise:stretch-and-fol")
    assert result.exit_code == 1
    assert 'Did you mean "exercise:stretch-and-fold"?' in result.stderr


def test_an_edition_of_ones_own_holds_a_part(command: Command, tiny: Path) -> None:
    add(tiny, 'editions:\n  words: {like: text, says: The log, holds: ["page:log"]}\n')
    assert command("words").exit_code == 0
    said = (tiny / "dist" / "first-loaf-words.txt").read_text("utf-8")
    assert "\nLoaf log\n" in said
    assert "Contents" not in said


def test_a_site_offers_it_only_where_the_book_lists_it(command: Command, tiny: Path) -> None:
    add(tiny, "editions:\n  text:\n  web:\n")
    assert command("web").exit_code == 0
    site = tiny / "dist" / "web"
    assert (site / "downloads" / "first-loaf.txt").read_bytes() == (tiny / "dist" / "first-loaf.txt").read_bytes()
    home = (site / "index.html").read_text("utf-8")
    assert "You want plain text, for a screen reader or an archive." in home
    assert '"encodingFormat": "text/plain"' in home
    assert "TXT" in home


def test_the_report_keeps_to_its_width(whole: str) -> None:
    lines = whole.split("\n")
    assert "\r" not in whole
    assert whole.endswith("\n")
    assert not whole.endswith("\n\n")
    assert not [line for line in lines if line != line.rstrip()]
    long = [line for line in lines if columns(line) > 72]
    assert long
    assert all(re.fullmatch(r" *<https?://\S+>", line) for line in long), long
    assert not set("\u00a0\u00ad\u200a\u200b\u2028\u202f") & set(whole)
    assert "\n\n\n\n\n\n" not in whole


def test_headings_stand_apart_as_wcag_asks(whole: str, rendered: Rendered) -> None:
    for section in rendered.sections:
        for heading in select(section.tree, ".//h2") if section.key.startswith("chapter") else ():
            words = " ".join("".join(map(str, heading.itertext())).split())
            if not select(heading, ".//span[@class='sign']"):
                assert re.search(
                    rf"\n\n\n{re.escape(words)}\n\n[^\n]|\n\n\n{re.escape(words)}\n\n\n[^\n]", whole
                ), words


def test_two_runs_give_the_same_bytes(rendered: Rendered, whole: str) -> None:
    assert make_text(rendered, EDITIONS["text"])[0] == whole


LINKED = re.compile(r"\((?:Chapter|Exercise)\s\d+\)|\s\(“[^”]*”\)")
GONE = (
    './/p[@class="sides"] | .//span[@class="number"] | .//a[@class="backlink"] | .//span[@class="exercise-number"]'
    '| .//figure[@class="inset"]'
)


def tokens(said: str) -> list[str]:
    return re.findall(r"[^\W_]+", LINKED.sub(" ", said.replace("\u00a0", " ").replace("\u00ad", "")))


def told(element: Tree, printed: str) -> Iterator[str]:
    """Give, piece by piece, what the text should say of an element of an e-book."""
    if element.tag == "img":
        yield f"Picture {value(element, 'alt')}"
    elif element.tag == "table":
        yield from of_table(element, printed)
        return
    elif element.get("class") == "url":
        yield value(element, "href")
        return
    elif element.tag == "dl":
        yield value(element, "aria-label")
    elif element.tag == "li" and parent(element).tag == "ol":
        yield f"{parent(element).index(element) + 1} "
    yield element.text or ""
    for inner in element:
        apart = "" if inner.tag in {"span", "strong", "em", "a", "cite", "sup"} else " "
        yield apart
        yield from told(inner, printed)
        yield apart + (inner.tail or "")


def of_table(table: Tree, printed: str) -> Iterator[str]:
    """Give a table's words: its headings once if they have a line of their own, else before each cell."""
    heads = [" ".join(each.itertext()) for each in select(table, "./thead//th")]
    (caption,) = ["".join(each.itertext()) for each in select(table, "./caption")]
    form = bool(select(table, ".//td[@data-field]"))
    yield f"{'' if form else 'Table'} {caption} "
    once = re.search(rf"^{r' +'.join(map(re.escape, heads))}$", printed, re.MULTILINE)
    yield " ".join(heads) + " " if once else ""
    above = ""
    for row in select(table, "./tbody/tr"):
        cells = ["".join(told(cell, printed)).strip("\u00a0 ") for cell in row]
        cells = [above, *cells] if len(cells) < len(heads) else cells
        above = cells[0]
        for head, cell in zip(heads, cells, strict=True):
            named = not once and not (form and cell is cells[0] and cell)
            yield f"{head} {cell} " if named else f"{cell} "


def test_the_report_says_every_word_of_its_sections_once_and_in_order(rendered: Rendered, whole: str) -> None:
    """What the e-book says, from its own trees; only what no reader of text can use is left out (GONE)."""
    *_, rest = whole.partition("\n\n\nContents\n\n")
    said = rest.split("\n\n\n\n\n")[1:]
    leaves = [leaf for leaf in leaves_of(rendered, "ebook", "") if leaf.file != "page-scan"]
    assert len(said) == len(leaves) == 43
    for leaf, part in zip(leaves, said, strict=True):
        body = deepcopy(leaf.body)
        for element in select(body, GONE):
            remove(element)
        for figure in select(body, ".//figure[figcaption]"):
            figure.insert(0, figure.find("figcaption"))  # type: ignore[arg-type]
        (title,) = select(body, ".//h1")
        for kicker in select(body, './/header/p[@class="kicker"]'):
            if leaf.kind == "exercise":
                title.addnext(kicker)
        heading, _, below = part.partition("\n\n")
        expected = tokens("".join(told(body, part)))
        found = tokens(re.sub(r"^Exercise \d+\.", "", heading) + "\n" + below)
        assert found == expected, leaf.file
