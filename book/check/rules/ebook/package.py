"""The e-book's package: what it tells of itself, what it claims, and how it is packed."""

import io
import re
import zipfile
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.ebook import FOLDER, NCX, PACKAGE, STYLE, Opened, in_each_ebook
from book.formats.epub import accessibility
from book.model.editions import EDITIONS
from book.render.tree import select, value

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NEEDED = {"identifier": "identifier", "title": "title", "language": "language", "creator": "author"}
NEEDED |= {"publisher": "publisher", "date": "date", "rights": "rights", "description": "description"}
SAME = {"title": "title", "subtitle": "title", "publisher": "publisher", "rights": "rights"}
LIKE_THIS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
STANDARD = re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.[0-2] Level A{1,3}")
GONE = re.compile(r"schema:accessibility(API|Control)$")
OWN = "schema:access"  # how the claims of accessibility begin
FONTS = {".ttf": "font/ttf", ".otf": "font/otf"}
FOREIGN_FONTS = (".woff", ".woff2", ".eot")


@rule(
    "E03", "error", "The package does not tell what shelves sort by, or tells of what made it.",
    hint="Fill in the key of book.yaml that the message names, and build again.",
    source="EPUB 3.3 on metadata; Standard Ebooks manual on metadata; KDP asks for title, author, language",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def package(book: Opened) -> Iterator[Fault]:
    """See that the package has all that shelves show, as book.yaml has it, and nothing stray."""
    for key, said in [*_unlike(book), *_unfit(book)]:
        yield Fault(book.key(key), said, seen=PACKAGE)


def _unlike(book: Opened) -> Iterator[tuple[str, str]]:
    """Say what the package lacks or has otherwise than book.yaml: (key there, what)."""
    about = book.proof.book.manifest
    for name, key in NEEDED.items():
        if not any(book.told(name)):
            yield key, f"the package has no {name}, so shelves cannot sort it. Add it."
    for key, name in SAME.items():
        if any(book.told(name)) and getattr(about, key) not in book.told(name):
            yield key, f"the package has another {key} than book.yaml. Build it again."
    numbers = {value(meta, "content") for meta in select(book.tree(NCX), "//meta[@name='dtb:uid']")}
    if numbers != {about.identifier} or about.identifier not in book.told("identifier"):
        yield "identifier", "package and old contents have another identifier than book.yaml. Build it again."


def _unfit(book: Opened) -> Iterator[tuple[str, str]]:
    """Say what else is not as it should be in the package: (key of book.yaml, what)."""
    if len(select(book.package, "//meta[@property='title-type']")) != len(book.told("title")):
        yield "title", "the package does not say which title is the main one. Give each a title-type."
    if not book.told("dcterms:modified"):
        yield "date", "the package has no date of its last change. Add dcterms:modified."
    for meta in select(book.package, "//metadata/meta[@name != 'cover']"):
        yield "title", f'the package has a stray meta element "{value(meta, "name")}". Take it out.'


@rule(
    "E04", "error", "A part of the e-book is in another language than the book, or in none.",
    hint="A voice reads a page in the language it names; let all name that of book.yaml.",
    source="Ace: epub-lang; HTML: lang and xml:lang are to agree",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def languages(book: Opened) -> Iterator[Fault]:
    """See that package, old contents and each page name the book's language, and pages in both ways."""
    wanted = book.proof.book.manifest.language
    named = {PACKAGE: {book.package.get(XML_LANG), *book.told("language")}, NCX: {book.tree(NCX).get(XML_LANG)}}
    named |= {name: {page.get("lang"), page.get(XML_LANG)} for name, page in book.pages}
    for name, given in named.items():
        if given != {wanted}:
            others = " and ".join(sorted(str(one or "no language") for one in given - {wanted}))
            said = f"this part is marked as {others}, and the book is in {wanted}. Let them agree."
            yield Fault(book.key("language"), said, seen=name)


@rule(
    "E10", "error", "The e-book claims of its accessibility what its files do not bear out, or keeps silent of it.",
    hint="Claims are counted in the files; mend the file or the picture, never the claim.",
    source="EPUB Accessibility 1.1 on discovery metadata; compared as by Standard Ebooks m-028, m-029, m-038",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def claims(book: Opened) -> Iterator[Fault]:
    """Compare the package's claims with what is counted in the files anew."""
    content = accessibility.read(book.files)
    edition = EDITIONS[book.ebook.edition.of].says if content.markers else ""
    labels, titles = book.proof.book.manifest.labels, book.key("title")
    true = accessibility.claims(content, labels, edition)
    found = select(book.package, f"//metadata/meta[starts-with(@property, '{OWN}')]")
    told = [(value(meta, "property"), (meta.text or "").strip()) for meta in found]
    for name, said in told:
        if (name, said) not in true and not GONE.match(name):
            fault = f"the e-book claims {_claim(name, said)}, and its files do not bear it out. Take it out."
            yield Fault(titles, fault, said, PACKAGE)
    for name, said in true:
        if (name, said) not in told:
            yield Fault(
                titles, f"the e-book does not tell of {_claim(name, said)}, which is so. Add it.", said, PACKAGE
            )


@rule(
    "E11", "error", "A label says of the e-book's accessibility what is not so.",
    hint="Take the label out of labels.access in book.yaml, or make it true.",
    source="EPUB Accessibility 1.1 on the summary; a false claim misleads who needs it",
    needs="build",
)  # fmt: skip
def access_labels(proof: Proof) -> Iterator[Fault]:
    """Give what a build told of labels that are not so."""
    yield from proof.told_of("E11")


@rule(
    "E12", "error", "The e-book claims a standard that nobody certified, or in a way that is gone.",
    hint="Claim conformance only after a person's evaluation, with a11y:certifiedBy.",
    source="EPUB Accessibility 1.1 on certifiedBy; its Techniques on pageBreakSource and retired metadata",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def conformance(book: Opened) -> Iterator[Fault]:
    """See that conformance has a certifier, that no retired claim is made, and that markers name their edition."""
    names = {value(meta, "property") for meta in book.package.iter("meta")}
    at = book.key("title")
    for said in book.told("dcterms:conformsTo"):
        if not STANDARD.fullmatch(said):
            yield Fault(at, f'no standard is named as "{said}". Write: {LIKE_THIS}.', seen=PACKAGE)
    if "dcterms:conformsTo" in names and "a11y:certifiedBy" not in names:
        yield Fault(at, "the e-book claims a standard, and nobody certified it. Take the claim out.", seen=PACKAGE)
    for name in sorted(filter(GONE.match, names)):
        yield Fault(at, f"the claim {name} is no longer asked for. Take it out.", seen=PACKAGE)
    marked = any(select(page, "//*[@role='doc-pagebreak']") for _, page in book.pages)
    if marked != ("pageBreakSource" in names):
        said = "marks of printed pages and the name of their edition go together, and one is missing. Add it."
        yield Fault(at, said, seen=PACKAGE)


@rule(
    "E16", "error", "The e-book's container is not packed as readers expect.",
    hint="Let the builder pack the e-book; tools that zip a folder again often spoil it.",
    source="EPUB 3.3 on the OCF container: mimetype first and stored; names: EPUBCheck PKG-012",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def container(book: Opened) -> Iterator[Fault]:
    """See that the zip begins with its kind, and that names are plain."""
    at = book.key("file_name")
    with zipfile.ZipFile(io.BytesIO(book.ebook.data)) as files:
        first = files.infolist()[0]
        packed = first.filename, first.compress_type, first.extra, files.read(first)
    if packed != ("mimetype", zipfile.ZIP_STORED, b"", b"application/epub+zip"):
        yield Fault(at, "the file does not begin with its kind (mimetype, stored as it is). Build it again.")
    for name in book.ebook.files:
        if not name.isascii() or " " in name:
            yield Fault(
                at, f'the name "{name}" is not plain letters, and old readers lose it. Rename it.', seen=name
            )


@rule(
    "E18", "error", "The e-book's list of files and its files differ, or a font is of a kind that readers skip.",
    hint="List what is there, carry what is shown, and fonts as TTF or OTF.",
    source="EPUB 3.3 on the manifest (EPUBCheck OPF-003, OPF-097, RSC-001); Kobo takes TTF and OTF, MuPDF no WOFF2",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def manifest(book: Opened) -> Iterator[Fault]:
    """Compare what is listed, what is there and what is shown; look at the kinds of fonts."""
    at = book.key("title")
    listed = {value(item, "href"): value(item, "media-type") for item in book.package.iter("item")}
    outside = (name for name in book.ebook.files if not name.startswith((FOLDER, "META-INF/")))
    held = {*book.files, *outside} - {PACKAGE, "mimetype"}
    for name in sorted(held ^ set(listed)):
        said = "is in the e-book and not listed. List it" if name in held else "is listed and not there. Add it"
        yield Fault(at, f'the file "{name}" {said}, or take it out.', seen=PACKAGE)
    shown = {str(one).partition("#")[0] for _, page in book.pages for one in select(page, "//@href | //@src")}
    shown |= {NCX, *book.order, *re.findall(r"url\(['\"]?([^)'\"]+)", book.files.get(STYLE, b"").decode())}
    for name in sorted(held & set(listed) - shown):
        yield Fault(at, f'nothing in the e-book shows the file "{name}". Show it, or take it out.', seen=PACKAGE)
    for name, kind in listed.items():
        suffix = name[name.rfind(".") :].lower()
        if suffix in FOREIGN_FONTS or (suffix in FONTS and kind != FONTS[suffix]):
            said = f'the font "{name}" is of a kind that readers skip. Carry it as TTF or OTF (font/ttf, font/otf).'
            yield Fault(at, said, seen=name)


def _claim(name: str, said: str) -> str:
    """Name a claim: a short one by its words, the summary by what it is."""
    kind = name.removeprefix("schema:")
    return kind if kind == "accessibilitySummary" else f"{said} ({kind})"
