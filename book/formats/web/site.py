"""A rendered book and its finished editions to the files of a static site. What `orders` calls.

Values in, values out: the result maps names to bytes, and `save` writes it. No page asks another site for anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from book.assemble.leaves import Leaf
from book.assemble.web import CONTENTS, SUFFIX, Branch, branches, markup, neighbours, page_href, web_leaves
from book.formats.pictures import on_white
from book.formats.web import about as facts
from book.formats.web import landing, scripts, search
from book.formats.web.downloads import Download
from book.formats.web.fonts import sheet
from book.formats.web.offline import worker
from book.formats.web.page_pictures import PagePicture, page_pictures
from book.load.styles import Styles
from book.model.document import documents
from book.model.fields import html_id
from book.model.manifest import Manifest
from book.render.pages.templates import fill, inner, long_date, templates
from book.render.rendered import Rendered
from book.render.tree import Tree, parent, plain, select, value
from book.render.words.typography import set_type

HOME, SEARCH, LOG = "index.html", "search.html", "page-log.html"
ICON = "marks/icon.svg"
ALWAYS = "".join(map(chr, range(0x20, 0x7F)))  # what readers type in


@dataclass(frozen=True)
class Link:
    """A page that others lead to by name: its title and its address."""

    title: str
    href: str


@dataclass(frozen=True)
class Site:
    """What a site is made from: a rendered book, its styles, its finished editions, its preview card as a PNG."""

    rendered: Rendered
    styles: Styles
    downloads: Sequence[Download]
    card: bytes

    @property
    def about(self) -> Manifest:
        """What book.yaml says."""
        return self.rendered.book.manifest

    @cached_property
    def text(self) -> tuple[list[Leaf], dict[str, str]]:
        """The pages of the text in reading order, and by id the file in which it stands."""
        leaves, homes = web_leaves(self.rendered, self.styles)
        for leaf in leaves:
            for place in select(leaf.body, ".//div[@class='log-here']"):
                parent(place).replace(place, self._log_tools())
        return leaves, homes

    def _log_tools(self) -> Tree:
        """Give the tools for a log that is kept in a browser."""
        about = self.about
        file = f"{about.file_name}-log.csv"
        return fill("web/log_tools.html", labels=about.labels, book=about.identifier, file=file)

    @cached_property
    def branches(self) -> list[Branch]:
        """The contents."""
        return branches(self.text[0])

    @cached_property
    def map_page(self) -> str:
        """The first page that shows the map; "" if none does."""
        return next((leaf.file for leaf in self.text[0] if select(leaf.body, ".//div[@class='map']")), "")

    @cached_property
    def ways(self) -> list[Link]:
        """The bar at the top of each page: contents, the map and the log where there are some, search, files."""
        words, labels = self.about.labels.web, self.about.labels
        found = [Link(labels.contents, CONTENTS)]
        for leaf in self.text[0]:
            if leaf.file == self.map_page:
                found.append(Link(words.body_map, leaf.file))
            elif leaf.file == LOG:
                found.append(Link(words.log, leaf.file))
        found.append(Link(words.search, SEARCH))
        return found + ([Link(words.download, f"{HOME}#download")] if self.downloads else [])

    @cached_property
    def pictures_of_pages(self) -> list[PagePicture]:
        """Pictures of printed pages, none where no edition has pages to show."""
        shown = next((one for one in self.downloads if one.shows_pages), None)
        wanted = landing.wanted_pictures(self.about, self.rendered.titles)
        return page_pictures(shown.data, wanted) if shown else []

    def page(self, template: str, file: str, title: str, **values: Any) -> bytes:
        """Fill a template of a whole page."""
        about = self.about
        shared = {
            "book": about, "labels": about.labels, "words": about.labels.web, "date": long_date(self.rendered.book),
            "file": file, "title": title, "ways": self.ways, "branches": self.branches,
            "address": partial(facts.address_of, about), "policy": facts.POLICY, "card": facts.CARD,
            "card_px": facts.CARD_PX, "every_page": scripts.EVERY_PAGE, "scripts": (),
            "for_paper": next((one.href for one in self.downloads if one.shows_pages), ""),
        }  # fmt: skip
        return templates().get_template(f"web/{template}").render(shared | values).encode()


def make_site(site: Site) -> tuple[dict[str, bytes], int]:
    """Give all files of a site by name, and how many pages of text it has. BookError for what cannot be."""
    leaves, _ = site.text
    pages = {HOME: _home(site), CONTENTS: _contents(site), SEARCH: _search(site), **_leaves(site)}
    shown = {value(image, "src") for leaf in leaves for image in leaf.body.iter("img")}
    pictures = on_white(site.rendered.pictures).values()
    files = (
        pages
        | {f"images/{one.name}": one.data for one in pictures if f"images/{one.name}" in shown}
        | {f"assets/pages/{one.file}": one.data for one in site.pictures_of_pages}
        | {f"assets/{name}": data for name, data in scripts.assets().items()}
        | {"assets/words.js": search.words_script(search.entries(leaves))}
        | {f"assets/{ICON}": site.styles.data(ICON), facts.CARD: site.card}
        | sheet(site.styles, {ord(sign) for page in pages.values() for sign in page.decode() + ALWAYS})
    )
    files["offline.js"] = worker(files, site.about.file_name)
    if site.about.web.address:
        files["sitemap.xml"] = facts.sitemap(site.about, pages)
    files["manifest.json"] = facts.listing(site.about, site.downloads)
    return files | {one.href: one.data for one in site.downloads}, len(leaves)


def _home(site: Site) -> bytes:
    about, (leaves, homes) = site.about, site.text
    start = next((leaf.file for leaf in leaves if leaf.kind in documents()), CONTENTS)
    first = about.web.first
    return site.page(
        "home.html", HOME, about.title,
        description=about.description,
        helps=[inner(line) for line in landing.helps(about, site.rendered.titles, homes)],
        start=start,
        first=Link(set_type(site.rendered.titles[first]), page_href(html_id(first), homes)) if first else None,
        pictures=[(one, _page_of(one, homes)) for one in site.pictures_of_pages],
        map=Link(about.labels.web.body_map, site.map_page) if site.map_page else None,
        downloads=site.downloads,
        shelves=landing.shelves(site.downloads, about.labels.web),
        choices=landing.first_choices(site.downloads),
        structured=Markup(facts.structured(about, site.downloads)),  # noqa: S704 - "<" is escaped in it
        changes=[(change, long_date(site.rendered.book, change.date)) for change in about.changes],
    )  # fmt: skip


def _page_of(picture: PagePicture, homes: dict[str, str]) -> str:
    """Give where what a picture shows can be read; "" for the cover."""
    return page_href(html_id(picture.id), homes) if html_id(picture.id) in homes else ""


def _contents(site: Site) -> bytes:
    about = site.about
    numbers = {section.html_id + SUFFIX: section.number for section in site.rendered.sections}
    title = _titled(site, about.labels.contents)
    return site.page("contents.html", CONTENTS, title, description=about.description, numbers=numbers)


def _search(site: Site) -> bytes:
    about = site.about
    ways = [(CONTENTS, about.labels.contents)]
    ways += [(leaf.file, leaf.title) for leaf in site.text[0] if leaf.file in {"page-find.html", "page-index.html"}]
    title = _titled(site, about.labels.web.search)
    return site.page(
        "search_page.html", SEARCH, title, description=about.description, lists=ways, scripts=scripts.SEARCH_PAGE
    )


def _leaves(site: Site) -> dict[str, bytes]:
    """Give the pages of the text."""
    return {
        leaf.file: site.page(
            "leaf.html", leaf.file, _titled(site, leaf.title),
            description=_description(leaf) or site.about.description,
            leaf=leaf, before=before, after=after,
            scripts=scripts.LOG_PAGE if leaf.file == LOG else (),
            text=Markup(markup(leaf.body)),  # noqa: S704 - from our own tree
        )
        for before, leaf, after in neighbours(site.text[0])
    }  # fmt: skip


def _titled(site: Site, title: str) -> str:
    return f"{title} · {site.about.short_title}"


def _description(leaf: Leaf) -> str:
    """Give a page's own first words: its lede, or why one should do it."""
    found = select(leaf.body, ".//p[contains(@class, 'lede')] | .//div[@class='why']/p")
    return plain(found[0]) if found else ""
