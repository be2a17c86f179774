"""`book check`: proof before print. Numbered rules over a book's sources, its pages and its finished files.

The line: `run` builds what is stale, makes a `Proof` of it, and asks each rule; `report` tells what they found. The
`rules` are functions, by what they look at; `views` are what they read; `outside` are programs that judge, too.
Nothing here changes a book.
"""
