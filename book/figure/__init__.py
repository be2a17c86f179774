"""The drawing engine: one person from a body mesh, in any pose, seen from anywhere. Knows nothing of books.

spec → stage → scene → shots → panel → sheet; `drawing.draw_pictures` is the door. Needs the extra `draw` (numpy,
contourpy); what a build reads of it, `spec` with `joints` and `vocabulary`, needs neither.
"""

import os

# numpy's sums differ in the last digit from processor to processor, and with them the bytes of a figure. So all
# take the sums of one kind that every 64-bit PC can do; it must be said before numpy is first imported.
os.environ.setdefault("OPENBLAS_CORETYPE", "Haswell")
