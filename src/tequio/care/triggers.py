"""What the database itself refuses: steps of a review that do not follow, and changed judgements.

Rows may still go with the man whom they are about: forgetting somebody is not falsifying him.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tequio.core import fixed_rows

# From each state, where a review may go. Closed is closed: what comes later is a new review.
FOLLOWS: Final[Mapping[str, frozenset[str]]] = {
    "open": frozenset({"open", "judged"}),
    "judged": frozenset({"open", "judged", "to_confirm", "closed"}),
    "to_confirm": frozenset({"open", "judged", "closed"}),
    "closed": frozenset(),
}
_UNCHANGEABLE: Final = ("care_judgement", "care_step", "care_signal")

_ALLOWED: Final = " OR ".join(
    f"(OLD.state = '{old}' AND NEW.state IN ({', '.join(repr(new) for new in sorted(news))}))"
    for old, news in FOLLOWS.items()
    if news
)
# A review that needs two people is first asked to be closed, and then confirmed.
_BROKEN: Final = f"""
    NOT ({_ALLOWED})
    OR (OLD.state = 'judged' AND NEW.state = 'closed' AND NEW.needs_second)
    OR (OLD.needs_second AND NOT NEW.needs_second)
    OR (OLD.level <> '' AND NEW.level = '')
    OR (OLD.state = 'to_confirm' AND NEW.state = 'closed' AND OLD.closed_by_id <> NEW.closed_by_id)
    OR (OLD.participant_id <> NEW.participant_id) OR (OLD."trigger" <> NEW."trigger")
    OR (OLD.opened_at <> NEW.opened_at)
"""
_STEPS: Final = "care_review_steps"
_SQLITE_STEPS: Final = f"""
CREATE TRIGGER {_STEPS} BEFORE UPDATE ON care_review WHEN {_BROKEN}
BEGIN SELECT RAISE(ABORT, 'care_review: that step does not follow'); END
"""
_SQLITE_BORN: Final = f"""
CREATE TRIGGER {_STEPS}_born BEFORE INSERT ON care_review WHEN NEW.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'care_review: a review begins open'); END
"""
_POSTGRES_FUNCTION: Final = f"""
CREATE OR REPLACE FUNCTION {_STEPS}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN
      RAISE EXCEPTION 'care_review: a review begins open';
    END IF;
  ELSIF {_BROKEN} THEN
    RAISE EXCEPTION 'care_review: that step does not follow';
  END IF;
  RETURN NEW;
END $$
"""
_POSTGRES_STEPS: Final = f"""
CREATE TRIGGER {_STEPS} BEFORE INSERT OR UPDATE ON care_review
FOR EACH ROW EXECUTE FUNCTION {_STEPS}()
"""
_hold_fixed = fixed_rows.hold("care", *_UNCHANGEABLE)
_let_fixed_go = fixed_rows.let_go("care", *_UNCHANGEABLE)


def hold(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in; a migration that remakes one of these tables on SQLite repeats it."""
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        # Without parameters at all: psycopg would take the % of RAISE for a placeholder.
        editor.execute(_POSTGRES_FUNCTION, params=None)
        editor.execute(_POSTGRES_STEPS)
    else:
        editor.execute(_SQLITE_STEPS)
        editor.execute(_SQLITE_BORN)
    _hold_fixed(apps, editor)


def let_go(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers out again."""
    postgres = editor.connection.vendor == "postgresql"
    on = " ON care_review" if postgres else ""
    for name in (_STEPS, f"{_STEPS}_born"):
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    if postgres:
        editor.execute(f"DROP FUNCTION IF EXISTS {_STEPS}()")
    _let_fixed_go(apps, editor)
