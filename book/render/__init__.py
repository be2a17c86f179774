"""A book to sections: Markdown and templates to linked, numbered, typeset XHTML, the same for every edition.

Comes in: a `Book`, and a `FileSource` that hands over pictures. Goes out: one `Rendered`. It reads no file, and may
not know of editions, engines or paper.
Door: `book.render.renderer.render`.
"""
