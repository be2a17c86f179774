"""The validators, one row each: veraPDF for PDF/UA and PDF/A, EPUBCheck, Ace. How each is asked, how it answers."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from book.check.fault import NotChecked
from book.check.outside.programs import PACKAGE, Program, ace, chromium, epubcheck, vera
from book.check.outside.verdicts import Answers, Said, Validator

GATE = Path(__file__).parent / "gate.tsv"  # which of EPUBCheck's messages count, and how much
LONGEST = 900  # seconds
MOST = 20  # places of one message that are told
COUNTED = {"FATAL", "ERROR", "WARNING"}
OVERRIDDEN = re.compile(r"^\s*\(severity overridden from \w+\)\s*")
FLAVOURS = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}  # our names, and those of veraPDF's own command


def _run(words: Sequence[str], more: Mapping[str, str] | None = None) -> str:
    """Run a program and give what it wrote. NotChecked, with its last words, if it wrote nothing or did not end."""
    try:
        done = subprocess.run(  # noqa: S603 - words of our own, and no shell
            words, capture_output=True, text=True, check=False, timeout=LONGEST, env=os.environ | (more or {})
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotChecked(f"{Path(words[0]).name} did not answer ({type(error).__name__}). Ask again.") from None
    if done.returncode not in {0, 1, 2}:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NotChecked(f"{Path(words[0]).name} gave up: {last.rstrip('.')}. Run: book doctor")
    return done.stdout


def _told(report: Path) -> Any:
    """Read a report; ValueError if there is none."""
    return json.loads(report.read_text("utf-8") if report.exists() else "")


def _ask_vera(program: Program, files: Sequence[Path], folder: Path) -> Answers:
    del folder
    paths = [str(path) for path in files]
    if program.words[0] != sys.executable:
        return _ask_command_of_vera(program, paths)
    route = {"PYTHONPATH": os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))}
    found = json.loads(_run([*program.words, *paths], route))
    return {Path(path): [Said(*said) for said in listed] for path, listed in found.items()}


def _ask_command_of_vera(program: Program, paths: Sequence[str]) -> Answers:
    """Ask for one standard after another; a file that one of them says nothing of has no answer."""
    answers: list[Answers] = []
    for standard, flavour in FLAVOURS.items():
        asked = ["--flavour", flavour, "--format", "xml", "--maxfailuresdisplayed", str(MOST)]
        answers.append(read_vera(_run([*program.words, *asked, *paths]), standard))
    known = set.intersection(*(set(found) for found in answers))
    return {path: [said for found in answers for said in found[path]] for path in known}


def read_vera(report: str, standard: str) -> Answers:
    """Read what veraPDF's own command says in XML: for each file the rules that it breaks, and where."""
    root = etree.fromstring(report.encode())
    answers: dict[Path, list[Said]] = {}
    for job in root.iter("job"):
        verdict = job.find("validationReport")
        if verdict is None:
            continue
        found = [
            Said(
                f"{standard} {broken.get('clause')}-{broken.get('testNumber')}",
                check.findtext("errorMessage") or broken.findtext("description") or "",
                check.findtext("context") or "",
            )
            for broken in verdict.iter("rule")
            for check in broken.iter("check")
            if check.get("status") == "failed"
        ]
        if not found and verdict.get("isCompliant") != "true":
            found = [Said(f"{standard} 0", "the file is not compliant", "")]
        answers[Path(job.findtext("item/name") or "")] = found
    return answers


def _ask_epubcheck(program: Program, files: Sequence[Path], folder: Path) -> Answers:
    answers = {}
    for path in files:
        report = folder / f"{path.name}.json"
        _run([*program.words, str(path), "-c", str(GATE), "--json", str(report)])
        answers[path] = list(_read_epubcheck(_told(report)))
    return answers


def _read_epubcheck(told: Any) -> Iterator[Said]:
    for message in told["messages"]:
        if message["severity"] in COUNTED:
            words = OVERRIDDEN.sub("", message["message"])
            for place in message["locations"][:MOST] or [{}]:
                where = f"{place.get('path', '')}:{place.get('line', 0)}:{place.get('column', 0)}"
                yield Said(message["ID"], words, where)


def _ask_ace(program: Program, files: Sequence[Path], folder: Path) -> Answers:
    answers = {}
    browser = chromium()
    more = {"ACE_TIMEOUT_INITIAL": "30000"} | ({"PUPPETEER_EXECUTABLE_PATH": browser.words[0]} if browser else {})
    for path in files:
        out = folder / f"{path.name}-ace"
        places = ["--outdir", str(out), "--tempdir", str(out / "temp")]
        _run([*program.words, "--force", "--silent", *places, str(path)], more)
        report = out / "report.json"
        answers[path] = list(_read_ace(_told(report)))
    return answers


def _read_ace(told: Any) -> Iterator[Said]:
    for about in told["assertions"]:
        for test in about["assertions"]:
            result = test["earl:result"]
            if result["earl:outcome"] == "fail":
                named = test["earl:test"]
                where = f"{about['earl:testSubject']['url']}\n{result.get('html') or ''}"
                yield Said(named["dct:title"], named.get("dct:description") or result["dct:description"], where)


VERA = Validator("veraPDF", lambda _: vera(), _ask_vera)
EPUBCHECK = Validator("EPUBCheck", lambda _: epubcheck(), _ask_epubcheck, GATE.read_bytes())
ACE = Validator("Ace", lambda root: ace(root) if chromium() else None, _ask_ace)
