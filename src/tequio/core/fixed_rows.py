"""Database triggers by which a row is never changed once it was written, on both databases.

What may not be removed either is :mod:`tequio.audit.triggers`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]

_SQLITE: Final = """
CREATE TRIGGER {table}_fixed BEFORE UPDATE{of} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END
"""
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION {room}_never_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$
"""
_POSTGRES: Final = """
CREATE TRIGGER {table}_fixed BEFORE UPDATE{of} ON {table}
FOR EACH ROW EXECUTE FUNCTION {room}_never_changed()
"""


def hold(room: str, *tables: str, of: Sequence[str] = ()) -> Step:
    """Return a migration step that puts the triggers in; with `of` only these columns are fixed.

    A migration that remakes one of these tables on SQLite repeats it.
    """
    only = f" OF {', '.join(of)}" if of else ""

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        postgres = editor.connection.vendor == "postgresql"
        if postgres:
            # Without parameters at all: psycopg would take the % of RAISE for a placeholder.
            editor.execute(_FUNCTION.format(room=room), params=None)
        for table in tables:
            trigger = _POSTGRES if postgres else _SQLITE
            editor.execute(trigger.format(table=table, room=room, of=only))

    return forwards


def let_go(room: str, *tables: str) -> Step:
    """Return the step that takes them out again."""

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        postgres = editor.connection.vendor == "postgresql"
        for table in tables:
            on = f" ON {table}" if postgres else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed{on}")
        if postgres:
            editor.execute(f"DROP FUNCTION IF EXISTS {room}_never_changed()")

    return backwards
