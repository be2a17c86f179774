"""What the rules on words take for a fault within a line, and what comes near and is none."""

import re

import pytest

from book.check.rules.text.words import CAPITALS, DECIMAL, TWICE, whole
from book.load.ledger import CLAIM


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (DECIMAL, "about 1.4 points", ["1.4"]), (DECIMAL, "2.5 cm or 0.5 mg", []), (DECIMAL, "2.5 cm, 1.4 points", ["1.4"]),
        (DECIMAL, "version 1.0.2 of 1,994", []), (DECIMAL, "It was 7.", []), (DECIMAL, "10.1007/s11916", ["10.1007"]),
        (CAPITALS, "an RCT of MRIs", ["RCT", "MRI"]), (CAPITALS, "K1, I, A-b, McCoy, X-ray", []), (CAPITALS, "ÄÖ", ["ÄÖ"]),
        (TWICE, "the the dog", ["the the"]), (TWICE, "The the dog", ["The the"]), (TWICE, "bye-bye, push, push", []),
        (TWICE, "10 10 s", []), (TWICE, "it's is", []), (TWICE, "one\u00a0one", ["one\u00a0one"]),
        (whole(["cur(?:e|es)"]), "cure, cures, current, obscure", ["cure", "cures"]), (whole([]), "anything", []),
        (whole([r"\?\?\?+", "XXX+"]), "???? and XXXX", ["????", "XXXX"]),
        (CLAIM, "| 1.10 | Knots | hurt | printed in one-page |", ["| 1.10 | Knots | hurt | printed in one-page |"]),
    ],
)  # fmt: skip
def test_what_is_found_in_a_line(pattern: re.Pattern[str], text: str, found: list[str]) -> None:
    assert [match[0] for match in pattern.finditer(text)] == found
