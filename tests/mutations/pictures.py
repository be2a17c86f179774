"""Faults of pictures and of structure in the report."""

from tests.mutations import Mutation

FIGURES, MAP = "images/figures.yaml", "images/body-map.yaml"
MOVES = "chapters/exercises"

MUTATIONS = [
    Mutation(
        "The words of a pose are left out", "F01", f"{MOVES}/bridge.md",
        '    alt: "Seen from the side, a woman lies on her back on a mat. Her knees are bent, her feet flat, her '
        'palms down by her sides."\n', "",
    ),
    Mutation(
        "A pose is told in the words of its caption", "F02", f"{MOVES}/bridge.md",
        "Seen from the side, a woman lies on her back on a mat. Her knees are bent, her feet flat, her palms down by "
        "her sides.", "Lie down, knees bent, feet flat.",
    ),
    Mutation(
        "A figure is told in nearly the words of its caption", "F03", FIGURES,
        "Seen from the front, a woman presses the flat fingertips of her left hand on the right side of her chest, "
        "between collarbone and breast: area 1.", "Flat fingertips press straight back.",
    ),
    Mutation(
        "Alt text begins with what it is", "F04", FIGURES,
        'alt: "Seen from the front, a woman presses', 'alt: "Image of a woman who presses',
    ),
    Mutation(
        "Alt text is the name of a file", "F04", f"{MOVES}/side-reach.md",
        "Her trunk and her raised right arm lean to her left, toward the wall. Hips and feet have not moved.",
        "side-reach-finish.svg",
    ),
    Mutation(
        "A knee is bent in the data, and nobody drew the figure anew", "F05", f"{MOVES}/bridge.md",
        "knee: 111, ankle: -29", "knee: 100, ankle: -29",
    ),
    Mutation(
        "A line of a drawn figure is taken out by hand", "F05", "images/cover.svg", 'stroke-width="8"', 'stroke-width="9"',
    ),
    Mutation(
        "An exercise loses its last picture", "F06", f"{MOVES}/side-reach.md",
        "  - name: finish\n", "  - name: leaned\n    label: Leaned\n",
    ),
    Mutation(
        "Two poses have one caption", "F07", f"{MOVES}/side-reach.md",
        "Lean away from the raised arm.", "Reach your outer arm overhead.",
    ),
    Mutation(
        "A place with a page of its own loses its figure", "F08", MAP, "    figure: area-2\n", "",
    ),
    Mutation(
        "A drawn figure is shown by no chapter", "F09", "chapters/balance.md", "![](figure:push-and-pull)\n", "",
    ),
    Mutation(
        "Words name the other side than the drawing marks", "F10", f"{MOVES}/side-reach.md",
        "Her trunk and her raised right arm lean to her left", "Her trunk and her raised left arm lean to her right",
    ),
    Mutation(
        "Words tell of a view from the other side", "F10", FIGURES,
        "Seen from the left side, a woman rests her left hand", "Seen from the right side, a woman rests her left hand",
    ),
    Mutation(
        "A hand lies on the other ribs than those marked",
        "F10",
        FIGURES,
        "Her right hand lies flat on her left ribs",
        "Her right hand lies flat on her right ribs",
    ),
    Mutation(
        "A ball lies under the other blade than the one marked",
        "F10",
        FIGURES,
        "A ball lies between her spine and her left shoulder blade: spot 1.",
        "A ball lies between her spine and her right shoulder blade: spot 1.",
    ),
    Mutation(
        "An arrow moves to the other arm", "F10", f"{MOVES}/side-reach.md",
        "show: [right_obliques]\n      arrows: [{of: right_wrist, move_mm: [-4, 0]}]",
        "show: [left_obliques]\n      arrows: [{of: left_wrist, move_mm: [-4, 0]}]",
    ),
    Mutation(
        "The wrong upper arm is marked", "F11", FIGURES, "show: [left_area-4]", "show: [right_area-4]",
    ),
    Mutation(
        "The ball lies under one blade, and the other is marked", "F11", FIGURES,
        "show: [left_knot-4]", "show: [right_knot-4]",
    ),
    Mutation(
        "Left and right change places below the map's front", "F12", MAP,
        "sides: [your right, your left]", "sides: [your left, your right]",
    ),
    Mutation(
        "The map's side view is called by the other side", "F12", MAP,
        "sides: [your right side]", "sides: [your left side]",
    ),
    Mutation(
        "A caption names the other hand than its step", "F13", f"{MOVES}/side-reach.md",
        "3. Lean gently toward the wall.",
        "3. Lean gently toward the wall, away from the raised left arm.",
    ),
    Mutation(
        "A sign in a disc of the map shrinks", "F14", "images/body-map-front-wide.svg",
        'width="81mm" height="66mm"', 'width="40mm" height="33mm"',
    ),
    Mutation(
        "A figure's line becomes a hair", "F15", "images/cover.svg", 'stroke-width="5.2"', 'stroke-width="1"',
    ),
    Mutation(
        "A drawing gets a shadow that print drops", "F16", "images/cover.svg",
        "<desc>", '<filter id="shadow"/><desc>',
    ),
    Mutation(
        "Lines of the cover's figure turn pale", "F17", "images/cover.svg", 'stroke="#22282C" stroke-width="8"',
        'stroke="#D9DDDF" stroke-width="8"',
    ),
    Mutation(
        "Red lies on green of the same grey", "F18", "images/cover.svg", "</svg>",
        '<path d="M40 40H240V140H40z" fill="#C83232"/><path d="M240 40H440V140H240z" fill="#2A7A2A"/></svg>',
    ),
    Mutation(
        "A heading skips a level", "T01", "chapters/more-ways.md",
        "### Why am I sore the next day?", "#### Why am I sore the next day?",
    ),
    Mutation(
        "Two headings read alike", "T02", "chapters/more-ways.md", "### What if nothing changes?", "### Why am I sore the next day?",
    ),
    Mutation(
        "A long title loses its short one", "T03", "chapters/what-we-know.md", 'short: "What we know"\n', "",
    ),
    Mutation(
        "An id is given twice", "T04", "chapters/pressing-rules.md",
        "## How do you press?", "## How do you press? {#zone:no-press}",
    ),
    Mutation(
        "A cross-reference is misspelt", "T05", "chapters/balance.md", "(exercise:blade-squeeze)", "(exercise:blade-squeezes)",
    ),
    Mutation(
        "A link goes over an open line", "T06", "chapters/balance.md",
        "Picture a tug-of-war", "Picture [a tug-of-war](http://tug.example/)",
    ),
    Mutation(
        "A link is called “here”", "T07", "chapters/balance.md",
        "do 10 slow [blade squeezes](exercise:blade-squeeze).", "do 10 slow blade squeezes: see [here](exercise:blade-squeeze).",
    ),
    Mutation(
        "A heading gets an id that nothing leads to", "T08", "chapters/balance.md",
        "## A letter from a reader", "## A letter from a reader {#story:reader}",
    ),
    Mutation(
        "A page number is typed by hand", "T09", "chapters/balance.md",
        "So if you train your front", "So if you train your front (see page 12)",
    ),
    Mutation(
        "A chapter is taken out of the contents", "T10", "book.yaml", "  - chapter:heavy-head\n", "",
    ),
    Mutation(
        "A table loses its caption", "T11", "chapters/using-the-exercises.md", "Table: ", "Of: ",
    ),
    Mutation(
        "A heading is left with nothing below it", "T12", "chapters/balance.md",
        "## A letter from a reader", "## Another story\n\n## A letter from a reader",
    ),
    Mutation(
        "“In this chapter” promises six things", "T15", "chapters/balance.md",
        'lede: "Push, push, push.', 'in_this_chapter: ["1", "2", "3", "4", "5", "6"]\nlede: "Push, push, push.',
    ),
    Mutation(
        "Two links read alike and lead apart", "T16", "chapters/ten-week-plan.md",
        "Read the [pressing rules](chapter:pressing-rules)", "Read the [stop signs](chapter:pressing-rules)",
    ),
]  # fmt: skip
