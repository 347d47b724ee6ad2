"""The newest root of each chain, in a file beside the database.

Whoever cuts the end of a chain off (or puts an old backup in its place) leaves a shorter chain
that is sound in itself. Only something outside the database can tell that there was more.
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def keep(organisation_id: UUID | None, root: str) -> None:
    """Write the newest root; the file changes at once or not at all."""
    path = _path(organisation_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="ascii") as file:
        file.write(root)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def kept(organisation_id: UUID | None) -> str:
    """Return the newest root that was written, or nothing."""
    path = _path(organisation_id)
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _path(organisation_id: UUID | None) -> Path:
    return Path(settings.DATA) / "seals" / f"{organisation_id or 'server'}.root"
