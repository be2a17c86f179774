"""Builds printable and e-book editions of a guide from Markdown chapters.

Ten rooms, each a folder with a charter in its `__init__`; none imports from one above it in this list:

    commands   the command line
    check      proof before print: numbered rules
    build      what is stale, made in parallel, saved together
    formats    pages or leaves to finished files: PDF, EPUB, web, plain text
    assemble   sections to one edition's document
    layout     HTML to pages, the one door to the PDF engine
    render     a Book to sections; reads no file
    load       the one reader: a folder to a Book
    model      what a book is: frozen values
    figure     the drawing engine, which knows nothing of books

Beside them lies `kinds`: what a chapter, an exercise, a place or a recipe is, a folder each. Its files belong to
the rooms that they are named for, which find them by name.

The line to walk: load → Book → render → assemble → lay out → finish → save. `build.builder` calls them so.
"""

__version__ = "0.1.0"
