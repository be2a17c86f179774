"""A place on the body: the map that shows it, its block in a chapter, the lists that lead to it."""
