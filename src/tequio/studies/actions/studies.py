"""Studies: begun, prepared step by step, frozen, amended, stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from evidencia.plans import PlanError, read_plan
from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.programmes.policies import editions_visible_to
from tequio.studies import questions, recipe
from tequio.studies.models import Plan, Study
from tequio.studies.policies.studies import study_for
from tequio.studies.queries import feasibility, options
from tequio.studies.queries.studies import choices_of, current, question_of
from tequio.studies.questions import Question
from tequio.studies.rules import choices as rules
from tequio.studies.rules import ethics, writing
from tequio.studies.rules.choices import Choices
from tequio.studies.rules.designs import DESIGNS
from tequio.studies.rules.writing import Heading

_LONGEST: Final = 400


@transaction.atomic
def begin(*, by: User, question: str, title: str = "") -> Study:
    """Begin a study with what its question proposes."""
    require(by, Permission.STUDY_DESIGN)
    asked = questions.find(question)
    if asked is None:
        raise not_visible()
    study = Study.objects.create(
        organisation_id=by.organisation_id,
        title=squeeze(title)[:120] or asked.words.now()[:120],
        question=asked.slug,
        version=asked.version,
        informant=asked.informant,
        choices=rules.proposed(asked).kept(),
        begun_by=by,
    )
    record("study.begin", by=by, subject=study)
    return study


@transaction.atomic
def choose(*, by: User, study_id: UUID, **said: Any) -> Study:
    """Keep what one step was answered; what is not named stays as it was."""
    study = _locked(by, study_id, Permission.STUDY_DESIGN)
    _still_draft(study)
    title = squeeze(str(said.pop("title", study.title)))[:120] or study.title
    chosen = rules.with_people(choices_of(study), **said)
    _editions_are_ours(by, chosen)
    study.title, study.choices = title, chosen.kept()
    study.save(update_fields=["title", "choices"])
    record("study.choose", by=by, subject=study)
    return study


@transaction.atomic
def choose_design(*, by: User, study_id: UUID, design: str, today: date) -> Study:
    """Take one of the designs that are offered here today."""
    study = _locked(by, study_id, Permission.STUDY_DESIGN)
    _still_draft(study)
    asked, chosen = question_of(study), choices_of(study)
    found = options.options(by, study, asked, chosen, today).one(design)
    if found is None:
        raise DomainError(_("Este diseño no es para esta pregunta. Elige otro de la lista."))
    if found.refused:
        raise DomainError(found.refused)
    study.choices = replace(chosen, design=design, of="").kept()
    study.save(update_fields=["choices"])
    record("study.design", by=by, subject=study, detail={"design": str(found.design.name)})
    return study


@transaction.atomic
def freeze(*, by: User, study_id: UUID) -> Plan:
    """Write down what was chosen, with hash and time. From here on only amendments change it."""
    study = _locked(by, study_id, Permission.STUDY_FREEZE)
    _still_draft(study)
    chosen = _named(study, choices_of(study))
    if rules.next_step(chosen) != rules.REVIEW:
        raise DomainError(
            _("Falta algo por elegir."), hint=_("Revisa los pasos antes de congelar el plan.")
        )
    plan = _write(by, study, chosen, reason="", before=None)
    study.state, study.choices = Study.State.PLANNED, chosen.kept()
    study.save(update_fields=["state", "choices"])
    record("study.freeze", by=by, subject=study, detail={"sha256": plan.sha256[:12]})
    return plan


@transaction.atomic
def amend(*, by: User, study_id: UUID, reason: str, **said: Any) -> Plan:
    """Write a new plan beside the old one, with the reason. The design stays what it was."""
    study = _locked(by, study_id, Permission.STUDY_FREEZE)
    before = current(study)
    if study.state != Study.State.PLANNED or before is None:
        raise Conflict(_("Solo se enmienda un plan congelado que sigue en marcha."))
    why = squeeze(reason)[:_LONGEST]
    if not why:
        raise DomainError(_("Falta por qué se cambia."))
    was = choices_of(study)
    chosen = replace(was, **said)
    if chosen == was:
        raise DomainError(
            _("Nada cambió: el plan que hay ya dice esto."),
            hint=_("Cambia algo o vuelve al estudio."),
        )
    _editions_are_ours(by, chosen)
    plan = _write(by, study, chosen, reason=why, before=before)
    study.choices = chosen.kept()
    study.save(update_fields=["choices"])
    record("study.amend", by=by, subject=study, detail={"number": plan.number - 1})
    return plan


@transaction.atomic
def stop(*, by: User, study_id: UUID, why: str) -> Study:
    """Stop a study and say why. Its plans stay, and what was published too."""
    study = _locked(by, study_id, Permission.STUDY_FREEZE)
    if study.state == Study.State.STOPPED:
        raise Conflict(_("Este estudio ya se detuvo."))
    said = squeeze(why)[:_LONGEST]
    if not said:
        raise DomainError(_("Falta por qué se detiene."))
    study.state, study.stopped_why = Study.State.STOPPED, said
    study.stopped_at, study.stopped_by = clock.now(), by
    study.save(update_fields=["state", "stopped_why", "stopped_at", "stopped_by"])
    record("study.stop", by=by, subject=study)
    return study


def _locked(by: User, study_id: UUID, permission: Permission) -> Study:
    found = study_for(by, study_id, permission)
    return Study.objects.select_for_update().get(pk=found.pk)


def _still_draft(study: Study) -> None:
    if study.state != Study.State.DRAFT:
        raise Conflict(
            _("El plan de este estudio ya está congelado."),
            hint=_("Lo que haya que cambiar se escribe como enmienda, con su razón."),
        )


def _editions_are_ours(by: User, chosen: Choices) -> None:
    ours = {str(key) for key in editions_visible_to(by).values_list("pk", flat=True)}
    if set(chosen.editions) - ours:
        raise not_visible()


def _named(study: Study, chosen: Choices) -> Choices:
    """Name the lottery or the comparison that the design rests on: announced, and not drawn."""
    design = DESIGNS.get(chosen.design)
    if design is None or design.needs not in ("lottery", "comparison"):
        return chosen
    key = design.lot if design.needs == "lottery" else "comparison"
    there: Sequence[UUID] = feasibility.nameable(study).get(key, ())
    if there:
        return replace(chosen, of=str(there[0]))
    if design.needs == "comparison":
        raise DomainError(
            _("Falta con quién comparar."),
            hint=_("Anota primero el acuerdo, y después congela el plan."),
        )
    raise DomainError(
        _("Falta anunciar el sorteo: el plan dice cuál es antes de que se sortee."),
        hint=_("Anúncialo, congela el plan y después cierra la lista."),
    )


def _write(by: User, study: Study, chosen: Choices, *, reason: str, before: Plan | None) -> Plan:
    asked, at = question_of(study), clock.now()
    _allowed(asked, chosen)
    number = before.number + 1 if before else 1
    heading = Heading(study.title, number, at, reason, before.sha256 if before else "")
    whole = writing.text(asked, chosen, heading)
    try:
        read_plan(whole.encode())
    except PlanError as wrong:
        raise DomainError(wrong.text("es")) from wrong
    kept = recipe.read(writing.recipe_in(whole)).as_json()
    return Plan.objects.create(
        study=study,
        number=number,
        text=whole,
        recipe=kept,
        reason=reason,
        sha256=writing.fingerprint(whole),
        frozen_by=by,
        frozen_at=at,
    )


def _allowed(asked: Question, chosen: Choices) -> None:
    if problems := ethics.problems(asked, chosen):
        raise DomainError(" ".join(problems))
