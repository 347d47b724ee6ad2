"""Many intakes at once, whole: for what is written by the thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require_everywhere
from tequio.audit.record import record
from tequio.core import clock, ids
from tequio.core.errors import DomainError
from tequio.people import sealed, words
from tequio.people.catalogues import agreements
from tequio.people.models import Consent, Intake, Participant
from tequio.people.rules import finishing
from tequio.people.rules.answers import Answers, Guardian, Texts

_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class NewIntake:
    """A man with all that he answered and agreed to; of age, for a minor is taken in by hand."""

    participant: Participant
    values: Mapping[str, Any]
    decisions: Mapping[str, str]
    on: date


@transaction.atomic
def take_in_many(*, by: User, entries: Sequence[NewIntake]) -> list[Intake]:
    """Write finished intakes and what was agreed; each as whole as one that was taken by hand."""
    require_everywhere(by, Permission.INTAKE_TAKE)
    if any(entry.participant.organisation_id != by.organisation_id for entry in entries):
        raise not_visible()
    intakes = [_whole(by, entry) for entry in entries]
    consents = [row for entry in entries for row in _decided(by, entry)]
    Intake.objects.bulk_create(intakes, batch_size=_BATCH)
    Consent.objects.bulk_create(consents, batch_size=_BATCH)
    record(
        "intake.take_many",
        by=by,
        organisation_id=by.organisation_id,
        detail={"count": len(intakes)},
    )
    return intakes


def _whole(by: User, entry: NewIntake) -> Intake:
    answers = Answers().with_values(entry.values)
    texts = Texts().with_values(entry.values)
    intake = Intake(
        id=ids.new_id(),
        organisation_id=by.organisation_id,
        participant=entry.participant,
        state=Intake.State.DONE,
        route=entry.values.get("route", ""),
        motive=entry.values.get("motive", ""),
        started_by=by,
        finished_at=clock.now(),
    )
    given = {purpose for purpose, said in entry.decisions.items() if said == "given"}
    known = finishing.Known(intake.route, intake.motive, False, Guardian(), given)
    if missing := finishing.gaps(known):
        raise DomainError(
            _("Para terminar el ingreso falta: %(missing)s.") % {"missing": words.gaps(missing)}
        )
    intake.started_at = intake.finished_at or clock.now()
    intake.answers = sealed.seal_answers(intake, answers)
    if not texts.empty:
        intake.texts, intake.texts_at = sealed.seal_texts(intake, texts), clock.now()
    return intake


def _decided(by: User, entry: NewIntake) -> list[Consent]:
    told = agreements.current(entry.on)
    return [
        Consent(
            id=ids.new_id(),
            organisation_id=by.organisation_id,
            participant=entry.participant,
            purpose=purpose,
            text_version=told.agreements.version,
            text_sha256=told.sha256,
            decision=decision,
            decided_on=entry.on,
            recorded_by=by,
        )
        for purpose, decision in entry.decisions.items()
    ]
