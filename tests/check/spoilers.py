"""What can be done to a finished file so that a rule must see it: functions from bytes to bytes, by name."""

import io
import zipfile
from collections.abc import Callable

import pikepdf

Spoiler = Callable[[bytes], bytes]
SPOILERS: dict[str, Spoiler] = {}


def spoiler(spoil: Spoiler) -> Spoiler:
    """List a function under its name, with hyphens."""
    SPOILERS[spoil.__name__.replace("_", "-")] = spoil
    return spoil


def in_pdf(change: Callable[[pikepdf.Pdf], object]) -> Spoiler:
    """Make a spoiler of a function that changes an open PDF."""

    def spoil(data: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as document:
            change(document)
            document.save(out)
        return out.getvalue()

    spoil.__name__ = getattr(change, "__name__", "spoil")
    return spoil


def in_epub(name: str, old: str, new: str) -> Spoiler:
    """Make a spoiler that changes a text of one file of an e-book; it fails if the text is not there."""

    def spoil(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as files, zipfile.ZipFile(out, "w") as made:
            for item in files.infolist():
                text = files.read(item)
                if item.filename == name:
                    assert old.encode() in text, f"{name} does not hold {old!r}"
                    text = text.replace(old.encode(), new.encode(), 1)
                made.writestr(item, text)
        return out.getvalue()

    return spoil


@spoiler
@in_pdf
def drop_lang(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


@spoiler
@in_pdf
def blank_page(document: pikepdf.Pdf) -> None:
    """Take all that is drawn off the fourteenth page, which is a chapter's."""
    document.pages[13].Contents = document.make_stream(b"")


from tests.check import spoilers_epub, spoilers_pdf  # noqa: E402, F401 - those of finished files list themselves, too
