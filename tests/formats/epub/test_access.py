"""What an e-book claims of its accessibility, against files of which more or less is so; and what its package tells."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from book.formats.epub.accessibility import Content, claims, read
from book.model.labels import Labels
from tests.conftest import ROOT, Command

OPF = "{http://www.idpf.org/2007/opf}"
PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<h1>Mix</h1><p>Stir.</p><img src="a.png" alt="A bowl."/>
<table><caption>How hot.</caption><tr><th scope="col">Step</th></tr></table></body></html>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="a.xhtml">Mix</a></li></ol></nav></body></html>"""


def content(page: str = PAGE, style: str = "p { margin: 0 }", **more: bytes) -> Content:
    return read({"a.xhtml": page.encode(), "nav.xhtml": NAV.encode(), "s.css": style.encode()} | more)


def claimed(of: Content, name: str) -> list[str]:
    return [value for key, value in claims(of, Labels(), "the paper one") if key == f"schema:{name}"]


def test_claims_are_what_the_files_bear_out() -> None:
    found = content()
    assert claimed(found, "accessMode") == ["textual", "visual"]
    assert claimed(found, "accessModeSufficient") == ["textual"]
    assert claimed(found, "accessibilityHazard") == ["none"]
    assert claimed(found, "accessibilityFeature") == [
        "tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability", "unlocked", "alternativeText",
    ]  # fmt: skip
    assert claimed(found, "accessibilitySummary") == [
        "Every picture is described in words: 1 in all. Every table has a caption and headings: 1 in all. "
        "The text takes the colors that you choose."
    ]


MARK = '<span xmlns:epub="http://www.idpf.org/2007/ops" epub:type="pagebreak" role="doc-pagebreak" id="page-1"/>'


@pytest.mark.parametrize(
    ("old", "new", "name", "value", "so"),
    [
        (' alt="A bowl."', ' alt=" "', "accessibilityFeature", "alternativeText", False),
        (' alt="A bowl."', "", "accessModeSufficient", "textual", False),
        ('<img src="a.png" alt="A bowl."/>', "", "accessMode", "visual", False),
        ("<h1>Mix</h1>", "", "accessibilityFeature", "structuralNavigation", False),
        ("<p>", f"<p>{MARK}", "accessibilityFeature", "pageBreakMarkers", True),
        ("<p>", f"<p>{MARK}", "accessibilityFeature", "pageNavigation", False),
        ("<p>Stir.</p>", '<section epub:type="index"/>', "accessibilityFeature", "index", True),
        (' alt="A bowl."', ' alt="A bowl." aria-details="more"', "accessibilityFeature", "longDescription", True),
        ("<p>Stir.</p>", "<video/>", "accessibilityHazard", "none", False),
        ("<p>", '<p style="font-size: 9pt">', "accessibilityFeature", "displayTransformability", False),
    ],
)  # fmt: skip
def test_a_claim_goes_when_it_is_not_so(old: str, new: str, name: str, value: str, so: bool) -> None:
    assert old in PAGE
    before, after = claimed(content(), name), claimed(content(PAGE.replace(old, new, 1)), name)
    assert (value in after) is so
    assert (value in before) is not (value in after) or value == "pageNavigation"


def test_words_of_the_summary_go_when_they_are_not_so() -> None:
    page = PAGE.replace(' scope="col"', "").replace(' alt="A bowl."', "")
    assert claimed(content(page, "p { color: black }"), "accessibilitySummary") == []
    assert (
        claimed(content(PAGE.replace("<p>", f"<p>{MARK}")), "accessibilitySummary")[0].count("the paper one") == 1
    )


def test_a_picture_that_moves_is_a_hazard_nobody_has_looked_at() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert claimed(content(**{"a.png": out.getvalue()}), "accessibilityHazard") == ["unknown"]


def test_the_package_tells_series_licence_and_how_to_sort(command: Command, tmp_path: Path) -> None:
    """The keys of the example in docs/epub.md, put into the tiny book, reach the package."""
    keys = re.findall(r"```yaml\n(series: .*?)```", (ROOT / "docs" / "epub.md").read_text("utf-8"), re.DOTALL)[0]
    manifest = command.root / "book.yaml"
    manifest.write_text(manifest.read_text("utf-8").partition("labels:")[0] + keys, "utf-8")
    assert command("epub", "--out", str(tmp_path)).exit_code == 0
    with zipfile.ZipFile(tmp_path / "first-loaf.epub") as files:
        package = etree.fromstring(files.read("EPUB/content.opf"))
    told = {(meta.get("refines"), meta.get("property"), meta.text) for meta in package.iter(f"{OPF}meta")}
    assert told >= {
        ("#title", "file-as", "first loaf, Your"), ("#creator", "file-as", "Baker, Ada"),
        ("#title", "title-type", "main"), ("#subtitle", "title-type", "subtitle"),
        (None, "belongs-to-collection", "Village loaves"), ("#series", "group-position", "2"),
    }  # fmt: skip
    (link,) = package.iter(f"{OPF}link")
    assert (link.get("rel"), link.get("href")) == (
        "dcterms:license",
        "https://creativecommons.org/licenses/by/4.0/",
    )
