"""The rules of exercises, and what rules look at in them."""
