"""What the database itself refuses: changing what was promised, closed, said or drawn."""

from __future__ import annotations

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What is fixed from when on: the first column says from when, empty means at once.
_LOTTERY: Final = (
    ("", "commitment committed_on closes_on beacon_on code kind edition_id site_id study_id"),
    ("", "max_delay_days calendar sealed_seed"),
    ("listed", "listed list_sha256 closed_on seats title"),
    ("beacon", "beacon beacon_by_id said said_by_id"),
    ("record", "record record_sha256 drawn_on"),
)
_TICKET: Final = (("", "lottery_id participant_id code"), ("start", "start rank exempt"))
_TURN: Final = (("", "lottery_id site_id group_id code"),)
_SQLITE: Final = """
CREATE TRIGGER {table}_{when} BEFORE {what} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{table}: what was published is never changed'); END
"""
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION studies_published() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%: what was published is never changed', TG_TABLE_NAME; END $$
"""
_POSTGRES: Final = """
CREATE TRIGGER {table}_{when} BEFORE {what} ON {table} FOR EACH ROW
WHEN ({condition}) EXECUTE FUNCTION studies_published()
"""


def _changed(parts: tuple[tuple[str, str], ...]) -> str:
    conditions = []
    for since, columns in parts:
        any_of = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns.split())
        conditions.append(f"(OLD.{since} <> '' AND ({any_of}))" if since else f"({any_of})")
    return " OR ".join(conditions)


_TRIGGERS: Final = (
    ("studies_lottery", "fixed", "UPDATE", _changed(_LOTTERY)),
    ("studies_lottery", "stays", "DELETE", "OLD.listed <> ''"),
    ("studies_ticket", "fixed", "UPDATE", _changed(_TICKET)),
    ("studies_turn", "fixed", "UPDATE", f"{_changed(_TURN)} OR OLD.rank > 0"),
)


def hold(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in; a migration that remakes one of these tables on SQLite repeats it."""
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        # Without parameters at all: psycopg would take the % of RAISE for a placeholder.
        editor.execute(_FUNCTION, params=None)
    for table, when, what, condition in _TRIGGERS:
        made = (_POSTGRES if postgres else _SQLITE).format(
            table=table, when=when, what=what, condition=condition
        )
        editor.execute(made, params=None)


def let_go(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers out again."""
    postgres = editor.connection.vendor == "postgresql"
    for table, when, _what, _condition in _TRIGGERS:
        on = f" ON {table}" if postgres else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_{when}{on}")
    if postgres:
        editor.execute("DROP FUNCTION IF EXISTS studies_published()")
