"""The drawing engine: one person from a body mesh, in any pose, seen from anywhere. Knows nothing of books.

spec → stage → scene → shots → panel → sheet; `drawing.draw_pictures` is the door. Needs the extra `draw` (numpy,
contourpy); what a build reads of it, `spec` with `joints` and `vocabulary`, needs neither.
"""
