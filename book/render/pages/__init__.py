"""What stands on pages that templates fill: chapters, exercises, maps, plans, lists, codes, glossary, index."""
