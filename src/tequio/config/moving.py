"""`./tequio move`: the data go from SQLite to PostgreSQL or back, row for row, and are compared.

The old database is not touched until the new one holds the same; then the installation points at
the new one, and the old one waits under another name.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery
from django.db.utils import load_backend

from tequio.config import databases, holding, installation, say, upgrading
from tequio.config.backups import snapshot
from tequio.config.options import Options
from tequio.config.words import gettext as _
from tequio.core import clock
from tequio.core.errors import DomainError

_TARGET: Final = "target"
_CHUNK: Final = 200
# Nobody stays signed in across a move.
_LEFT_BEHIND: Final = frozenset({Session})


@dataclass(frozen=True, slots=True)
class Table:
    """What one table holds: how many rows, and a digest that no order of rows changes."""

    name: str
    rows: int
    digest: int


def run(argv: Sequence[str]) -> int:
    """Move."""
    parser = Options("move", _("Muda los datos de SQLite a PostgreSQL o de regreso."))
    parser.add_argument("to", help=_("postgresql://usuario:clave@servidor/base, o sqlite"))
    chosen = parser.parse_args(argv)
    data = Path(settings.DATA)
    address = "" if chosen.to == "sqlite" else chosen.to
    source = databases.from_environment(data)
    if databases.is_sqlite(source) == (not address):
        raise DomainError(
            _("Los datos ya están en esa clase de base."), hint=_("No hay nada que mudar.")
        )
    if address and not address.startswith(("postgresql://", "postgres://")):
        raise DomainError(_("No se entiende a dónde."), hint=_("Escribe postgresql://… o sqlite."))
    target = databases.postgres(address) if address else databases.sqlite(data / "tequio.sqlite3")
    with holding.alone(data):
        if upgrading.pending():
            raise DomainError(_("La base no está al día."), hint=_("Corre antes ./tequio upgrade."))
        tables = move(target)
        _switch(data, source, address)
    say.line(
        _("Se mudaron %(rows)s filas de %(count)s tablas; son iguales.")
        % {"rows": sum(t.rows for t in tables), "count": len(tables)}
    )
    if os.environ.get("TEQUIO_DATABASE") is not None:
        say.line(
            _("Cambia o quita TEQUIO_DATABASE donde la hayas puesto: manda sobre lo guardado.")
        )
    return 0


def move(target: dict[str, Any]) -> list[Table]:
    """Fill an empty database from the present one and compare; leave nothing half done."""
    configured = connections.configure_settings({**settings.DATABASES, _TARGET: target})
    words = configured[_TARGET]
    connections[_TARGET] = load_backend(words["ENGINE"]).DatabaseWrapper(words, _TARGET)
    try:
        if _reached().introspection.table_names():
            raise DomainError(
                _("La base de destino no está vacía."), hint=_("Haz una nueva y vacía.")
            )
        try:
            return _fill_and_compare()
        except BaseException:
            _empty(target)
            raise
    finally:
        connections[_TARGET].close()
        del connections[_TARGET]


def _reached() -> BaseDatabaseWrapper:
    try:
        connections[_TARGET].ensure_connection()
    except OperationalError as error:
        raise DomainError(
            _("No se pudo abrir la base de destino: %(error)s") % {"error": error},
            hint=_("Revisa la dirección."),
        ) from error
    return connections[_TARGET]


def _fill_and_compare() -> list[Table]:
    call_command("migrate", database=_TARGET, verbosity=0)
    models = _models()
    with transaction.atomic(using=_TARGET):
        put_back = _triggers_away(connections[_TARGET])
        for model in reversed(models):  # what migrations themselves wrote has other keys here
            manager = model._base_manager.using(_TARGET)
            if manager.exists():
                manager.all()._raw_delete(_TARGET)
        for model in models:
            copy_rows(model, "default", _TARGET)
        _set_counters(models)
        connections[_TARGET].check_constraints()
        _execute(put_back)
    before = [describe(model, "default") for model in models]
    after = [describe(model, _TARGET) for model in models]
    different = [old.name for old, new in zip(before, after, strict=True) if old != new]
    if different:
        raise DomainError(
            _("No quedó igual en: %(tables)s.") % {"tables": ", ".join(different)},
            hint=_("No se cambió nada: los datos siguen donde estaban."),
        )
    return after


def _triggers_away(connection: BaseDatabaseWrapper) -> list[str]:
    """Lift the triggers for the copy and return what sets them again.

    They watch over what people do, one step after another; here rows that are true already arrive
    in any order. What goes wrong in between is rolled back with everything else.
    """
    if connection.vendor == "postgresql":
        tables = connection.introspection.table_names()
        _execute([f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables])
        return [f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found: list[tuple[str, str]] = cursor.fetchall()
    _execute([f'DROP TRIGGER "{name}"' for name, _sql in found])
    return [sql for _name, sql in found]


def _execute(statements: Sequence[str]) -> None:
    with connections[_TARGET].cursor() as cursor:
        for statement in statements:
            # Without parameters at all: a % in a trigger's words is a % and no placeholder.
            cursor.execute(statement, None)


def copy_rows(model: type[Model], source: str, target: str) -> None:
    """Copy a table as it is: no default, no moment of saving, no signal."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    for rows in _in_chunks(model, source):
        query = InsertQuery(model)
        query.insert_values(fields, rows, raw=True)
        query.get_compiler(using=target).execute_sql()


def describe(model: type[Model], alias: str) -> Table:
    """Return what a table holds. The digests of rows are added up, so that order is no matter."""
    fields = model._meta.local_concrete_fields
    rows, total = 0, 0
    for chunk in _in_chunks(model, alias):
        for row in chunk:
            values = [_plain(field, row) for field in fields]
            body = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False).encode()
            total = (total + int.from_bytes(hashlib.sha256(body).digest(), "big")) % 2**256
            rows += 1
    return Table(model._meta.db_table, rows, total)


def _plain(field: Field[Any, Any], row: Model) -> object:
    value = getattr(row, field.attname)
    if value is None or isinstance(value, memoryview | bytes | bytearray):
        return None if value is None else bytes(value).hex()
    return field.value_to_string(row)


def _in_chunks(model: type[Model], alias: str) -> Iterator[list[Model]]:
    chunk: list[Model] = []
    for row in model._base_manager.using(alias).order_by("pk").iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _models() -> list[type[Model]]:
    every = apps.get_models(include_auto_created=True)
    return [m for m in every if m._meta.managed and not m._meta.proxy and m not in _LEFT_BEHIND]


def _set_counters(models: Sequence[type[Model]]) -> None:
    _execute(connections[_TARGET].ops.sequence_reset_sql(no_style(), list(models)))


def _empty(target: dict[str, Any]) -> None:
    connections[_TARGET].close()
    if databases.is_sqlite(target):
        for side in ("", "-wal", "-shm", "-journal", "-turn"):
            Path(f"{target['NAME']}{side}").unlink(missing_ok=True)
    else:
        snapshot.empty_postgres(target)


def _switch(data: Path, source: dict[str, Any], address: str) -> None:
    installation.change(data, database=address)
    connections.close_all()
    if databases.is_sqlite(source):
        old = data / "tequio.sqlite3"
        away = data / f"moved-away-{clock.now():%Y%m%dT%H%M%SZ}.sqlite3"
        old.replace(away)
        for side in ("-wal", "-shm"):
            Path(f"{old}{side}").unlink(missing_ok=True)
        say.line(
            _("La base anterior quedó en %(file)s. Bórrala cuando veas que todo está.")
            % {"file": away.name}
        )
    else:
        say.line(_("La base anterior sigue en su servidor. Bórrala cuando veas que todo está."))
