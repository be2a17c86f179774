"""A chapter: a Markdown file in `chapters/`, whose body goes as its author likes."""
