"""What books are made of, a folder each: chapters, exercises, places, plans, logs, glossaries, recipes.

A folder's files are named for the room that they belong to, and import what that room may: `model` (front matter,
words, keys of book.yaml), `load` (what is wrong with it), `render` (pages and blocks; templates lie beside),
`build` (what must stand on one page), `draw` (its figures; room `build`), `check` (its rules, and what they look
at). Rooms find them by name: `book.model.kinds.offered`. So a new kind is a new folder, and no other file changes.
"""
