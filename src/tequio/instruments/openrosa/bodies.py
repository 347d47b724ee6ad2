"""Taking in what a telephone sends, before anybody's turn comes and without a file on the disk."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from tequio.instruments.openrosa.envelope import LARGEST

_HELD: Final = "openrosa_body"
_CHUNK: Final = 64 * 1024
_END: Final = "/submission"


def is_submission(request: HttpRequest) -> bool:
    """Tell whether a request brings answers from a telephone."""
    return request.method == "POST" and request.path.endswith(_END)


def take_in(request: HttpRequest) -> None:
    """Read all that was sent, at most as much as one request may weigh."""
    setattr(request, _HELD, _read(request))


def held(request: HttpRequest) -> bytes | None:
    """Return what was taken in; None where it was too much."""
    if not hasattr(request, _HELD):
        take_in(request)
    body: bytes | None = getattr(request, _HELD)
    return body


def _read(request: HttpRequest) -> bytes | None:
    stream = request.META["wsgi.input"]
    size = request.META.get("CONTENT_LENGTH") or ""
    if size.isdigit():
        if int(size) > LARGEST:
            return None
        found: bytes = stream.read(int(size))
        return found
    if "chunked" not in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        return b""
    pieces, total = [], 0
    while piece := stream.read(_CHUNK):
        total += len(piece)
        if total > LARGEST:
            return None
        pieces.append(piece)
    return b"".join(pieces)
