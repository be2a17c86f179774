"""EPUB: its files, navigation, cover and claims. Door: `book.formats.epub.edition.EpubFormat`."""
