"""One back-up: a tar of the database, the media and the seals, encrypted on its way out.

Nothing in clear is written but the copy of the database, beside the database itself and only while
it lasts. Keys are never in it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

import pyrage

from tequio.config import installation
from tequio.config.backups import snapshot
from tequio.config.words import gettext as _
from tequio.core import clock
from tequio.core.errors import DomainError

FOLDERS: Final = ("media", "seals")
MANIFEST: Final = "manifest.json"
PREFIX: Final = "tequio-"
SUFFIX: Final = ".age"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_BLOCK: Final = 1 << 20
# A back-up weighs one of eight sizes between a power of two and the next, and no less than this.
_SIZES: Final = 3
_LEAST: Final = 1 << 20


class Counting:
    """A writer that counts what passes through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write and count in."""
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Pass it on."""
        self._file.flush()


class Digesting:
    """A writer that keeps the digest of what passes through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write and count in."""
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Pass it on."""
        self._file.flush()


def make(data: Path, database: dict[str, Any], target: Path) -> Path:
    """Write one encrypted back-up into a folder and read it back; return its file."""
    set_up = installation.read(data) or installation.Installation()
    if not set_up.backup_recipient:
        raise DomainError(
            _("Todavía no hay llavero, y sin él nadie podría abrir el respaldo."),
            hint=_("Haz uno: ./tequio keys --to CARPETA."),
        )
    if not target.is_dir():
        raise DomainError(
            _("No está la carpeta de respaldos %(target)s.") % {"target": target},
            hint=_("Conecta la memoria o créala."),
        )
    recipient = pyrage.x25519.Recipient.from_str(set_up.backup_recipient)
    made = target / f"{PREFIX}{clock.now().strftime(_STAMP)}{SUFFIX}"
    draft = made.with_suffix(".part")
    copy = data / "backup-copy"
    try:
        copy.unlink(missing_ok=True)  # of a back-up that was cut short
        snapshot.take(database, copy)
        digest = _encrypt(_members(data, database, copy, set_up), draft, recipient)
        if _digest_of(draft) != digest:
            raise DomainError(
                _("El respaldo no se pudo leer de vuelta como se escribió."),
                hint=_("La memoria está fallando: usa otra."),
            )
        draft.replace(made)
    except pyrage.EncryptError as error:  # how it passes on what the file said
        raise DomainError(
            _("No se pudo escribir el respaldo en %(target)s: %(error)s.")
            % {"target": target, "error": error},
            hint=_("Revisa si la memoria está llena o se desconectó."),
        ) from error
    finally:
        copy.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    return made


Member = tuple[str, Path | bytes]


def _members(
    data: Path, database: dict[str, Any], copy: Path, set_up: installation.Installation
) -> Iterator[Member]:
    # The address of a database server carries its password; a restored machine has another.
    kept = replace(set_up, database="", backup_folder="", backup_recipient="", kit_holds=())
    yield installation.FILE, json.dumps(installation.as_dict(kept)).encode()
    yield snapshot.name_for(database), copy
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(data).as_posix(), path


def _encrypt(members: Iterator[Member], draft: Path, recipient: Any) -> str:
    """Stream the tar through the encryption into the file; return the file's digest."""
    reading, writing = os.pipe()
    failure: list[BaseException] = []

    def pack() -> None:
        try:
            with os.fdopen(writing, "wb") as pipe:
                counted = Counting(pipe)
                _pack(members, counted)
                _pad(pipe, counted.size)
        except BaseException as error:  # noqa: BLE001 - it is raised again below, in the caller
            failure.append(error)

    packer = threading.Thread(target=pack)
    with draft.open("xb") as file, os.fdopen(reading, "rb") as source:
        out = Digesting(file)
        packer.start()
        try:
            pyrage.encrypt_io(source, out, [recipient])
        finally:
            source.close()
            packer.join()
        file.flush()
        os.fsync(file.fileno())
    if failure:
        raise failure[0]
    return out.digest.hexdigest()


def padded(size: int) -> int:
    """Return what something of this size weighs: at most an eighth more.

    Whoever finds the files, without their kit, must not see on which day somebody wrote behind
    the wall while nobody wrote outside.
    """
    step = 1 << max(max(size, _LEAST).bit_length() - 1 - _SIZES, 0)
    return max(-(-size // step) * step, _LEAST)


def _pad(pipe: IO[bytes], size: int) -> None:
    """Zeros after the end of a gzip stream are passed over by whoever unpacks it."""
    left = padded(size) - size
    while left:
        left -= pipe.write(bytes(min(left, _BLOCK)))


def _pack(members: Iterator[Member], pipe: IO[bytes] | Counting) -> None:
    digests: dict[str, str] = {}
    with (
        gzip.GzipFile(fileobj=pipe, mode="wb", compresslevel=3, mtime=0) as thin,
        tarfile.open(fileobj=thin, mode="w|") as tar,
    ):
        for name, content in members:
            if isinstance(content, bytes):
                digests[name] = hashlib.sha256(content).hexdigest()
                _add(tar, name, io.BytesIO(content), len(content))
            else:
                digests[name] = _digest_of(content)
                with content.open("rb") as file:
                    _add(tar, name, file, content.stat().st_size)
        manifest = {"schema": 1, "made_at": clock.now().isoformat(), "files": digests}
        body = json.dumps(manifest).encode()
        _add(tar, MANIFEST, io.BytesIO(body), len(body))


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    tar.addfile(entry, file)


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
