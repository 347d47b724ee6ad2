"""Comma, semicolon and tab separated text, in the encodings that Mexican offices produce."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.core.tabular.guards import Limits, check_size
from tequio.core.tabular.model import Cell, Sheet

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 60
_MARKUP = re.compile(r"^\s*<(!doctype|html|\?xml|table|meta|head)", re.IGNORECASE)


def read_delimited(data: bytes, name: str, limits: Limits) -> Sheet:
    """Return the one sheet of a text file."""
    text = decode(data)
    if _MARKUP.match(text[:200]):
        raise DomainError(
            _("El archivo es una página web guardada con nombre de hoja de cálculo."),
            hint=_("Ábrelo en tu programa, guárdalo como .xlsx y súbelo otra vez."),
        )
    text, declared = _declared_delimiter(text)
    rows = _parse(text, declared or sniff(text), limits)
    return Sheet(name=name, rows=rows)


def decode(data: bytes) -> str:
    """Return the text, trying what a file says about itself before guessing."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    if b"\0" in data:
        raise _not_text()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _western(data)
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\r\n\f\v")
    if controls > len(text) // 100:
        raise _not_text()
    return text


def _western(data: bytes) -> str:
    """Decode as Windows does; its five unused bytes exist in latin-1, where nothing fails."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text() from error


def sniff(text: str) -> str:
    """Return the delimiter that cuts the most lines into the same number of pieces."""
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        score = _evenness(text, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _evenness(text: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for index, row in enumerate(_reader(text, delimiter)):
            if index >= _SAMPLE_ROWS:
                break
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, lines = widths.most_common(1)[0]
    # A decimal comma inside a few cells must not beat the real delimiter of every line.
    return lines * math.sqrt(min(width, 10))


def _declared_delimiter(text: str) -> tuple[str, str]:
    """Drop the first line «sep=;» that some programs write and none shows as a row."""
    match = re.match(r"^sep=(.)\r?\n", text, re.IGNORECASE)
    return (text[match.end() :], match[1]) if match else (text, "")


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _parse(text: str, delimiter: str, limits: Limits) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    width = 0
    try:
        for row in _reader(text, delimiter):
            width = max(width, len(row))
            check_size(len(rows) + 1, width, limits)
            rows.append(tuple(value or None for value in row))
    except csv.Error as error:
        raise DomainError(
            _("No se pudo separar el archivo en columnas cerca de la línea %(line)s.")
            % {"line": len(rows) + 1},
            hint=_("Revisa si hay unas comillas sin cerrar, o guárdalo como .xlsx."),
        ) from error
    return tuple(rows)


def _not_text() -> DomainError:
    return DomainError(
        _("Este archivo no es una hoja de cálculo."),
        hint=_("Sube un archivo .xlsx, .xls, .ods o .csv."),
    )
