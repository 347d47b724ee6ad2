"""Database triggers that refuse to change or remove a row, on both databases."""

from __future__ import annotations

from collections.abc import Callable

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} can only be added to'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION tequio_insert_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% can only be added to', TG_TABLE_NAME; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {each} EXECUTE FUNCTION tequio_insert_only()
"""


def insert_only(*tables: str) -> Step:
    """Return a migration step after which the tables take new rows and nothing else."""

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            # Without parameters at all: psycopg would take the % of RAISE for a placeholder.
            editor.execute(_POSTGRES_FUNCTION, params=None)
        for table, verb in _pairs(tables, editor):
            each = "STATEMENT" if verb == "truncate" else "ROW"
            template = _POSTGRES if editor.connection.vendor == "postgresql" else _SQLITE
            editor.execute(template.format(table=table, verb=verb, each=each))

    return forwards


def not_insert_only(*tables: str) -> Step:
    """Return the reverse of :func:`insert_only`, for taking a migration back."""

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for table, verb in _pairs(tables, editor):
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

    return backwards


def _pairs(tables: tuple[str, ...], editor: BaseDatabaseSchemaEditor) -> list[tuple[str, str]]:
    verbs = ["update", "delete"]
    if editor.connection.vendor == "postgresql":
        verbs.append("truncate")
    return [(table, verb) for table in tables for verb in verbs]
