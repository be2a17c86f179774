"""What an exercise says of itself, in whole sentences."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.kinds.exercise.model import Exercise
from book.render.tree import Tree, plain, select
from book.render.words import fluency, readability


@rule(
    "W20", "warning", "What an exercise says of itself is not a whole sentence.",
    hint='Say it as you would aloud: not "No lumps.", but "It has no lumps."; how few words: reading.prose.',
    source="A page that is read alone needs its verbs; our bar is 4 words, since no program finds verbs for sure",
    needs="text",
)  # fmt: skip
def fragments(proof: Proof) -> Iterator[Fault]:
    """Give each sentence of too few words in why, feel, easier and harder of an exercise."""
    promised = proof.book.manifest.reading
    if not promised or not promised.prose:
        return
    least, out = promised.prose.fragment, fluency.skipped(promised)
    for section, part in proof.sections():
        for text in said_of(section.tree) if isinstance(part, Exercise) and part.name not in out else ():
            for sentence in readability.sentences(text):
                if (count := len(fluency.words_of(sentence))) < least:
                    where = proof.source_map.find_in(text, text.find(sentence), [section.file])
                    unit = "word" if count == 1 else "words"
                    said = (
                        f"a sentence of {count} {unit}; {least} is the least. Say it whole, or join it to the next."
                    )
                    yield Fault(where, said, sentence)


def said_of(tree: Tree) -> Iterator[str]:
    """Give what an exercise's page says in sentences, without the labels before them."""
    for element in select(tree, ".//div[@class='why']//p | .//div[@class='adjust']/p"):
        label = "".join(plain(found) for found in select(element, "self::p[parent::*[@class='adjust']]/strong[1]"))
        yield plain(element).removeprefix(label).strip()
