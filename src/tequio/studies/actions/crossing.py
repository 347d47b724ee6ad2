"""Over the wall: a member sees what would leave, and lets it leave. Nothing of it is kept between.

It happens within her own requests, while she holds the wall open; when it closes, the child is
gone, and it is done again another day.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.studies import aside
from tequio.studies import recipe as recipes
from tequio.studies.actions import releasing
from tequio.studies.datasets import reaches_the_end, women
from tequio.studies.models import Plan, Release, Study
from tequio.studies.rules import calendar
from tequio.studies.rules import releasing as rules
from tequio.studies.rules.calendar import Due
from tequio.survivors import extracts
from tequio.survivors.opened import OpenWall


@dataclass(frozen=True, slots=True)
class AboutToLeave:
    """Exactly what would leave: a result or that it is not enough, and what vouches for the data.

    `token` is the same, sealed, for the page that shows it.
    """

    study: Study
    due: Due
    result: str | None
    mark: str
    token: str


def prepare(
    *,
    by: OpenWall,
    study_id: UUID,
    due_on: date,
    stop: Callable[[], bool] = lambda: False,
) -> AboutToLeave:
    """Read what the plan asks for, evaluate it in a child, and show what came of it.

    Raises
    ------
    aside.Stopped
        If the wall was closed meanwhile.
    """
    study, plan, due = asked_for(by, study_id, due_on)
    recipe = recipes.read(plan.recipe)
    built = women.build(by, study, recipe, due)
    result = None
    if reaches_the_end(recipe, built.rows) and rules.enough_new(built.fresh):
        result = aside.evaluate(plan=plan.text, rows=built.rows, stop=stop).result
    mark = releasing.nothing_said(plan, due)
    if result is not None:
        mark = extracts.fingerprint(by=by, what=_named(plan, due) + built.rows)
        result = without_hash(result, mark)
    token = extracts.hold(
        by=by, place=_place(study, due, plan), body={"result": result, "mark": mark}
    )
    return AboutToLeave(study, due, result, mark, token)


@transaction.atomic
def publish(*, by: OpenWall, study_id: UUID, due_on: date, token: str) -> Release:
    """Let leave exactly what the page held, and write it down on both sides."""
    study, plan, due = asked_for(by, study_id, due_on)
    body = extracts.held(by=by, place=_place(study, due, plan), token=token)
    if body is None:
        raise DomainError(
            _("Lo que se mostró ya no vale: pasó más de una hora o cambió el plan."),
            hint=_("Calcúlalo otra vez y míralo de nuevo antes de publicar."),
        )
    release = releasing.new(study, plan, due, body["result"])
    release.seal, release.sha256 = Release.Seal.HMAC, str(body["mark"])
    # The hour at which somebody worked here is nobody's: the day is enough.
    release.published_at = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    release.save(force_insert=True)
    extracts.left(by=by, title=study.title, day=due.on)
    return release


def asked_for(by: OpenWall, study_id: UUID, due_on: date) -> tuple[Study, Plan, Due]:
    """Return what is due: of women here, by the calendar, and not yet published."""
    study = (
        Study.objects.select_related("organisation")
        .filter(
            pk=study_id,
            organisation=by.user.organisation_id,
            informant=Study.Informant.WOMEN,
            state=Study.State.PLANNED,
        )
        .first()
    )
    plan = study.plans.order_by("-number").first() if study else None
    if study is None or plan is None:
        raise not_visible()
    days = calendar.days(recipes.read(plan.recipe))
    today = clock.today(study.organisation.timezone)
    due = next((one for one in calendar.due(days, today) if one.on == due_on), None)
    if due is None:
        raise not_visible()
    if study.releases.filter(due_on=due_on).exists():
        raise Conflict(
            _("Esto ya se publicó y no cambia."),
            hint=_("Lo que se corrija entra en la publicación siguiente."),
        )
    return study, plan, due


def vouched_for(*, by: OpenWall, release: Release) -> bool:
    """Tell whether the answers as they are now give the fingerprint that was published."""
    plan = release.plan
    recipe = recipes.read(plan.recipe)
    due = next(one for one in calendar.days(recipe) if one.on == release.due_on)
    built = women.build(by, release.study, recipe, due)
    return extracts.vouches(by=by, what=_named(plan, due) + built.rows, mark=release.sha256)


def without_hash(result: str, mark: str) -> str:
    """Put the keyed fingerprint where the plain hash of women's rows stood.

    Few rows could be found again by trying them all against a plain hash.
    """
    whole = json.loads(result)
    whole["data_sha256"] = mark
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _named(plan: Plan, due: Due) -> bytes:
    """The plan and the day go into the fingerprint: equal answers never show as equal."""
    return f"{plan.sha256}|{due.on.isoformat()}\n".encode()


def _place(study: Study, due: Due, plan: Plan) -> str:
    return f"{study.pk}|{due.on.isoformat()}|{plan.sha256}"
