"""Faults in what keeps the report's readers safe, and in what its claims rest on."""

from tests.mutations import Mutation

STOP = "  - chapter:stop-signs\n"
BETWEEN = "".join(
    f"  - chapter:{name}\n"
    for name in "achy-upper-back what-causes-knots what-we-know heavy-head balance dont-blast-it".split()
)

MUTATIONS = (
    Mutation(
        "The stop signs come after the first page on pressing.", "S01",
        "book.yaml", STOP + BETWEEN, BETWEEN + STOP,
    ),
    Mutation(
        "The sample leaves out the stop signs.", "S02",
        "book.yaml", "      - chapter:stop-signs\n", "",
    ),
    Mutation(
        "An exercise loses its signs to stop.", "S03",
        "chapters/exercises/chest-lift.md", "stop_if: [", "equipment_note: [",
    ),
    Mutation(
        "An exercise's list of signs to stop is emptied.", "S03",
        "chapters/exercises/side-reach.md",
        'stop_if: ["your shoulder pinches or a rib hurts sharply", "{{ stop-move }}"]',
        "stop_if: []",
    ),
    Mutation(
        "An exercise says to rest where it said to get help.", "S04",
        "chapters/exercises/band-row.md", '"{{ stop-move }}"]', '"your chest hurts: take a rest"]',
    ),
    Mutation(
        "A dose loses its rounds.", "S05",
        "chapters/exercises/bridge.md", "  rounds: 2\n", "",
    ),
    Mutation(
        "A dose does not say how often.", "S05",
        "chapters/exercises/y-raise.md", "  days_per_week: 3\n", "",
    ),
    Mutation(
        "The first page no longer says that nobody has reviewed the report.", "S06",
        "chapters/read-this-first.md", "{{ review }} That goes for the drawings, too. ", "",
    ),
    Mutation(
        "A reviewer is named without a day.", "S07",
        "book.yaml", "  by: null\n", "  by: Somebody with a title\n",
    ),
    Mutation(
        "A review is four years old.", "S07",
        "book.yaml", "  by: null\n", "  by: Somebody with a title\n  date: 2022-11-01\n",
    ),
    Mutation(
        "A finding loses its source.", "S08",
        "chapters/heavy-head.md", "fewer than half as many [@S27]", "fewer than half as many",
    ),
    Mutation(
        "People are counted, and nobody says by whom.", "S08",
        "chapters/more-ways.md", "You are not too old to start.",
        "It helps 9 in 10 people.\n\nYou are not too old to start.",
    ),
    Mutation(
        "The only citation of a source is taken out.", "S09",
        "chapters/balance.md", " [@S30]", "",
    ),
    Mutation(
        "The number of a source is misspelt.", "S10",
        "chapters/stop-signs.md", "false alarm [@S37]", "false alarm [@S83]",
    ),
    Mutation(
        "A source loses its link and its journal.", "S11",
        "chapters/sources.yaml", '  where: "The health service\'s own text, read in a reprint"\n', "",
    ),
    Mutation(
        "A claim of the articles drops out of the ledger.", "S12",
        "chapters/ledger.md",
        "| 3.7 | Match pushing with pulling | printed in balance |\n", "",
    ),
    Mutation(
        "The ledger sends a claim to a chapter that there is not.", "S12",
        "chapters/ledger.md", "printed in one-page", "printed in one-pager",
    ),
    Mutation(
        "A claim is left out without a reason.", "S12",
        "chapters/ledger.md",
        "left out because it is cut off, and its rest must not be made up", "left out because it is odd",
    ),
    Mutation(
        "An exercise for three days a week is planned for each day.", "S13",
        "book.yaml", "doorway-stretch, chin-glide]", "doorway-stretch, chin-glide, bridge]",
    ),
    Mutation(
        "The page of a daily exercise says once a week.", "S13",
        "chapters/exercises/chin-glide.md", "  days_per_week: 5–7\n", "  days_per_week: 1\n",
    ),
    Mutation(
        "A red-flag box only says to rest.", "S14",
        "chapters/using-the-exercises.md", "Stop at once and call 911, 999 or 112 if:", "Stop and rest if:",
    ),
    Mutation(
        "A step asks for twice the time of the dose.", "S15",
        "chapters/exercises/blade-squeeze.md", "Hold for 5 seconds", "Hold for 10 seconds",
    ),
    Mutation(
        "A dose is changed, and the step that names it is not.", "S15",
        "chapters/exercises/towel-roll-opener.md", "  hold_minutes: 1–2\n", "  hold_minutes: 5\n",
    ),
    Mutation(
        'A chapter gains a sentence that says "I", which nobody has said.', "S20",
        "chapters/more-ways.md", "You are not too old to start.",
        "I have seen that often. You are not too old to start.",
    ),
    Mutation(
        "A sentence loses its row in the ledger.", "S20",
        "chapters/ledger.md", "| I like to see the whole team strong | balance | 3.6 |\n", "",
    ),
    Mutation(
        'What "I" says leans on a claim that is left out.', "S21",
        "chapters/ledger.md", "| I like to see the whole team strong | balance | 3.6 |",
        "| I like to see the whole team strong | balance | 4.4 |",
    ),
    Mutation(
        "What the author confirmed is worded more strongly.", "S21",
        "chapters/six-areas.md", "These are the 6 places I look first,",
        "These are the 6 places I look at first,",
    ),
    Mutation(
        "A sentence tells of more people than its source.", "S16",
        "chapters/what-we-know.md", "60 experts agreed", "600 experts agreed",
    ),
    Mutation(
        "A sentence keeps the old age after a source is mended.", "S16",
        "chapters/sources.yaml", "She was aged 27.", "She was aged 72.",
    ),
    Mutation(
        "A source says less where a sentence says more.", "S16",
        "chapters/sources.yaml", "slumped had less neck pain", "slumped had more neck pain",
    ),
    Mutation(
        "A sign that cannot wait is told as one that can.", "S22",
        "chapters/bad-day.md", "For chest pain or trouble breathing, {{ call.lower }}",
        "For chest pain or trouble breathing, see a doctor in the next days.",
    ),
    Mutation(
        "A stop sign drops out of the red boxes.", "S24",
        "chapters/stop-signs.md", "signs | now: thunder, stroke,", "signs | now: stroke,",
    ),
    Mutation(
        "A statement knows another limit than the texts.", "S23",
        "chapters/statements.yaml", "",
        """planted:\n  says: Stop above 2 out of 10.\n  watch: 'above (\\d+) out of 10'\n  is: ["2"]\n""",
    ),
    Mutation(
        "A statement is written, and no text uses it.", "S25",
        "chapters/statements.yaml", "", "planted: {says: Nobody says so.}\n",
    ),
)  # fmt: skip
