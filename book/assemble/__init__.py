"""Sections to the document of one edition: which are in it, in which order, what a link says there.

Comes in: a rendered book and an edition. Goes out: one HTML document for paper, or a file a section for screens. It
may not know of engines, bytes or files on disk.
Doors, one a medium: `printed.for_print`, `ebook.for_epub`, `web.web_leaves`.
"""
