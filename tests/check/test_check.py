"""`book check` as people use it: what it says, in which order and form, how it exits, and what a book lives with."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.check.background import begin
from book.check.fault import Fault, NotChecked
from book.check.report import FORMATS, as_github, as_json
from book.check.rule import FAMILIES, RULES, Rule
from book.check.run import Finding, Report, examine, proof_of
from book.commands.cli import main
from book.model.place import Place
from book.model.problems import Problem
from tests.check.golden_books import STOCK
from tests.conftest import ROOT

CHAPTER = "chapters/dough.md"
FROM_OUTSIDE = {"D80", "D81", "E80", "E81"}
TWINS = ("a4", "large-print-a4", "kindle")
TEXTUAL = [rule for rule in RULES.values() if rule.needs == "text"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the stock book, which keeps every rule."""
    return Path(shutil.copytree(STOCK, tmp_path / "book"))


def run(book: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(book), "--jobs", "1", *words])


def add(book: Path, file: str, text: str) -> None:
    (book / file).write_text((book / file).read_text("utf-8") + text, "utf-8")


def made_up(level: str, code: str = "B01", **about: object) -> Finding:
    return Finding(**{"code": code, "level": level, "file": "a.md", "line": 3, "message": "Mend it."} | about)


def test_the_report_has_no_findings_at_all(report: dict[str, Path]) -> None:
    """The report is the builder's proof: every rule looks, and none finds anything, at any edition.

    Validators from outside judge one edition of two that differ in nothing but their paper or their shop: the
    structure that they judge is made once for both, and our own rules look at all.
    """
    out = report["letter"].parent
    judged = [name for name in report if name not in TWINS]
    ours = [code for code, rule in sorted(RULES.items()) if rule.needs != "text" and code not in FROM_OUTSIDE]
    for editions, rules in ((judged, sorted(RULES)), (TWINS, ours)):
        words = [word for name in editions for word in ("--edition", name)]
        words += [word for code in rules for word in ("--only", code)]
        result = CliRunner().invoke(main, ["check", "--root", str(ROOT), "--out", str(out), "--strict", *words])
        assert result.exit_code == 0, result.output
        *notes, last = result.stdout.splitlines()
        assert last == f"0 errors, 0 warnings by {len(rules)} rules."
        assert all("note: " in line for line in notes), "what waits for the author is no finding"


def test_documents_show_what_is_said(tmp_path: Path) -> None:
    for name in ("book.yaml", "chapters", "images"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, tmp_path / name)
    chapter = tmp_path / "chapters/heavy-head.md"
    chapter.write_text(chapter.read_text("utf-8").replace(" [@S27]", "", 1), "utf-8")
    assert f"```text\n{run(tmp_path, '--only', 'S08').stdout}```" in (ROOT / "docs/check.md").read_text("utf-8")


def test_findings_name_place_words_and_remedy(book: Path) -> None:
    add(book, "book.yaml", "colofon: blue\n")
    result = run(book, "--only", "B01")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        'book.yaml:41: error B01: there is no key "colofon". Did you mean "colophon"?',
        "    | colofon: blue",
        f"    {RULES['B01'].hint}",
        "1 error, 0 warnings by 1 rule.",
    ]
    assert not (book / "dist").exists()


def test_what_keeps_a_rule_from_looking_is_told(book: Path) -> None:
    add(book, "book.yaml", "colofon: blue\n")
    result = run(book, "--only", "B04")
    assert result.exit_code == 1
    assert "error B01: there is no key" in result.stdout
    assert result.stdout.endswith("1 error, 0 warnings by 1 rule. Could not look: B04.\n")


def test_a_broken_book_leaves_the_last_good_editions(book: Path) -> None:
    assert run(book, "--only", "B01").exit_code == 0
    before = {path.name: path.read_bytes() for path in (book / "dist").iterdir()}
    add(book, CHAPTER, "\n[Lost](chapter:nowhere)\n")
    assert run(book, "--only", "B01").exit_code == 1
    assert {path.name: path.read_bytes() for path in (book / "dist").iterdir()} == before


def test_warnings_fail_only_if_strict(book: Path) -> None:
    add(book, "book.yaml", "check:\n  ignore:\n    - {rule: B04, reason: There is always one.}\n")
    assert run(book, "--only", "B03", "--only", "B04").exit_code == 0
    assert run(book, "--only", "B03", "--only", "B04", "--strict").exit_code == 1


def test_a_book_lives_with_what_it_gives_a_reason_for(book: Path) -> None:
    ignore = (
        "check:\n  ignore:\n    - {rule: B99, reason: One day.}\n    - {rule: B04, words: B99, reason: I know.}\n"
    )
    add(book, "book.yaml", ignore)
    result = run(book, "--only", "B03", "--only", "B04")
    assert (result.exit_code, result.stdout) == (
        0, "0 errors, 0 warnings by 2 rules. 1 finding that book.yaml lives with.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{rule: B04}", 'error B01: "check.ignore.1.reason" is missing. Add it.'),
        ('{rule: B04, reason: ""}', "error B01: check.ignore.1.reason is empty."),
        ("{rule: B04, file: a.md, reason: x}", 'error B01: there is no key "check.ignore.1.file".'),
    ],
)
def test_an_entry_without_a_reason_is_refused(book: Path, entry: str, said: str) -> None:
    add(book, "book.yaml", f"check:\n  ignore:\n    - {entry}\n")
    result = run(book, "--only", "B01")
    assert result.exit_code == 1
    assert f"book.yaml:43: {said}" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "B9"), 'there is no rule "B9".'),
        (("--explain", "Z01"), 'there is no rule "Z01".'),
        (("--edition", "leter"), 'there is no edition "leter". Did you mean "letter"?'),
        (("--format", "xml"), "'xml' is not one of"),
    ],
)
def test_wrong_usage_exits_with_2(book: Path, words: tuple[str, ...], said: str) -> None:
    result = run(book, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_explain_tells_all_of_a_rule(book: Path) -> None:
    told = run(book, "--explain", "B03").stdout
    rule = RULES["B03"]
    for text in (rule.says, rule.hint, rule.source, "builder, warning"):
        assert text in told
    assert run(book, "--explain", "ALL").stdout.count("Live with it:") == len(RULES)


def test_what_to_mend_first_comes_first() -> None:
    found = [
        made_up("warning"), made_up("error", "E01"), made_up("error", "B02", line=9), made_up("error", "B02", file="b"),
        made_up("error", "S01"),
    ]  # fmt: skip
    ordered = sorted(found, key=lambda finding: finding.rank)
    assert [(item.level, item.code, item.file, item.line) for item in ordered] == [
        ("error", "B02", "a.md", 9), ("error", "B02", "b", 3), ("error", "S01", "a.md", 3), ("error", "E01", "a.md", 3),
        ("warning", "B01", "a.md", 3),
    ]  # fmt: skip
    assert next(iter(FAMILIES.values())) == "builder"


def test_json_tells_all(book: Path) -> None:
    add(book, "book.yaml", "colofon: blue\n")
    told = json.loads(run(book, "--only", "B01", "--format", "json").stdout)
    assert (told["errors"], told["warnings"], told["looked"]) == (1, 0, ["B01"])
    (finding,) = told["findings"]
    assert {key: finding[key] for key in ("code", "level", "file", "line", "excerpt")} == {
        "code": "B01", "level": "error", "file": "book.yaml", "line": 41, "excerpt": "colofon: blue",
    }  # fmt: skip
    assert finding["hint"] == RULES["B01"].hint


def test_sarif_is_what_code_scanners_read() -> None:
    report = Report(
        (made_up("error", file="my notes.md", excerpt="a line"), made_up("warning", line=0)), ("B01", "B02"), (), 0
    )
    told = json.loads(FORMATS["sarif"](report))
    assert told["version"] == "2.1.0"
    (one_run,) = told["runs"]
    rules = one_run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["B01", "B02"]
    first, second = one_run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "B01"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20notes.md"
    assert place["region"] == {"startLine": 3, "snippet": {"text": "a line"}}
    assert "region" not in second["locations"][0]["physicalLocation"]  # a line 0 is refused
    assert {first["level"], second["level"]} == {"error", "warning"}


def test_github_reads_back_every_sign() -> None:
    report = Report((made_up("error", file="a,b:c.md", message="50% more\nhere"),), ("B01",), (), 0)
    assert as_github(report).splitlines()[0] == "::error file=a%2Cb%3Ac.md,line=3,title=B01::50%25 more%0Ahere"


def rule_that(find: object) -> Rule:
    return Rule("B77", "error", "A made-up rule.", "Mend it.", "Here", "book", find)  # type: ignore[arg-type]


def test_a_missing_program_is_told_and_never_passes(book: Path, tmp_path: Path) -> None:
    def find(_: object) -> object:
        raise NotChecked("Java is not installed. Run: book doctor.")

    proof = proof_of(book, tmp_path / "dist", (), lambda _: None, {"book"})
    (finding,) = examine(proof, [rule_that(find)], lambda _: None).findings
    assert (finding.level, finding.message) == (
        "warning",
        "was not checked: Java is not installed. Run: book doctor.",
    )


def test_a_second_process_finds_the_same(book: Path, tmp_path: Path) -> None:
    for file in (CHAPTER, "chapters/exercises/stretch-and-fold.md"):
        add(book, file, "\n## Look\n\nTODO: see page 24, and and [here](https://example.org/).\n")
    one, two = (
        as_json(examine(proof_of(book, tmp_path / "dist", (), str, {"text"}), TEXTUAL, str, aside=aside))
        for aside in (False, True)
    )
    assert one == two
    assert '"W18"' in one


def test_work_of_a_lost_process_is_done_here() -> None:
    this = os.getpid()
    assert begin(lambda: 5 if os.getpid() == this else os._exit(3))() == 5
    assert begin(os.getpid)() != this


def test_long_lines_are_cut_and_doubles_told_once(book: Path, tmp_path: Path) -> None:
    fault = Fault(Place(CHAPTER, 5), "is long.", "word " * 50)
    proof = proof_of(book, tmp_path / "dist", (), lambda _: None, {"book"})
    (finding,) = examine(proof, [rule_that(lambda _: iter([fault, fault]))], lambda _: None).findings
    assert len(finding.excerpt) <= 100
    assert finding.excerpt.endswith("word…")


@pytest.mark.parametrize(
    ("text", "file", "line"),
    [
        ("Wait 30 minutes.", "chapters/dough.md", 15),
        ("Then stretch and fold", "chapters/dough.md", 15),
        ("Hold the burn under cool water. Studies of small burns found that 20 minutes is best", "chapters/stop-signs.md", 14),
        ("Take one edge of the dough.", "chapters/exercises/stretch-and-fold.md", 12),
        ("A text put together from two. But its begin is Tick each day you bake.", "chapters/dough.md", 1),
        ("“Tick each day — you bake.”", "book.yaml", 31),
    ],
)  # fmt: skip
def test_words_are_found_in_the_authors_files(book: Path, tmp_path: Path, text: str, file: str, line: int) -> None:
    proof = proof_of(book, tmp_path / "dist", (), lambda _: None, {"book"})
    assert proof.source_map.find(text, [CHAPTER]) == Place(file, line)


def test_every_problem_of_a_build_belongs_to_a_rule() -> None:
    """A number that a build gives to a problem must be one that `book check` can tell of."""
    assert Problem("a", 1, "b").code in RULES
    text = "".join(path.read_text("utf-8") for path in (ROOT / "book").rglob("*.py"))
    given = set(re.findall(r'code="([A-Z]\d\d)"|, "([A-Z]\d\d)"\)', text))
    assert {one or other for one, other in given} - set(RULES) == set()
