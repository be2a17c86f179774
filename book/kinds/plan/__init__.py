"""A plan over weeks: its chart in a chapter, and its sheets for the wall."""
