"""The site of the report in a real browser: what people do there, with a mouse, a finger, a keyboard, or no scripts."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ENGINES

pytestmark = pytest.mark.engine
Run = Callable[..., str]
MAP, MOVE, LOG = "chapter-body-map.html", "exercise-band-row.html", "page-log.html"
LANDING_LIMIT = 300_000  # bytes, all but the downloads
# a page with a fault for each job: pale words in the dark, a wide line, a picture from elsewhere, a script that the policy
# forbids, a link whose focus is not seen, a button that does nothing, a file that is not what its checksum says
FAULTY = """<!DOCTYPE html><html lang="en" data-offline><head><meta charset="utf-8"><title>Faulty</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'"><script src="site.js" defer></script>
<style>@media (prefers-color-scheme: dark) { .pale { color: #333; background: #000 } } .bare { outline: none }</style></head>
<body><main><h1>Faulty</h1><p class="pale">Pale</p><p style="width: 900px">Wide</p><script>let inline</script>
<img src="https://elsewhere.example/picture.png" alt="From elsewhere"><a class="bare" href="index.html#end">Bare</a>
<button>Nothing</button><p class="edition" data-file="a.pdf"><a class="download" href="a.pdf" download>Take it</a></p>
<code class="sha256" data-file="a.pdf">0000</code><p id="end">End</p></main></body></html>"""


@pytest.fixture(scope="session")
def browse(report: dict[str, Path], run: Run) -> Callable[..., Any]:
    """Runs one job of tests/engines/site.mjs on the report's site, once, and gives what it met."""
    known: dict[tuple[str, ...], Any] = {}

    def call(*words: str, out: Path | None = None) -> Any:
        if words not in known:
            more = ["--out", str(out)] if out else []
            told = run("node", "site.mjs", str(report["web"]), *words, *more, cwd=ENGINES)
            known[words] = json.loads(told.splitlines()[-1])
        return known[words]

    return call


def test_each_button_gives_the_file_whose_checksum_the_page_states(browse: Callable[..., Any]) -> None:
    found = browse("downloads")
    assert len(found) == 17
    for one in found:
        assert (one["state"], one["name"]) == ("completed", one["file"]), one
        assert one["sha256"] == one["stated"], one


def test_no_page_asks_another_site_for_anything_or_complains(browse: Callable[..., Any]) -> None:
    found = browse("requests")
    assert len(found["pages"]) > 40
    for name, heard in found["pages"].items():
        assert heard["faults"] == [], name
        assert name in heard["requests"]
        assert not [asked for asked in heard["requests"] if ":" in asked], name
    assert set(found["pages"]) < set(found["worker"])  # it keeps every page
    assert not [asked for asked in found["worker"] if ":" in asked]


def test_the_site_works_from_a_folder(browse: Callable[..., Any]) -> None:
    for name, heard in browse("folder", "index.html", MAP, MOVE, "search.html").items():
        assert (heard["faults"], heard["missing"]) == ([], []), name
        assert heard["fonts"] >= 3, name
        assert not [asked for asked in heard["requests"] if ":" in asked], name


def test_the_start_page_is_light(browse: Callable[..., Any]) -> None:
    sizes = browse("weight")
    assert "index.html" in sizes
    assert len([name for name in sizes if name.endswith((".webp", ".woff2"))]) >= 9
    assert sum(sizes.values()) < LANDING_LIMIT, sizes


def test_axe_finds_nothing_in_either_theme(browse: Callable[..., Any]) -> None:
    """It looks at pages that between them have every element and class; Ace looks at all sections in the e-book."""
    found = browse("axe")
    assert len({one["page"] for one in found}) > 12
    assert len({(one["look"], one["wide"]) for one in found}) == 3  # desk in light and dark, phone in the dark
    assert min(one["passes"] for one in found if one["look"] == "light" or one["wide"] < 400) > 15
    # in the dark it is asked of colour alone where nothing else is different: at least of contrast
    assert min(one["passes"] for one in found) >= 1
    assert [(one["page"], one["look"], fault) for one in found for fault in one["violations"]] == []
    # colours that lie over drawings or in signs alone are all that it leaves to people
    assert {doubt["id"] for one in found for doubt in one["unsure"]} <= {"color-contrast"}


@pytest.mark.parametrize("name", ["index.html", MAP])
def test_lighthouse_gives_full_marks(browse: Callable[..., Any], name: str) -> None:
    found = {one["name"]: one for one in browse("lighthouse", "index.html", MAP)}[name]
    assert found["scores"] == {"accessibility": 100, "best-practices": 100}, found["failed"]


def test_nothing_sticks_out_of_a_phone(browse: Callable[..., Any]) -> None:
    for name, heard in browse("requests")["pages"].items():
        assert [one["wide"] for one in heard["widths"]] == [320, 390]
        assert [one for one in heard["widths"] if one["out"] or one["scroll"] > one["wide"]] == [], name


def test_the_map_can_be_used_by_keyboard_alone(browse: Callable[..., Any]) -> None:
    found = browse("keys", MAP, "3. Back fold of your armpit")
    names = [stop["name"] for stop in found["stops"]]
    assert names[0] == "Skip to the text"
    assert names[-3:] == ["2. Side of your ribs", "X. Never press here", "3. Back fold of your armpit"]
    assert [stop for stop in found["stops"] if not (stop["ring"] and stop["seen"])] == []
    assert found["address"] == "chapter-six-areas.html#area-3"
    assert found["target"] == {"id": "area-3", "seen": True}


def test_each_place_of_the_map_is_lit_and_leads_on_by_mouse_and_finger(browse: Callable[..., Any]) -> None:
    found = browse("point", MAP)
    assert len(found) == 13
    for one in found:
        assert one["reached"], one
        assert one["lit"] == "underline", one
        assert one["address"] == one["href"], one


def test_without_scripts_pages_of_every_kind_can_be_read(browse: Callable[..., Any]) -> None:
    kinds = ["index.html", "contents.html", "search.html", "chapter-balance.html", "page-find.html", MAP, MOVE, LOG]
    found = {one["name"]: one for one in browse("noscript", *kinds)}
    assert len(found[MAP]["places"]) == 13
    assert all("#" in place for place in found[MAP]["places"])
    assert found["search.html"]["links"] == 3  # contents, find by part, find by word
    for name, one in found.items():
        assert one["letters"] > (100 if name == "search.html" else 300), name
        assert (one["controls"], one["missing"]) == (0, []), name


def test_dark_is_dark_and_pictures_stay_on_white(browse: Callable[..., Any]) -> None:
    found = browse("look", MAP)
    (ground, ink), (night, moon) = (
        [sum(map(int, found[mode][key][4:-1].split(","))) for key in ("ground", "ink")]
        for mode in ("light", "dark")
    )
    assert (ground > 700, ink < 150) == (True, True)
    assert (night < 120, moon > 600) == (True, True)
    for mode in ("light", "dark"):
        assert set(found[mode]["pictures"]) == {"rgb(255, 255, 255)"}
    assert found["still"] == "auto"


def test_back_leads_back_to_where_one_was(browse: Callable[..., Any]) -> None:
    first, second, third, fourth = browse("back", MAP)
    assert first == {"address": MAP, "top": 0}
    assert second["address"].startswith("chapter-where-knots-sit.html#knot-")
    assert third == {"address": MAP, "top": 400}
    assert fourth["address"] == "index.html"


def test_a_printed_page_has_its_words_and_names_the_pdf(
    browse: Callable[..., Any], run: Run, tmp_path: Path
) -> None:
    browse("print", MOVE, out=tmp_path)
    text = run("pdftotext", "-layout", tmp_path / "exercise-band-row.pdf", "-")
    words = " ".join(text.split())
    assert "For paper, take the PDF: downloads/knots-in-your-upper-back-letter.pdf" in words
    assert "Draw your shoulder blades back first." in words
    assert "Stop if" in words
    for furniture in ("Contents", "Skip to the text", "Previous", "This site sets no cookies"):
        assert furniture not in words


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Callable[..., Any]:
    """Runs one job on a site with faults, whose worker asks elsewhere, too."""
    site = tmp_path_factory.mktemp("faulty")
    (site / "index.html").write_text(FAULTY)
    (site / "a.pdf").write_bytes(b"something else")
    (site / "site.js").write_text("navigator.serviceWorker.register('offline.js')")
    (site / "offline.js").write_text("fetch('https://elsewhere.example/count').catch(() => {})")
    return cache(lambda *words: json.loads(run("node", "site.mjs", site, *words, cwd=ENGINES).splitlines()[-1]))


def test_the_browser_hears_what_is_asked_elsewhere_or_forbidden(faulty: Callable[..., Any]) -> None:
    found = faulty("requests")
    heard = found["pages"]["index.html"]
    assert "https://elsewhere.example/picture.png" in heard["requests"]
    assert "failed: https://elsewhere.example/picture.png" in heard["faults"]
    assert [fault for fault in heard["faults"] if fault.startswith("console: policy script-src")]
    assert "https://elsewhere.example/count" in found["worker"]


def test_the_browser_sees_what_is_wrong(faulty: Callable[..., Any]) -> None:
    axe = {(one["look"], one["wide"]): [fault["id"] for fault in one["violations"]] for one in faulty("axe")}
    assert {key for key, faults in axe.items() if "color-contrast" in faults} == {("dark", 1280), ("dark", 390)}
    widths = faulty("requests")["pages"]["index.html"]["widths"]
    assert [one["scroll"] > one["wide"] for one in widths if one["out"]] == [True, True]
    (page,) = faulty("noscript")
    assert (page["controls"], page["missing"]) == (1, ["https://elsewhere.example/picture.png"])


def test_the_browser_sees_a_focus_without_a_ring_and_a_file_of_another_checksum(
    faulty: Callable[..., Any],
) -> None:
    found = faulty("keys", "index.html", "Bare")
    assert [stop["ring"] for stop in found["stops"]] == [False]
    assert found["target"] == {"id": "end", "seen": True}
    (file,) = faulty("downloads")
    assert (file["state"], file["bytes"], file["stated"]) == ("completed", 14, "0000")
    assert file["sha256"] != file["stated"]
