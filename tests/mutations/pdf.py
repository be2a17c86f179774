"""Deliberate faults in PDFs and e-books as files: what they say of themselves, their tags, their claims."""

from tests.check import spoilers_pdf as done
from tests.check.spoilers import Spoiler, drop_lang
from tests.mutations import Mutation


def spoilt(fault: str, code: str, edition: str, spoil: Spoiler) -> Mutation:
    return Mutation(fault, code, edition=edition, spoil=spoil, editions=(edition,))


MUTATIONS = [
    spoilt("the file says no language", "D01", "one-page", drop_lang),
    spoilt("the file is called Untitled 1", "D02", "log", done.retitle),
    spoilt("a window shows the file's name, not the title", "D02", "plan", done.hide_title),
    spoilt("the claim of PDF/UA-1 is gone", "D03", "one-page", done.drop_claim),
    spoilt("the tags are called suspect", "D03", "therapist-card", done.suspect_tags),
    spoilt("a link runs a script", "D04", "sample", done.run_script),
    spoilt("another file is attached", "D04", "plan", done.attach_file),
    spoilt("a font is not embedded", "D05", "therapist-card", done.drop_font_file),
    Mutation(
        "a letter that no font has", "D06", file="chapters/one-page.md", old="no stop sign?", new="no stop sign, \u0378?",
        editions=("one-page",),
    ),
    spoilt("signs of a font stand for no letter", "D06", "sample", done.forget_letter),
    spoilt("a font of the machine is used", "D07", "one-page", done.swap_font),
    spoilt("bookmarks are out of order", "D08", "sample", done.swap_bookmarks),
    spoilt("a line is neither tagged nor decoration", "D10", "plan", done.draw_bare_line),
    spoilt("words are not in the order of reading", "D11", "one-page", done.forget_words),
    spoilt("words are marked as decoration", "D12", "sample", done.hide_words),
    spoilt("the running foot is read out", "D12", "wall-sheet", done.read_foot),
    spoilt("a tag is of an unknown kind", "D13", "sample", done.odd_kind),
    spoilt("an item of a list has no body", "D14", "one-page", done.break_list),
    spoilt("a row of a table lacks a cell", "D15", "log", done.shorten_row),
    spoilt("a table's head has no scope", "D16", "log", done.drop_scope),
    spoilt("a heading skips two levels", "D17", "sample", done.deepen_heading),
    spoilt("a picture has no alt text", "D18", "sample", done.drop_alt),
    spoilt("a link is called by an id", "D19", "sample", done.call_link_by_id),
    spoilt("a link is not tagged", "D19", "sample", done.untag_link),
    spoilt("words look like a link and are none", "D19", "sample", done.unlink_words),
    spoilt("a link leads nowhere", "D20", "sample", done.lose_target),
    spoilt("a field has no words", "D21", "log", done.silence_field),
    spoilt("two fields share a name", "D21", "log", done.share_field_name),
    spoilt("the Tab key does not follow the tags", "D22", "sample", done.drop_tabs),
    spoilt("pages are called i and ii", "D23", "sample", done.roman_pages),
    spoilt("a row of dots is text", "D24", "sample", done.row_of_dots),
    spoilt("a page is cut to another size", "D30", "one-page", done.shrink_page),
]  # fmt: skip
