"""The e-book's style sheet: old CSS that every reader draws, and nothing that is the reader's to choose."""

import re
from collections.abc import Iterator

import cssselect2
import tinycss2
from tinycss2 import ast

from book.check.fault import Fault
from book.check.rule import rule
from book.check.views.ebook import STYLE, Opened, in_each_ebook
from book.render.tree import select

OLD = set(
    """border border-bottom border-collapse border-left border-right border-top break-after break-before
    break-inside display float font-family font-size font-style font-variant font-weight height
    letter-spacing line-height list-style list-style-type margin margin-bottom margin-left margin-right
    margin-top max-height max-width overflow overflow-wrap overflow-x padding padding-bottom padding-left
    padding-right padding-top page-break-after page-break-before page-break-inside table-layout text-align
    text-decoration text-indent vertical-align white-space width word-wrap""".split()
)
DISPLAYS = {"none", "block", "inline", "inline-block"}
COLORS = {"color", "background", "background-color", "border-color", "fill", "stroke"}
COLOR = re.compile(r"#[0-9a-f]{3}|\b(rgb|hsl)a?\(", re.IGNORECASE)
LINES = set("none hidden dotted dashed solid double groove ridge inset outset thin medium thick collapse".split())
FIXED = re.compile(r"\d(px|pt|cm|mm|in|pc)\b")
THIN = ("border",)  # lines may be 1px thin
TEXT = re.compile(r"(^|[\s,>])(html|body|p|div|section|\*)\s*(,|$)")
NEW_SELECTORS = re.compile(r":(is|has|where|not)\(|::|\|")
WHY = {
    "flex": "books with it do not open in old readers (pandoc #8379)",
    "grid": "Adobe's reader in Kobos drops it",
    "var(": "Send to Kindle refuses books with variables (E999, cs249r_book #1148)",
    "calc(": "Adobe's reader in Kobos drops it",
    "position": "Kindles ignore it, and a fixed box covers text (EPUBCheck CSS-006)",
}
Declared = tuple[str, ast.Declaration, str]  # selector, declaration, value


@rule(
    "E40", "error", "The e-book's style sheet asks for more than old readers can.",
    hint="Keep to CSS 2.1: blocks, margins, borders, sizes in em and %. The message says who drops what.",
    source="Kindle Publishing Guidelines; Adobe's RMSDK in Kobos (epubfix README); quarto #11948, pandoc #8379",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def old_styles(book: Opened) -> Iterator[Fault]:
    """See that each rule, selector, property and value is old CSS."""
    for one in _rules(book):
        if one.type != "qualified-rule":
            if not (one.type == "at-rule" and one.lower_at_keyword == "font-face"):
                said = f"old readers drop {_short(one.serialize())}, or all below it. Take it out."
                yield book.style(one.source_line, said)
            continue
        selector = tinycss2.serialize(one.prelude).strip()
        if NEW_SELECTORS.search(selector) or not _is_selector(one):
            yield book.style(
                one.source_line, f'the selector "{selector}" is one that Kobos and weak readers drop. Use a class.'
            )
    for _, one, given in _declared(book):
        shown = f"{one.name}: {given}"
        if one.name in COLORS or COLOR.search(given):
            continue
        if one.name not in OLD or "(" in given or (one.name == "display" and given not in DISPLAYS):
            yield book.style(one.source_line, f'"{shown}" is too new: {_why(shown)}. Do without it.')


@rule(
    "E41", "error", "The e-book's style sheet sets a color.",
    hint="Leave colors to the reader; draw borders as 1px solid, in the color of the text.",
    source="Kindle Publishing Guidelines: forced black is lost in dark mode, and such books are taken off",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def colors(book: Opened) -> Iterator[Fault]:
    """Look for colors of text, ground and lines."""
    for _, one, given in _declared(book):
        named = (
            one.name.startswith("border")
            and {part.lower_value for part in one.value if part.type == "ident"} - LINES
        )
        if named or one.name in COLORS or COLOR.search(given):
            said = f'"{one.name}: {given}" sets a color, which is lost or blinds at night. Take it out.'
            yield book.style(one.source_line, said)


@rule(
    "E42", "error", "The e-book's style sheet takes a choice from the reader: the face or the size of the text.",
    hint="Sizes in em or %, line-height without a unit, faces for headings alone.",
    source="Kindle Publishing Guidelines: no face and no fixed size for body text; WCAG 2.2, 1.4.4 and 1.4.12",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def readers_choice(book: Opened) -> Iterator[Fault]:
    """Look for a face of running text, for fixed sizes, and for line heights with a unit."""
    for selector, one, given in _declared(book):
        if one.name == "font-family" and TEXT.search(selector):
            said = f'"{selector}" sets the face of the text, which is the reader\'s choice. Take it out.'
            yield book.style(one.source_line, said)
        if one.name == "line-height" and not re.fullmatch(r"[\d.]+", given):
            said = f'"line-height: {given}" has a unit, so large type overlaps. Write a bare number, like 1.5.'
            yield book.style(one.source_line, said)
        elif FIXED.search(given) and not one.name.startswith(THIN):
            said = f'"{one.name}: {given}" stays as it is when type grows. Write it in em or %.'
            yield book.style(one.source_line, said)


@rule(
    "E43", "error", "Lists that are for menus alone would show as pages in old readers.",
    hint="Keep the first line of styles/epub.css, which hides what has the attribute hidden.",
    source="Seen in MuPDF and old readers, which do not know the attribute hidden",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def hidden_lists(book: Opened) -> Iterator[Fault]:
    """See that what is hidden is hidden by the style sheet, too."""
    hides = any(
        selector == "[hidden]" and (one.name, given) == ("display", "none")
        for selector, one, given in _declared(book)
    )
    if not hides and any(select(page, "//*[@hidden]") for _, page in book.pages):
        yield book.style(1, "nothing hides the lists for menus in old readers. Add: [hidden] { display: none; }")


def _rules(book: Opened) -> list[ast.Node]:
    """Give the rules of the style sheet."""
    text = book.files.get(STYLE, b"").decode()
    return list(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


def _declared(book: Opened) -> Iterator[Declared]:
    """Give all declarations of the style sheet, each with the selector that it is for."""
    for one in _rules(book):
        if one.type == "qualified-rule":
            selector = tinycss2.serialize(one.prelude).strip()
            for declared in tinycss2.parse_blocks_contents(one.content, skip_comments=True, skip_whitespace=True):
                if declared.type == "declaration":
                    yield selector, declared, tinycss2.serialize(declared.value).strip()


def _is_selector(one: ast.QualifiedRule) -> bool:
    """Say whether a selector can be read at all."""
    try:
        cssselect2.compile_selector_list(one.prelude)
    except cssselect2.SelectorError:
        return False
    return True


def _why(text: str) -> str:
    """Say who drops it, as far as it is known."""
    return next((why for sign, why in WHY.items() if sign in text), "old readers drop what they do not know")


def _short(text: str) -> str:
    """Give the beginning of a rule."""
    return f'"{" ".join(text.split())[:40]}"'
