"""`./tequio upgrade`: put the data away, bring the database up to date, check, or go back.

A marker file says that the work began. Whoever finds it (the next upgrade, after a power cut)
first goes back to the copy; `serve` refuses to open while it is there.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tequio.config import databases, holding, installation, say
from tequio.config.backups import keeping, snapshot
from tequio.config.installation import write_private
from tequio.config.options import Options
from tequio.core.errors import DomainError

MARKER: Final = "upgrade.json"
_COPY: Final = "before-upgrade"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Where it happens and by which steps; the steps are given, so that they can be made fail."""

    data: Path
    database: dict[str, Any]
    migrate: Callable[[], object]
    check: Callable[[], object]

    def recover(self) -> bool:
        """Go back if an earlier upgrade was cut short; tell whether it was."""
        marker = self.data / MARKER
        if not marker.exists():
            self._copy.unlink(missing_ok=True)  # of one that was cut before it changed anything
            return False
        self._go_back()
        return True

    def run(self) -> None:
        """Do it all, or leave everything as it was and raise what went wrong."""
        self._copy.unlink(missing_ok=True)
        snapshot.take(self.database, self._copy)
        write_private(self.data / MARKER, json.dumps({"copy": self._copy.name}).encode())
        try:
            self.migrate()
            self.check()
        except BaseException:
            self._go_back()
            raise
        # The marker first: without it the copy is only a file that is in the way.
        (self.data / MARKER).unlink()
        self._copy.unlink()

    @property
    def _copy(self) -> Path:
        return self.data / _COPY

    def _go_back(self) -> None:
        connections.close_all()
        if not self._copy.exists():
            raise DomainError(
                _("La puesta al día se cortó y su copia no está."),
                hint=_("Recupera el último respaldo con ./tequio restore."),
            )
        snapshot.put_back(self.database, self._copy)
        (self.data / MARKER).unlink(missing_ok=True)
        self._copy.unlink()


def run(argv: Sequence[str]) -> int:
    """Upgrade this machine's data to the program that is here."""
    parser = Options("upgrade", _("Respalda, pone al día la base, revisa, y si falla regresa."))
    parser.parse_args(argv)
    data = Path(settings.DATA)
    work = Upgrade(data, databases.from_environment(data), _migrate, _check)
    with holding.alone(data):
        if work.recover():
            say.line(_("La vez pasada se cortó a la mitad: se regresó a como estaba."))
        if not pending():
            call_command("collectstatic", verbosity=0, interactive=False)
            say.line(_("La base de datos ya está al día."))
            return 0
        _put_away(data)
        try:
            work.run()
        except Exception as error:  # noqa: BLE001 - whatever it was, a person has to be told
            say.line(_("No se pudo poner al día: %(error)s") % {"error": error})
            say.line(_("Se regresó a como estaba. Vuelve a la versión anterior del programa."))
            return 1
        call_command("collectstatic", verbosity=0, interactive=False)
    say.line(_("Listo: la base de datos está al día y se revisó."))
    return 0


def pending() -> int:
    """Return how many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _put_away(data: Path) -> None:
    folder = (installation.read(data) or installation.Installation()).backup_folder
    if not folder:
        say.line(_("(Sin respaldo aparte: no se ha elegido dónde. Se hace una copia local.)"))
        return
    try:
        say.line(_("Respaldo: %(file)s") % {"file": keeping.back_up(Path(folder))})
    except DomainError as error:
        say.line(f"({error})")


def _migrate() -> None:
    call_command("migrate", verbosity=0)


def _check() -> None:
    call_command("check", verbosity=0, stdout=io.StringIO())
    if pending():
        raise DomainError(_("Quedaron cambios sin hacer."))
    if connection.vendor == "sqlite":
        snapshot.check(Path(connection.settings_dict["NAME"]))
