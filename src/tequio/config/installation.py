"""What set-up decided about this machine, in a file beside the database.

A file and not a table: it says where the database is, and it must be readable before Django is.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from django.core.exceptions import ImproperlyConfigured

Way = Literal["laptop", "house", "hosted"]

FILE: Final = "installation.json"
LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Installation:
    """How this machine serves, and where its back-ups go."""

    way: Way = "laptop"
    hosts: tuple[str, ...] = LOCAL
    port: int = 8000
    database: str = field(default="", repr=False)  # a PostgreSQL address holds a password
    backup_folder: str = ""
    backup_recipient: str = ""
    # Which keys the kit held when it was last made: names of files, never the keys.
    kit_holds: tuple[str, ...] = ()

    @property
    def plain_http(self) -> bool:
        """Only a site that answers to its own machine goes without encryption."""
        return self.way == "laptop"


def read(folder: Path) -> Installation | None:
    """Return what set-up decided, or None where nothing was set up yet."""
    path = folder / FILE
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"El archivo {path} no se puede leer, y ahí dice cómo sirve esta computadora. "
            "Ponlo de vuelta desde un respaldo o corre de nuevo ./tequio setup."
        ) from error
    return _from(body, path)


def _from(body: Any, path: Path) -> Installation:
    known = {name: body[name] for name in Installation.__slots__ if name in body}
    for name in ("hosts", "kit_holds"):
        known[name] = tuple(known.get(name, getattr(Installation(), name)))
    made = Installation(**known)
    if made.way not in get_args(Way):
        raise ImproperlyConfigured(
            f"{path} dice que se sirve como «{made.way}». Las maneras son: "
            f"{', '.join(get_args(Way))}."
        )
    return made


def write(folder: Path, installation: Installation) -> None:
    """Keep it, readable by this account alone; the file changes at once or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(
        folder / FILE,
        json.dumps(as_dict(installation), indent=2, ensure_ascii=False).encode(),
    )


def as_dict(installation: Installation) -> dict[str, Any]:
    """Return it as the file holds it."""
    return {"schema": 1, **asdict(installation)}


def change(folder: Path, **changes: Any) -> Installation:
    """Change some of it and return it whole."""
    changed = replace(read(folder) or Installation(), **changes)
    write(folder, changed)
    return changed


def write_private(path: Path, body: bytes) -> None:
    """Write a file of mode 0600 in one move, on the disk before it has its name."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
