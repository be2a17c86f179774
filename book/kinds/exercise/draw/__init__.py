"""What `book draw` draws for an exercise: its poses, and an inset that shows what works."""
