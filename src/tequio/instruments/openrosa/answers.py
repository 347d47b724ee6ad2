"""What a telephone is answered: lists of forms, lists of files, and one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

TYPE: Final = "text/xml; charset=utf-8"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIST: Final = "http://openrosa.org/xforms/xformsList"
_FILES: Final = "http://openrosa.org/xforms/xformsManifest"
_SAID: Final = "http://openrosa.org/http/response"


@dataclass(frozen=True, slots=True)
class Listed:
    """One form of the list."""

    id: str
    name: str
    version: str
    digest: str  # MD5 in hex: it tells a telephone whether the form changed, and guards nothing
    address: str
    files: str = ""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file beside a form."""

    name: str
    digest: str
    address: str


def md5(data: bytes) -> str:
    """Return the digest by which OpenRosa knows a form or a file again."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def form_list(forms: Iterable[Listed]) -> str:
    """Return the list of forms (OpenRosa Form Discovery)."""
    return f'{_HEAD}<xforms xmlns="{_LIST}">{"".join(map(_listed, forms))}</xforms>'


def manifest(files: Iterable[MediaFile]) -> str:
    """Return the list of the files that a form needs beside it."""
    lines = "".join(
        f"<mediaFile><filename>{escape(one.name)}</filename><hash>md5:{one.digest}</hash>"
        f"<downloadUrl>{escape(one.address)}</downloadUrl></mediaFile>"
        for one in files
    )
    return f'{_HEAD}<manifest xmlns="{_FILES}">{lines}</manifest>'


def said(message: str) -> str:
    """Return one sentence, as telephones show it."""
    words = f'<message nature="">{escape(message)}</message>'
    return f'{_HEAD}<OpenRosaResponse xmlns="{_SAID}">{words}</OpenRosaResponse>'


def _listed(form: Listed) -> str:
    files = f"<manifestUrl>{escape(form.files)}</manifestUrl>" if form.files else ""
    return (
        f"<xform><formID>{escape(form.id)}</formID><name>{escape(form.name)}</name>"
        f"<version>{escape(form.version)}</version><hash>md5:{form.digest}</hash>"
        f"<downloadUrl>{escape(form.address)}</downloadUrl>{files}</xform>"
    )
