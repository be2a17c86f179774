"""What keeps readers safe: stop signs before what can hurt, when to get help, and who looked the book over."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.source_map import letters
from book.kinds.exercise.model import Exercise
from book.model.place import MANIFEST
from book.model.problems import nearest
from book.render.section import Section
from book.render.tree import plain, select

RED_FLAG = ".//aside[contains(concat(' ', @class, ' '), ' red-flag ')]"


def stop_signs(proof: Proof) -> Section | None:
    """Give the section with the stop signs: the one that the book names, or the first with a red-flag box."""
    named = proof.checks.safety.stop_signs
    for section in proof.rendered.sections:
        if section.key == named or (named is None and select(section.tree, RED_FLAG)):
            return section
    return None


def can_hurt(proof: Proof, key: str) -> bool:
    """Say whether readers must have seen the stop signs before a part."""
    return key.startswith("exercise:") or key in proof.checks.safety.risky


@rule(
    "S01", "error", "An exercise or a risky part stands before the stop signs.",
    hint="Put the part with the red-flag box before it in contents; which parts are risky: check.safety.risky.",
    source="CDC Clear Communication Index, item 10: the most important information comes first",
    needs="text",
)  # fmt: skip
def late_stop_signs(proof: Proof) -> Iterator[Fault]:
    """Give the first part that can hurt and comes too early, and names of parts that there are not."""
    contents, known = proof.book.manifest.contents, proof.checks.safety
    yield from _unknown_parts(proof)
    early = [number for number, key in enumerate(contents) if can_hurt(proof, key)]
    signs = stop_signs(proof)
    if signs and not select(signs.tree, RED_FLAG):
        said = f'"{signs.key}" is to hold the stop signs, and has no red-flag box. Write one.'
        yield Fault(proof.line(MANIFEST, "check", "safety", "stop_signs"), said)
    if early and not signs and known.stop_signs is None:
        said = f'"{contents[early[0]]}" can hurt, and the book has no stop signs. Write a box /// red-flag.'
        yield Fault(proof.line(MANIFEST, "contents", early[0]), said)
    if signs and (early := [number for number in early if number < contents.index(signs.key)]):
        more = f", and {len(early) - 1} more" if len(early) > 1 else ""
        said = f'"{contents[early[0]]}" stands before the stop signs{more}. Put "{signs.key}" first.'
        yield Fault(proof.line(MANIFEST, "contents", early[0]), said)


def _unknown_parts(proof: Proof) -> Iterator[Fault]:
    """Give the parts that are named for these rules and are not in the book."""
    contents, known = proof.book.manifest.contents, proof.checks.safety
    for number, key in enumerate(known.risky):
        if key not in contents:
            said = f'there is no "{key}" in contents.{nearest(key, contents) or " Take it out."}'
            yield Fault(proof.line(MANIFEST, "check", "safety", "risky", number), said)
    if known.stop_signs and known.stop_signs not in contents:
        said = f'there is no "{known.stop_signs}" in contents.{nearest(known.stop_signs, contents)}'
        yield Fault(proof.line(MANIFEST, "check", "safety", "stop_signs"), said)


@rule(
    "S02", "error", "An edition holds an exercise or a risky part, and not the stop signs before it.",
    hint="Name the part with the stop signs first under holds.",
    source="A part of a book is read alone: what keeps its readers safe goes with it",
    needs="text",
)  # fmt: skip
def edition_without_stop_signs(proof: Proof) -> Iterator[Fault]:
    """Give the editions of parts whose readers would not meet the stop signs in time."""
    signs = stop_signs(proof)
    seen: set[tuple[str, str]] = set()
    told: set[str] = set()
    for held in proof.book.held:
        seen.add((held.edition, held.id))
        safe = signs is not None and (held.edition, signs.key) in seen
        if can_hurt(proof, held.id) and not safe and held.edition not in told:
            told.add(held.edition)
            where = f'"{signs.key}"' if signs else "a part with a red-flag box"
            said = f'the edition "{held.edition}" holds "{held.id}" without the stop signs. Put {where} before it.'
            yield Fault(held.asked, said)


@rule(
    "S03", "error", "An exercise does not say when to stop.",
    hint="Add the key stop_if to its front matter: what readers may feel that tells them to stop.",
    source="CDC Clear Communication Index, items 14 and 18: what the risk is, and when to call a doctor",
    needs="told",
)  # fmt: skip
def no_stop_if(proof: Proof) -> Iterator[Fault]:
    """Give what the build tells of a missing key, and exercises whose list is empty."""
    yield from proof.told_of("S03")
    for part in proof.parts if proof.reaches("book") else ():
        if isinstance(part, Exercise) and not part.head.stop_if:
            said = "the list stop_if is empty. Say what a reader may feel that means: stop."
            yield Fault(proof.line(part.file, "stop_if"), said)


@rule(
    "S04", "error", "An exercise does not say when to get help.",
    hint="Add a line to stop_if with one of the words under check.safety.help.",
    source="CDC Clear Communication Index, item 14: when to call a doctor",
    needs="book",
)  # fmt: skip
def no_help(proof: Proof) -> Iterator[Fault]:
    """Give the exercises of whose signs to stop none tells the reader to get help."""
    for part in proof.parts:
        if isinstance(part, Exercise) and part.head.stop_if and not _tells(proof, " ".join(part.head.stop_if)):
            said = f'no line of stop_if says "{proof.checks.safety.help[0]}". Say at which signs to do so.'
            yield Fault(proof.line(part.file, "stop_if"), said)


def _tells(proof: Proof, text: str) -> bool:
    """Say whether a text tells its reader to get help."""
    return any(words.casefold() in text.casefold() for words in proof.checks.safety.help)


@rule(
    "S06", "error", "The book does not say early enough whether anyone has reviewed it.",
    hint="Write {{ review }} into a chapter before the first exercise; page:colophon prints it at the end.",
    source="Readers must know who has looked a book of advice over, or that nobody has",
    needs="text",
)  # fmt: skip
def untold_review(proof: Proof) -> Iterator[Fault]:
    """See that the state of the review is printed, and before anything that can hurt."""
    state = letters(str(proof.book.manifest.review))
    sections = proof.rendered.sections
    until = next((number for number, section in enumerate(sections) if can_hurt(proof, section.key)), len(sections))
    if not any(state in letters(plain(section.tree)) for section in sections[:until]):
        when = f'before "{sections[until].key}"' if until < len(sections) else "anywhere"
        said = (
            f"readers are not told {when} whether anyone has reviewed this. Write {{{{ review }}}} into a chapter."
        )
        yield Fault(proof.line(MANIFEST, "review"), said)


@rule(
    "S07", "warning", "A review has no day, or is out of date.",
    hint="Give the day under review.date. How old it may be: check.safety.review_months.",
    source="Advice ages; 3 years are this builder's own bar, measured against the book's date",
    needs="book",
)  # fmt: skip
def stale_review(proof: Proof) -> Iterator[Fault]:
    """See that a review by somebody has a date, and is neither old nor later than the book."""
    about, most = proof.book.manifest, proof.checks.safety.review_months
    if not about.review.by:
        return
    if not (day := about.review.date):
        yield Fault(proof.line(MANIFEST, "review", "by"), "the review has no day. Add review.date.")
        return
    months = (about.date.year - day.year) * 12 + about.date.month - day.month - (about.date.day < day.day)
    if day > about.date:
        said = f"the review ({day}) is later than the book ({about.date}). Mend one of the dates."
        yield Fault(proof.line(MANIFEST, "review", "date"), said)
    elif months > most:
        said = f"the review is {months} months older than the book; {most} is the most. Ask for a new one."
        yield Fault(proof.line(MANIFEST, "review", "date"), said)


@rule(
    "S14", "error", "A red-flag box does not say to get help.",
    hint="Say in its title or its text whom to call; words that tell readers so: check.safety.help.",
    source="NHS care cards: each names one action",
    needs="text",
)  # fmt: skip
def helpless_box(proof: Proof) -> Iterator[Fault]:
    """Give the boxes of stop signs without a word of help."""
    for section, _ in proof.sections():
        for box in select(section.tree, RED_FLAG):
            if not _tells(proof, plain(box)):
                title = plain(box[0])
                said = f'the box "{title}" does not say "{proof.checks.safety.help[0]}". Say whom to call.'
                yield Fault(proof.at(title, section), said)
