"""HTML to pages: the one room that knows the PDF engine.

Comes in: a document, style sheets and pictures, as one plain `LayoutJob`. Goes out: a tagged PDF, and where its
pages begin. What the engine calls boxes stays inside. It may not know of editions.
Door: `book.layout.jobs.Engines`.
"""
