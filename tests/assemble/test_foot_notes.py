"""Notes on paper: blocks of a note stay one note, and what is named twice has one note and two numbers."""

import re

import pytest
from lxml import etree

from book.assemble.foot_notes import float_notes

BACK = '<a class="backlink" href="#c-ref-1">↩</a>'


def floated(text: str, notes: str) -> str:
    tree = etree.fromstring(f'<section><p>{text}</p><div class="notes">{notes}</div></section>')
    float_notes(tree)
    return re.sub(r"^<section>|</section>$", "", etree.tostring(tree, encoding="unicode"))


def call(number: int) -> str:
    return f'<sup class="noteref"><a class="noteref" href="#c-note-{number}">{number}</a></sup>'


def note(number: int, blocks: str) -> str:
    return f'<aside class="note" id="c-note-{number}">{blocks}</aside>'


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        (f"<p>One.\u00a0{BACK}</p>", "<span>One.</span>"),
        (f"<p>One.</p><p>Two.\u00a0{BACK}</p>", '<span>One.</span> <span class="note-block">Two.</span>'),
        (
            f"<p>One.</p><ul><li>a<ol><li>b</li><li>c</li></ol></li></ul><p>{BACK}</p>",
            '<span>One.</span> <span class="note-list"><span class="note-item">•\u00a0a<span class="note-list">'
            '<span class="note-item">1.\u00a0b</span><span class="note-item">2.\u00a0c</span></span></span></span>',
        ),
    ],
)
def test_a_note_hangs_in_its_line(blocks: str, wanted: str) -> None:
    markup = floated(f"Salt.{call(1)}", note(1, blocks))
    assert markup == f'<p>Salt.<span class="footnote" data-note="1" id="c-note-1">{wanted}</span></p>'


def test_what_is_named_again_leads_to_the_first() -> None:
    markup = floated(f"Salt.{call(1)} Salt.{call(1)}", note(1, f"<p>One. {BACK}</p>"))
    assert markup.count('class="footnote"') == 1
    assert '<sup class="noteref"><a class="noteref" href="#c-note-1">1</a></sup>' in markup
