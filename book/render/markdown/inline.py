"""The text of a block to inline elements, by CommonMark's own way: from left to right, with a stack of open marks.

Code, raw HTML, addresses and what is escaped are taken first, where they stand; links and pictures when their ]
comes; emphasis last. Beyond CommonMark: ~~deleted~~, H~2~O, x^2^, ==marked==, bare addresses, [^notes], [@sources].
Source: the strategy in the appendix of the CommonMark specification 0.31.2, GFM 0.29.
"""

import html
import re
import string
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from markdown.util import AtomicString, code_escape

from book.render.markdown import emphasis, links, marks, pieces
from book.render.markdown.block import Tell
from book.render.markdown.build import END_LINE
from book.render.markdown.emphasis import Piece
from book.render.markdown.references import References
from book.render.tree import LINE, MADE

CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});")
ADDRESS = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*)>")
MAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9-]+)*)>")
TAG = re.compile(
    rf"<[a-zA-Z][a-zA-Z0-9-]*{marks.ATTRIBUTES}\s*/?>"
    r"|</[a-zA-Z][a-zA-Z0-9-]*\s*>|<\?.*?\?>|<![a-zA-Z][^>]*>|<!\[CDATA\[.*?\]\]>",
    re.DOTALL,
)
NOTE = re.compile(r"\[\^([^\]\s][^\]]*)\]")
CITATION = re.compile(r"\[@([\w:./+-]+(?:\s*;\s*@[\w:./+-]+)*)\]")
BARE = re.compile(r"(?:https?://[^\s<\[\].]|www\.[^\s<\[\].]+\.)[^\s<\[\]\"“”]*", re.IGNORECASE)
BARE_MAIL = re.compile(r"[a-zA-Z0-9][\w.+-]*@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+(?<![-_])(?![\w-])")
PLAIN = re.compile(r"(?:[^\n\\`*_~=^!\[\]<&@hw]|h(?!ttps?://)|w(?!ww\.))+", re.IGNORECASE)
ESCAPABLE = set(string.punctuation)
INLINE_NOTES = "inline-notes"


@dataclass
class Context:
    """What inline text may refer to: references, notes by name; who keeps raw HTML; and what is heard of."""

    references: References
    notes: dict[str, ET.Element]
    keep: Callable[[str, int], str]
    tell: Tell
    switched: Collection[str] = ()  # dialects
    cited: dict[str, int] = field(default_factory=dict)  # how often notes were cited, in the order of their numbers


def parse(text: str, into: ET.Element, line: int, context: Context) -> None:
    """Set a text that begins on a line into an empty element."""
    emphasis.place(_Inline(text, line, context).pieces(), into)


@dataclass(eq=False)
class Bracket:
    """An open [ or ![, at its place among the pieces and in the text."""

    piece: int
    at: int
    image: bool
    active: bool = True


class _Inline:
    """Reads one text from left to right."""

    def __init__(self, text: str, line: int, context: Context) -> None:
        self.text, self.line, self.context = text, line, context
        self.at = 0
        self.found: list[Piece] = []
        self.brackets: list[Bracket] = []

    def pieces(self) -> list[Piece]:
        while self.at < len(self.text):
            plain = PLAIN.match(self.text, self.at)
            if plain:
                self.found.append(plain[0])
                self.at = plain.end()
            else:
                READERS.get(self.text[self.at], _Inline._sign)(self)
        emphasis.resolve(self.found)
        return self.found

    def _sign(self) -> None:
        self.found.append(self.text[self.at])
        self.at += 1

    def _line_now(self) -> int:
        return self.line + self.text.count("\n", 0, self.at)

    def _element(self, tag: str, **attributes: str) -> ET.Element:
        return ET.Element(tag, {**attributes, LINE: str(self._line_now())})

    def _ends(self, element: ET.Element, at: int) -> None:
        """Note on which line an element ends, if the text goes on on another than it began."""
        if "\n" in self.text[self.at : at] or element.get(LINE) != str(self._line_now()):
            element.set(END_LINE, str(self.line + self.text.count("\n", 0, at)))

    def _line_end(self) -> None:
        """Break the line after two spaces; else its end is a space."""
        before = self.found[-1] if self.found else ""
        if isinstance(before, str):
            bare = before.rstrip(" ")
            hard = len(before) - len(bare) >= 2
            if self.found:
                self.found[-1] = bare
            if hard:
                self.found.append(self._element("br"))
        self.found.append("\n")
        self.at += 1
        while self.text.startswith(" ", self.at):
            self.at += 1

    def _backslash(self) -> None:
        after = self.text[self.at + 1 : self.at + 2]
        if after == "\n":
            self.found.append(self._element("br"))
            self.at += 1
        elif after and after in ESCAPABLE:
            self.found.append(pieces.meant(after))
            self.at += 2
        else:
            self._sign()

    def _code(self) -> None:
        found = CODE.match(self.text, self.at)
        if found is None:
            end = self.at
            while self.text.startswith("`", end):
                end += 1
            self.found.append(self.text[self.at : end])
            self.at = end
            return
        words = found[2].replace("\n", " ")
        if words.strip(" ") and words[0] == words[-1] == " ":
            words = words[1:-1]
        code = self._element("code")
        code.text = AtomicString(code_escape(words))
        self._ends(code, found.end())
        self.found.append(code)
        self.at = found.end()

    def _run(self) -> None:
        run = emphasis.run_at(self.text, self.at, self._line_now())
        self.found.append(run if run.count <= emphasis.LONGEST.get(run.sign, run.count) else run.sign * run.count)
        self.at += run.count

    def _entity(self) -> None:
        found = ENTITY.match(self.text, self.at)
        decoded = html.unescape(found[0]) if found else ""
        if found and decoded != found[0]:
            self.found.append(pieces.meant(decoded) if len(decoded) == 1 and not decoded.isspace() else decoded)
            self.at = found.end()
        else:
            self._sign()

    def _less_than(self) -> None:
        if comment := marks.COMMENT.match(self.text, self.at):
            self.at = comment.end()
        elif address := ADDRESS.match(self.text, self.at):
            self._address(address[1], address[1], address.end())
        elif mail := MAIL.match(self.text, self.at):
            self._address(mail[1], f"mailto:{mail[1]}", mail.end())
        elif tag := TAG.match(self.text, self.at):
            self.found.append(self.context.keep(tag[0], self._line_now()))
            self.at = tag.end()
        else:
            self._sign()

    def _address(self, words: str, address: str, end: int) -> None:
        link = self._element("a", href=links.written(address))
        link.text = AtomicString(links.written(words))
        self.found.append(link)
        self.at = end

    def _letter(self) -> None:
        """Make a link of an address without marks around it, but not within one."""
        before = self.text[self.at - 1] if self.at else " "
        found = BARE.match(self.text, self.at) if not (before.isalnum() or before in "/@_-.") else None
        words = links.trimmed(found[0]) if found else ""
        if words and not self._in_link():
            plain = html.unescape(words)
            self._address(plain, plain if "://" in plain else f"http://{plain}", self.at + len(words))
        else:
            self._sign()

    def _at_sign(self) -> None:
        """Make a link of a mail address: what was found of the name before the @ is taken back."""
        name = re.search(r"[a-zA-Z0-9][\w.+-]*$", self.text[: self.at])
        found = BARE_MAIL.match(self.text, name.start()) if name else None
        if name and found and not self._in_link() and pieces.take_back(self.found, name[0]):
            self._address(found[0], f"mailto:{found[0]}", found.end())
        else:
            self._sign()

    def _in_link(self) -> bool:
        return any(
            bracket.active and not bracket.image and links.closes(self.text, bracket.at, self.context.references)
            for bracket in self.brackets
        )

    def _exclamation(self) -> None:
        if self.text.startswith("![", self.at) and not self.text.startswith("![^", self.at):
            self.brackets.append(Bracket(len(self.found), self.at, image=True))
            self.found.append("![")
            self.at += 2
        else:
            self._sign()

    def _open(self) -> None:
        if cited := CITATION.match(self.text, self.at):
            self._citation(cited[1], cited.end())
        elif (note := NOTE.match(self.text, self.at)) and note[1] in self.context.notes:
            self._note(note[1], note.end())
        else:
            if note:
                said = f'there is no note "{note[1]}". Write [^{note[1]}]: and its words, or \\[ for the sign [.'
                self.context.tell(self._line_now(), said)
            self.brackets.append(Bracket(len(self.found), self.at, image=False))
            self._sign()

    def _citation(self, keys: str, end: int) -> None:
        cites = self._element("span", **{"class": "cites"})
        for key in re.split(r"\s*;\s*", keys.strip()):
            ET.SubElement(cites, "a", {"class": "cite", "href": f"source:{key.strip().removeprefix('@')}"})
        self.found.append(cites)
        self.at = end

    def _note(self, name: str, end: int) -> None:
        """Cite a note: its number is that of its first citation among all."""
        count = self.context.cited[name] = self.context.cited.get(name, 0) + 1
        number = list(self.context.cited).index(name) + 1
        holder = self._element("sup", **{"class": "noteref"})
        own = f"ref-{number}" + (f"-{count}" if count > 1 else "")
        link = ET.SubElement(holder, "a", {"class": "noteref", "id": own, "href": f"#note-{number}", MADE: ""})
        link.text = str(number)
        self.found.append(holder)
        self.at = end

    def _caret(self) -> None:
        """Take a note that stands within the text, ^[like this], if the book has switched them on."""
        end = pieces.closing(self.text, self.at + 1) if self.text.startswith("^[", self.at) else 0
        if not end or INLINE_NOTES not in self.context.switched:
            self._run()
            return
        name = f"^{len(self.context.notes)}"
        note = self.context.notes[name] = ET.Element(
            "aside", {"class": "note", MADE: "", LINE: str(self._line_now())}
        )
        ET.SubElement(note, "p").text = self.text[self.at + 2 : end]
        self._note(name, end + 1)

    def _close(self) -> None:
        """End a link or a picture at a ], if what follows, or the words in the brackets, say where to."""
        bracket = self.brackets.pop() if self.brackets else None
        target = None
        if bracket is not None and bracket.active:
            words = self.text[bracket.at + (2 if bracket.image else 1) : self.at]
            target = links.target(self.text, self.at + 1, words, self.context.references)
        if bracket is None or target is None:
            self._sign()
            return
        inner = self.found[bracket.piece + 1 :]
        if bracket.image and any(isinstance(one, ET.Element) and one.get("class") == "noteref" for one in inner):
            said = "a note cannot stand in the words for a picture. Put it behind the picture, or into its caption."
            self.context.tell(self._line_now(), said)
        emphasis.resolve(inner)
        line = self.line + self.text.count("\n", 0, bracket.at)
        made = links.picture(target, inner, line) if bracket.image else links.link(target, inner, line)
        self._ends(made, target.end)
        self.found[bracket.piece :] = [made]
        self.at = target.end
        if not bracket.image:
            for other in self.brackets:
                other.active = other.active and other.image  # no link stands in a link


Reader = Callable[[_Inline], None]
READERS: dict[str, Reader] = {
    "\n": _Inline._line_end, "\\": _Inline._backslash, "`": _Inline._code, "&": _Inline._entity,
    "<": _Inline._less_than, "!": _Inline._exclamation, "[": _Inline._open, "]": _Inline._close,
    "@": _Inline._at_sign, "^": _Inline._caret, **dict.fromkeys("*_~=", _Inline._run),
    **dict.fromkeys("hHwW", _Inline._letter),
}  # fmt: skip
