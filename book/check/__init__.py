"""`book check`: proof before print. Numbered rules over a book's sources, its pages and its finished files.

The line: `run` builds what is stale, makes a `Proof` of it, and asks each rule; `report` tells what they found. A
family of rules is a module, such as `words`; `builder` is for what a build itself refuses. Nothing here changes a
book.
"""
