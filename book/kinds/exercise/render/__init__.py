"""The page of an exercise."""
