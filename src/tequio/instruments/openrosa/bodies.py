"""Taking in what a telephone sends, before anybody's turn comes and without a file on the disk."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from tequio.instruments.openrosa.envelope import LARGEST

_HELD: Final = "openrosa_body"
_CHUNK: Final = 64 * 1024
# About what a short video weighs.
_HEARD_OUT: Final = 6 * LARGEST
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


def _let_pass(stream: Any, size: int) -> None:
    """Hear what is too much out: a telephone that is cut off hears no sentence, only a broken line.

    Nothing of it is kept, and of what is far too much no more than this is heard.
    """
    left = min(size, _HEARD_OUT)
    while left > 0 and (piece := stream.read(min(_CHUNK, left))):
        left -= len(piece)


def _read(request: HttpRequest) -> bytes | None:
    stream = request.META["wsgi.input"]
    size = request.META.get("CONTENT_LENGTH") or ""
    if size.isdigit():
        if int(size) > LARGEST:
            _let_pass(stream, int(size))
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
