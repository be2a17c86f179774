"""Faults of pages, put in through style sheets, words, or the finished file."""

from tests.check.spoilers import blank_page
from tests.mutations import Mutation

SHEET = "styles/print.css"

MUTATIONS = [
    Mutation(
        "the card is wider than the frame", "P01", SHEET,
        "padding: 6mm 10mm;", "padding: 6mm 12mm; width: 170mm;", editions=("therapist-card",),
    ),
    Mutation(
        "the log is wider than the frame", "P01", SHEET,
        ".log-week { margin: 3mm 0 3mm;", ".log-week { margin: 3mm 0 3mm; width: 185mm;", editions=("log",),
    ),
    Mutation(
        "what stands below a stage's title is drawn up to it", "P02", SHEET,
        'font: 600 30pt/12mm "Guide Display"; margin: 0 0 0.75mm;',
        'font: 600 30pt/12mm "Guide Display"; margin: 0 0 -8mm;', editions=("wall-sheet",),
    ),
    Mutation(
        "a lede lies over its title", "P02", SHEET,
        "margin: 3mm 0 0 25.8929%; }", "margin: -9mm 0 0; }", editions=("one-page",),
    ),
    Mutation(
        "the items of a card are cut off", "P03", SHEET,
        ".callout li { margin-bottom: 0.75mm; }", ".callout li { height: 0; overflow: hidden; }",
        editions=("therapist-card",),
    ),
    Mutation("a page has lost its words", "P04", edition="letter", spoil=blank_page),
    Mutation(
        "a style writes the number of a page, and does not count it", "P05", SHEET,
        'target-counter(attr(href), page) ")";', '"3)";', editions=("sample",),
    ),
    Mutation(
        "the foot does not say which version it is of", "P06", SHEET,
        "content: string(foot);", 'content: "Free report";', editions=("one-page",),
    ),
    Mutation(
        "pages have no numbers", "P06", SHEET, "content: counter(page);", "content: none;", editions=("sample",),
    ),
    Mutation(
        "the last line of what is in short stands on a page of its own", "P08", SHEET,
        ".in-short { border-top:", ".in-short li:last-child { break-before: page; }\n.in-short { border-top:", editions=("sample",),
    ),
    Mutation(
        "an exercise keeps more room for its pictures than a page has", "P09", SHEET,
        "min-height: 103mm;", "min-height: 180mm;", editions=("sample",),
    ),
    Mutation(
        "a stage of the wall takes two pages", "P09", SHEET,
        "min-height: 42mm;", "min-height: 72mm;", editions=("wall-sheet",),
    ),
    Mutation(
        "a caution follows right after a red flag", "P11", "chapters/stop-signs.md",
        "and unlock the door.\n////",
        "and unlock the door.\n////\n\n/// caution | Women:\n- You may feel it in your jaw.\n///",
    ),
    Mutation(
        "the text below a heading begins on the next page", "P13", SHEET,
        ".place h2 {", "h2 { break-after: auto; }\n.chapter > h2 + p { break-before: page; }\n.place h2 {",
        editions=("sample",),
    ),
    Mutation(
        "a style breaks lines before links", "P14", SHEET,
        ".cites {", 'a.ref::before { content: "\\a"; white-space: pre; }\n.cites {', editions=("sample",),
    ),
    Mutation(
        "the days of the tick row are in 8 points", "P15", SHEET,
        "font-size: 10pt; line-height: 4mm;", "font-size: 8pt; line-height: 4mm;", editions=("sample",),
    ),
    Mutation(
        "the card's lines run from edge to edge", "P16", SHEET,
        "padding: 6mm 10mm;", "padding: 6mm 1mm;", editions=("therapist-card",),
    ),
    Mutation(
        "the cover's note runs from edge to edge", "P16", SHEET,
        "left: 0; width: 74.1071%;", "left: 0;", editions=("sample",),
    ),
    Mutation(
        "the note on the wall sheets is set too tight", "P17", SHEET,
        "margin: 0; line-height: 5.25mm;", "margin: 0; line-height: 4.8mm;", editions=("wall-sheet",),
    ),
    Mutation(
        "the card's title is in pale grey", "P18", SHEET,
        '.sheet h1.callout-title { font: 600 20pt/9mm "Guide Display"; color: #0B4F5C;',
        '.sheet h1.callout-title { font: 600 20pt/9mm "Guide Display"; color: #8A9094;',
        editions=("therapist-card",),
    ),
    Mutation(
        "all text is grey", "P19", SHEET,
        '"Guide Serif"; color: #000;', '"Guide Serif"; color: #6A6F74;', editions=("sample",),
    ),
    Mutation(
        "the bars of the plan are slanted", "P20", SHEET,
        ".plan-bar { padding:", ".plan-bar { transform: rotate(-5deg); padding:", editions=("plan",),
    ),
]  # fmt: skip
