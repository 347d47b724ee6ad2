"""Writing down what was seen and asked, what was found, what was decided and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.network import definitions
from tequio.network.actions.days import happened
from tequio.network.models import Sighting, SurveyAnswer, SurveyRound
from tequio.network.policies.learning import communities_visible_to, rounds_visible_to
from tequio.network.rules import survey
from tequio.network.rules.cycle import year_of


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen after an activity, as it was typed."""

    on: date
    activity: str
    how_many: int
    domain: str
    score: int
    heard: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's sheet of the rapid survey, as it was typed."""

    answers: Mapping[str, str]
    traits: Mapping[str, str] = field(default_factory=dict)
    reached: str = ""


@transaction.atomic
def see(*, by: User, community_id: UUID, seen: Seen) -> Sighting:
    """Write down what was seen after an activity, with what bears it out."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by), pk=community_id)
    happened(by, seen.on, community)
    if seen.domain not in Sighting.Domain.values or not 1 <= seen.score <= 5:
        raise DomainError(_("Falta qué se vio, o cuánto: de 1 a 5."))
    if not squeeze(seen.heard):
        raise DomainError(
            _("Falta qué se oyó o se vio."),
            hint=_("Un número solo es una opinión: escribe la frase o el hecho, sin nombres."),
        )
    made = Sighting.objects.create(
        organisation_id=by.organisation_id,
        community=community,
        on=seen.on,
        activity=squeeze(seen.activity),
        how_many=seen.how_many,
        domain=seen.domain,
        score=seen.score,
        heard=squeeze(seen.heard),
        written_by=by,
    )
    record("sighting.add", by=by, subject=made, detail={"domain": made.domain})
    return made


@transaction.atomic
def open_round(*, by: User, community_id: UUID, started_on: date, how: str) -> SurveyRound:
    """Begin to ask a neighbourhood, one time at a time."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by).select_for_update(of=("self",)), pk=community_id)
    happened(by, started_on, community)
    if not squeeze(how):
        raise DomainError(_("Falta cómo se escogió a quién preguntar."))
    if community.rounds.filter(closed_on=None).exists():
        raise Conflict(
            _("Hay una encuesta abierta en esta comunidad."), hint=_("Ciérrala antes de otra.")
        )
    made = SurveyRound.objects.create(
        organisation_id=by.organisation_id,
        community=community,
        model_slug=community.model_slug,
        model_version=community.model_version,
        year=year_of(community.started_on, started_on),
        started_on=started_on,
        how=squeeze(how),
        written_by=by,
    )
    record("survey_round.open", by=by, subject=made)
    return made


def answer(*, by: User, round_id: UUID, sheet: Sheet) -> None:
    """Type in one sheet."""
    answer_many(by=by, round_id=round_id, sheets=[sheet])


@transaction.atomic
def answer_many(*, by: User, round_id: UUID, sheets: list[Sheet]) -> None:
    """Type in sheets. Nothing says when, nor who typed which: the log counts them alone."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(rounds_visible_to(by).select_for_update(of=("self",)), pk=round_id)
    if found.closed_on is not None:
        raise Conflict(_("Esta encuesta ya está cerrada."))
    model = definitions.find(found.model_slug, found.model_version)
    known = {question.key for question in model.survey} if model else set()
    SurveyAnswer.objects.bulk_create(_checked(found, sheet, known) for sheet in sheets)
    record("survey_round.answer", by=by, subject=found, detail={"count": len(sheets)})


def _checked(found: SurveyRound, sheet: Sheet, known: set[str]) -> SurveyAnswer:
    given = {key: value for key, value in sheet.answers.items() if value}
    traits = {trait: sheet.traits.get(trait, "") for trait in survey.TRAITS}
    wrong = (
        not set(given) <= known
        or not set(given.values()) <= set(survey.ANSWERS)
        or any(value and value not in survey.TRAITS[trait] for trait, value in traits.items())
        or sheet.reached not in {"", survey.YES, survey.NO}
    )
    if wrong:
        raise DomainError(_("Hay una respuesta que no es de esta encuesta."))
    if not given:
        raise DomainError(
            _("La hoja está vacía."),
            hint=_("Si no quiso contestar, cuéntala al cerrar la encuesta."),
        )
    return SurveyAnswer(round=found, answers=given, reached=sheet.reached, **traits)


@transaction.atomic
def close_round(*, by: User, round_id: UUID, on: date, refused: int) -> SurveyRound:
    """Close a survey, with how many would not answer: without them no share can be read."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(rounds_visible_to(by).select_for_update(of=("self",)), pk=round_id)
    if found.closed_on is not None:
        raise Conflict(_("Esta encuesta ya está cerrada."))
    happened(by, on)
    if on < found.started_on:
        raise DomainError(_("Se cierra antes de empezar. Revisa la fecha."))
    found.closed_on, found.refused = on, refused
    found.save(update_fields=["closed_on", "refused"])
    record("survey_round.close", by=by, subject=found, detail={"refused": refused})
    return found
