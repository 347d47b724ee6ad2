"""What we check before a file is opened.

The reader reserves memory for the whole rectangle between the first and the last written cell.
One stray value in XFD1048576 asks for 512 GiB and ends the whole server process, so that
extent is measured here, by streaming, before the reader sees the file.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.core.tabular.extents import Extent, extent_of_bin, extent_of_xml

_CHUNK = 1 << 16
_LOCAL_HEADER = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be. Generous for a register, small enough for one cheap machine."""

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    parts: int = 2_000
    sheets: int = 100
    rows: int = 50_000
    columns: int = 1_000
    cells: int = 3_000_000


DEFAULT_LIMITS = Limits()


def check_bytes(data: bytes, limits: Limits) -> None:
    """Refuse an empty or a very large file."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise DomainError(
            _("El archivo está vacío."),
            hint=_("Revisa que sea el archivo correcto y súbelo otra vez."),
        )
    if len(data) > limits.file_bytes:
        raise DomainError(
            _("El archivo pesa %(size)s MB y el límite es de %(limit)s MB.")
            % {"size": len(data) >> 20, "limit": limits.file_bytes >> 20},
            hint=_("Quita las imágenes o divide el archivo en partes."),
        )


def check_zip(data: bytes, limits: Limits) -> None:
    """Unpack by streaming, counting, and refuse what would not fit in memory."""
    try:
        _check_parts(data, zipfile.ZipFile(io.BytesIO(data)), limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise damaged() from error


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet whose written area is too large."""
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise DomainError(
            _("Una hoja es muy grande: llega hasta la fila %(rows)s y la columna %(columns)s.")
            % {"rows": f"{rows:,}", "columns": f"{columns:,}"},
            hint=_(
                "A veces hay un dato olvidado muy abajo o muy a la derecha. Bórralo, o divide el "
                "archivo en partes."
            ),
        )


def damaged() -> DomainError:
    """Return the refusal for a file that cannot be opened."""
    return DomainError(
        _("El archivo está dañado o no es una hoja de cálculo."),
        hint=_("Ábrelo en tu programa, guárdalo como .xlsx y súbelo otra vez."),
    )


def locked() -> DomainError:
    """Return the refusal for a file with a password."""
    return DomainError(
        _("El archivo tiene contraseña y no se puede leer."),
        hint=_("Ábrelo, quita la contraseña, guárdalo y súbelo otra vez."),
    )


def _check_parts(data: bytes, archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise damaged()
    left = limits.unpacked_bytes
    for part in parts:
        if part.flag_bits & 0x1:
            raise locked()
        counter = _Counter(left)
        extent = _measure(part.filename, counter.count(_unpack(data, part)))
        left = counter.left
        check_size(extent.rows, extent.columns, limits)


def _measure(name: str, chunks: Iterator[bytes]) -> Extent:
    folded = name.casefold()
    if folded.endswith("manifest.xml"):
        manifest = b"".join(chunks)
        if b"encryption-data" in manifest:
            raise locked()
        return Extent()
    if folded.endswith((".xml", ".rels")):
        return extent_of_xml(chunks)
    if folded.endswith(".bin"):
        return extent_of_bin(b"".join(chunks))
    for _chunk in chunks:
        pass
    return Extent()


class _Counter:
    """Counts what really comes out: the sizes a zip declares may lie."""

    def __init__(self, left: int) -> None:
        self.left = left

    def count(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.left -= len(chunk)
            if self.left < 0:
                raise DomainError(
                    _("El archivo crece demasiado al abrirlo y no se puede leer con seguridad."),
                    hint=_("Copia sólo la lista de asistencia a un archivo nuevo y súbelo."),
                )
            yield chunk


def _unpack(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the part's content without trusting its declared size."""
    head = data[part.header_offset : part.header_offset + _LOCAL_HEADER]
    if len(head) < _LOCAL_HEADER or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no local header")
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    start = part.header_offset + _LOCAL_HEADER + names
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        rest: bytes = bytes(packed)
        while rest and not inflater.eof:
            yield inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
        yield inflater.flush()
    else:
        raise zipfile.BadZipFile("unknown packing")
