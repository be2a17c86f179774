"""HTML to pages: the one room that knows the PDF engine; and the doors to what reads and changes a finished PDF.

Comes in: a document, style sheets and pictures, as one plain `LayoutJob`. Goes out: a tagged PDF, and where its
pages begin. It may not know of editions. Three libraries are met in one module each, and what one of them keeps
private in one more:

    engine        WeasyPrint (and its pydyf): HTML to a PDF
    boxes         what WeasyPrint laid out, read off its own boxes as plain ones
    pdf_objects   pikepdf: a file as objects, opened, changed and saved
    pdf_pages     PDFium: pages drawn, and their letters with places

A new version of one must pass `test_boxes.py`, `test_pdf_objects.py` or `test_pdf_pages.py` in `tests/layout/`;
`formats` and `check` use the last two.
Door: `book.layout.jobs.Engines`; for finished files `book.layout.pdf_objects.open_pdf`,
`book.layout.pdf_pages.open_pages` and `book.layout.raster.draw_pages`.
"""
