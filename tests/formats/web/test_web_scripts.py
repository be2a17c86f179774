"""The scripts of a web edition: what feeds them, and what they do in a browser for those who use them."""

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from book.assemble.ebook import for_epub
from book.assemble.leaves import Leaf
from book.assemble.media import copy_for
from book.formats.web import offline, scripts, search
from book.model.labels import Labels
from book.render.pages.templates import fill
from book.render.rendered import Rendered
from book.render.tree import Tree
from tests.conftest import ENGINES, ROOT, TINY, rendered_from

FOLDER = ROOT / "book" / "formats" / "web" / "scripts"
SUMS = dict(line.split()[::-1] for line in (FOLDER / "SHA256SUMS").read_text("ascii").splitlines())
WORDS = Labels().web
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'"
)
FRAME = """<!doctype html>
<html lang="en" data-offline="yes"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{}">
<title>{}</title><link rel="icon" href="images/loaf.svg">{}</head><body><main>{}</main></body></html>"""


# --- what feeds them


@pytest.fixture(scope="module")
def tiny_rendered() -> Rendered:
    return rendered_from(TINY)


@pytest.fixture(scope="module")
def leaves(tiny_rendered: Rendered) -> list[Leaf]:
    return [replace(leaf, file=leaf.file.replace(".xhtml", ".html")) for leaf in for_epub(tiny_rendered)]


def page(words: str) -> Leaf:
    body = etree.fromstring(f'<section id="a"><h1>Bread</h1>{words}</section>')
    return Leaf("a.html", "Bread", "chapter", body)


def test_each_page_and_each_heading_with_an_id_can_be_found(leaves: list[Leaf]) -> None:
    assert [
        (found.href, found.chapter) for found in search.entries(leaves) if "flour" in found.href
    ] == [
        ("chapter-flour-and-water.html", "What does dough need?"),
        ("chapter-flour-and-water.html#step-mix", "What does dough need?"),
        ("chapter-flour-and-water.html#flour-and-water-a-word-on-salt", "What does dough need? · Mix it"),
    ]  # fmt: skip


def test_words_are_as_read_without_numbers_of_sources_and_words_for_pictures(leaves: list[Leaf]) -> None:
    (salt,) = (found.text for found in search.entries(leaves) if found.title == "A word on salt")
    assert salt == (
        "Salt slows yeast. Baking comes later: Bake it hot. Figure 1. The crumb is even. In short Stir, then wait."
    )


@pytest.mark.parametrize(
    ("words", "entries"),
    [
        ('<p>One</p><p>two<br/>three</p>', [("a.html", "Bread", "One two three")]),
        ("<nav>Elsewhere</nav><p>Here.</p>", [("a.html", "Bread", "Here.")]),
        ('<p>So <span class="cites">[1]</span>, yes <sup class="noteref">2</sup> it is.</p>', [("a.html", "Bread", "So, yes it is.")]),
        ("<p>ker\u00adnel</p><h2>No id</h2>", [("a.html", "Bread", "kernel No id")]),
        ('<div id="b"><h2>Part</h2><p>In it</p></div>', [("a.html", "Bread", ""), ("a.html#b", "Part", "In it")]),
        ('<h2 id="b">Part</h2><p>In it</p><div class="notes"><p>A note</p></div>', [("a.html", "Bread", "A note"), ("a.html#b", "Part", "In it")]),
    ],
)  # fmt: skip
def test_what_a_page_offers_to_a_search(words: str, entries: list[tuple[str, str, str]]) -> None:
    assert [(found.href, found.title, found.text) for found in search.entries([page(words)])] == entries


@pytest.mark.parametrize("kind", ["index", "contents"])
def test_lists_that_lead_elsewhere_are_not_looked_through(kind: str) -> None:
    leaf = page("<p>Salt</p>")
    leaf.body.set("class", kind)
    assert search.entries([leaf]) == []


def test_words_come_whole_through_the_script() -> None:
    found = [search.Found("a.html", 'T"', "C", "</script> \u2028 \u2029 \\ ’")]
    script = search.words_script(found).decode("utf-8")
    assert not {"\u2028", "\u2029"} & set(script)
    assert json.loads(script.removeprefix("window.bookWords = ").rstrip(";\n")) == [
        {"href": "a.html", "title": 'T"', "chapter": "C", "text": "</script> \u2028 \u2029 \\ ’"}
    ]


def test_the_library_is_the_file_that_its_maker_gave_out() -> None:
    assert {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in SUMS} == SUMS
    assert SUMS["minisearch.js"] in {hashlib.sha256(data).hexdigest() for data in scripts.assets().values()}
    assert "7.2.0" in (FOLDER / "README.md").read_text("utf-8")


def test_the_license_goes_where_the_library_goes() -> None:
    assert b"MIT" in (FOLDER / "README.md").read_bytes()
    assert b"Copyright 2022 Luca Ongaro" in scripts.assets()["LICENSE-minisearch.txt"]


def test_every_script_is_told_of() -> None:
    told = (FOLDER / "README.md").read_text("utf-8")
    assert [path.name for path in FOLDER.glob("*.js") if f"`{path.name}`" not in told] == []


def head_of(worker: bytes) -> dict[str, Any]:
    lines = worker.decode("utf-8").splitlines()[:3]
    return {line.split()[1]: json.loads(line.partition(" = ")[2].rstrip(";")) for line in lines}


def test_the_worker_keeps_what_it_is_given_but_no_editions() -> None:
    files = {"index.html": b"1", "images/a b#.svg": b"2", "downloads/book.pdf": b"3", "offline.js": b"4"}
    assert head_of(offline.worker(files, "first-loaf"))["FILES"] == ["images/a%20b%23.svg", "index.html"]


def test_the_worker_changes_with_any_file_that_it_keeps() -> None:
    files = {"index.html": b"1", "downloads/book.pdf": b"3"}
    first = offline.worker(files, "first-loaf")
    assert offline.worker(files | {"index.html": b"2"}, "first-loaf") != first
    assert offline.worker(files | {"downloads/book.pdf": b"4"}, "first-loaf") == first


# --- what they do


def framed(title: str, body: Tree, names: tuple[str, ...] = ()) -> bytes:
    words = etree.tostring(body, encoding="unicode", method="html")
    tags = "".join(f'<script src="assets/{name}" defer></script>' for name in (*scripts.EVERY_PAGE, *names))
    return FRAME.format(POLICY, title, tags, words).encode()


def stub_site(rendered: Rendered, leaves: list[Leaf]) -> dict[str, bytes]:
    """A small site of the tiny book, with all scripts, and a log that has a place of each kind."""
    labels = rendered.book.manifest.labels
    ways = [("index.html", "Start page")]
    (log,) = (copy_for(section.tree, "screen") for section in rendered.sections if section.key == "page:log")
    for table in log.iter("table"):
        week = table.findtext("caption") or ""
        table.append(etree.fromstring(
            f'<tr><td data-field="score" data-label="{week}, Tuesday, Crust">&#160;</td>'
            f'<td data-field="words" data-label="{week}, Loaf">&#160;</td></tr>'
        ))  # fmt: skip
    log.insert(2, fill("web/log_tools.html", labels=labels, book="first-loaf", file="first-loaf-log.csv"))
    files = {leaf.file: framed(leaf.title, leaf.body) for leaf in leaves}
    files |= {
        "index.html": framed("Start page", etree.fromstring("<p>Start</p>")),
        "search.html": framed("Search", fill("web/search.html", labels=labels, ways=ways), scripts.SEARCH_PAGE),
        "page-log.html": framed("Log", log, scripts.LOG_PAGE),
        "downloads/loaf.html": framed("A finished edition", etree.fromstring("<p>Whole</p>")),
        "images/loaf.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "assets/words.js": search.words_script(search.entries(leaves)),
    }
    files |= {f"assets/{name}": data for name, data in scripts.assets().items()}
    return files | {"offline.js": offline.worker(files | {"gone.html": b"never sent"}, "first-loaf")}


@pytest.fixture(scope="module")
def seen(
    tiny_rendered: Rendered, leaves: list[Leaf], tmp_path_factory: pytest.TempPathFactory, run: Callable[..., str]
) -> dict[str, Any]:
    """What came of using the site in a browser: see tests/engines/scripts.mjs."""
    folder: Path = tmp_path_factory.mktemp("site")
    site = stub_site(tiny_rendered, leaves)
    for name, data in site.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return json.loads(run("node", ENGINES / "scripts.mjs", folder)) | {"worker": site["offline.js"]}


BASES = ("search", "folder")  # sent by a server from below a path, and opened from a folder
SALT = "chapter-flour-and-water.html#flour-and-water-a-word-on-salt"
MONDAY, CRUST = "Week 1, Monday, Plain loaf", "Week 1, Tuesday, Crust"
ENTERED = {MONDAY: True, CRUST: "7,5", "Week 1, Loaf": '=1+1, "rye"; \'s', "Week 1, Loaf (2)": "'-x"}
WHOLE = ENTERED | {"Week 2, Sunday, Plain loaf": True}


def led_to(found: dict[str, Any]) -> list[str]:
    return [result["href"] for result in found["results"]]


@pytest.mark.engine
def test_no_script_breaks_the_policy_or_asks_elsewhere(seen: dict[str, Any]) -> None:
    assert seen["faults"] == []


@pytest.mark.engine
@pytest.mark.parametrize("base", BASES)
def test_search_finds_beginnings_slips_and_accents(seen: dict[str, Any], base: str) -> None:
    found = seen[base]
    assert found["empty"] == ""
    assert led_to(found["typed"])[0] == "exercise-stretch-and-fold.html"
    assert found["typed"]["status"] == f"{len(found['typed']['results'])} places found"
    assert led_to(found["accents"]) == ["exercise-stretch-and-fold.html"]
    assert found["accents"]["status"] == WORDS.search_one


@pytest.mark.engine
@pytest.mark.parametrize("base", BASES)
def test_search_takes_places_with_some_words_if_none_has_all(seen: dict[str, Any], base: str) -> None:
    assert seen[base]["some"]["results"] == seen[base]["entered"]["results"]
    assert seen[base]["nothing"]["results"] == []
    assert seen[base]["nothing"]["status"] == WORDS.search_none.replace("{words}", "xylophone")


@pytest.mark.engine
@pytest.mark.parametrize("base", BASES)
def test_a_result_shows_where_it_stands_and_what_was_found(seen: dict[str, Any], base: str) -> None:
    first = seen[base]["entered"]["results"][0]
    assert first["words"].startswith("What does dough need? · Mix it: A word on saltSalt slows yeast.")
    assert first["marks"] == ["salt", "Salt"]


@pytest.mark.engine
@pytest.mark.parametrize("base", BASES)
def test_what_is_typed_never_becomes_markup(seen: dict[str, Any], base: str) -> None:
    assert [result["inside"] for result in seen[base]["marked"]["results"]] == [0, 0, 0]


@pytest.mark.engine
@pytest.mark.parametrize("base", BASES)
def test_a_result_leads_to_its_heading_and_back_leads_to_the_results(seen: dict[str, Any], base: str) -> None:
    assert seen[base]["entered"]["address"] == "search.html?q=salt"
    assert seen[base]["led"] == {"address": SALT, "target": "A word on salt"}
    assert seen[base]["back"] == {"field": "salt", "results": seen[base]["entered"]["results"]}


@pytest.mark.engine
def test_only_a_site_with_a_server_has_what_is_typed_in_its_address(seen: dict[str, Any]) -> None:
    assert seen["search"]["typed"]["address"] == "search.html?q=Stretchin"
    assert seen["folder"]["typed"]["address"] == "search.html"


@pytest.mark.engine
def test_each_place_of_the_log_has_a_control_with_a_name_of_its_own(seen: dict[str, Any]) -> None:
    controls = {control.pop("label"): control for control in seen["log"]["controls"]}
    assert len(controls) == len(seen["log"]["controls"]) == 34
    assert controls[MONDAY] == {"kind": "log-tick", "type": "checkbox", "mode": "", "longest": -1}
    assert controls[CRUST] == {"kind": "log-score", "type": "text", "mode": "decimal", "longest": 3}
    assert controls["Week 1, Loaf (2)"]["kind"] == "log-words"
    assert seen["log"]["tools"] == {"shown": True, "lost": False}


@pytest.mark.engine
def test_a_score_beyond_ten_is_marked_told_of_and_not_kept(seen: dict[str, Any]) -> None:
    assert seen["log"]["wrong"] == {"invalid": ["Week 2, Tuesday, Crust"], "says": WORDS.log_wrong}
    assert seen["log"]["reloaded"] == ENTERED


@pytest.mark.engine
def test_what_is_entered_outlives_the_page_and_shows_in_other_tabs(seen: dict[str, Any]) -> None:
    assert seen["log"]["reloaded"] == ENTERED
    assert seen["log"]["beside"] == WHOLE
    assert seen["log_folder"] is True


@pytest.mark.engine
def test_a_copy_is_a_table_that_a_spreadsheet_takes_for_no_formula(seen: dict[str, Any]) -> None:
    saved = seen["log"]["saved"]
    assert (saved["files"], saved["says"]) == (["first-loaf-log.csv"], WORDS.log_saved)
    rows = list(csv.reader(saved["text"].removeprefix("\ufeff").splitlines()))
    assert rows[0] == [WORDS.log_where, WORDS.log_entered]
    assert {label: text for label, text in rows[1:] if text} == {
        MONDAY: WORDS.log_yes, CRUST: "7,5", "Week 1, Loaf": "'=1+1, \"rye\"; 's", "Week 1, Loaf (2)": "''-x",
        "Week 2, Sunday, Plain loaf": WORDS.log_yes,
    }  # fmt: skip


@pytest.mark.engine
def test_clearing_asks_first_and_then_leaves_nothing(seen: dict[str, Any]) -> None:
    assert seen["log"]["spared"] == WHOLE
    assert seen["log"]["escaped"] == WHOLE
    assert seen["log"]["cleared"] == {"state": {}, "says": WORDS.log_cleared, "left": 0}


@pytest.mark.engine
def test_a_copy_brings_back_all_that_was_entered(seen: dict[str, Any]) -> None:
    assert seen["log"]["opened"] == {"says": WORDS.log_opened, "state": WHOLE}


@pytest.mark.engine
def test_another_file_than_a_copy_changes_nothing(seen: dict[str, Any]) -> None:
    assert seen["log"]["refused"] == {"says": WORDS.log_not_opened, "state": WHOLE}


@pytest.mark.engine
def test_a_copy_from_a_spreadsheet_takes_the_place_of_entries_after_a_question(seen: dict[str, Any]) -> None:
    assert seen["log"]["declined"] == WHOLE
    assert seen["log"]["replaced"] == {
        "says": WORDS.log_opened,
        "state": {MONDAY: True, "Week 1, Loaf": "Brötchen"},
    }


@pytest.mark.engine
def test_the_log_prints_and_bears_with_spoilt_or_missing_storage(seen: dict[str, Any]) -> None:
    assert seen["log"]["printed"] is True
    assert seen["log"]["spoilt"] == {}
    assert seen["lost"] == {"tick": True, "score": "8", "lost": True, "kept": False}


@pytest.mark.engine
def test_pages_come_without_a_server_once_the_site_was_there(seen: dict[str, Any]) -> None:
    offline = seen["offline"]
    assert offline["titles"] == {
        "": "Start page",
        "index.html": "Start page",
        "chapter-baking.html?from=here#chapter-baking": "Bake it hot",
        "downloads/loaf.html": "net::ERR_CONNECTION_REFUSED",
        "gone.html": "net::ERR_FAILED",
    }
    assert offline["reloaded"] == "Bake it hot"
    assert offline["found"] == 3


@pytest.mark.engine
def test_only_old_caches_of_the_same_site_are_thrown_away(seen: dict[str, Any]) -> None:
    edition = head_of(seen["worker"])["EDITION"]
    assert sorted(seen["offline"]["caches"]) == [
        "another book", f"first-loaf SITE {edition}", "first-loaf SITEmore/ old",
    ]  # fmt: skip


@pytest.mark.engine
def test_nothing_is_kept_for_those_who_save_data(seen: dict[str, Any]) -> None:
    assert seen["saving"] == 0
