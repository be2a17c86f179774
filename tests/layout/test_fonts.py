"""Fonts are unpacked once: what is kept is what the engine would unpack, whole, and never needed."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import woff2

from book.layout import fonts
from book.load.styles import HOUSE

FONT = (HOUSE / "fonts" / "SourceSans3-Regular.ttf.woff2").read_bytes()


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and a process that has unpacked nothing."""
    folder = tmp_path / "kept"
    monkeypatch.setattr(fonts, "cache_folder", lambda: folder)
    fonts._unpacked.cache_clear()
    return folder


@pytest.fixture
def unpackings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each font that is really unpacked."""
    done: list[int] = []
    decompress = woff2.decompress

    def counted(packed: io.BytesIO, out: io.BytesIO) -> None:
        done.append(1)
        decompress(packed, out)

    monkeypatch.setattr(woff2, "decompress", counted)
    return done


def engines_own(font: bytes) -> bytes:
    out = io.BytesIO()
    woff2.decompress(io.BytesIO(font), out)
    return out.getvalue()


def another_process() -> None:
    fonts._unpacked.cache_clear()


def test_gives_the_bytes_that_the_engine_would_unpack() -> None:
    assert fonts.unpacked(FONT) == engines_own(FONT)
    another_process()
    assert fonts.unpacked(FONT) == engines_own(FONT)


def test_what_is_not_packed_comes_back_as_it_is(kept: Path) -> None:
    for data in (b"", b"\0\1\0\0 a TrueType font", b"wOFF an older one"):
        assert fonts.unpacked(data) == data
    assert not kept.exists()


def test_is_unpacked_once_a_process_and_once_a_machine(unpackings: list[int]) -> None:
    fonts.unpacked(FONT)
    fonts.unpacked(bytes(bytearray(FONT)))
    another_process()
    fonts.unpacked(FONT)
    assert len(unpackings) == 1


@pytest.mark.parametrize("spoilt", [b"", b"short", b"\0" * 4000])
def test_what_was_spoilt_in_the_folder_is_unpacked_anew(kept: Path, unpackings: list[int], spoilt: bytes) -> None:
    whole = fonts.unpacked(FONT)
    (file,) = kept.iterdir()
    file.write_bytes(spoilt)
    another_process()
    assert fonts.unpacked(FONT) == whole
    another_process()
    assert fonts.unpacked(FONT) == whole
    assert len(unpackings) == 2


def test_leaves_nothing_else_in_the_folder(kept: Path) -> None:
    fonts.unpacked(FONT)
    assert len(list(kept.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_no_fault(kept: Path) -> None:
    kept.write_text("a file where the folder would be")
    assert fonts.unpacked(FONT) == engines_own(FONT)
