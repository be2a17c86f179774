"""Laid-out pages, or sections in files, to finished files: a folder a format.

Comes in: what was laid out, and a rendered book. Goes out: the bytes of an edition. A format may not know
of another, nor of what is stale or where files are saved.
Door: `book.formats.registry.format_of`, which gives an edition's `format.Format`: its `jobs`, and its `finish`.
"""
