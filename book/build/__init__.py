"""What is stale, made in parallel, saved together.

Comes in: a book's folder, and which editions are wanted. Goes out: finished files in a folder with their
manifest, all of one build or none. It may know of all the rooms below, and of no command and no rule.
Door: `book.build.builder.build`.
Figures are drawn beside the line, by `book.build.figures.open_figures`.
"""
