"""Asking a man: begun, kept on the way, finished; and each time that somebody looked for him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.instruments import definitions
from tequio.instruments.definitions import Flag, Instrument, Shipped
from tequio.instruments.rules.answered import clean
from tequio.instruments.rules.flags import raised
from tequio.people import concerns, sealed_answers
from tequio.people.asked import asked_in, flag_in_words
from tequio.people.models import Approach, Assessment, Participant
from tequio.people.policies import assessments_visible_to, may_ask, visible_to

# What was not finished in a month is not an answer.
DRAFTS_STAY: Final = timedelta(days=30)
# What was printed may come back on paper until then.
PAPER_STAYS: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class At:
    """Which moment of which way; nothing for what is asked outside of one."""

    wave: str = ""
    way_id: UUID | None = None


@transaction.atomic
def begin(
    *, by: User, folio: str, instrument: str, at: At | None = None, language: str = "es"
) -> Assessment:
    """Begin to ask, or go on with what was begun for the same moment."""
    man = _man(by, folio, Permission.ASSESSMENT_ASK)
    asked = _for_him(instrument)
    at = at or At()
    before = _before(man, asked.instrument, at)
    if before is not None:
        return before
    row = Assessment.objects.create(
        organisation_id=man.organisation_id,
        participant=man,
        instrument=asked.instrument.slug,
        version=asked.instrument.version,
        sha256=asked.sha256,
        wave=at.wave,
        way_id=at.way_id,
        language=language if language in asked.instrument.languages else "es",
        asked_by=by,
    )
    record(
        "assessment.begin",
        by=by,
        subject=man,
        detail={"instrument": row.instrument, "wave": row.wave},
    )
    return row


@transaction.atomic
def keep(*, by: User, assessment_id: UUID, body: Mapping[str, Any]) -> None:
    """Keep what was answered so far, sealed. No line in the log for each answer."""
    row = _draft(by, assessment_id)
    row.draft = sealed_answers.seal_draft(row, body)
    row.save(update_fields=["draft"])


@transaction.atomic
def finish(
    *,
    by: User,
    assessment_id: UUID,
    answers: Mapping[str, str],
    how: str = Assessment.How.WORKER,
    finished_at: datetime | None = None,
) -> tuple[Flag, ...]:
    """Seal the whole answer, and have his situation looked at where an answer asks for it."""
    row = _draft(by, assessment_id)
    asked = asked_in(row)
    said = clean(asked, answers)
    if not said:
        raise DomainError(
            _("No hay ninguna respuesta."),
            hint=_("Si no quiere contestar, anótalo en «Lo busqué»: también es una respuesta."),
        )
    row.answers = sealed_answers.seal_answers(row, said)
    row.draft, row.state, row.how = None, Assessment.State.DONE, how
    row.finished_at = max(finished_at or clock.now(), row.started_at)
    row.save(update_fields=["answers", "draft", "state", "how", "finished_at"])
    record(
        "assessment.finish",
        by=by,
        subject=row.participant,
        detail={"instrument": row.instrument, "wave": row.wave},
    )
    flags = raised(asked, said)
    if flags:
        _look_at_him(by, row, flags)
    return flags


@transaction.atomic
def approach(*, by: User, folio: str, at: At, channel: str, outcome: str) -> Approach:
    """Write down that somebody looked for him at a moment, and what came of it."""
    man = _man(by, folio, Permission.ASSESSMENT_DUE)
    if at.way_id is None or not at.wave:
        raise not_visible()
    row = Approach.objects.create(
        organisation_id=man.organisation_id,
        participant=man,
        wave=at.wave,
        way_id=at.way_id,
        channel=channel,
        outcome=outcome,
        made_by=by,
    )
    record("assessment.approach", by=by, subject=man, detail={"wave": at.wave, "outcome": outcome})
    return row


@transaction.atomic
def read(*, by: User, assessment_id: UUID) -> Assessment:
    """Open what he answered; that somebody read it stays in the log."""
    row = pick(
        assessments_visible_to(by).select_related("participant", "asked_by"),
        pk=assessment_id,
        state=Assessment.State.DONE,
    )
    record(
        "assessment.read",
        by=by,
        subject=row.participant,
        detail={"instrument": row.instrument, "wave": row.wave},
    )
    return row


def forget_drafts() -> int:
    """Take away what was begun and never finished. The clock acts; nobody is signed in."""
    now = clock.now()
    drafts = Assessment.objects.filter(state=Assessment.State.DRAFT)
    old = drafts.filter(started_at__lte=now - DRAFTS_STAY)
    # Of what was printed only the row stays, so that its code is known; what was typed goes.
    old.filter(how=Assessment.How.PAPER, draft__isnull=False).update(draft=None)
    paper = Q(how=Assessment.How.PAPER, started_at__gt=now - PAPER_STAYS)
    return old.exclude(paper).delete()[0]


def _man(by: User, folio: str, permission: Permission) -> Participant:
    man = pick(visible_to(by, permission), folio=folio)
    # Two who begin at once come one after the other.
    return Participant.objects.select_for_update().get(pk=man.pk)


def _for_him(slug: str) -> Shipped:
    """What she, or a professional, says of him is not found, whoever asks for it here."""
    found = next((one for one in definitions.for_men() if one.instrument.slug == slug), None)
    if found is None:
        raise not_visible()
    return found


def _before(man: Participant, asked: Instrument, at: At) -> Assessment | None:
    rows = Assessment.objects.filter(participant=man, instrument=asked.slug)
    if not at.wave:
        return rows.filter(wave="", state=Assessment.State.DRAFT).first()
    row = rows.filter(wave=at.wave, way_id=at.way_id).first()
    if row is not None and row.state == Assessment.State.DONE:
        raise Conflict(_("Eso ya lo contestó en este momento."))
    return row


def _draft(by: User, assessment_id: UUID) -> Assessment:
    rows = Assessment.objects.select_for_update().select_related("participant")
    row = pick(rows, pk=assessment_id, organisation=by.organisation_id)
    if not may_ask(by, row.participant):
        raise not_visible()
    if row.state != Assessment.State.DRAFT:
        raise Conflict(_("Este cuestionario ya estaba terminado. Nada cambió."))
    return row


def _look_at_him(by: User, row: Assessment, flags: tuple[Flag, ...]) -> None:
    """Open a review. It says which kind of answer, and not what he said."""
    kinds = ", ".join(flag_in_words(flag.kind) for flag in flags)
    concerns.raise_concern(
        by=by,
        participant=row.participant,
        trigger=concerns.Trigger.FLAG,
        said=_("Al contestar «%(name)s» hubo una alerta: %(kinds)s.")
        % {"name": asked_in(row).name.now(), "kinds": kinds},
    )
