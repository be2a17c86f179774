"""The scripts of a web edition, as files beside this one: read here and nowhere else. README.md tells of each."""

from pathlib import Path

# which scripts a page names, in their order; "words.js" comes from `book.web.search`
EVERY_PAGE = ("site.js",)
SEARCH_PAGE = ("minisearch.js", "words.js", "search.js")
LOG_PAGE = ("copies.js", "log.js")
ASSETS = ("site.js", "minisearch.js", "LICENSE-minisearch.txt", "search.js", *LOG_PAGE)


def script(name: str) -> bytes:
    """Give one file of this folder; an unknown name is an error of ours, so OSError goes up."""
    return (Path(__file__).parent / name).read_bytes()


def assets() -> dict[str, bytes]:
    """Give what goes into `assets/` of every site, by file name: scripts that are the same for all books."""
    return {name: script(name) for name in ASSETS}
