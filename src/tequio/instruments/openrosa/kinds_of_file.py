"""Which files a telephone may send, told by how they begin and not by what they are called."""

from __future__ import annotations

from typing import Final

_BEGINS: Final[tuple[tuple[bytes, int, str], ...]] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"ftyp", 4, "video/mp4"),  # also 3gp, m4a and heic, which are the same box
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\xff\xf3", 0, "audio/mpeg"),
    (b"\xff\xf1", 0, "audio/aac"),
    (b"\xff\xf9", 0, "audio/aac"),
    (b"#!AMR", 0, "audio/amr"),
    (b"WAVE", 8, "audio/wav"),
    (b"%PDF-", 0, "application/pdf"),
)
_TEXTS: Final = frozenset({"text/csv", "text/plain"})
_CONTROLS: Final = bytes(n for n in range(32) if n not in b"\t\r\n")


def kind(said: str, data: bytes) -> str:
    """Return what a file is, or nothing where it is none that we keep."""
    for begins, at, found in _BEGINS:
        if data[at : at + len(begins)] == begins:
            return found
    # How a form was filled in comes as a table of commas.
    if said in _TEXTS and data[:4096].translate(None, _CONTROLS) == data[:4096]:
        return "text/csv"
    return ""
