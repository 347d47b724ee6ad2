"""Taking a back-up out again, onto an empty machine."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage

from tequio.config import databases, installation, tidiness
from tequio.config.backups import archive, kit, snapshot
from tequio.config.https import certificates
from tequio.config.words import gettext as _
from tequio.core import erased
from tequio.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out."""

    made_at: str
    files: int
    engine: str
    # How many men were erased since it was made, and will be erased again.
    erased_since: int = 0


def restore(backup: Path, keys: kit.Kit, data: Path, address: str = "") -> Restored:
    """Put a back-up into a folder without data; all of it, checked, or nothing."""
    if (data / "tequio.sqlite3").exists():
        raise DomainError(
            _("En %(data)s ya hay datos, y un respaldo más viejo no los pisa.") % {"data": data},
            hint=_("Elige una carpeta vacía con --data."),
        )
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=data, prefix="restore-") as name:
        held = Path(name)
        _unpack(backup, keys, held)
        manifest = _verified(held)
        settled = _settle(held, manifest, keys, data, address)
    since = _who_was_erased(backup.parent, keys, data, settled.made_at)
    return replace(settled, erased_since=since)


def _who_was_erased(beside: Path, keys: kit.Kit, data: Path, made_at: str) -> int:
    """Take over the lists that lie beside the back-up and in the kit; count what is newer."""
    folder = data / "keys"
    erased.write_down(folder, [*erased.parsed(keys.erased), *erased.read(beside)])
    return sum(line.on >= made_at[:10] for line in erased.read(folder))


def _unpack(backup: Path, keys: kit.Kit, held: Path) -> None:
    """Decrypt and unpack in one stream; only plain files with names of ours."""
    identity = pyrage.x25519.Identity.from_str(keys.identity)
    reading, writing = os.pipe()
    failure: list[BaseException] = []

    def decrypt() -> None:
        try:
            # The pipe first: while its end stays open, the reader waits for more.
            with os.fdopen(writing, "wb") as pipe, backup.open("rb") as source:
                pyrage.decrypt_io(source, pipe, [identity])
        except BaseException as error:  # noqa: BLE001 - it is raised again below, in the caller
            failure.append(error)

    opener = threading.Thread(target=decrypt)
    opener.start()
    try:
        with os.fdopen(reading, "rb") as pipe, tarfile.open(fileobj=pipe, mode="r|gz") as tar:
            for entry in tar:
                _take_out(tar, entry, held)
            while pipe.read(1 << 20):  # the padding after the tar: age checks its last block
                pass
    except (tarfile.TarError, EOFError, OSError) as error:
        failure.append(error)
    finally:
        opener.join()
    _tell(failure)


def _tell(failure: Sequence[BaseException]) -> None:
    """Raise what went wrong as a person may read it; nothing if nothing did."""
    for one in failure:
        if isinstance(one, pyrage.DecryptError):
            raise DomainError(
                _("Ese llavero no abre este respaldo, o el archivo está dañado."),
                hint=_("Busca el llavero que se hizo antes de ese respaldo."),
            ) from one
    if failure:
        raise DomainError(
            _("El respaldo está incompleto o dañado: %(reason)s.") % {"reason": failure[0]},
            hint=_("Prueba con otro."),
        ) from failure[0]


def _take_out(tar: tarfile.TarFile, entry: tarfile.TarInfo, held: Path) -> None:
    path = PurePosixPath(entry.name)
    known = entry.name in {
        archive.MANIFEST, installation.FILE, snapshot.SQLITE, snapshot.POSTGRES,
    } or path.parts[0] in archive.FOLDERS  # fmt: skip
    if not entry.isfile() or not known or ".." in path.parts or path.is_absolute():
        raise DomainError(
            _("El respaldo está incompleto o dañado: trae «%(name)s».") % {"name": entry.name}
        )
    source: IO[bytes] | None = tar.extractfile(entry)
    if source is None:
        raise DomainError(
            _("El respaldo está incompleto o dañado: «%(name)s» no se lee.") % {"name": entry.name}
        )
    target = held / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := source.read(1 << 20):
            file.write(block)


def _verified(held: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((held / archive.MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise DomainError(
            _("El respaldo está incompleto o dañado: le falta el final."),
            hint=_("Prueba con otro."),
        ) from error
    for name, digest in manifest["files"].items():
        path = held / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise DomainError(
                _("El respaldo está incompleto o dañado: «%(name)s» no es como se guardó.")
                % {"name": name},
                hint=_("Prueba con otro."),
            )
    return manifest


def _settle(
    held: Path, manifest: dict[str, Any], keys: kit.Kit, data: Path, address: str
) -> Restored:
    settings = _settings_for(held, data, address)
    if databases.is_sqlite(settings):
        _close_sessions(held / snapshot.SQLITE)
        snapshot.check(held / snapshot.SQLITE)
    kit.put_keys(keys, data)
    for folder in archive.FOLDERS:
        if (held / folder).is_dir():
            (held / folder).replace(data / folder)
    kept = installation.read(held) or installation.Installation()
    installation.write(data, replace(kept, database=address))
    if kept.way == "house":  # the kit holds the authority; what it signs is made anew
        certificates.renew_if_due(data, kept.hosts)
    # The database last: a folder with a database is one that was restored whole.
    snapshot.put_back(settings, held / snapshot.name_for(settings))
    tidiness.close(data)
    engine = "SQLite" if databases.is_sqlite(settings) else "PostgreSQL"
    return Restored(manifest["made_at"], len(manifest["files"]), engine)


def _settings_for(held: Path, data: Path, address: str) -> dict[str, Any]:
    if (held / snapshot.SQLITE).exists():
        if address:
            raise DomainError(
                _("Este respaldo es de SQLite."),
                hint=_("Recupéralo sin TEQUIO_DATABASE y múdalo después con ./tequio move."),
            )
        return databases.sqlite(data / "tequio.sqlite3")
    if not address:
        raise DomainError(
            _("Este respaldo es de PostgreSQL."),
            hint=_("Di con TEQUIO_DATABASE a qué base vacía va."),
        )
    return databases.postgres(address)


def _close_sessions(path: Path) -> None:
    """Nobody is signed in on a restored machine: an old cookie would open it otherwise."""
    database = snapshot.connect(path)
    try:
        database.execute("PRAGMA secure_delete=ON")
        database.execute("DELETE FROM django_session")
    finally:
        database.close()
