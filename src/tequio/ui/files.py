"""Files as answers. Others see their names in a list of downloads: nobody's name is in one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse

from tequio.core import tabular

_KINDS: Final = {
    ".age": "application/octet-stream",
    ".csv": "text/csv; charset=utf-8",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".toml": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": tabular.SPREADSHEET,
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def to_keep(body: bytes, name: str) -> HttpResponse:
    """Answer with a file that the browser puts among the downloads; its name says what it is."""
    return HttpResponse(body, headers=_headers(name, "attachment"))


def to_read(body: bytes, name: str) -> HttpResponse:
    """Answer with a file that the browser opens."""
    return HttpResponse(body, headers=_headers(name, "inline"))


def as_it_comes(pieces: Iterable[str | bytes], name: str) -> StreamingHttpResponse:
    """Answer with a file to keep that is sent while it is made."""
    return StreamingHttpResponse(pieces, headers=_headers(name, "attachment"))


def _headers(name: str, how: str) -> dict[str, str]:
    return {
        "Content-Type": _KINDS[PurePath(name).suffix],
        "Content-Disposition": f'{how}; filename="{name}"',
    }
