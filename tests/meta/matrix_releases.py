"""Frozen rows, runs and releases in the table: what their addresses hold, and what is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from tests.factories import releases as made

from tequio.access.models import User
from tequio.core import clock
from tequio.studies.models import DataSet, Plan, Release, Run, Study

# What of an address belongs to an organisation.
KEYS: Final = frozenset({"run_id", "release_id", "other_id", "her_study_id"})
# A day of a calendar belongs to nobody.
KNOWN: Final[dict[str, object]] = {"day": "2026-01-31"}
SENT: Final[dict[str, dict[str, Any]]] = {
    "studies:freeze-data": {"due_on": "2028-06-15"},
    "studies:start-run": {"due_on": "2028-06-15"},
}
# Rooms whose pages lie behind the wall: whoever may come to its door asks first.
WALLED: Final = frozenset({"survivors", "walled"})
_DAYS: Final = (date(2025, 1, 31), date(2026, 1, 31))


def things(by: User, known: Mapping[str, object], how_many: int = 1) -> dict[str, object]:
    """Return one of each: a study of men with two releases, and one of women that is due.

    The run belongs to the study that the other addresses hold.
    """
    plan = made.planned(by)
    first, second = (_released(plan, by, n, day) for n, day in enumerate(_DAYS, start=1))
    for n in range(how_many // 10):
        _released(plan, by, n + 3, date(1900 + n, 1, 31))
    mine = Study.objects.get(pk=UUID(str(known["study_id"])))
    kept = Plan.objects.filter(study=mine).order_by("number").first() or plan
    run = _run(kept, by, 1, date(2028, 6, 15))
    return {
        **known,
        "run_id": run.pk,
        "release_id": second.pk,
        "other_id": first.pk,
        **hers(by),
    }


def hers(by: User) -> dict[str, object]:
    """Return a study of what women tell, and its day."""
    plan = made.planned(
        by,
        "women",
        population={"editions": "all", "from": "2025-01-01", "to": "2025-12-31"},
        calendar={"every": "year", "first": "2026-01-31"},
    )
    return {"her_study_id": plan.study_id, **KNOWN}


def _run(plan: Plan, by: User, number: int, day: date) -> Run:
    newest = DataSet.objects.filter(study=plan.study).count() + 1
    changed = {} if newest == 1 else {"added": 1, "changed": 0, "removed": 0}
    rows = DataSet.objects.create(
        organisation=plan.study.organisation,
        study=plan.study,
        plan=plan,
        number=newest,
        until=day - timedelta(days=31),
        rows=40,
        units=20,
        refused=1,
        fresh=20,
        sha256="d" * 64,
        built_by=by,
        **changed,
    )
    return Run.objects.create(
        organisation=plan.study.organisation,
        study=plan.study,
        data_set=rows,
        due_on=day,
        state=Run.State.DONE,
        log=[[clock.now().isoformat(), "run.began", {}]],
        started_by=by,
        finished_at=clock.now(),
    )


def _released(plan: Plan, by: User, number: int, day: date) -> Release:
    return Release.objects.create(
        id=Release.key_of(plan.study_id, day),
        organisation=plan.study.organisation,
        study=plan.study,
        plan=plan,
        run=_run(plan, by, number, day),
        number=number,
        due_on=day,
        period_from=date(day.year - 1, 1, 1),
        period_to=date(day.year - 1, 12, 31),
        outcome=Release.Outcome.PUBLISHED,
        result=json.dumps(result()),
        seal=Release.Seal.SHA256,
        sha256="d" * 64,
        published_at=datetime(day.year, 1, 31, 18, tzinfo=clock.now().tzinfo),
    )


def result() -> dict[str, Any]:
    """The least of a result that a page shows: one measure, one number, one finding."""
    note = {"code": "x", "values": {}, "es": "No sabemos si cambió.", "en": "We do not know."}
    return {
        "outcomes": [
            {
                "name": "control",
                "label": "formas de control",
                "primary": True,
                "violence": "control",
                "kind": "continuous",
                "direction": "lower_is_better",
            }
        ],
        "warnings": [],
        "flow": {
            "steps": [
                {
                    "outcome": "control",
                    "informant": "ellos",
                    "wave": "T3",
                    "n_expected": 60,
                    "n_observed": 40,
                }
            ]
        },
        "waves": ["T0", "T1"],
        "estimates": [
            {
                "outcome": "control",
                "informant": "ellos",
                "method": "change",
                "contrast": "T3 vs T0",
                "wave": "T3",
                "role": "descriptive",
                "scale": "identity",
                "estimate": -0.2,
                "ci_low": -0.8,
                "ci_high": 0.4,
                "n_units": 40,
            }
        ],
        "findings": [
            {
                "code": "findings.change.unclear",
                "outcome": "control",
                "verdict": "change",
                "strength": "very_weak",
                "may_say": [note],
                "must_not_say": [note],
                "reasons": [note],
                "to_know_more": [],
            }
        ],
    }
