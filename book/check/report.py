"""Findings as text for authors, JSON for scripts, SARIF 2.1.0 for code scanners, lines for GitHub's logs."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from book import __version__
from book.check.rule import RULES, Rule
from book.check.run import VOICE, Finding, Note, Report
from book.model.place import MANIFEST

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(report: Report) -> str:
    """Tell findings to an author: place, what is wrong, the author's words, how to mend it; then count them.

    The hint of a rule is told once, with its first finding.
    """
    lines: list[str] = []
    hinted: set[str] = set()
    for finding in report.findings:
        seen = f" ({finding.seen})" if finding.seen else ""
        lines.append(f"{_place(finding)}: {finding.level} {finding.code}: {finding.message}{seen}")
        if finding.excerpt:
            lines.append(f"    | {finding.excerpt}")
        if finding.code not in hinted:
            lines.append(f"    {RULES[finding.code].hint}")
            hinted.add(finding.code)
    return "\n".join([*lines, *_notes(report), summary(report)])


def to_confirm(count: int) -> str:
    """Say how many sentences wait for the author, and what to do once they are true."""
    once = "it is" if count == 1 else "they are"
    what = f"{_number(count, 'sentence')} only the author can confirm"
    return f"{what}; when {once} true, set author: {{confirmed: DATE}} in {MANIFEST}"


def summary(report: Report) -> str:
    """Count findings, and the rules that looked and that could not."""
    errors, warnings = report.count("error"), report.count("warning")
    told = f"{_number(errors, 'error')}, {_number(warnings, 'warning')} by {_number(len(report.looked), 'rule')}."
    if report.ignored:
        told += f" {_number(report.ignored, 'finding')} that book.yaml lives with."
    if report.waiting:
        told += f" Could not look: {', '.join(report.waiting)}."
    return told


def as_json(report: Report) -> str:
    """Give findings as JSON: {"findings": [{code, level, file, line, message, excerpt, seen}], …}.

    "notes" are sentences that wait for the author: [{file, line, sentence}].
    """
    told = {
        "builder": f"book {__version__}",
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "ignored": report.ignored,
        "looked": report.looked,
        "could_not_look": report.waiting,
        "findings": [vars(finding) | {"hint": RULES[finding.code].hint} for finding in report.findings],
        "notes": [vars(note) for note in report.notes],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_sarif(report: Report) -> str:
    """Give findings as a SARIF 2.1.0 log (OASIS), with the rules that looked."""
    driver = {
        "name": "book check",
        "version": __version__,
        "rules": [_sarif_rule(RULES[code]) for code in report.looked],
    }
    places = {code: index for index, code in enumerate(report.looked)}
    told = [*report.findings, *map(_as_finding, report.notes)]
    results = [_sarif_result(finding, places[finding.code]) for finding in told]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def as_github(report: Report) -> str:
    """Give findings as GitHub's workflow commands, which mark the lines of a pull request."""
    notes = (replace(_as_finding(note), level="notice") for note in report.notes)
    return "\n".join([*map(_github, [*report.findings, *notes]), summary(report)])


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github,
}  # fmt: skip


def explain(rule: Rule) -> str:
    """Tell all of a rule: what it finds, how to mend it, where it comes from."""
    return (
        f"{rule.code} ({rule.family}, {rule.level}): {rule.says}\n"
        f"    Mend: {rule.hint}\n"
        f"    From: {rule.source}\n"
        f'    Live with it: in book.yaml, check: {{ignore: [{{rule: {rule.code}, at: FILE, reason: "…"}}]}}'
    )


def _notes(report: Report) -> list[str]:
    """Tell what waits for the author: how many sentences, then each with its place."""
    listed = [f"{_place(note)}: note: {note.sentence}" for note in report.notes]
    return [f"note: {to_confirm(len(listed))}", *listed] if listed else []


def _as_finding(note: Note) -> Finding:
    """Give a note the shape that code scanners and logs take: a finding that nothing fails for."""
    said = f"Only the author can confirm this sentence: {note.sentence}"
    return Finding(VOICE, "note", note.file, note.line, said)


def _place(finding: Finding | Note) -> str:
    return f"{finding.file}:{finding.line}" if finding.line else finding.file


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.says},
        "help": {"text": f"{rule.hint} ({rule.source})"},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"tags": [rule.family]},
    }


def _sarif_result(finding: Finding, index: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
        if finding.excerpt:
            place["region"]["snippet"] = {"text": finding.excerpt}
    seen = f" ({finding.seen})" if finding.seen else ""
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": finding.message + seen},
        "locations": [{"physicalLocation": place}],
    }


def _github(finding: Finding) -> str:
    about = {"file": finding.file, "line": str(finding.line or ""), "title": finding.code}
    told = ",".join(f"{key}={_escaped(value, ',:')}" for key, value in about.items() if value)
    seen = f" ({finding.seen})" if finding.seen else ""
    return f"::{finding.level} {told}::{_escaped(finding.message + seen)}"


def _escaped(text: str, more: str = "") -> str:
    """Write a text so that GitHub reads it back as it was."""
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
