"""An exercise: a page for one move, with a dose, pictures of its poses, steps, and when to stop."""
