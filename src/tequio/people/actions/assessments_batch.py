"""Many answers at once: what was asked before this system, or is invented for a demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require_everywhere
from tequio.audit.record import record
from tequio.core import ids
from tequio.instruments import definitions
from tequio.instruments.rules.answered import clean
from tequio.people import sealed_answers
from tequio.people.actions.assessments import At
from tequio.people.models import Assessment, Participant

_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that was given some day."""

    participant: Participant
    instrument: str
    at: At
    on: datetime
    answers: Mapping[str, str]


@transaction.atomic
def record_many(*, by: User, given: Sequence[Given]) -> int:
    """Write finished answers. They are of the past: no red flag is raised for today."""
    require_everywhere(by, Permission.ASSESSMENT_ASK)
    rows = [_row(by, one) for one in given]
    Assessment.objects.bulk_create(rows, batch_size=_BATCH)
    record(
        "assessment.record_many",
        by=by,
        organisation_id=by.organisation_id,
        detail={"count": len(rows)},
    )
    return len(rows)


def _row(by: User, one: Given) -> Assessment:
    found = definitions.shipped().get(one.instrument)
    if found is None or not found.instrument.asks_a_man or found.instrument.is_shell:
        raise not_visible()
    if one.participant.organisation_id != by.organisation_id:
        raise not_visible()
    row = Assessment(
        id=ids.new_id(),
        organisation_id=by.organisation_id,
        participant=one.participant,
        instrument=found.instrument.slug,
        version=found.instrument.version,
        sha256=found.sha256,
        wave=one.at.wave,
        way_id=one.at.way_id,
        state=Assessment.State.DONE,
        how=Assessment.How.PAPER,
        asked_by=by,
        started_at=one.on,
        finished_at=one.on,
    )
    row.answers = sealed_answers.seal_answers(row, clean(found.instrument, one.answers))
    return row
