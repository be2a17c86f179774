"""The blocks and pages of a body map."""
