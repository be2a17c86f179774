"""The chart and the wall sheets of a plan."""

from book.kinds.plan.render.pages import chart, wall

BLOCKS = {"plan": chart}
PAGES = {"wall": wall}
