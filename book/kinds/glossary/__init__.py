"""A glossary: a chapter of terms, each linked where the book has it first."""
