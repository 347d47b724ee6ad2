"""Publishing on its day: nobody presses a button, and nobody holds a number back."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.db import transaction

from tequio.access.models import Organisation
from tequio.audit.record import record
from tequio.core import clock
from tequio.studies import data_vault
from tequio.studies import recipe as recipes
from tequio.studies.models import Plan, Release, Run, Study
from tequio.studies.rules import calendar
from tequio.studies.rules.calendar import Due


def publish_due(*, organisation_id: UUID | None = None) -> int:
    """Publish what was run and whose day has come; return how many releases that made."""
    houses = Organisation.objects.all()
    if organisation_id is not None:
        houses = houses.filter(pk=organisation_id)
    return sum(_publish_of(house) for house in houses)


def _publish_of(house: Organisation) -> int:
    """Of several runs for one day the newest counts; all of them are there to be seen."""
    today = clock.today(house.timezone)
    ready = Run.objects.filter(
        organisation=house, state=Run.State.DONE, due_on__lte=today, release__isnull=True
    ).select_related("study", "data_set__plan")
    newest: dict[tuple[UUID, date], Run] = {}
    for run in ready.order_by("finished_at", "pk"):
        newest[run.study_id, run.due_on] = run
    made = 0
    for (_study, due_on), run in sorted(newest.items(), key=lambda item: item[0][1]):
        if not Release.objects.filter(study=run.study_id, due_on=due_on).exists():
            made += _publish(run)
    return made


@transaction.atomic
def _publish(run: Run) -> int:
    plan = run.data_set.plan
    due = next(one for one in calendar.days(recipes.read(plan.recipe)) if one.on == run.due_on)
    release = new(run.study, plan, due, data_vault.open_result(run))
    release.run, release.seal, release.sha256 = run, Release.Seal.SHA256, run.data_set.sha256
    release.save(force_insert=True)
    record(
        "study_release.publish",
        by=None,
        organisation_id=run.organisation_id,
        subject=release,
        detail={"outcome": release.outcome},
    )
    return 1


def new(study: Study, plan: Plan, due: Due, result: str | None) -> Release:
    """Return an unsaved release; whoever saves it says what vouches for its data."""
    outcome = Release.Outcome.PUBLISHED if result else Release.Outcome.NOT_ENOUGH
    return Release(
        id=Release.key_of(study.pk, due.on),
        organisation_id=study.organisation_id,
        study=study,
        plan=plan,
        number=study.releases.count() + 1,
        due_on=due.on,
        period_from=due.period_from,
        period_to=due.period_to,
        outcome=outcome,
        result=result or "",
    )


def nothing_said(plan: Plan, due: Due) -> str:
    """Return what stands for the data where it is not enough: the plan and the day, no answer."""
    return hashlib.sha256(f"{plan.sha256}|{due.on.isoformat()}".encode()).hexdigest()
