"""A recipe: a card on one page, with ingredients, oven, steps, and how to tell that it is done."""
