"""What the calendar asks of the women's team: studies of their words, their days, their plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from tequio.instruments import definitions
from tequio.studies import recipe as recipes
from tequio.studies.models import Plan, Release, Study
from tequio.studies.queries.releases import (
    WITH_DAYS,
    Coming,
    OpenRelease,
    line,
    of_study,
    opened,
)
from tequio.studies.queries.studies import in_words
from tequio.studies.recipe import Recipe
from tequio.studies.rules import findings, said
from tequio.studies.rules.calendar import Due
from tequio.studies.rules.said import Line
from tequio.survivors.opened import OpenWall


@dataclass(frozen=True, slots=True)
class Asked:
    """What the plan reads, in words: questionnaires, moments, who, until when."""

    plan: Plan
    recipe: Recipe
    questionnaires: Sequence[str]
    moments: Sequence[str]
    # Whether the dates of her services are read too.
    services: bool
    lines: Sequence[Line]


def due(by: OpenWall) -> list[Coming]:
    """Return what the calendar asks for, the oldest first, and what comes next."""
    studies = (
        Study.objects.filter(
            organisation=by.user.organisation_id,
            informant=Study.Informant.WOMEN,
            state=Study.State.PLANNED,
        )
        .select_related("organisation")
        .prefetch_related(*WITH_DAYS)
    )
    found = [one for study in studies for one in of_study(study)]
    return sorted(found, key=lambda one: (one.due.on, one.study.title))


def asked(plan: Plan) -> Asked:
    """Say what a plan reads."""
    recipe = recipes.read(plan.recipe)
    known = definitions.shipped()
    slugs = dict.fromkeys(one.instrument for one in recipe.outcomes if not one.event)
    names = [known[slug].instrument.name.now() if slug in known else slug for slug in slugs]
    moments = [str(said.HER_WAVES.get(wave, wave)) for wave in recipe.waves]
    services = any(one.event for one in recipe.outcomes)
    return Asked(plan, recipe, names, moments, services, in_words(plan))


def as_it_would_be(
    study: Study, plan: Plan, due_: Due, result: dict[str, object] | None, mark: str
) -> OpenRelease:
    """Return a release that is not one yet, for the page that shows exactly what would leave."""
    outcome = Release.Outcome.PUBLISHED if result else Release.Outcome.NOT_ENOUGH
    bare = Release(
        id=Release.key_of(study.pk, due_.on),
        study=study,
        plan=plan,
        number=study.releases.count() + 1,
        due_on=due_.on,
        period_from=due_.period_from,
        period_to=due_.period_to,
        outcome=outcome,
    )
    return OpenRelease(
        line=line(bare),
        result=result,
        text="",
        findings=findings.said(result) if result else (),
        notes=findings.notes(result) if result else (),
        plan=plan,
        amendments=(),
        seal=Release.Seal.HMAC,
        sha256=mark,
        frozen_late=timezone.localdate(plan.frozen_at) > due_.period_from,
    )


def released(by: OpenWall, study_id: UUID, on: date) -> OpenRelease | None:
    """Return what women's words of a day were published already, as everybody outside reads it."""
    found = (
        Release.objects.select_related("study", "plan", "plan__study")
        .filter(
            organisation=by.user.organisation_id,
            study=study_id,
            study__informant=Study.Informant.WOMEN,
            due_on=on,
        )
        .first()
    )
    return None if found is None else opened(found)
