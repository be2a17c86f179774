"""What the writer of a book says in the first person: it rests on a claim, or on the author's own word."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.words import whole
from book.check.views.voice import Said, Voice, homes, listen, words_of
from book.load.ledger import NUMBER, Avowal
from book.model.check_settings import Ledger
from book.model.place import Place
from book.model.problems import nearest


def heard(proof: Proof) -> Voice:
    """Give what the writer of a rendered book says in the first person, held to its ledger."""
    return listen(proof, whole(proof.checks.safety.first_person))


def unconfirmed(proof: Proof) -> Iterator[Said]:
    """Give the sentences that only the author can confirm, in reading order; none once the author has."""
    about = proof.checks.safety.ledger
    if not about or proof.book.manifest.author.confirmed:
        return
    voice = heard(proof)
    waiting = {said for row, found in voice.fits.items() if row.carrier == about.author for said in found}
    yield from (said for said in voice.said if said in waiting)


@rule(
    "S20", "error", 'A sentence says "I", and no row of the ledger carries it.',
    hint="Give it a row in the second table of the ledger; which words count: check.safety.first_person.",
    source="What a book says as its author's experience is what the author has told, or has confirmed",
    needs="text",
)  # fmt: skip
def uncarried(proof: Proof) -> Iterator[Fault]:
    """Give the sentences in the first person that stand in no row."""
    voice, about = heard(proof), proof.checks.safety.ledger
    carried = voice.carried()
    for said in voice.said if about else ():
        if about and said not in carried:
            row = f"Add a row to {about.file}: the sentence, {said.where}, and a claim or the word {about.author}."
            yield Fault(
                said.place, f'"{said.word}" is the writer, and no row carries this sentence. {row}', said.text
            )


@rule(
    "S21", "error", 'A row of the ledger does not carry what "I" says.',
    hint="Each row: words that begin one sentence, its chapter, a claim that is printed or who confirms it.",
    source="A row that carries nothing hides that nobody has said so",
    needs="text",
)  # fmt: skip
def empty_row(proof: Proof) -> Iterator[Fault]:
    """Give the rows of sentences that fit none or several, and those that lean on nothing."""
    about = proof.checks.safety.ledger
    if not about:
        return
    voice, known = heard(proof), homes(proof)
    first: dict[Said, Avowal] = {}
    for row, found in voice.fits.items():
        place = Place(about.file, row.line)
        if said := _misses(row, found, voice, known):
            yield Fault(place, said)
        elif (earlier := first.setdefault(found[0], row)) != row:
            yield Fault(place, f"the sentence has a row already, on line {earlier.line}. Keep one.")
        if said := _leans_on_nothing(row, found, voice, about):
            yield Fault(place, said)


def _misses(row: Avowal, found: list[Said], voice: Voice, known: list[str]) -> str:
    """Say why a row fits no sentence, or more than one; "" if it fits just one."""
    if not row.where:
        return "the row does not say where the sentence stands. Name its chapter."
    if row.where not in known:
        return f'there is no chapter "{row.where}".{nearest(row.where, known)}'
    if len(found) > 1:
        return f'{len(found)} sentences in "{row.where}" begin so. Write more of the one that is meant.'
    if found:
        return ""
    words = words_of(row.said)
    elsewhere = next((one.where for one in voice.said if words and one.words[: len(words)] == words), "")
    remedy = f'It stands in "{elsewhere}".' if elsewhere else "Mend the row, or take it out."
    return f'no sentence of "{row.where}" in which the writer speaks begins so. {remedy}'


def _leans_on_nothing(row: Avowal, found: list[Said], voice: Voice, about: Ledger) -> str:
    """Say why what a row names cannot carry its sentence; "" if it can."""
    if row.carrier == about.author:
        half = len(found) == 1 and found[0].words != words_of(row.said)
        return "the author confirms whole sentences. Write the row to the sentence's end." if half else ""
    if not NUMBER.fullmatch(row.carrier):
        said = f'"{row.carrier}" is' if row.carrier else "the row ends with"
        return f'{said} neither a claim, such as 2.7, nor the word "{about.author}". Write one of them.'
    fates = {claim.name: claim.fate for claim in voice.accounts.claims}
    if row.carrier not in fates:
        return f"there is no claim {row.carrier} in the ledger. Mend its number."
    if fates[row.carrier].startswith(about.left_out):
        return f"claim {row.carrier} is left out of the book, so it carries nothing. Name another."
    return ""
