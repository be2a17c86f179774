"""Lets `python -m book` do what the command `book` does."""

from book.cli import main

main()
