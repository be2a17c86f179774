"""Markdown as CommonMark has it: every example of the specification, each the same, refused with a line, or listed."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html

from book.kinds.chapter.model import Chapter, ChapterHead
from book.model.problems import Problems
from book.render import markdown
from book.render.tree import CAPTION, plain
from tests.conftest import ENGINES

DIFFERENCES = tomllib.loads((Path(__file__).parent / "differences.toml").read_text("utf-8"))
FENCE = "`" * 32
BLOCKS = set("div p ul ol li blockquote pre h1 h2 h3 h4 h5 h6 hr br table thead tbody tr td th dl dt dd".split())
KEPT = ("href", "src", "alt", "title", "start")


def examples() -> list[tuple[str, str]]:
    """The examples of the specification, in its order: the text, and the HTML that it stands for."""
    text = (ENGINES / "node_modules" / "commonmark-spec" / "spec.txt").read_text("utf-8")
    found = re.findall(rf"^{FENCE} example\n(.*?)^\.\n(.*?)^{FENCE}$", text, re.MULTILINE | re.DOTALL)
    return [(source.replace("→", "\t"), wanted.replace("→", "\t")) for source, wanted in found]


def tree_of(source: str) -> tuple[etree._Element, Problems]:
    problems = Problems()
    part = Chapter("x", "chapters/x.md", ChapterHead(title="X"), source.removesuffix("\n"), 1)
    return markdown.to_tree(part, {}, problems), problems


def structure(element: etree._Element) -> tuple[Any, ...]:
    """An element as nested tuples: what is the same to a reader comes out the same."""
    verbatim = element.tag == "pre" or any(outer.tag == "pre" for outer in element.iterancestors())
    for caption in element.findall(f"span[@{CAPTION}]"):
        _as_title(caption)
    pieces = list(_joined(_pieces(element), verbatim=verbatim))
    if verbatim:
        pieces = [piece.rstrip() if isinstance(piece, str) else piece for piece in pieces]
    elif element.tag in BLOCKS:
        pieces = [_trimmed(pieces, at) for at in range(len(pieces))]
    marks = tuple((name, _plain(element.get(name))) for name in KEPT if element.get(name))
    return (element.tag, marks, [piece for piece in pieces if piece != ""])


def _as_title(caption: etree._Element) -> None:
    """Make the title of the picture before it of a caption, as CommonMark has it."""
    before = caption.getprevious()
    assert before is not None
    next(before.iter("img")).set("title", plain(caption))
    before.tail = (before.tail or "") + (caption.tail or "")
    element = caption.getparent()
    assert element is not None
    element.remove(caption)


def _pieces(element: etree._Element) -> Iterator[Any]:
    yield element.text or ""
    for inner in element:
        if isinstance(inner.tag, str):
            yield structure(inner)
        yield inner.tail or ""


def _joined(pieces: Iterator[Any], *, verbatim: bool) -> Iterator[Any]:
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        yield text if verbatim else re.sub(r"\s+", " ", text)
        text = ""
        yield piece
    yield text if verbatim else re.sub(r"\s+", " ", text)


def _trimmed(pieces: list[Any], at: int) -> Any:
    """A piece of a block, without the spaces beside its ends and beside other blocks."""
    piece = pieces[at]
    if not isinstance(piece, str):
        return piece
    if at == 0 or pieces[at - 1][0] in BLOCKS:
        piece = piece.lstrip()
    if at == len(pieces) - 1 or pieces[at + 1][0] in BLOCKS:
        piece = piece.rstrip()
    return piece


def _plain(value: str | None) -> str:
    return re.sub(r"\s+", " ", unquote(value or "")).strip()


def outcome(source: str, wanted: str) -> str:
    tree, problems = tree_of(source)
    if problems.found:
        return "told"
    same = structure(tree) == structure(html.fragment_fromstring(wanted, create_parent="div"))
    return "same" if same else "differs"


def test_every_example_is_the_same_or_told_or_listed() -> None:
    found = {number: outcome(*example) for number, example in enumerate(examples(), 1)}
    assert len(found) == 652
    assert [number for number, one in found.items() if one == "differs"] == sorted(map(int, DIFFERENCES))
    assert sum(one == "same" for one in found.values()) >= 470


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("Text:\n- one\n- two", "<p>Text:</p><ul><li>one</li><li>two</li></ul>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("1) one\n2) two", "<ol><li>one</li><li>two</li></ol>"),
        ("It was in\n1986. A good year.", "<p>It was in 1986. A good year.</p>"),
        ("Text:\n```sh\n# no heading\n```", "<p>Text:</p><pre><code># no heading</code></pre>"),
        ("- a\n  ```\n  b\n  ```", "<ul><li>a<pre><code>b</code></pre></li></ul>"),
        ("| a | b |\n|:-:|---|\n| `x\\|y` | z |",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>x|y</code></td><td>z</td></tr></tbody></table>"),
        ("Text\n| a |\n|---|\n| b |",
         "<p>Text</p><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
        ("~~gone~~ and ~gone~, H~2~O, x^2^, ==seen==",
         "<p><del>gone</del> and <del>gone</del>, H<sub>2</sub>O, x<sup>2</sup>, <mark>seen</mark></p>"),
        ("See https://a.example/b_c_d, or www.a.example.",
         '<p>See <a href="https://a.example/b_c_d">https://a.example/b_c_d</a>, '
         'or <a href="http://www.a.example">www.a.example</a>.</p>'),
        ("Write to me@a.example.", '<p>Write to <a href="mailto:me@a.example">me@a.example</a>.</p>'),
        ("[see https://a.example](https://b.example)", '<p><a href="https://b.example">see https://a.example</a></p>'),
        ("one\\\ntwo  \nthree", "<p>one<br/>two<br/>three</p>"),
        ("a <!-- no\nnote --> b\n\n<!-- nor this -->\n\n- c", "<p>a b</p><ul><li>c</li></ul>"),
        ("Apple\n:   A fruit.\nOrange\n:   Another.", "<dl><dt>Apple</dt><dd>A fruit.</dd><dt>Orange</dt><dd>Another.</dd></dl>"),
        ("a\\[^1]", "<p>a[^1]</p>"),
        ("| a | b |\n|---|---|\n| c |\n| d | e |\n\ng",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td></td></tr>"
         "<tr><td>d</td><td>e</td></tr></tbody></table><p>g</p>"),
        ("| a |\n|---|\n| **b** \\| c |\n> d",
         "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><strong>b</strong> | c</td></tr></tbody></table>"
         "<blockquote><p>d</p></blockquote>"),
        ("| a | b |\n|---|---|", "<table><thead><tr><th>a</th><th>b</th></tr></thead></table>"),
        ("~one~ two ~~three~~", "<p><del>one</del> two <del>three</del></p>"),
        ("(www.a.example/b(c)) and https://a.example/?q=b&amp;c=d.",
         '<p>(<a href="http://www.a.example/b(c)">www.a.example/b(c)</a>) and '
         '<a href="https://a.example/?q=b&amp;c=d">https://a.example/?q=b&amp;c=d</a>.</p>'),
        ("a.b-c_d@e.example. A@b, a.b@c", '<p><a href="mailto:a.b-c_d@e.example">a.b-c_d@e.example</a>. A@b, a.b@c</p>'),
        ("A line of ____ and a * b * c, 5*3, C:\\path, #1, 10:30 :) and _x_y_",
         "<p>A line of ____ and a * b * c, 5*3, C:\\path, #1, 10:30 :) and <em>x_y</em></p>"),
        ("| a |\n|---|\n| \\| |", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>|</td></tr></tbody></table>"),
        ("x==1 or y==2, ==seen==", "<p>x==1 or y==2, <mark>seen</mark></p>"),
        ("[https://a.example][b]\n\n[b]: https://c.example", '<p><a href="https://c.example">https://a.example</a></p>'),
        ("| `a|b` | c |\n|---|---|\n| d | e |",
         "<table><thead><tr><th><code>a|b</code></th><th>c</th></tr></thead><tbody><tr><td>d</td><td>e</td></tr></tbody></table>"),
        ("^_^ and A<br>B</br>C", "<p>^_^ and A<br/>B<br/>C</p>"),
        ("The price* is low.\n\n*With taxes.", "<p>The price* is low.</p><p>*With taxes.</p>"),
        ("Use AT&T; or R&D; now.", "<p>Use AT&amp;T; or R&amp;D; now.</p>"),
        ("It costs $5 or $6. &bull; and \\* are meant.", "<p>It costs $5 or $6. • and * are meant.</p>"),
        ("a<br>b <KBD>c</KBD>", "<p>a<br/>b <kbd>c</kbd></p>"),
        ("5 \\&lt; 6 &lt; 7", "<p>5 &amp;lt; 6 &lt; 7</p>"),
    ],
)  # fmt: skip
def test_what_authors_write_beyond_it(source: str, wanted: str) -> None:
    tree, problems = tree_of(source)
    assert [found.message for found in problems.found] == []
    assert structure(tree) == structure(html.fragment_fromstring(wanted, create_parent="div"))


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("one\n\n# Two", 3, "a heading with one # is the title"),
        ("one\n\n##### Two", 3, "headings go down to ####."),
        ("one\n\n/// tip\ntwo", 3, 'the callout "tip" has no end.'),
        ("/// tip\n\n- a\n\n/// tipp\nb\n///\n///", 5, 'there is no callout "tipp". Did you mean "tip"?'),
        ("one\n\n///", 3, "/// closes nothing."),
        ("one\n\n~~~\ntwo", 3, "the code has no end. Close it with a line ~~~."),
        ("one\ntwo <script>x</script>", 2, "<script> cannot be used in a chapter."),
        ("one\n\n- two\n\n  <b onclick='x()'>y</b>", 5, 'the attribute "onclick" cannot be used in a chapter.'),
        ("one\n\ntwo\n<b>three\n\nfour", 4, "<b> has no end"),
        ("a[^1]\n\n[^1]: One.\n\n[^1]: Two.", 5, 'the note "1" is written twice.'),
        ("a[^1]\nb[^2]\n\n[^1]: One.", 2, 'there is no note "2".'),
        ("| a | b |\n|---|---|\n| c | d |\n| e | f | g |", 4, "this row has 3 cells, and its table 2 columns."),
        ("| a | b |\n|---|---|\n| c | d |\n| e | **f |", 4, '"**" would be printed as it stands'),
        ("a  \nb\\\nc **d", 3, '"**" would be printed as it stands'),
        ("a `b\nc` [d\ne](https://f.example) and\n**g", 4, '"**" would be printed as it stands'),
        ("a\nb </i> c", 2, "</i> closes nothing."),
        ("a <b>b\nc <i>d</b>", 2, "<i> has no end here."),
        ("a\n\n<!-- b\n\n**c**", 3, '"<!--" would be printed as it stands: a comment without an end'),
        ("<hr>\n**a**", 2, '"**a**" would be printed as it stands: emphasis within HTML'),
        ("*a\n\nIt is *b.", 1, '"*" would be printed'),
        ('## a {style="x"}', 1, 'the attribute "style" cannot be used'),
        ("a\n\n<table><tbody><tr></tr></tbody></table>", 3, "<tr> is empty."),
        ("<ul>a</ul>", 1, "words stand in <ul> by themselves."),
        ("a\n\n[b[^1]](https://c.example)\n\n[^1]: d", 3, "a link or a note stands within a link."),
        ("a\n\n[Warning]: careful", 3, '"[Warning]: careful" is read as a reference'),
        ("a[^1]\n\n[^1]:\n\nb", 3, 'the note "1" has no words.'),
        ("![a[^1]](b.svg)\n\n[^1]: c", 1, "a note cannot stand in the words for a picture."),
        ("a\n\n-\u00a0b", 3, '"- b" would be printed as it stands: a mark with a space that is none'),
        ("a\n\nb \\(x^2\\) c", 3, '"\\(x^2\\)" would be printed as it stands: a formula.'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source: str, line: int, said: str) -> None:
    _, problems = tree_of(source)
    assert problems.found[0].message.startswith(said)
    assert problems.found[0].line == line


@pytest.mark.parametrize(
    "source",
    ["> " * 800 + "a", "- " * 400 + "a", "[" * 3000 + "a" + "]" * 3000, "*a **a " * 1500, "<" * 5000, "`" * 3000, "![a](b) " * 900],
    ids=["quotes", "lists", "brackets", "stars", "tags", "ticks", "pictures"],
)  # fmt: skip
def test_no_text_is_too_much(source: str) -> None:
    tree, problems = tree_of(source)
    assert len(problems.found) <= 2
    assert tree.tag == "div"
