"""Opening what a telephone sends: one XML and the files that belong to it (multipart/form-data).

The whole of it lies in memory and nothing is written to a temporary file: what somebody answered
would lie there in clear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# What one request may weigh; a telephone with more to send divides it (OpenRosa).
LARGEST: Final = 10 * 1024 * 1024
MOST_PARTS: Final = 60
_HEADS: Final = 4096
_BOUNDARY: Final = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_NAMED: Final = {
    one: re.compile(rf'[;\s]{one}=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', re.IGNORECASE)
    for one in ("name", "filename")
}
_PLAIN: Final = frozenset({"", "binary", "8bit", "7bit"})


class BadEnvelope(ValueError):
    """The request is no whole envelope: cut short, or not made as OpenRosa says."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in the envelope."""

    name: str
    filename: str
    type: str
    data: bytes


def opened(content_type: str, body: bytes) -> list[Part]:
    """Return what is in the envelope, or raise :class:`BadEnvelope`.

    An envelope whose end did not arrive is no envelope: half of a file is never kept.
    """
    found = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/") or found is None:
        raise BadEnvelope("The request is no multipart envelope.")
    mark = b"\r\n--" + (found[1] or found[2]).encode("latin-1", "replace")
    pieces = (b"\r\n" + body).split(mark)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise BadEnvelope("The envelope was cut short.")
    if len(pieces) - 2 > MOST_PARTS:
        raise BadEnvelope("There are too many parts in one envelope.")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    heads, blank, data = piece.partition(b"\r\n\r\n")
    if not blank or len(heads) > _HEADS:
        raise BadEnvelope("A part of the envelope has no heading.")
    said = {}
    for line in heads.decode("utf-8", "replace").split("\r\n"):
        key, _colon, value = line.partition(":")
        said[key.strip().lower()] = value.strip()
    if said.get("content-transfer-encoding", "").lower() not in _PLAIN:
        raise BadEnvelope("A part of the envelope is not sent as it is.")
    disposition = said.get("content-disposition", "")
    return Part(
        name=_named("name", disposition),
        filename=_named("filename", disposition),
        type=said.get("content-type", "").partition(";")[0].strip().lower(),
        data=data,
    )


def _named(what: str, disposition: str) -> str:
    found = _NAMED[what].search(disposition)
    if found is None:
        return ""
    return found[2] if found[1] is None else re.sub(r"\\(.)", r"\1", found[1])
