"""What the database itself refuses: changing or removing an account that was issued."""

from __future__ import annotations

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Once issued, all that may still happen to an account is that another takes its place.
_FIXED: Final = (
    "id",
    "organisation_id",
    "folio",
    "template",
    "template_version",
    "template_sha256",
    "first_on",
    "last_on",
    "site_id",
    "content",
    "words",
    "releases",
    "counted_at",
    "begun_by_id",
    "begun_at",
    "issued_by_id",
    "issued_at",
    "sha256",
)
_SAYS: Final = "reports_account: what was issued is never changed"


def _broken(differs: str) -> str:
    changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in _FIXED)
    return (
        f"OLD.state <> 'draft' AND ({changed} OR NOT (OLD.state = 'issued' AND "
        "NEW.state = 'superseded'))"
    )


_SQLITE: Final = (
    f"""
CREATE TRIGGER reports_account_fixed BEFORE UPDATE ON reports_account WHEN {_broken("IS NOT")}
BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END
""",
    f"""
CREATE TRIGGER reports_account_stays BEFORE DELETE ON reports_account WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END
""",
)
_POSTGRES: Final = (
    f"""
CREATE OR REPLACE FUNCTION reports_account_fixed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN RAISE EXCEPTION '{_SAYS}'; END IF;
    RETURN OLD;
  END IF;
  IF {_broken("IS DISTINCT FROM")} THEN RAISE EXCEPTION '{_SAYS}'; END IF;
  RETURN NEW;
END $$
""",
    """
CREATE TRIGGER reports_account_fixed BEFORE UPDATE OR DELETE ON reports_account
FOR EACH ROW EXECUTE FUNCTION reports_account_fixed()
""",
)


def hold(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in; a migration that remakes the table on SQLite repeats it."""
    for statement in _POSTGRES if editor.connection.vendor == "postgresql" else _SQLITE:
        # Without parameters at all: psycopg would take a % for a placeholder.
        editor.execute(statement, params=None)


def let_go(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers out again."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER IF EXISTS reports_account_fixed ON reports_account")
        editor.execute("DROP FUNCTION IF EXISTS reports_account_fixed()")
        return
    editor.execute("DROP TRIGGER IF EXISTS reports_account_fixed")
    editor.execute("DROP TRIGGER IF EXISTS reports_account_stays")
