"""The command line: what a person types, and what is said to a person.

Comes in: words of a shell. Goes out: an exit code, lines of text, a preview in a browser. It calls the doors of the
rooms below and holds no knowledge of pages or files of its own; nothing below knows of it.
Door: `book.commands.cli.main`.
"""
