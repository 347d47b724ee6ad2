"""What the database itself refuses: changing what was found, decided, told, reviewed or paid."""

from __future__ import annotations

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIXED: Final = (
    "network_finding",
    "network_decision",
    "network_phasereview",
    "network_step",
    "network_vote",
    "network_money",
)
_SQLITE: Final = """
CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END
"""
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION network_never_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$
"""
_POSTGRES: Final = """
CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION network_never_changed()
"""


def hold(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in; a migration that remakes one of these tables on SQLite repeats it."""
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        # Without parameters at all: psycopg would take the % of RAISE for a placeholder.
        editor.execute(_FUNCTION, params=None)
    for table in FIXED:
        editor.execute((_POSTGRES if postgres else _SQLITE).format(table=table))


def let_go(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers out again."""
    postgres = editor.connection.vendor == "postgresql"
    for table in FIXED:
        on = f" ON {table}" if postgres else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed{on}")
    if postgres:
        editor.execute("DROP FUNCTION IF EXISTS network_never_changed()")
