"""When the data were last put away, for whoever has to be told: Hoy, the doctor, a certificate.

The record is a file beside the database: put into it, it would travel with a restored copy and
say of this machine what was true of another.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from tequio.core import clock

OVERDUE: Final = timedelta(days=7)
KEPT: Final = timedelta(days=35)
_FILE: Final = "backups.json"


@dataclass(frozen=True, slots=True)
class Record:
    """The last back-up that ended well, and why the last try did not (empty if it did)."""

    last_good: datetime | None = None
    problem: str = ""

    def overdue(self, now: datetime) -> bool:
        """Whether a person has to be told."""
        return self.last_good is None or now - self.last_good > OVERDUE

    def days(self, now: datetime) -> int | None:
        """Whole days since the last good one; None if there is none."""
        return None if self.last_good is None else max(0, (now - self.last_good).days)


def read() -> Record:
    """Return what is known; a file that cannot be read counts as no back-up at all."""
    try:
        body = json.loads(_path().read_text(encoding="utf-8"))
        good = body.get("last_good")
        return Record(datetime.fromisoformat(good) if good else None, str(body.get("problem", "")))
    except (OSError, ValueError, AttributeError):
        return Record()


def succeeded() -> None:
    """Write that a back-up ended well just now."""
    _write(Record(clock.now()))


def failed(problem: str) -> None:
    """Write why a try failed; the last good one stays known."""
    _write(Record(read().last_good, problem))


def forgotten_by(erased_on: date) -> date:
    """Return the day from which no back-up of ours holds any more what was erased on a day."""
    return erased_on + KEPT + timedelta(days=1)


def _write(record: Record) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    body = {
        "last_good": record.last_good.isoformat() if record.last_good else None,
        "problem": record.problem,
    }
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(body, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _path() -> Path:
    return Path(settings.DATA) / _FILE
