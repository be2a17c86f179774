"""The drawing engine: one person from a body mesh, in any pose, seen from anywhere. Knows nothing of books.

body → pose → view → paint → ink → figure. Needs the extra `draw` (numpy, contourpy); a build needs neither.
"""
