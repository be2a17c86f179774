"""Lets `python -m book` do what the command `book` does."""

from book.commands.cli import main

main()
