"""Plain text for screen readers and archives: UTF-8, 72 columns, nothing that is only to be looked at.

Headings stand below two blank lines and above one, paragraphs between single ones, as WCAG's techniques T1 to T3
for plain text ask; no underline or star is there to be spelled out. Door: `book.formats.text.edition.TextFormat`.
"""
