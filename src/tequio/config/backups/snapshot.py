"""A consistent copy of the database while people write, and putting one back.

SQLite: VACUUM INTO reads in one transaction, which in WAL keeps no writer waiting; the stepwise
copy would begin again at every write of another process. PostgreSQL: pg_dump does the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tequio.config import databases
from tequio.config.words import gettext as _
from tequio.core.errors import DomainError

SQLITE: Final = "database.sqlite3"
POSTGRES: Final = "database.pgdump"
# What stands in the clear while the wall is open and goes within the hour: who opened which case,
# and when. A back-up is kept for weeks and would tell it as long.
PASSING: Final = {
    "survivors_attempt": "DELETE FROM survivors_attempt",
    "survivors_opening": "DELETE FROM survivors_opening",
    "survivors_spent": "DELETE FROM survivors_spent",
}
_PATIENCE_MS: Final = 60_000


def name_for(settings: dict[str, Any]) -> str:
    """Return under which name this database is put away."""
    return SQLITE if databases.is_sqlite(settings) else POSTGRES


def take(settings: dict[str, Any], copy: Path) -> None:
    """Write a copy of the database, checked, into a new file of mode 0600."""
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if not databases.is_sqlite(settings):
        left_out = [f"--exclude-table-data={table}" for table in PASSING]
        _call(settings, ["pg_dump", "--format=custom", "--no-owner", *left_out, f"--file={copy}"])
        return
    source = connect(Path(settings["NAME"]))
    try:
        source.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
        source.execute("VACUUM INTO ?", (str(copy),))
    finally:
        source.close()
    _let_pass(copy)
    check(copy)
    _flush(copy)


def _let_pass(copy: Path) -> None:
    database = connect(copy)
    try:
        database.execute("PRAGMA journal_mode=MEMORY")
        database.execute("PRAGMA secure_delete=ON")
        there = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
        for table, away in PASSING.items():
            if table in there:
                database.execute(away)
    finally:
        database.close()


def check(path: Path) -> None:
    """Refuse a SQLite file that is damaged or whose rows point at nothing."""
    database = connect(path)
    try:
        found = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
        astray = database.execute("PRAGMA foreign_key_check").fetchone()
    except Exception as error:
        raise DomainError(
            _("La base de datos está dañada: %(error)s.") % {"error": error}
        ) from error
    finally:
        database.close()
    if found != ["ok"] or astray:
        raise DomainError(
            _("La base de datos está dañada: %(error)s.")
            % {"error": "; ".join(found if found != ["ok"] else astray[:1])},
            hint=_("No escribas más en ella y busca el último respaldo bueno."),
        )


def put_back(settings: dict[str, Any], copy: Path) -> None:
    """Make the database be what the copy is; nobody else may be using it."""
    if not databases.is_sqlite(settings):
        empty_postgres(settings)
        _call(
            settings,
            [
                "pg_restore",
                "--no-owner",
                "--exit-on-error",
                f"--dbname={settings['NAME']}",
                str(copy),
            ],
        )
        return
    target = Path(settings["NAME"])
    draft = target.with_name(target.name + ".restored")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, copy.open("rb") as source:
        while block := source.read(1 << 20):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    # The log of another database beside this one would be replayed into it.
    for side in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + side).unlink(missing_ok=True)
    draft.replace(target)
    _flush(target.parent)


def connect(path: Path) -> Any:
    """Open a SQLite file with the library that boot put in place."""
    return sys.modules["sqlite3"].connect(str(path), isolation_level=None, timeout=60)


def empty_postgres(settings: dict[str, Any]) -> None:
    """Take everything out of a PostgreSQL database that is ours alone."""
    sql = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    _call(settings, ["psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--command={sql}"])


def _call(settings: dict[str, Any], command: list[str]) -> None:
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    words = {name: str(settings[key]) for name, key in names.items() if settings.get(key)}
    env = {
        **os.environ,
        **words,
        "PGDATABASE": settings["NAME"],
        "PGOPTIONS": "-c client_min_messages=warning",
    }
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise DomainError(
            _("Falta el programa %(program)s.") % {"program": command[0]},
            hint=_("Instala el paquete postgresql-client."),
        ) from error
    if done.returncode:
        raise DomainError(f"{command[0]}: {done.stderr.strip()[-400:]}")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
