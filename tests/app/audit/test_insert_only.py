"""The database itself refuses to change or remove what was recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from tequio.access.models import User
from tequio.audit.models import Event, Seal, SealedEvent
from tequio.audit.record import record
from tequio.audit.seals import seal_closed_batches
from tequio.core import clock

_TABLES = (Event, Seal, SealedEvent)


@pytest.fixture
def sealed(coordinator: User) -> Event:
    """An event under its seal."""
    event = record("sign_in.done", by=coordinator, subject=coordinator)
    seal_closed_batches(until=clock.now())
    return event


def _refused(what: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match="can only be added to"), transaction.atomic():
        what()


@pytest.mark.parametrize("table", _TABLES)
def test_a_row_cannot_be_removed(sealed: Event, table: type[Event]) -> None:
    _refused(lambda: _raw(f"DELETE FROM {table._meta.db_table}"))


@pytest.mark.parametrize("table", _TABLES)
def test_a_row_cannot_be_changed(sealed: Event, table: type[Event]) -> None:
    column = table._meta.pk.column
    _refused(lambda: _raw(f"UPDATE {table._meta.db_table} SET {column} = {column}"))


def test_neither_can_it_through_the_models(sealed: Event) -> None:
    def change() -> None:
        sealed.kind = "sign_out"
        sealed.save()

    _refused(change)
    _refused(sealed.delete)
    _refused(lambda: Event.objects.update(kind="sign_out"))
    _refused(lambda: Seal.objects.update(size=F("size")))
    assert Event.objects.get(pk=sealed.pk).kind == "sign_in.done"


@pytest.mark.parametrize("table", _TABLES)
def test_the_table_cannot_be_emptied_at_once(sealed: Event, table: type[Event]) -> None:
    if connection.vendor != "postgresql":
        _refused(lambda: _raw(f"DELETE FROM {table._meta.db_table}"))
        return
    # What waits for its foreign keys to be checked would refuse first, for another reason.
    _raw("SET CONSTRAINTS ALL IMMEDIATE")
    _refused(lambda: _raw(f"TRUNCATE {table._meta.db_table} CASCADE"))


def _raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
