"""The drawing engine: one person from a body mesh, in any pose, seen from anywhere. Knows nothing of books.

body → pose → view → ink. Needs numpy and contourpy, which the extra `draw` brings; a build needs neither.
"""
