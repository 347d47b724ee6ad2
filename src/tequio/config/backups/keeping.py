"""A back-up each day by the clock, kept thirty-five days, and the record that Hoy reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from tequio.config import databases, installation
from tequio.config.backups import archive
from tequio.config.words import gettext as _
from tequio.core import clock, erased, safekeeping
from tequio.core.errors import DomainError

_DAILY: Final = timedelta(hours=23)


def back_up(target: Path) -> Path:
    """Make a back-up, forget the old ones, and write down how it went."""
    data = Path(settings.DATA)
    try:
        made = archive.make(data, databases.from_environment(data), target)
    except DomainError as error:
        safekeeping.failed(str(error))
        raise
    except OSError as error:
        safekeeping.failed(
            _("No se pudo escribir en %(target)s: %(reason)s.")
            % {"target": target, "reason": error.strerror}
        )
        raise DomainError(
            _("No se pudo escribir en %(target)s: %(reason)s.")
            % {"target": target, "reason": error.strerror},
            hint=_("Revisa la memoria."),
        ) from error
    safekeeping.succeeded()
    # An older copy must not bring back who was erased since: the list goes beside the copies.
    erased.write_down(target, erased.read(data / "keys"))
    forget_old(target)
    return made


def run_if_due() -> bool:
    """Do the day's back-up; called by the clock every hour. A missing stick is written down."""
    set_up = installation.read(Path(settings.DATA))
    if set_up is None or not set_up.backup_folder:
        return False
    last = safekeeping.read().last_good
    if last is not None and clock.now() - last < _DAILY:
        return False
    back_up(Path(set_up.backup_folder))
    return True


def forget_old(target: Path) -> list[Path]:
    """Erase our back-ups that are older than thirty-five days; never the newest."""
    dated = sorted((when, path) for path in target.iterdir() if (when := moment_of(path)))
    old = [path for when, path in dated[:-1] if clock.now() - when > safekeeping.KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def moment_of(path: Path) -> datetime | None:
    """Return when a back-up was made, by its name; None for what is not one of ours."""
    name = path.name
    if not (name.startswith(archive.PREFIX) and name.endswith(archive.SUFFIX)):
        return None
    try:
        found: Any = datetime.strptime(  # noqa: DTZ007 - its zone is the Z of its name
            name[len(archive.PREFIX) : -len(archive.SUFFIX)], "%Y%m%dT%H%M%SZ"
        )
    except ValueError:
        return None
    return datetime.combine(found.date(), found.time(), tzinfo=UTC)
