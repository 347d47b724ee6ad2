"""Taking a man in: step by step, each kept at once, and finished when nothing is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock, ids
from tequio.core.errors import DomainError
from tequio.people import sealed, words
from tequio.people.models import Intake, Participant, Safeguard
from tequio.people.policies import visible_to
from tequio.people.queries.intake import last_intake, may_join
from tequio.people.rules.answers import Answers, Guardian, Texts


@transaction.atomic
def start_intake(*, by: User, folio: str) -> Intake:
    """Begin an intake, or go on with the one that was begun."""
    participant = _taken_by(by, folio)
    new = Intake(
        id=ids.new_id(), organisation_id=by.organisation_id, participant=participant, started_by=by
    )
    new.answers = sealed.seal_answers(new, _known_before(participant))
    intake, made = Intake.objects.get_or_create(
        participant=participant,
        state=Intake.State.DRAFT,
        defaults={
            "id": new.pk,
            "organisation_id": by.organisation_id,
            "started_by": by,
            "answers": new.answers,
        },
    )
    if made:
        record("intake.start", by=by, subject=participant)
    return intake


@transaction.atomic
def answer(*, by: User, folio: str, values: Mapping[str, Any]) -> Intake:
    """Keep what one step asked. What it did not ask stays as it was."""
    participant = _taken_by(by, folio)
    intake = _held(participant)
    intake.route = values.get("route", intake.route)
    intake.motive = values.get("motive", intake.motive)
    intake.answers = sealed.seal_answers(intake, sealed.answers_of(intake).with_values(values))
    _write_texts(intake, values)
    intake.save(update_fields=["route", "motive", "answers", "texts", "texts_at"])
    record("intake.answer", by=by, subject=participant)
    return intake


@transaction.atomic
def finish_intake(*, by: User, folio: str) -> Intake:
    """Say that the intake is whole; what is missing is named."""
    participant = _taken_by(by, folio)
    intake = _held(participant)
    missing = may_join(participant)
    if missing:
        raise DomainError(
            _("Para terminar el ingreso falta: %(missing)s.") % {"missing": words.gaps(missing)},
            hint=_("Lo que ya escribiste está guardado."),
        )
    if intake.state == Intake.State.DRAFT:
        intake.state, intake.finished_at = Intake.State.DONE, clock.now()
        intake.save(update_fields=["state", "finished_at"])
        record("intake.finish", by=by, subject=participant)
    return intake


@transaction.atomic
def safeguard(*, by: User, folio: str, guardian: Guardian) -> Safeguard:
    """Write down what was checked before a minor takes part."""
    participant = _taken_by(by, folio)
    if guardian.uses_violence != "no":
        raise DomainError(
            _("No puede firmar quien ejerce violencia en la casa, ni alguien de quien no se sabe."),
            hint=_(
                "Busca con él a otra persona adulta de confianza. Si no la hay, o si hay peligro, "
                "avisa a coordinación y a la Procuraduría de Protección de Niñas, Niños y "
                "Adolescentes."
            ),
        )
    row = Safeguard(participant=participant, organisation_id=by.organisation_id, recorded_by=by)
    row.sealed = sealed.seal_guardian(row, guardian)
    Safeguard.objects.filter(participant=participant).delete()
    row.save()
    record("safeguard.record", by=by, subject=participant)
    return row


def _taken_by(by: User, folio: str) -> Participant:
    participant = pick(visible_to(by), folio=folio)
    require_everywhere(by, Permission.INTAKE_TAKE)
    return participant


def _held(participant: Participant) -> Intake:
    """Return his newest intake, so that two steps sent at once do not lose one of them."""
    newest = last_intake(participant)
    if newest is None:
        raise not_visible()
    return Intake.objects.select_for_update().get(pk=newest.pk)


def _known_before(participant: Participant) -> Answers:
    """Start a return from what was known last time; the texts of then are not carried on."""
    before = last_intake(participant)
    return sealed.answers_of(before) if before else Answers()


def _write_texts(intake: Intake, values: Mapping[str, Any]) -> None:
    before = sealed.texts_of(intake)
    after: Texts = before.with_values(values)
    if after == before:
        return
    intake.texts = None if after.empty else sealed.seal_texts(intake, after)
    intake.texts_at = None if after.empty else clock.now()
