"""What the studies of the demonstration published: of men, and of women what two years allow.

A release speaks of a closed year, so there was one before: its register, and what its men answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import transaction

from tequio.access.models import User
from tequio.circles.actions import attendance, groups, sessions
from tequio.circles.models import Group, Membership
from tequio.core import clock, ids
from tequio.jobs.models import Job
from tequio.jobs.work import Progress
from tequio.people import aliases
from tequio.people.actions.assessments import At
from tequio.people.actions.assessments_batch import Given, record_many
from tequio.people.models import Participant
from tequio.programmes.models import Edition, Site
from tequio.simulation import arrivals, asking, comparing, her_years
from tequio.simulation.arrivals import ZONE, Staff
from tequio.simulation.evenings import moment
from tequio.simulation.men import Man, draw
from tequio.studies import recipe as recipes
from tequio.studies.actions import crossing, running
from tequio.studies.actions import studies as preparing
from tequio.studies.models import Study
from tequio.studies.rules import calendar
from tequio.studies.rules.calendar import Due
from tequio.survivors.opened import OpenWall

_GROUPS: Final = 6
_EACH: Final = 11
# What he tells of at the start and at the end, and who is asked again: invented.
_START, _END, _AGAIN = 0.22, 0.15, 0.75
# A small demonstration is for tests, and has no year before.
_LEAST: Final = 100
_ASKED: Final = "conductas-el"
_ASK_HER: Final[Mapping[str, Any]] = {
    "primary": ("servicios-ella/unmet", "espacio-ella/mean"),
    "secondary": (
        "servicio/days",
        "conductas-ella/psychological_any",
        "conductas-ella/physical_any",
    ),
    "wave": "T3",
}


def tell(staff: Staff, by: User, wall: OpenWall, *, men: int, seed: int) -> None:
    """Run what is due: of men by a job, of women behind the wall. One of hers is left to be done:
    whoever opens the wall of a demonstration finds it there.
    """
    today = clock.today(ZONE)
    year, on = today.year - 1, _day_of(today)
    if men >= _LEAST:
        with transaction.atomic():
            _register_of(year, staff, taken=men, seed=seed)
        beside = comparing.plan(staff.coordinator, by, year=year, released=on, seed=seed)
        for due in _due(beside, today):
            _run(by, beside.pk, due)
        one_year = Span(date(year, 1, 1), date(year, 12, 31), on)
        his = _planned(by, "violencia-hombres", f"Los hombres de {year}", one_year)
        for due in _due(his, today):
            _run(by, his.pk, due)
        her_years.fill(wall, last=year, seed=seed)
        two_years = Span(date(year - 1, 1, 1), date(year, 12, 31), _a_year_before(on))
        hers = _planned(by, "mujeres-acompanadas", "Cómo están las mujeres", two_years, **_ASK_HER)
        for due in _due(hers, today)[:-1]:
            _let_go(wall, hers, due)
    later = Span(date(year, 1, 1), date(year, 12, 31), on)
    few = _planned(by, "mujeres-acompanadas", "Nueve meses después", later, wave="T4")
    for due in _due(few, today):
        _let_go(wall, few, due)


@dataclass(frozen=True, slots=True)
class Span:
    """Who comes in, from and until when, and the first day on which something is published."""

    first: date
    last: date
    released: date


def _day_of(today: date) -> date:
    """Return a day some weeks ago, and of this year: what it speaks of is the year before."""
    return max(today - timedelta(days=15), date(today.year, 1, 1))


def _a_year_before(on: date) -> date:
    return on.replace(year=on.year - 1, day=min(on.day, 28))


def _let_go(wall: OpenWall, study: Study, due: Due) -> None:
    """A member looks at it on its day and lets it leave."""
    with clock.at(moment(due.on, time(12, 0))):
        shown = crossing.prepare(by=wall, study_id=study.pk, due_on=due.on)
        crossing.publish(by=wall, study_id=study.pk, due_on=due.on, token=shown.token)


def _planned(by: User, question: str, title: str, span: Span, **asked: Any) -> Study:
    """Freeze a plan before its first year begins."""
    day = date(span.first.year - 1, 12, 10)
    with clock.at(moment(day, time(12, 0))):
        begun = preparing.begin(by=by, question=question, title=title)
        preparing.choose(
            by=by,
            study_id=begun.pk,
            first=span.first,
            last=span.last,
            released=span.released,
            monthly=6.0,
            **asked,
        )
        design = "hers" if begun.informant == Study.Informant.WOMEN else "whole"
        preparing.choose_design(by=by, study_id=begun.pk, design=design, today=day)
        preparing.freeze(by=by, study_id=begun.pk)
    return begun


def _due(study: Study, today: date) -> tuple[Due, ...]:
    plan = study.plans.order_by("-number").first()
    if plan is None:
        return ()
    return calendar.due(calendar.days(recipes.read(plan.recipe)), today)


def _run(by: User, study_id: UUID, due: Due) -> None:
    run = running.start(by=by, study_id=study_id, due_on=due.on)
    job = Job.objects.get(kind=running.KIND, subject_id=run.pk)
    running.carry_out(job=job, progress=Progress(job.pk))
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.DONE, done=job.total, finished_at=clock.now()
    )


def _register_of(year: int, staff: Staff, *, taken: int, seed: int) -> None:
    """Bring the register of a year in which the groups were kept on paper."""
    rng = np.random.default_rng(seed + year)
    by, many = staff.coordinator, _GROUPS * _EACH
    men = draw(many, seed=seed + year)
    names = list(islice(aliases.fresh(()), taken, taken + many))
    edition = Edition.objects.get(organisation=by.organisation_id, model_slug="registro-previo")
    site = Site.objects.filter(organisation=by.organisation_id).order_by("name", "pk")[0]
    given: list[Given] = []
    for n in range(_GROUPS):
        these = slice(n * _EACH, (n + 1) * _EACH)
        first = date(year, 2, 4) + timedelta(weeks=5 * n)
        with clock.at(moment(first, time(18, 0))):
            there = arrivals.register(staff, rng, men[these], names[these])
            arrivals.take_in(staff, rng, there)
            group = groups.open_group_for_register(
                by=by,
                name=f"Registro {year}, grupo {n + 1}",
                site=site,
                edition=edition,
                gaps="unknown",
                import_id=ids.new_id(),
            )
            files = [one.file for one in there]
            places = groups.join_many(
                by=by, group=group, participants=files, joined_on=first, import_id=group.import_id
            )
        _on_paper(by, group, [*zip(places, men[these], strict=True)], first)
        given += _answered(files, places, first, rng)
    record_many(by=by, given=given)


def _on_paper(
    by: User, group: Group, circle: Sequence[tuple[Membership, Man]], first: date
) -> None:
    """Copy who came from the sheets of that year: what nobody wrote down stays unknown."""
    for k in range(group.edition.sessions_planned):
        on = first + timedelta(weeks=k)
        came = {place.pk: man.statuses[k] for place, man in circle if man.statuses[k]}
        with clock.at(moment(on + timedelta(days=1), time(10, 0))):
            session = sessions.add(by=by, group_id=group.pk, planned_on=on)
            attendance.mark_many(by=by, session=session, statuses=came)


def _answered(
    files: Sequence[Participant],
    places: Sequence[Membership],
    first: date,
    rng: np.random.Generator,
) -> Iterator[Given]:
    for man, place in zip(files, places, strict=True):
        tendency = 0.4 + rng.beta(2, 3)
        yield _told(man, At("T0", place.pk), first, tendency * _START, rng)
        if rng.random() < _AGAIN:
            last = first + timedelta(weeks=14)
            yield _told(man, At("T3", place.pk), last, tendency * _END, rng)


def _told(man: Participant, at: At, on: date, chance: float, rng: np.random.Generator) -> Given:
    return Given(man, _ASKED, at, moment(on, time(19, 0)), asking.behaviour(chance, rng))
