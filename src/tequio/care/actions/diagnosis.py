"""Taking the minimum diagnosis, step by step; finishing it opens the review of his entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick
from tequio.audit.record import record, record_read
from tequio.care import questions, rules, vault
from tequio.care.actions.reviews import open_review
from tequio.care.models import Diagnosis, Review
from tequio.care.policies import man_for
from tequio.care.queries.pages import answers_of, done_of
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import join_names
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.people.catalogues import violence
from tequio.people.models import Participant


@transaction.atomic
def begin(*, by: User, folio: str) -> Diagnosis:
    """Begin a diagnosis, or go on with the one that somebody began."""
    man = man_for(by, folio, Permission.DIAGNOSIS_TAKE)
    draft = man.diagnoses.filter(state=Diagnosis.State.DRAFT).first()
    if draft is not None:
        return draft
    today = clock.today(by.organisation.timezone)
    diagnosis = Diagnosis(
        organisation_id=man.organisation_id,
        participant=man,
        questions=questions.VERSION,
        begun_by=by,
    )
    catalogue = violence.in_force(today).version
    _write(diagnosis, {"told_on": today.isoformat(), "catalogue": catalogue})
    diagnosis.save(force_insert=True)
    record("diagnosis.begin", by=by, subject=man)
    return diagnosis


@transaction.atomic
def answer(*, by: User, folio: str, step: str, given: Mapping[str, Any]) -> Diagnosis:
    """Keep what was answered in one step; the rest stays as it was."""
    if step not in questions.BY_SLUG:
        raise not_visible()
    man = man_for(by, folio, Permission.DIAGNOSIS_TAKE)
    diagnosis = _draft(man)
    before = answers_of(diagnosis)
    words = {**before.get("words", {}), **given.get("words", {})}
    answers = {**before, **given}
    answers["words"] = {slug: text for slug, text in words.items() if text}
    _refuse_unknown(answers)
    _write(diagnosis, answers)
    diagnosis.save(update_fields=["sealed"])
    return diagnosis


@transaction.atomic
def finish(*, by: User, folio: str) -> Review:
    """End the diagnosis: it is not changed any more, and somebody has to judge."""
    man = man_for(by, folio, Permission.DIAGNOSIS_TAKE)
    diagnosis = _draft(man)
    lacking = rules.lacking(answers_of(diagnosis))
    if lacking:
        raise DomainError(
            _("Todavía falta algo en: %(steps)s.")
            % {"steps": join_names([str(step.title) for step in lacking])},
            hint=_("Si no quiere contestar, elige «Prefiere no decir»."),
        )
    diagnosis.state = Diagnosis.State.DONE
    diagnosis.finished_by, diagnosis.finished_at = by, clock.now()
    diagnosis.save(update_fields=["state", "finished_by", "finished_at"])
    _tell(man, answers_of(diagnosis))
    record("diagnosis.finish", by=by, subject=man)
    return open_review(by=by, participant=man, trigger=Review.Trigger.INTAKE)


@transaction.atomic
def read(*, by: User, folio: str) -> Diagnosis | None:
    """Return the last finished diagnosis and write down who read it."""
    man = man_for(by, folio)
    last = done_of(man)
    if last is not None:
        record_read("diagnosis.read", by=by, subject=man)
    return last


def _tell(man: Participant, answers: Mapping[str, Any]) -> None:
    """Put what he told of violence that counts, or of a threat, into the slot."""
    says = rules.disclosed(answers, violence.with_letter(date.fromisoformat(answers["told_on"])))
    if says:
        slot.deposit(
            organisation_id=man.organisation_id,
            kind=Kind.DISCLOSURE,
            folio=man.folio,
            says={"where": "diagnosis", **says},
        )


def _write(diagnosis: Diagnosis, answers: Mapping[str, Any]) -> None:
    diagnosis.sealed = vault.seal(diagnosis.organisation_id, "diagnosis", diagnosis.pk, answers)


def _draft(man: Participant) -> Diagnosis:
    drafts = man.diagnoses.select_for_update(of=("self",))
    return pick(drafts, state=Diagnosis.State.DRAFT)


def _refuse_unknown(answers: Mapping[str, Any]) -> None:
    """Refuse a type or a relation that could not be chosen on the day when he told."""
    day = date.fromisoformat(answers["told_on"])
    there = violence.in_force(day)
    if not all(there.knows(pair.type, pair.against) for pair in rules.pairs(answers)):
        raise DomainError(
            _("Ese tipo de violencia no está en el catálogo de ese día."),
            hint=_("Elige de la lista que muestra la página."),
        )
