"""The web edition as files: pages that lead to each other, files that come whole, and nothing from anywhere else."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from book.build.builder import build, preview
from book.build.save import save
from book.model.problems import BookError
from tests.conftest import TINY, Command
from tests.model.test_sheets import add

ADDRESS = "https://example.org/books/loaf/"
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src"}


@dataclass(frozen=True)
class Folder:
    """A built site: its files by name, and its pages parsed."""

    files: Mapping[str, bytes]
    pages: Mapping[str, html.HtmlElement]

    @classmethod
    def read(cls, path: Path) -> "Folder":
        files = {one.relative_to(path).as_posix(): one.read_bytes() for one in path.rglob("*") if one.is_file()}
        return cls(files, {name: html.fromstring(data) for name, data in files.items() if name.endswith(".html")})


def with_site(root: Path, more: str = "") -> Path:
    """Let a copy of the tiny book have a site with two editions to take."""
    add(root, f"editions: [letter, epub, web]\n{more}")
    return root


@pytest.fixture(scope="session")
def baked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny book with a site that knows its address, built."""
    root = with_site(
        Path(shutil.copytree(TINY, tmp_path_factory.mktemp("site") / "book")),
        f"web:\n  address: {ADDRESS}\n  helps: ['Bread, in one day: [](chapter:baking).']\n"
        "  first: chapter:flour-and-water\n  shows: ['chapter:baking']\n",
    )
    build(root, root / "dist", ("web",), lambda _: None)
    return root


@pytest.fixture(scope="session")
def loaf(baked: Path) -> Folder:
    """The site of the tiny book."""
    return Folder.read(baked / "dist" / "web")


@pytest.fixture
def fresh(baked: Path, tmp_path: Path) -> Path:
    """A copy of the built book, to change."""
    return Path(shutil.copytree(baked, tmp_path / "fresh"))


@pytest.fixture(scope="session")
def knots(report: dict[str, Path]) -> Folder:
    """The site of the report."""
    return Folder.read(report["web"])


@pytest.fixture(params=["loaf", "knots"])
def site(request: pytest.FixtureRequest) -> Folder:
    """Each of the two sites."""
    found: Folder = request.getfixturevalue(request.param)
    return found


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Folder) -> None:
    ids = {name: {one.get("id") for one in page.iter() if one.get("id")} for name, page in site.pages.items()}
    links = 0
    for name, page in site.pages.items():
        for tag, attribute in LINKS.items():
            for link in page.iter(tag):
                address = urlsplit(link.get(attribute) or "")
                if not link.get(attribute) or address.scheme or link.get("rel") == "canonical":
                    continue
                file = unquote(address.path) or name
                assert file in site.files, f"{name} leads to {file}"
                if address.fragment:
                    assert address.fragment in ids[file], f"{name} leads to {file}#{address.fragment}"
                links += 1
    assert links > 100


def test_ids_are_used_once_a_page(site: Folder) -> None:
    for name, page in site.pages.items():
        ids = [one.get("id") for one in page.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), name


def test_pages_keep_to_their_own_policy(site: Folder) -> None:
    for name, page in site.pages.items():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in policy
        assert not page.xpath("//style | //*[@style] | //base | //iframe | //form[@action != 'search.html']"), name
        assert not [key for one in page.iter() for key in one.attrib if key.startswith("on")], name
        inline = [one.get("type") for one in page.iter("script") if not one.get("src")]
        assert set(inline) <= {"application/ld+json"}, name


def test_nothing_is_asked_of_another_site(site: Folder) -> None:
    for page in site.pages.values():
        asked = page.xpath("//img/@src | //script/@src | //link[@rel != 'canonical']/@href | //source/@srcset")
        assert not [address for address in asked if urlsplit(address).scheme or address.startswith("/")]
    for name, data in site.files.items():
        if name.endswith(".css"):
            assert not re.search(rb"url\(['\"]?(https?:|/|data:)|@import", data), name
        if name.endswith(".js"):
            assert not re.search(rb"https?://(?!www\.w3\.org|localhost)", _code(data)), name


def _code(data: bytes) -> bytes:
    """Give a script without its comments, which may name where it comes from."""
    return re.sub(rb"(?<![:\"'])//[^\n]*", b"", re.sub(rb"/\*.*?\*/", b"", data, flags=re.S))


def test_every_page_has_a_title_of_its_own_and_words_that_sum_it_up(site: Folder) -> None:
    titles = [page.findtext(".//title") for page in site.pages.values()]
    assert len(set(titles)) == len(titles)
    for name, page in site.pages.items():
        assert len(page.xpath("//h1")) == 1, name
        assert page.xpath("//meta[@name='description']/@content")[0], name
        assert page.get("lang"), name
        assert len(page.xpath("//main")) == 1, name


def test_previous_and_next_go_through_the_whole_text(site: Folder) -> None:
    name, seen = "index.html", []
    (start,) = site.pages[name].xpath("//a[@class='button main']/@href")
    while start and start not in seen:
        seen.append(start)
        (start,) = site.pages[start].xpath("//nav[@class='turn']/a[@rel='next']/@href") or [""]
    back = seen[-1:]
    while found := site.pages[back[-1]].xpath("//nav[@class='turn']/a[@rel='prev']/@href"):
        back += found
    assert len(seen) > 5
    assert back[::-1][-len(seen) :] == seen
    assert set(back) == {name for name in site.pages if name.partition("-")[0] in {"chapter", "exercise", "page"}}


def test_each_edition_is_offered_whole_with_its_checksum(site: Folder) -> None:
    home = site.pages["index.html"]
    stated = {one.get("data-file"): one.text for one in home.xpath("//code[@class='sha256']")}
    offered = home.xpath("//li[@class='edition']")
    assert len(offered) == len(stated) >= 2
    for one in offered:
        (href,) = one.xpath(".//a[contains(@class, 'download')]/@href")
        assert stated[one.get("data-file")] == sha256(site.files[href]).hexdigest()
    listed = json.loads(site.files["manifest.json"])["editions"]
    assert {one["file"]: one["sha256"] for one in listed} == {
        f"downloads/{key}": sum_ for key, sum_ in stated.items()
    }


def test_the_tiny_book_tells_search_engines_where_it_is_and_what_it_offers(loaf: Folder) -> None:
    home = loaf.pages["index.html"]
    told = json.loads(home.xpath("//script[@type='application/ld+json']")[0].text)
    assert (told["@type"], told["url"], told["name"]) == ("Book", ADDRESS, "Your first loaf")
    files = [edition["encoding"] for edition in told["workExample"]]
    assert [file["encodingFormat"] for file in files] == ["application/pdf", "application/epub+zip"]
    for file in files:
        assert sha256(loaf.files[file["contentUrl"].removeprefix(ADDRESS)]).hexdigest() == file["sha256"]
    assert home.xpath("//link[@rel='canonical']/@href") == [ADDRESS]
    assert loaf.pages["search.html"].xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}search.html"]
    assert home.xpath("//meta[@property='og:image']/@content") == [f"{ADDRESS}assets/card.png"]
    places = re.findall("<loc>(.*?)</loc>", loaf.files["sitemap.xml"].decode())
    assert {place.removeprefix(ADDRESS) or "index.html" for place in places} == set(loaf.pages)


def test_the_start_page_says_what_the_book_helps_with(loaf: Folder) -> None:
    home = loaf.pages["index.html"]
    (line,) = home.xpath("//ul[@class='helps']/li")
    assert line.text_content() == "Bread, in one day: Bake it hot."
    assert line.xpath("./a/@href") == ["chapter-baking.html"]
    assert home.xpath("//p[@class='first']/a/@href") == ["chapter-flour-and-water.html"]


def test_a_site_without_an_address_claims_none(knots: Folder) -> None:
    assert "sitemap.xml" not in knots.files
    assert not knots.pages["index.html"].xpath("//link[@rel='canonical'] | //meta[@property='og:url']")


def test_a_book_of_no_map_has_no_way_to_one(loaf: Folder, knots: Folder) -> None:
    ways = "//nav[@class='ways']//a/text()"
    assert "Body map" not in loaf.pages["index.html"].xpath(ways)
    assert "Body map" in knots.pages["index.html"].xpath(ways)


def test_the_site_is_made_once_and_again_when_a_file_it_offers_changes(fresh: Path) -> None:
    command = Command(fresh)
    again = command("web").stdout.splitlines()
    assert [line.split("/")[-1].split()[0] for line in again] == ["first-loaf-letter.pdf", "first-loaf.epub", "web"]
    assert all(line.endswith("unchanged") for line in again)
    chapter = fresh / "chapters" / "baking.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nEat it warm.\n", "utf-8")
    assert not [line for line in command("web").stdout.splitlines() if line.endswith("unchanged")]
    assert b"Eat it warm" in (fresh / "dist" / "web" / "chapter-baking.html").read_bytes()


def test_a_page_that_a_book_no_longer_has_goes_and_a_spoilt_one_comes_back(fresh: Path) -> None:
    listed, site = fresh / "book.yaml", fresh / "dist" / "web"
    listed.write_text(listed.read_text("utf-8").replace("  - page:find\n", ""), "utf-8")
    assert (site / "page-find.html").exists()
    (site / "chapter-baking.html").write_bytes(b"spoilt")
    result = Command(fresh)("web")
    assert result.exit_code == 0, result.output
    assert not (site / "page-find.html").exists()
    assert b"Bake it hot" in (site / "chapter-baking.html").read_bytes()


def test_a_site_that_was_touched_is_made_again(fresh: Path) -> None:
    site = fresh / "dist" / "web"
    whole = Folder.read(site).files
    (site / "index.html").write_bytes(b"spoilt")
    assert Command(fresh)("web").exit_code == 0
    assert Folder.read(site).files == whole


def test_a_folder_that_no_build_made_is_left_alone(command: Command, tiny: Path) -> None:
    with_site(tiny)
    (tiny / "dist" / "web").mkdir(parents=True)
    (tiny / "dist" / "web" / "mine.txt").write_text("mine")
    result = command("web")
    assert result.exit_code == 1
    assert "no build made it" in result.stderr
    assert [path.name for path in (tiny / "dist").rglob("*")] == ["web", "mine.txt"]


def test_an_empty_folder_gives_way(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    save(tmp_path, {"web": {"manifest.json": b"{}"}})
    assert (tmp_path / "web" / "manifest.json").read_bytes() == b"{}"


def test_a_folder_is_saved_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, {"web": {"manifest.json": b"{}", "a/b.txt": b"old"}})
    honest = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(28, "No space left on device")
        return honest(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(BookError, match="no space left"):
        save(tmp_path, {"web": {"manifest.json": b"{}", "a/b.txt": b"new"}})
    assert (tmp_path / "web/a/b.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "web: {first: 'chapter:bakin'}",
            '"chapter:bakin" leads nowhere in this book. Did you mean "chapter:baking"?',
        ),
        ("web: {shows: ['chapter:baking', 'exercise:fold']}", '"exercise:fold" leads nowhere in this book.'),
        ("web: {helps: ['See [it](chapter:none).']}", '"chapter:none" leads nowhere in this book.'),
        (
            "web: {address: 'http://example.org/'}",
            "web.address must be the site's own https:// address, with a slash",
        ),
        ("web: {adress: 'https://example.org/'}", "adress"),
        (
            "editions: {web: {paper: a4}}",
            'the edition "web" is a site, always of the whole book. Take out "paper".',
        ),
    ],
)
def test_what_is_wrong_with_a_site_is_told_with_its_line(
    command: Command, tiny: Path, more: str, said: str
) -> None:
    add(tiny, more + "\n")
    result = command("letter")
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if said in line]
    assert re.match(r"book\.yaml:\d+: ", line)


def test_a_part_cannot_be_a_site(command: Command) -> None:
    result = command("web", "--only", "chapter:baking")
    assert result.exit_code == 1
    assert 'the edition "web" is always of the whole book' in result.stderr


def test_a_preview_offers_what_lies_there_and_saves_nothing(fresh: Path) -> None:
    shutil.rmtree(fresh / "dist" / "web")
    (fresh / "dist" / "first-loaf.epub").unlink()
    files = preview(fresh, fresh / "dist", lambda _: None)
    home = html.fromstring(files["index.html"])
    assert [one.get("data-file") for one in home.xpath("//li[@class='edition']")] == ["first-loaf-letter.pdf"]
    assert not (fresh / "dist" / "web").exists()
