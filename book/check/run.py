"""From a book's folder to findings: read, render, build what is stale, ask each rule, leave out what is ignored."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.build.builder import Made, Tell, choose, make
from book.check import rules as _rules  # noqa: F401 - registers them
from book.check.background import begin
from book.check.fault import NotChecked
from book.check.finished import VIEWS, Ebook, Printed
from book.check.proof import Proof
from book.check.rule import FAMILIES, RULES, Rule
from book.check.rules.text.voice import unconfirmed
from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.loader import load
from book.model.book import Book
from book.model.check_settings import Ignored
from book.model.place import MANIFEST, Place
from book.model.problems import BookError, Problem, Problems, nearest
from book.render.rendered import Rendered
from book.render.renderer import render

ORDER = {"error": 0, "warning": 1}
VOICE = "S20"  # holds to the ledger what only the author can confirm
LAST = "B03"  # asks what the others found
BESIDE = set("STFWD")  # families that take about as long as the others together
EXCERPT = 100  # letters


@dataclass(frozen=True)
class Finding:
    """What a rule found, as it is told: its number and level, where, what, and the author's words there."""

    code: str
    level: str
    file: str
    line: int
    message: str
    excerpt: str = ""
    seen: str = ""

    @property
    def rank(self) -> tuple[int, int, str, int, str]:
        """Where it stands in a report: what to mend first comes first."""
        family = list(FAMILIES).index(self.code[0])
        return ORDER[self.level], family, self.file, self.line, self.code


@dataclass(frozen=True)
class Note:
    """A sentence that only the author can confirm, and where it stands. Nothing is wrong with it."""

    file: str
    line: int
    sentence: str


@dataclass(frozen=True)
class Report:
    """All findings in the order in which they are to be mended; which rules looked, which could not yet.

    `notes` are no findings, and nothing fails for them.
    """

    findings: tuple[Finding, ...]
    looked: tuple[str, ...]
    waiting: tuple[str, ...]
    ignored: int
    notes: tuple[Note, ...] = ()

    def count(self, level: str) -> int:
        """Give how many findings are of a level."""
        return sum(finding.level == level for finding in self.findings)


def check(  # noqa: PLR0913 - one parameter an option
    root: Path,
    out: Path,
    editions: Sequence[str],
    tell: Tell,
    *,
    only: Collection[str] = (),
    jobs: int = 1,
    online: bool = False,
) -> Report:
    """Check a book: all rules, or `only` some; all editions that book.yaml lists, or some.

    What is stale in `out` is built first, as far as the rules need it. BookError for an edition or a rule that
    there is not.
    """
    rules = chosen(only)
    proof = proof_of(root, out, editions, tell, {rule.needs for rule in rules}, jobs=jobs, online=online)
    return examine(proof, rules, tell, aside=jobs > 1)


def chosen(only: Collection[str]) -> list[Rule]:
    """Give rules by their numbers, all of them if none is named. BookError for an unknown number."""
    unknown = [
        Problem("--only", 0, f'there is no rule "{code}".{nearest(code, RULES)}')
        for code in only
        if code not in RULES
    ]
    if unknown:
        raise BookError(unknown)
    return [rule for code, rule in sorted(RULES.items()) if code in only or not only]


def proof_of(  # noqa: PLR0913 - one parameter an option
    root: Path,
    out: Path,
    editions: Sequence[str],
    tell: Tell,
    needs: Collection[str],
    *,
    jobs: int = 1,
    online: bool = False,
) -> Proof:
    """Take a book through the stages that rules need, as far as it goes."""
    shelf = Shelf(root)
    book: Book | None = None
    rendered: Rendered | None = None
    made: list[Made] = []
    problems = Problems()
    try:
        tell("reading")
        read = load(shelf, problems)
        book = None if problems.any else read
        wanted = choose(read.manifest, editions, ())
        tell("rendering")
        seen = render(read, BookFiles(shelf), problems)
        problems.raise_any()
        rendered = seen
        wanted = [edition for edition in wanted if {edition.kind.name, "build"} & set(needs)]
        made = make(rendered, shelf, wanted, out, tell, jobs) if wanted else []
    except BookError as error:
        problems.found = [*problems.warnings, *error.problems]
    files = list(looked_at(made))
    prints = [file for file in files if isinstance(file, Printed)]
    ebooks = [file for file in files if isinstance(file, Ebook)]
    told = dict.fromkeys(problems.found)
    return Proof(
        shelf, tuple(told), book=book, rendered=rendered, prints=prints, ebooks=ebooks, out=out, online=online
    )


def looked_at(made: Iterable[Made]) -> Iterator[Printed | Ebook]:
    """Read finished files as rules look at them; a kind of file without rules of its own is left out."""
    for item in made:
        if view := VIEWS.get(item.edition.kind.name):
            yield view(item.edition, item.path.read_bytes())


def examine(proof: Proof, rules: Sequence[Rule], tell: Tell, *, aside: bool = False) -> Report:
    """Ask rules about a book, and put what they find in order. What keeps a rule from looking is told, too.

    A rule about files of a kind that were not asked for has nothing to look at, and is left out. `aside`: some may
    be asked in a second process.
    """
    able = [rule for rule in rules if proof.reaches(rule.needs)]
    codes = {problem.code for problem in proof.told}
    waiting = [rule for rule in rules if rule not in able and rule.code not in codes] if proof.is_broken else []
    if waiting or codes & {rule.code for rule in rules} or any(rule.needs == "build" for rule in rules):
        able = list(dict.fromkeys([*able, *(RULES[code] for code in sorted(codes))]))
    found: list[Finding] = []
    ignored = 0
    for rule, findings in _asked(able, proof, tell, aside=aside):
        for finding in findings:
            if entry := _reason_to_live_with(finding, proof):
                proof.lived_with.add(entry)
                ignored += 1
            else:
                found.append(finding)
        proof.looked.add(rule.code)
    ordered = sorted(dict.fromkeys(found), key=lambda finding: finding.rank)
    looked, unable = (tuple(rule.code for rule in rules) for rules in (able, waiting))
    notes = [Note(*_where(said.place), said.text) for said in (unconfirmed(proof) if VOICE in looked else ())]
    return Report(tuple(ordered), looked, unable, ignored, tuple(notes))


def _asked(
    rules: Sequence[Rule], proof: Proof, tell: Tell, *, aside: bool
) -> Iterator[tuple[Rule, Iterable[Finding]]]:
    """Ask rules, and give each with what it found: those that wait for a program late, LAST at the end."""
    beside = [rule for rule in rules if aside and rule.code[0] in BESIDE and not rule.prepare]
    wait = begin(lambda: [list(_findings(rule, proof)) for rule in beside]) if beside else list
    for rule in rules:
        if rule.prepare:
            rule.prepare(proof)
    here = [rule for rule in rules if rule not in beside and rule.code != LAST]
    for rule in sorted(here, key=lambda rule: rule.prepare is not None):
        tell(f"{rule.code}: {rule.says}")
        yield rule, _findings(rule, proof)
    yield from zip(beside, wait(), strict=True)
    yield from ((rule, _findings(rule, proof)) for rule in rules if rule.code == LAST)


def _findings(rule: Rule, proof: Proof) -> Iterator[Finding]:
    """Ask one rule; a rule that could not look says so as a warning."""
    try:
        for fault in rule.find(proof):
            excerpt = fault.excerpt or proof.source_map.excerpt(fault.place)
            yield Finding(
                rule.code, fault.level or rule.level, *_where(fault.place), fault.said, _short(excerpt), fault.seen
            )
    except NotChecked as missing:
        yield Finding(rule.code, "warning", MANIFEST, 0, f"was not checked: {missing}")


def _where(place: Place) -> tuple[str, int]:
    return place.file or MANIFEST, place.line


def _short(text: str) -> str:
    """Cut an excerpt to what fits a line."""
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"


def _reason_to_live_with(finding: Finding, proof: Proof) -> Ignored | None:
    """Give the entry of the book's ignore list that hides a finding, None if there is none."""
    for entry in proof.checks.ignore if proof.reaches("book") else ():
        right_place = entry.at in {None, finding.file}
        right_words = not entry.words or entry.words in f"{finding.excerpt} {finding.message}"
        if entry.rule == finding.code and right_place and right_words:
            return entry
    return None
