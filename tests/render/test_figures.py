"""Pictures on lines of their own become figures, wherever they stand; in a sentence they stay there."""

import re

import pytest
from lxml import etree

from book.kinds.chapter.model import Chapter, ChapterHead
from book.model.figures import Figures
from book.model.problems import Problems
from book.render import markdown
from book.render.figures import figures
from book.render.tree import drop_marks


def made(body: str) -> tuple[str, list[str]]:
    """The markup of a chapter's body, and what was told of it."""
    problems, part = Problems(), Chapter("one", "chapters/one.md", ChapterHead(title="One"), body, 1)
    tree = markdown.to_tree(part, {}, problems)
    figures(tree, part, Figures(), problems)
    drop_marks(tree)
    text = etree.tostring(tree, encoding="unicode").removeprefix("<div>").removesuffix("</div>")
    return re.sub(r">\s+<", "><", text).strip(), [
        f"{problem.line}: {problem.message}" for problem in problems.found
    ]


def figure(caption: str = "", name: str = "a.svg") -> str:
    return f'<figure><img alt="A" src="{name}"/>{f"<figcaption>{caption}</figcaption>" if caption else ""}</figure>'


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ("![A](a.svg)", figure()),
        ('![A](a.svg "So *it* is.")', figure("So <em>it</em> is.")),
        ("![A](../images/a.svg)", figure()),
        ("![A](images/a.svg)", figure()),
        ('![A](a.svg "One.")\n![A](b.svg "Two.")',
         f'<div class="pictures pictures-2">{figure("One.")}{figure("Two.", "b.svg")}</div>'),
        ("![A](a.svg) ![A](a.svg) ![A](a.svg)", f'<div class="pictures pictures-3">{figure() * 3}</div>'),
        ('Above.\n![A](a.svg "One.")\nBelow.', f"<p>Above.</p>{figure('One.')}<p>Below.</p>"),
        ('- Item\n  ![A](a.svg "One.")', f"<ul><li>Item\n{figure('One.')}</li></ul>"),
        ("| a |\n|---|\n| ![A](a.svg) |",
         "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>"
         '<img alt="A" src="a.svg"/></td></tr></tbody></table>'),
        ("- Item\n  ![A](a.svg)", '<ul><li>Item\n<img alt="A" src="a.svg"/></li></ul>'),
        ("Press ![A](a.svg) now.", '<p>Press <img alt="A" src="a.svg" class="in-line"/> now.</p>'),
        ('[![A](a.svg "One.")](https://b.example)',
         '<figure><a href="https://b.example"><img alt="A" src="a.svg"/></a><figcaption>One.</figcaption></figure>'),
        ('![A](a.svg "One."){width=48%}',
         '<figure><img alt="A" src="a.svg" class="width-50"/><figcaption>One.</figcaption></figure>'),
    ],
)  # fmt: skip
def test_a_picture_is_what_its_place_makes_of_it(body: str, markup: str) -> None:
    assert made(body) == (markup, [])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('One\ntwo ![A](a.svg "Lost.") three', "2: a picture with a caption stands on a line of its own."),
        ('## ![A](a.svg "Lost.")', "1: a picture with a caption stands on a line of its own."),
        ("One ![A](place:b) two", "1: a place for a picture stands on a line of its own"),
        ("One\n\n![](a.svg)", '3: the picture "a.svg" has no alt text.'),
        ('![A](a.svg "A")', '1: the picture "a.svg" has its caption as alt text.'),
        ("![A|100x100](a.svg)", "1: a size as Obsidian writes it"),
    ],
)
def test_a_picture_out_of_place_is_told(body: str, told: str) -> None:
    _, found = made(body)
    assert [line[: len(told)] for line in found] == [told]
