"""Faults in the report's words."""

from tests.mutations import Mutation

HARD = (
    "Myofascial nociception necessitates multidisciplinary rehabilitation strategies. Individualized neuromuscular "
    "reconditioning facilitates symptomatic improvement considerably. "
)
CHOPPY = "Your head is heavy. It leans forward. Your neck holds it.\n\n"
STRETCH = "It takes a while, and you may come back. A good helper tells you so. " * 17

MUTATIONS = (
    Mutation(
        "A chapter gets 12 sentences in the tongue of experts.", "W01",
        "chapters/where-this-comes-from.md", "The heart of them was kept:", HARD * 6 + "The heart of them was kept:",
    ),
    Mutation(
        "Three steps of an exercise are joined to one sentence.", "W02",
        "chapters/exercises/doorway-stretch.md",
        "1. Lift your breastbone.\n2. Keep your shoulder down and back.\n3. Turn your chest slowly away from the arm.",
        "1. Lift your breastbone, keep your shoulder down and back, and turn your chest slowly away from the arm "
        "while you breathe.\n2. Breathe.\n3. Feel it.",
    ),
    Mutation(
        "Three questions are added to a paragraph.", "W03",
        "chapters/achy-upper-back.md", "I call it muscle strain.",
        "I call it muscle strain. Does it hurt? Does it burn? Does it ache?",
    ),
    Mutation(
        "An eighth sign is added to the list of stop signs.", "W04",
        "chapters/stop-signs.md", "signs | now: chest, uphill, spread, breath, collapse, tearing, sepsis",
        "signs | now: chest, uphill, spread, breath, collapse, tearing, sepsis, crash",
    ),
    Mutation(
        "A promise is put into a summary: the moves cure knots.", "W05",
        "chapters/balance.md", "- For every push, pull at least once.", "- These pulls cure your knots.",
    ),
    Mutation(
        "A banned word is put on the cover.", "W05",
        "book.yaml", "    - Make your back strong.", "    - A miracle for your back.",
    ),
    Mutation(
        "The summary of a chapter is taken for a tip.", "W06",
        "chapters/balance.md", "/// in-short", "/// tip",
    ),
    Mutation(
        "A chapter loses its one thing to do.", "W07",
        "chapters/heavy-head.md", "/// do-this", "/// tip",
    ),
    Mutation(
        "A hard word is met in a heading alone.", "W08",
        "chapters/heavy-head.md", "## Why do your muscles complain?", "## Why do your latissimus dorsi complain?",
    ),
    Mutation(
        "The glossary explains a word that is nowhere.", "W09",
        "chapters/words-to-know.md", "Osteoporosis\n:", "Fascia\n:   A thin sheet around a muscle.\n\nOsteoporosis\n:",
    ),
    Mutation(
        "An abbreviation of doctors comes into the text.", "W10",
        "chapters/what-we-know.md", "A large review looked at exercise", "A large RCT looked at exercise",
    ),
    Mutation(
        "Two spaces stand between a number and its unit.", "W11",
        "chapters/pressing-rules.md", "Hold for 30 seconds", "Hold for 30  seconds",
    ),
    Mutation(
        "A finding is told to a tenth.", "W12",
        "chapters/what-we-know.md", "fell 1 to 2 points", "fell 1.4 points",
    ),
    Mutation(
        "A word is stressed in italics.", "W13",
        "chapters/dont-blast-it.md", "It can't make a weak muscle strong", "It can't make a weak muscle *strong*",
    ),
    Mutation(
        'A line of a Don\'t box loses its "Do not".', "W14",
        "chapters/pressing-rules.md", "- Do not press breast tissue, a lump,", "- Press breast tissue, a lump,",
    ),
    Mutation(
        "A step says all at once.", "W15",
        "chapters/exercises/bridge.md", "2. Press your feet down.",
        "2. Press your feet down. Breathe in slowly. Tuck your chin a little. Let both arms lie by your sides. Then get "
        "set to lift your hips.",
    ),
    Mutation(
        "A chapter loses the heading between two long parts.", "W16",
        "chapters/need-a-helper.md", "## How do you know it is going well?", STRETCH,
    ),
    Mutation(
        "A word is doubled.", "W17",
        "chapters/balance.md", "he did nothing for his upper back", "he did nothing for his his upper back",
    ),
    Mutation(
        "A note to the writer is left in the words for a picture.", "W18",
        "images/figures.yaml", 'alt: "Seen from the front,', 'alt: "TODO. Seen from the front,',
    ),
    Mutation(
        "A chapter gets 9 sentences of three or four words.", "W19",
        "chapters/heavy-head.md", "\n---\n", f"\n---\n\n{CHOPPY * 3}\n",
    ),
    Mutation(
        "The words for an easier way begin with two words alone.", "W20",
        "chapters/exercises/doorway-stretch.md", 'easier: "', 'easier: "No rush. ',
    ),
)  # fmt: skip
