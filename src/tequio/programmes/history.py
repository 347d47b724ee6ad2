"""Triggers that keep a man's history: steps follow one another, and none is rewritten.

A step is added from where he stands, on no earlier day than the last one; adding it moves him.
Steps are not changed, and go only when the whole enrolment goes (a man who is forgotten).
"""

from __future__ import annotations

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_ENROLMENT: Final = "programmes_enrolment"
_STEP: Final = "programmes_enrolmentstep"


_SQLITE: Final = {
    "programmes_begins": """
CREATE TRIGGER programmes_begins BEFORE INSERT ON programmes_enrolment
WHEN NEW.state <> '' OR NEW.turns <> 0 OR NEW.since IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a state is changed by adding a step and in no other way'); END""",
    "programmes_step_follows": """
CREATE TRIGGER programmes_step_follows BEFORE INSERT ON programmes_enrolmentstep
WHEN NOT EXISTS (SELECT 1 FROM programmes_enrolment e WHERE e.id = NEW.enrolment_id
  AND e.state = NEW.from_state AND e.turns + 1 = NEW.position
  AND (e.since IS NULL OR NEW.happened_on >= e.since))
BEGIN SELECT RAISE(ABORT, 'he does not stand there, or it is dated before the last step'); END""",
    "programmes_step_moves": """
CREATE TRIGGER programmes_step_moves AFTER INSERT ON programmes_enrolmentstep
BEGIN UPDATE programmes_enrolment SET state = NEW.to_state, since = NEW.happened_on,
  turns = NEW.position WHERE id = NEW.enrolment_id; END""",
    "programmes_moves_by_step": """
CREATE TRIGGER programmes_moves_by_step BEFORE UPDATE ON programmes_enrolment
WHEN NEW.participant_id <> OLD.participant_id OR NEW.edition_id <> OLD.edition_id
  OR ((NEW.state <> OLD.state OR NEW.turns <> OLD.turns OR NEW.since IS NOT OLD.since)
    AND (NEW.turns <> OLD.turns + 1 OR NOT EXISTS (SELECT 1 FROM programmes_enrolmentstep s
      WHERE s.enrolment_id = NEW.id AND s.position = NEW.turns
      AND s.to_state = NEW.state AND s.happened_on = NEW.since)))
BEGIN SELECT RAISE(ABORT, 'a state is changed by adding a step and in no other way'); END""",
    "programmes_step_stays": """
CREATE TRIGGER programmes_step_stays BEFORE UPDATE ON programmes_enrolmentstep
BEGIN SELECT RAISE(ABORT, 'a step is history: it can be neither changed nor removed'); END""",
    "programmes_step_goes_last": """
CREATE TRIGGER programmes_step_goes_last BEFORE DELETE ON programmes_enrolmentstep
WHEN EXISTS (SELECT 1 FROM programmes_enrolment e WHERE e.id = OLD.enrolment_id)
BEGIN SELECT RAISE(ABORT, 'a step is history: it can be neither changed nor removed'); END""",
    "programmes_forgets": """
CREATE TRIGGER programmes_forgets AFTER DELETE ON programmes_enrolment
BEGIN DELETE FROM programmes_enrolmentstep WHERE enrolment_id = OLD.id; END""",
}

_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"""

# Name: table, when, body.
_POSTGRES: Final = {
    "programmes_begins": (
        _ENROLMENT,
        "BEFORE INSERT",
        """BEGIN IF NEW.state <> '' OR NEW.turns <> 0 OR NEW.since IS NOT NULL THEN
  RAISE EXCEPTION 'a state is changed by adding a step and in no other way'
  USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END""",
    ),
    "programmes_step_follows": (
        _STEP,
        "BEFORE INSERT",
        """DECLARE e programmes_enrolment%ROWTYPE; BEGIN
  SELECT * INTO e FROM programmes_enrolment WHERE id = NEW.enrolment_id FOR UPDATE;
  IF e.id IS NULL OR e.state <> NEW.from_state OR e.turns + 1 <> NEW.position
    OR (e.since IS NOT NULL AND NEW.happened_on < e.since) THEN
  RAISE EXCEPTION 'he does not stand there, or it is dated before the last step'
  USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END""",
    ),
    "programmes_step_moves": (
        _STEP,
        "AFTER INSERT",
        """BEGIN UPDATE programmes_enrolment SET state = NEW.to_state, since = NEW.happened_on,
  turns = NEW.position WHERE id = NEW.enrolment_id; RETURN NULL; END""",
    ),
    "programmes_moves_by_step": (
        _ENROLMENT,
        "BEFORE UPDATE",
        """BEGIN IF NEW.participant_id <> OLD.participant_id OR NEW.edition_id <> OLD.edition_id
  OR ((NEW.state <> OLD.state OR NEW.turns <> OLD.turns OR NEW.since IS DISTINCT FROM OLD.since)
    AND (NEW.turns <> OLD.turns + 1 OR NOT EXISTS (SELECT 1 FROM programmes_enrolmentstep s
      WHERE s.enrolment_id = NEW.id AND s.position = NEW.turns
      AND s.to_state = NEW.state AND s.happened_on = NEW.since))) THEN
  RAISE EXCEPTION 'a state is changed by adding a step and in no other way'
  USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END""",
    ),
    "programmes_step_stays": (
        _STEP,
        "BEFORE UPDATE",
        """BEGIN RAISE EXCEPTION 'a step is history: it can be neither changed nor removed'
  USING ERRCODE = 'integrity_constraint_violation'; END""",
    ),
    "programmes_step_goes_last": (
        _STEP,
        "BEFORE DELETE",
        """BEGIN IF EXISTS (SELECT 1 FROM programmes_enrolment e WHERE e.id = OLD.enrolment_id) THEN
  RAISE EXCEPTION 'a step is history: it can be neither changed nor removed'
  USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END""",
    ),
    "programmes_forgets": (
        _ENROLMENT,
        "AFTER DELETE",
        "BEGIN DELETE FROM programmes_enrolmentstep WHERE enrolment_id = OLD.id; RETURN NULL; END",
    ),
}


def keep_history(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers, on either database."""
    if editor.connection.vendor != "postgresql":
        for statement in _SQLITE.values():
            editor.execute(statement)
        return
    for name, (table, when, body) in _POSTGRES.items():
        # Without parameters at all: psycopg would take %ROWTYPE for a placeholder.
        editor.execute(_FUNCTION.format(name=name, body=body), params=None)
        editor.execute(
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def lose_history(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again, for taking a migration back."""
    for name, (table, _when, _body) in _POSTGRES.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}")
