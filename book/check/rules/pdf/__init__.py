"""Rules over finished PDFs: pages, their words and lines, the file's claims, fonts, tags, links, paper."""
