"""PDF: a booklet's imposition, marks and inks for a print shop. Door: `book.formats.pdf.edition.PdfFormat`."""
