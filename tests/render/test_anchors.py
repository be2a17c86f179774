"""Links as authors write them, and ids that never meet: what the builder named gives way."""

from pathlib import Path

import pytest

from book.model.problems import BookError
from book.render.rendered import Rendered
from book.render.tree import value
from tests.conftest import rendered_from
from tests.render.test_cases import HEAD, SMALL, book_of

CONTENTS = (
    (SMALL / "book.yaml").read_text("utf-8").replace("  - chapter:one\n", "  - chapter:one\n  - chapter:two\n")
)
TWO = "---\ntitle: Two\n---\n\n## Mix *it* & wait\n\nText.\n\n## Тесто\n\nText.\n\n## Own {#mine}\n\nText.\n"


def book(text: str, folder: Path) -> Rendered:
    files = {"book.yaml": CONTENTS, "chapters/one.md": HEAD + text, "chapters/two.md": TWO}
    return rendered_from(book_of({"files": files}, folder / "book"))


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("two.md", "chapter-two"), ("./two.md", "chapter-two"), ("chapters/two.md", "chapter-two"),
        ("two.md#mix-it--wait", "two-mix-it-wait"), ("two.md#mix-it-wait", "two-mix-it-wait"),
        ("two.md#тесто", "two-тесто"), ("two.md#mine", "mine"), ("#mine", "mine"), ("#here", "one-here"),
        ("#here-1", "one-here-2"),
    ],
)  # fmt: skip
def test_links_find_files_headings_and_ids(link: str, leads: str, tmp_path: Path) -> None:
    rendered = book(f"[go]({link})\n\n## Here\n\nA.\n\n## Here\n\nB.", tmp_path)
    (found,) = [one for one in rendered.sections[1].tree.iter("a") if one.text == "go"]
    assert value(found, "href") == f"#{leads}"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("three.md", 'the link "three.md" leads to no file of the book.'),
        ("twoo.md", 'the link "twoo.md" leads to no file of the book. Did you mean "two.md"?'),
        ("two.md#nix", 'the link "two.md#nix" leads nowhere in chapters/two.md.'),
        ("www.a.example", 'the link "www.a.example" is not understood. Write https://www.a.example.'),
        ("javascript:x()", 'the link "javascript:x()" is not understood.'),
    ],
)
def test_what_leads_nowhere_is_told(link: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        book(f"[go]({link})", tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("chapters/one.md", 5)
    assert problem.message.startswith(told)


def test_ids_of_the_builder_give_way(tmp_path: Path) -> None:
    rendered = book("## Note 1\n\nA.[^n]\n\n## B {#one-c}\n\n## C\n\n## D {#page-3}\n\n[^n]: E.", tmp_path)
    ids = [value(one, "id") for section in rendered.sections for one in section.tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {"one-note-1", "one-note-1-2", "one-c", "one-c-2"} <= set(ids)
    assert "page-3" not in ids  # an e-book's page begins there
