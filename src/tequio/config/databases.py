"""The two databases: SQLite for one machine, PostgreSQL by one setting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from tequio.config import boot, installation

# FULL: an acknowledged mark survives a power cut. `secure_delete`: what was erased is erased.
# Each thread of each process has a cache of its own; the system keeps the file's pages for all.
# Where the library has the WAL-reset fault there is no WAL: slower, and nothing can be corrupted.
_SQLITE_PRAGMAS = (
    f"PRAGMA journal_mode={'WAL' if boot.sqlite_is_safe() else 'TRUNCATE'};"
    "PRAGMA synchronous=FULL;"
    "PRAGMA busy_timeout=10000;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA cache_size=-2000;"
)


def from_environment(folder: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry: PostgreSQL by setting or set-up, else SQLite."""
    # Empty is a word too: a demonstration says it and never opens what set-up chose.
    address = os.environ.get("TEQUIO_DATABASE")
    if address is None:
        address = (installation.read(folder) or installation.Installation()).database
    if not address:
        return sqlite(folder / "tequio.sqlite3")
    if not address.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(
            "TEQUIO_DATABASE must be an address such as postgresql://user:password@host/name; "
            "leave it out to use SQLite in the data folder."
        )
    return postgres(address)


def sqlite(path: Path | str) -> dict[str, Any]:
    """Return settings for a SQLite file; IMMEDIATE, or eight writers would refuse each other."""
    return {
        "ENGINE": "tequio.core.sqlite",
        "NAME": str(path),
        # Whoever runs tests in parallel knows this only of Django's own engine.
        "TEST": {"NAME": ":memory:"},
        # Opening the file and its settings anew costs as much as a small page; and whoever
        # closes the last connection copies the whole log back, with everybody waiting.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": _SQLITE_PRAGMAS,
        },
    }


def postgres(address: str) -> dict[str, Any]:
    """Return settings for a PostgreSQL server from its address."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "tequio",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Server-side binding would break pgbouncer's transaction pooling; the default is fine.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def is_sqlite(settings: dict[str, Any]) -> bool:
    """Tell whether these settings mean a file of SQLite."""
    return "postgresql" not in settings["ENGINE"]
