"""Every mistake an author can make: file, line and remedy, exit 1, no traceback, the last edition untouched."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from book.build import save as saving
from book.build.save import save
from book.model.problems import BookError
from tests.conftest import Command

CHAPTER = "chapters/flour-and-water.md"
EXERCISE = "chapters/exercises/stretch-and-fold.md"
BARS = "{grade: 9, smog: 20, ease: 1, dale_chall: 20, words_per_sentence: 12, longest_sentence: 60}"
READING = f"reading:\n  whole: {BARS}\n  chapter: {BARS}\n  prose: {{skip: [baking]}}\nlabels:"
SOURCES = "chapters/sources.yaml"

Spoil = Callable[[Path], object]


def change(file: str, old: str, new: str) -> Spoil:
    def spoil(book: Path) -> None:
        text = (book / file).read_text("utf-8")
        assert old in text, f"the tiny book no longer holds {old!r}"
        (book / file).write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def write(file: str, data: bytes) -> Spoil:
    return lambda book: (book / file).write_bytes(data)


def delete(file: str) -> Spoil:
    return lambda book: (book / file).unlink()


def link_out(file: str, target: str) -> Spoil:
    def spoil(book: Path) -> None:
        (book / file).unlink(missing_ok=True)
        (book / file).symlink_to(target)

    return spoil


def bomb(book: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(book / "images" / "bomb.png")
    change(CHAPTER, "loaf.svg", "bomb.png")(book)


def picture(name: str) -> Spoil:
    return change(CHAPTER, "loaf.svg", name)


def svg(inside: str) -> Spoil:
    return write(
        "images/loaf.svg", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()
    )


FLOW = """
/// flow | Which fault is yours?

1. Is it wet?
    - Yes: Bake it longer.
    - No: go to 2
2. Is it pale?
    - Yes: go to 3
    - No: Eat it.
3. Is it flat?
    - Yes: Wait longer.
    - No: Eat it.
///
"""


def flow(old: str, new: str) -> Spoil:
    """Add a flow with one change to the chapter, of 34 lines: its first question stands on line 38."""
    assert old in FLOW

    def spoil(book: Path) -> None:
        with (book / CHAPTER).open("a", encoding="utf-8") as chapter:
            chapter.write(FLOW.replace(old, new, 1))

    return spoil


def flow_in_an_exercise(book: Path) -> None:
    with (book / EXERCISE).open("a", encoding="utf-8") as exercise:
        exercise.write(FLOW)


def without_note(book: Path) -> None:
    change(CHAPTER, "[^1]: Weigh the water too. Cups differ.", "")(book)
    change(CHAPTER, "water.[^1]", "water.")(book)
    change("book.yaml", "labels:", "labels:\n  access: {colors: Colors are yours., notes: Notes pop up.}")(book)


CASES: list[tuple[str, Spoil, str]] = [
    ("cover of another shape", lambda book: (book / "styles").mkdir() or (book / "styles/cover.css").write_text(""),
     "styles/cover.css:1: the cover comes out at "),
    ("chapter missing", delete("chapters/baking.md"), 'book.yaml:20: there is no file "chapters/baking.md".'),
    ("chapter empty", write("chapters/baking.md", b""), "chapters/baking.md: the file is empty."),
    ("body empty", write("chapters/baking.md", b"---\ntitle: Bake\n---\n\n"), "chapters/baking.md:4: nothing follows"),
    ("manifest missing", delete("book.yaml"), 'book.yaml: there is no file "book.yaml".'),
    ("unlisted chapter", write("chapters/extra.md", b"---\ntitle: More\n---\nText\n"),
     "chapters/extra.md:1: is not listed under contents in book.yaml. Add \"chapter:extra\""),
    ("unknown key", change(EXERCISE, "equipment:", "equipmnt:"),
     f'{EXERCISE}:5: there is no key "equipmnt". Did you mean "equipment"?'),
    ("unknown key inside", change(EXERCISE, "  rounds: 3–4", "  round: 3–4"),
     f'{EXERCISE}:8: there is no key "dose.round". Did you mean "rounds"?'),
    ("wrong type", change(EXERCISE, "rounds: 3–4", "rounds: two"),
     f'{EXERCISE}:8: dose.rounds must be a whole number or a range like 8–12, not "two".'),
    ("wrong date", change("book.yaml", "2026-03-01", "spring"),
     'book.yaml:7: date must be a date like 2026-11-23, not "spring".'),
    ("version as a number", change("book.yaml", '"0.3"', "0.3"),
     'book.yaml:6: version must be text (put it in quotes), not "0.3".'),
    ("broken YAML", change(EXERCISE, 'group: "By hand"', 'group: "By hand'), f"{EXERCISE}:3: the YAML here is broken"),
    ("doubled key", change(EXERCISE, "areas: [bowl]", "areas: [bowl]\nareas: [oven]"),
     f"{EXERCISE}:5: the YAML here is broken: found duplicate key"),
    ("no front matter", write("chapters/baking.md", b"Bake it.\n"), "chapters/baking.md:1: the file must begin with"),
    ("endless front matter", write("chapters/baking.md", b"---\ntitle: x\n"),
     "chapters/baking.md:1: the front matter does not end."),
    ("no area of that name", change(EXERCISE, "[bowl]", "[bowll]"),
     f'{EXERCISE}:4: there is no part "bowll" in images/body-map.yaml. Did you mean "bowl"?'),
    ("listed twice", change("book.yaml", "  - chapter:baking", "  - chapter:baking\n  - chapter:baking"),
     'book.yaml:21: "chapter:baking" stands 2 times in contents.'),
    ("unknown page", change("book.yaml", "page:colophon", "page:colofon"),
     'book.yaml:24: there is no page "colofon". Did you mean "colophon"?'),
    ("unknown kind", change("book.yaml", "page:colophon", "colophon"), 'book.yaml:24: "colophon" in contents is not'),
    ("log without data", change("book.yaml", "log:\n  title", "find_me:\n  title"), 'there is no key "find_me"'),
    ("unknown edition", change("book.yaml", "cover:", "editions: [lettre]\ncover:"),
     'book.yaml:25: there is no edition "lettre". Did you mean "letter"?'),
    ("label that is not so", without_note, 'book.yaml:34: the label access.notes says of the e-book what is not so: '
     "a note does not lead back, or there is none. Take the label out."),
    ("label of access unknown", change("book.yaml", "labels:", "labels:\n  access: {picture: All are described.}"),
     'there is no key "labels.access.picture". Did you mean "pictures"?'),
    ("author with an unknown key", change("book.yaml", "cover:", "author: {nam: Ada Baker}\ncover:"),
     'book.yaml:25: there is no key "author.nam". Did you mean "name"?'),
    ("author confirms some day", change("book.yaml", "cover:", "author: {confirmed: soon}\ncover:"),
     'book.yaml:25: author.confirmed must be a date like 2026-11-23, not "soon".'),
    ("author confirms what is to come", change("book.yaml", "cover:",
     "author:\n  name: Ada Baker\n  confirmed: 2026-03-02\ncover:"),
     "book.yaml:27: the author confirms (2026-03-02) later than the book's date (2026-03-01). Mend one of the dates."),
    ("word for I that cannot be read", change("book.yaml", "cover:",
     'check: {safety: {first_person: ["(I"]}}\ncover:'), "book.yaml:25: check.safety.first_person.1 must be a word, or a"),
    ("series without number", change("book.yaml", "cover:", "series: {name: Loaves}\ncover:"), "book.yaml:25: "),
    ("series that falls", change("book.yaml", "cover:", "series: {name: Loaves, number: 0}\ncover:"), "book.yaml:25: series.number"),
    ("licence that is no link", change("book.yaml", "cover:", "license: CC BY\ncover:"),
     'book.yaml:25: license must be an address that begins with https://'),
    ("duplicate id", change("chapters/baking.md", "Heat the oven", "## Again {#step:mix}\n\nHeat the oven"),
     f'chapters/baking.md:5: the id "step:mix" is already used in {CHAPTER}.'),
    ("dead cross-reference", change(CHAPTER, "(exercise:stretch-and-fold)", "(exercise:stretch-fold)"),
     f'{CHAPTER}:17: the cross-reference "exercise:stretch-fold" leads nowhere. Did you mean "exercise:stretch-and-fold"?'),
    ("link to a file", change(CHAPTER, "(exercise:stretch-and-fold)", "(stretch.md)"),
     f'{CHAPTER}:17: the link "stretch.md" leads to no file of the book.'),
    ("dead link in the chapter", change(CHAPTER, "(exercise:stretch-and-fold)", "(#nowhere)"),
     f'{CHAPTER}:17: the link "#nowhere" leads nowhere in this chapter.'),
    ("script link", change(CHAPTER, "(exercise:stretch-and-fold)", "(javascript:alert%281%29)"), "is not understood"),
    ("read, but when", change(SOURCES, "  found:", "  read: page\n  found:"),
     f"{SOURCES}:1: K1 must have the key read_on where it has read: page; give the day."),
    ("a day, but of what", change(SOURCES, "  found:", "  read_on: 2026-03-01\n  found:"),
     f"{SOURCES}:1: K1 must have the key read where it has read_on: page, abstract, secondary, memory."),
    ("read in no known way", change(SOURCES, "  found:", "  read: skimmed\n  found:"), f"{SOURCES}:4: K1.read: "),
    ("details that are no list", change(SOURCES, "  found:", "  details: It rose.\n  found:"),
     f'{SOURCES}:4: K1.details must be a list, not "It rose.".'),
    ("works read in no known way", change(CHAPTER, "/// tip\n", "/// sources | memory, by-memory\nThese:\n///\n\n/// tip\n"),
     f'{CHAPTER}:19: no work is read in the way "by-memory". Did you mean "memory"?'),
    ("works read in which way", change(CHAPTER, "/// tip\n", "/// sources\nThese:\n///\n\n/// tip\n"),
     f"{CHAPTER}:19: say how the works were read that are listed here, such as /// sources | memory."),
    ("works without their page", lambda book: (change(CHAPTER, "/// tip\n", "/// sources | memory\nThese:\n///\n\n/// tip\n")(book),
     change("book.yaml", "  - page:sources\n", "")(book)),
     f"{CHAPTER}:19: a list of works needs page:sources in contents. Add it, or take this out."),
    ("unknown source", change(CHAPTER, "@K1", "@K9"), f'{CHAPTER}:28: there is no source "K9" in chapters/sources.yaml.'),
    ("picture missing", picture("loaves.svg"),
     f'{CHAPTER}:30: there is no file "images/loaves.svg". Did you mean "loaf.svg"?'),
    ("no alt text", change(CHAPTER, "![A round loaf cut in half.]", "![]"), f'{CHAPTER}:30: the picture "loaf.svg" has no alt'),
    ("alt is the caption", change(CHAPTER, "A round loaf cut in half.", "The crumb is even."),
     f'{CHAPTER}:30: the picture "loaf.svg" has its caption as alt text.'),
    ("remote picture", picture("https://example.org/loaf.svg"),
     f'{CHAPTER}:30: "https://example.org/loaf.svg" is a remote address.'),
    ("picture up and out", picture("../../../../etc/passwd.svg"), f"{CHAPTER}:30: \"images/../../../../etc/passwd.svg\" leads out"),
    ("picture by absolute path", picture("/etc/passwd.svg"), f'{CHAPTER}:30: "/etc/passwd.svg" leads out of the book.'),
    ("picture by symbolic link", link_out("images/loaf.svg", "/etc/hostname"),
     f'{CHAPTER}:30: "images/loaf.svg" leads out of the book.'),
    ("chapter by symbolic link", link_out("chapters/baking.md", "/etc/hostname"),
     'book.yaml:20: "chapters/baking.md" leads out of the book.'),
    ("chapter up and out", change("book.yaml", "chapter:baking", "chapter:../../../../etc/passwd"), "leads out of the book"),
    ("not a picture", picture("loaf.gif"), '"loaf.gif" is not a picture this book can carry.'),
    ("picture bomb", bomb, f'{CHAPTER}:30: the picture "bomb.png" has more than 40 million pixels'),
    ("SVG not well-formed", svg("<g>"), f'{CHAPTER}:30: the picture "loaf.svg" is not well-formed SVG'),
    ("SVG with a script", svg("<script>1</script>"), 'the picture "loaf.svg" holds <script>'),
    ("SVG that fetches", svg('<a href="https://example.org">x</a>'), 'holds href="https://example.org"'),
    ("SVG with a handler", svg('<g onclick="x()"/>'), 'holds onclick="x()"'),
    ("SVG with a fetching style", svg("<style>@import 'x.css';</style>"), "has a style that refers to something outside"),
    ("SVG with entities", write("images/loaf.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1">&a;</svg>'),
     "declares a document type or entities"),
    ("callout without end", change(CHAPTER, "Wet hands don't stick.\n///", "Wet hands don't stick."),
     f'{CHAPTER}:19: the callout "tip" has no end. Close it with a line ///.'),
    ("unknown callout", change(CHAPTER, "/// tip", "/// tipp"),
     f'{CHAPTER}:19: there is no callout "tipp". Did you mean "tip"?'),
    ("stray end of callout", change(CHAPTER, "- [ ] Bowl", "///\n\n- [ ] Bowl"), f"{CHAPTER}:23: /// closes nothing."),
    ("unknown fact", change(CHAPTER, "Weigh the water too.", "Edition {{ versoin }}."),
     f'{CHAPTER}:13: there is no fact or statement "versoin". Did you mean "version"?'),
    ("unknown statement", change(EXERCISE, "[the dough tears]", '["{{ tears }}"]'),
     f'{EXERCISE}:16: there is no fact or statement "tears". Add it to chapters/statements.yaml, or mend the name.'),
    ("statement without quotes", change(EXERCISE, "[the dough tears]", "[{{ tears }}]"),
     f"{EXERCISE}:16: {{{{ tears }}}} needs quotes here, or YAML takes it for something else."),
    ("fact outside a chapter", change("book.yaml", "lede: One row a loaf.", "lede: Edition {{ version }}."),
     'book.yaml:29: the fact "version" can stand in the text of chapters alone. Write out what it says.'),
    ("statement with a line break", write("chapters/statements.yaml", b'hot:\n  says: "Hot.\\nVery."\n'),
     "chapters/statements.yaml:2: hot.says must be one line: take the line breaks out, not "),
    ("statement within a statement", write("chapters/statements.yaml", b'hot: {says: "{{ hot }}"}\n'),
     "chapters/statements.yaml:1: hot.says must not hold {{ }}: write out what it stands for"),
    ("statement with a fact's name", write("chapters/statements.yaml", b"version: {says: One.}\n"),
     "chapters/statements.yaml:1: version must not be the name of a fact: title, version, date, review, publisher"),
    ("statement that watches for nothing", write("chapters/statements.yaml", b"hot: {says: Hot., watch: '(\\d+) C'}\n"),
     "chapters/statements.yaml:1: hot must have both keys, watch and is, or neither."),
    ("signs of no tier", write("chapters/signs.yaml", b"signs:\n  burn: {tier: now, says: It burns., words: [burns]}\n"),
     'chapters/signs.yaml:2: there is no tier "now".'),
    ("tier without signs", write("chapters/signs.yaml", b"tiers:\n  now: {name: Now, told: [call now]}\n"),
     'chapters/signs.yaml:2: the tier "now" has no signs. Add one, or take it out.'),
    ("tier that is printed nowhere", write("chapters/signs.yaml", b"tiers:\n  now: {name: Now, told: [call now]}\n"
                                           b"signs:\n  burn: {tier: now, says: It burns., words: [burns]}\n"),
     'chapters/signs.yaml:2: the tier "now" is printed nowhere. Write /// signs | now and /// into a chapter.'),
    ("list of signs that there are not", change(CHAPTER, "/// tip", "/// signs | now\n///\n\n/// tip"),
     f'{CHAPTER}:19: there is no tier "now" in chapters/signs.yaml. Known: none.'),
    ("raw HTML not closed", change(CHAPTER, "Stir until", "<b>Stir until"), f"{CHAPTER}:17: <b> has no end"),
    ("raw HTML that runs", change(CHAPTER, "Stir until", "<script>x</script> until"),
     f"{CHAPTER}:17: <script> cannot be used in a chapter."),
    ("raw HTML with a handler", change(CHAPTER, "Stir until", '<b onclick="x()">Stir</b> until'),
     f'{CHAPTER}:17: the attribute "onclick" cannot be used'),
    ("not UTF-8", write("chapters/baking.md", "---\ntitle: Bake\n---\nCr\u00eape\n".encode("latin-1")),
     "chapters/baking.md:4: the file is not UTF-8 text."),
    ("heading skips", change(CHAPTER, "### A word on salt", "#### A word on salt"), f'{CHAPTER}:26: the heading "A word on salt" skips'),
    ("table without caption", change("chapters/baking.md", "Table: How hot, how long.\n", ""),
     "chapters/baking.md:8: the table needs a caption."),
    ("callout with a broken id", change(CHAPTER, "/// tip", "/// tip\n    attrs: {id: no spaces}"), "only an id can be indented below"),
    ("callout with another attribute", change(CHAPTER, "/// tip", "/// tip\n    attrs: {class: wide}"), "only an id can be indented below"),
    ("part missing", change(EXERCISE, "## Feel", "## Fel"), f'{EXERCISE}:19: the part "## Feel" is missing or empty.'),
    ("steps not numbered", change(EXERCISE, "1. Take hold of one edge.\n2. Stretch it up.\n3. Fold it over the dough.\n", ""),
     f"{EXERCISE}:28: write 3 to 6 numbered steps (1. 2. 3.), not 1."),
    ("too long for its page", change(EXERCISE, "Wet your hands.", "Wet your hands. " * 90),
     f"{EXERCISE}:1: takes 3 pages in the edition letter: "),
    ("step that is not there", change(EXERCISE, "{name: finish,", "{name: finish, step: 5,"),
     f'{EXERCISE}:13: the pose "finish" shows step 5, and there are 4 steps. Mend its step.'),
    ("step below one", change(EXERCISE, "{name: finish,", "{name: finish, step: 0,"), f"{EXERCISE}:13: poses.2.step: input should be greater than or equal to 1"),
    ("unknown region that works", change(EXERCISE, "equipment:", "muscles: [Arms]\nworks: [biceps, tricep]\nequipment:"),
     f'{EXERCISE}:6: there is no region "tricep". Did you mean "triceps"?'),
    ("works without words", change(EXERCISE, "equipment:", "works: [biceps]\nequipment:"),
     "must have the key muscles where it has works"),
    ("works that is not drawn", change(EXERCISE, "equipment:", "muscles: [Arms]\nworks: [biceps]\nequipment:"),
     f'{EXERCISE}:1: the figure "stretch-and-fold-muscles.svg" is not drawn yet. Run: book draw stretch-and-fold-muscles'),
    ("floor above the ceiling", change("book.yaml", "labels:", READING.replace("prose: {", "prose: {words_per_sentence: 12, ")),
     "book.yaml:33: reading must ask under prose for fewer words_per_sentence than 12, the most elsewhere"),
    ("floor of nothing", change("book.yaml", "labels:", READING.replace("prose: {", "prose: {spread: 0, ")),
     "book.yaml:36: reading.prose.spread: input should be greater than 0"),
    ("prose of an unknown chapter", change("book.yaml", "labels:", READING.replace("skip: [baking]", "skip: [bakin]")),
     'book.yaml:36: no chapter or exercise is called "bakin". Did you mean "baking"?'),
    ("reading of an unknown chapter", change("book.yaml", "labels:", READING.replace("labels:", "  skip: [salt]\nlabels:")),
     'book.yaml:37: no chapter or exercise is called "salt". Mend it, or take it out.'),
    ("flow to nowhere", flow("go to 3", "go to 7"), f"{CHAPTER}:42: there is no question 7 to go to. The last one is 3."),
    ("flow in a circle", flow("go to 3", "go to 2"), f'{CHAPTER}:42: "go to 2" leads round in a circle.'),
    ("flow back", flow("- Yes: Wait longer.", "- Yes: go to 1"), f'{CHAPTER}:45: "go to 1" leads round in a circle.'),
    ("question nobody gets to", flow("go to 3", "Lid off."), f"{CHAPTER}:44: nobody gets to question 3. Let an answer"),
    ("one answer", flow("    - No: Eat it.\n3", "3"), f"{CHAPTER}:41: a question has 2 to 4 answers, and here are 1."),
    ("five answers", flow("    - No: Eat it.\n3", "    - A: B.\n    - C: D.\n    - E: F.\n    - No: Eat it.\n3"),
     f"{CHAPTER}:41: a question has 2 to 4 answers, and here are 5."),
    ("answer without colon", flow("Yes: Bake it longer.", "Yes, at 12:30"), f"{CHAPTER}:39: there is no colon after the answer."),
    ("empty outcome", flow("Yes: Bake it longer.", "Yes:"), f"{CHAPTER}:39: nothing follows the colon."),
    ("answer without words", flow("Yes: Bake it longer.", ": Bake it longer."), f"{CHAPTER}:39: no answer stands before the colon."),
    ("long answer", flow("Yes: Bake", f"Yes, {'very ' * 12}wet: Bake"), f"{CHAPTER}:39: the answer has 68 letters; beside an arrow"),
    ("answer with a list", flow("Bake it longer.", "Bake it:\n        1. longer"), f"{CHAPTER}:39: an answer is one paragraph."),
    ("flow numbered otherwise", flow("3. Is", "4. Is"), f"{CHAPTER}:44: this is question 3, not 4. Number it so"),
    ("answers not indented", flow("    - Yes: go to 3\n", "   - Yes: go to 3\n"), f"{CHAPTER}:42: an answer begins with 4 spaces"),
    ("flow without title", flow(" | Which fault is yours?", ""), f"{CHAPTER}:36: a flow needs a title."),
    ("flow without questions", flow(FLOW[FLOW.index("1.") : FLOW.index("///\n", 9)], "Ask.\n"), f"{CHAPTER}:36: a flow ends with its questions"),
    ("flow in an exercise", flow_in_an_exercise, f"{EXERCISE}:39: a flow stands by itself in a chapter"),
    ("label without its number", change("book.yaml", "labels:", "labels:\n  go_to: Weiter"),
     "book.yaml:34: labels.go_to must be words with {number} in them"),
    ("style that the engine cannot do", lambda book: ((book / "styles").mkdir(), (book / "styles/print.css").write_text("p{text-wrap:pretty}")),
     "styles: the PDF engine says:"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_says_file_line_and_remedy_and_touches_nothing(command: Command, spoil: Spoil, said: str) -> None:
    dist = command.root / "dist"
    dist.mkdir()
    (dist / "first-loaf-letter.pdf").write_bytes(b"the last good edition")
    spoil(command.root)
    result = command("--strict")
    assert said in result.stderr
    assert result.exit_code == 1
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert [path.name for path in dist.iterdir()] == ["first-loaf-letter.pdf"]
    assert (dist / "first-loaf-letter.pdf").read_bytes() == b"the last good edition"


def test_all_problems_are_told_at_once_in_order(command: Command) -> None:
    change(EXERCISE, "rounds: 3–4", "rounds: two")(command.root)
    change(EXERCISE, "equipment:", "equipmnt:")(command.root)
    delete("chapters/baking.md")(command.root)
    lines = command().stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == ["book.yaml:20", f"{EXERCISE}:5", f"{EXERCISE}:8"]
    assert lines[-1] == "3 problems. Nothing was written."


@pytest.mark.trial
def test_ten_faults_of_ten_stages_are_told_in_one_run(command: Command) -> None:
    text = (command.root / CHAPTER).read_text("utf-8")
    begin = text.count("\n") + 2
    faults = [
        ("{{ nope }} is no statement.", "there is no fact or statement"),
        ("/// tipp\nWet hands.\n///", 'there is no callout "tipp". Did you mean "tip"?'),
        ("See [the page][nope].", '"[the page][nope]" would be printed'),
        ("See [this](chapter:nope).", 'the cross-reference "chapter:nope" leads nowhere'),
        ("Known [@NOPE].", 'there is no source "NOPE"'),
        ("![What it is.](nope.svg)", 'there is no file "images/nope.svg"'),
        ("![](figure:nope)", 'there is no figure "nope"'),
        ("A letter that no face has: \u0378.", 'no face of the book has "\u0378" (U+0378)'),
    ]
    wanted = ['chapters/baking.md:2: there is no key "lied"']
    for written, said in faults:
        wanted.append(f"{CHAPTER}:{begin}: {said}")
        text += f"\n{written}\n"
        begin += written.count("\n") + 2
    (command.root / CHAPTER).write_text(text, "utf-8")
    change("chapters/baking.md", "---\ntitle", "---\nlied: no\ntitle")(command.root)
    change(EXERCISE, "## Feel\n", "## Feel\n\n" + "The dough pulls back. " * 400)(command.root)
    wanted.append(f"{EXERCISE}:1: takes")
    *told, last = command("letter").stderr.splitlines()
    assert last == "10 problems. Nothing was written."
    for one in wanted:
        assert [line for line in told if line.startswith(one)], (one, told)


def test_all_mistakes_of_a_flow_are_told_at_once(command: Command) -> None:
    flow("- Yes: go to 3\n    - No: Eat it.\n3.", "- Yes: go to 9\n    - No\n4.")(command.root)
    lines = command("epub").stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [f"{CHAPTER}:{number}" for number in (42, 43, 44, 44)]


def test_a_picture_cut_off_is_named(command: Command) -> None:
    Image.effect_noise((90, 90), 80).save(command.root / "images" / "loaf.png")
    whole = (command.root / "images" / "loaf.png").read_bytes()
    write("images/loaf.png", whole[: len(whole) // 2])(command.root)
    picture("loaf.png")(command.root)
    assert f'{CHAPTER}:30: the picture "loaf.png" is broken or cut off' in command().stderr


def test_a_place_needs_a_caption(command: Command) -> None:
    change(CHAPTER, '![A round loaf cut in half.](loaf.svg "The crumb is even.")', "![](place:crumb)")(command.root)
    assert f"{CHAPTER}:30: a place for a picture stands on a line of its own" in command().stderr


@pytest.mark.parametrize("words", [["lettre"], ["--paper", "a4"], ["--root", "/no/such/folder"]])
def test_wrong_usage_exits_with_2(command: Command, words: list[str]) -> None:
    result = command(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_an_unknown_edition_on_the_command_line_names_the_nearest(command: Command) -> None:
    assert 'there is no edition "lettre". Did you mean "letter"?' in command("lettre").stderr


def test_a_folder_that_cannot_be_written_is_named(command: Command) -> None:
    (command.root / "plain-file").write_text("x")
    result = command("letter", "--out", str(command.root / "plain-file" / "dist"))
    assert result.exit_code == 1
    assert "plain-file/dist: cannot write there (not a directory)." in result.stderr


def test_a_full_disk_leaves_the_last_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, {"a.pdf": b"old", "b.pdf": b"old"})
    real, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(BookError, match="no space left on device"):
        save(tmp_path, {"a.pdf": b"new", "b.pdf": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pdf": b"old", "b.pdf": b"old"}


def test_a_folder_in_the_way_stops_all_editions(tmp_path: Path) -> None:
    save(tmp_path, {"a.pdf": b"old"})
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(BookError, match=r'a folder is named "b\.pdf"'):
        save(tmp_path, {"a.pdf": b"new", "b.pdf": b"new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_ctrl_c_half_way_leaves_the_last_edition(tiny: Path) -> None:
    dist = tiny / "dist"
    save(dist, {"first-loaf-letter.pdf": b"old"})
    # whoever starts the tests in the background hands down an ignored SIGINT; a person's shell does not
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from book.commands.cli import main; main()"
    words = [sys.executable, "-c", start, "build", "--root", str(tiny), "--verbose"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if "rendering" in line:
                time.sleep(0.5)
                running.send_signal(signal.SIGINT)
                break
        said = running.stderr.read()
    assert running.returncode == 130
    assert "Stopped. Nothing was written." in said
    assert "Traceback" not in said
    assert {path.name: path.read_bytes() for path in dist.iterdir()} == {"first-loaf-letter.pdf": b"old"}


def test_a_build_opens_no_connection(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a build must not open a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert command().exit_code == 0


def test_a_style_sheet_cannot_fetch(command: Command) -> None:
    (command.root / "styles").mkdir()
    (command.root / "styles" / "print.css").write_text("@import 'https://example.org/x.css';")
    result = command("letter")
    assert result.exit_code == 1
    assert "reads nothing from outside the book" in result.stderr
