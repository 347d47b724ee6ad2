"""What men answered, as rows. Only of who agreed; a man is a code of this study and of no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from tequio.access.vault import key_of
from tequio.circles.models import Attendance, Membership, Session
from tequio.circles.rules import PRESENT_CODES
from tequio.people import sealed_answers
from tequio.people.models import Assessment, Intake
from tequio.people.policies import agreeing
from tequio.studies import recipe as names
from tequio.studies.datasets.comparison import rows_of_ally
from tequio.studies.datasets.table import Built, Row, as_file, merged, scored
from tequio.studies.models import Study
from tequio.studies.queries.lotteries import arms, starts
from tequio.studies.queries.while_waiting import waiting
from tequio.studies.questions import ATTENDANCE
from tequio.studies.recipe import Recipe
from tequio.studies.rules.calendar import Due
from tequio.studies.rules.lotteries import ARMS

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Man:
    """One man of the population: his first place in it, and what was known at the start."""

    key: UUID
    way: UUID | None
    site: UUID | None
    cells: Mapping[str, str]
    came: date | None = None
    # Under which he answered while he waited: what he says on his own way compares with nobody.
    ticket: UUID | None = None

    def said_on(self, way: UUID | None) -> bool:
        """Whether an answer under this key is his here; under none is what he said before."""
        return way is None or way == (self.ticket or self.way)

    def waits_no_longer(self, on: date) -> bool:
        """Whether he was drawn to wait and had a seat by then: that answer compares with nobody."""
        waits = self.cells.get(names.ARM) == ARMS["wait"][1]
        return waits and self.came is not None and on > self.came


def build(study: Study, recipe: Recipe, due: Due) -> Built:
    """Put together the men's data set of a study until the end of a closed period."""
    population = _population(study, recipe, due)
    agreed = set(agreeing(study.organisation_id).values_list("pk", flat=True))
    men = {key: man for key, man in population.items() if key in agreed}
    codes = _codes(study, men)
    told = _answered(study, recipe, due, men)
    answered = [(row, on) for row, on in told if not men[UUID(row.unit)].waits_no_longer(on)]
    dose = _dose(men, recipe, due)
    began = _began(recipe)
    counted = [one.name for one in recipe.outcomes if one.instrument == ATTENDANCE]
    # A row for each moment, answered or not: who is missing there is seen to be missing.
    rows = [Row(codes[key], wave, {}) for key in men for wave in recipe.waves]
    for key in men if counted else ():
        sessions = str(dose.get(key, 0))
        rows.append(Row(codes[key], recipe.waves[-1], dict.fromkeys(counted, sessions)))
    for row, on in answered:
        cells = dict(row.cells)
        if began is not None:
            cells[names.EXPOSED] = _exposed(men[UUID(row.unit)], began, on)
        rows.append(Row(codes[UUID(row.unit)], row.wave, cells))
    by_code = {codes[key]: (man, dose.get(key, 0)) for key, man in men.items()}
    whole = [_with_man(row, *by_code[row.unit]) for row in merged(rows)]
    after = due.before or date.min
    fresh = {row.unit for row, on in answered if on > after}
    units = len(men)
    if recipe.arm is not None and recipe.arm.kind == "comparison" and recipe.arm.of is not None:
        others = rows_of_ally(study, recipe, recipe.arm.of, due)
        whole += others
        units += len({row.unit for row in others})
    file = as_file(recipe, whole)
    return Built(file, len(whole), units, len(population) - len(men), len(fresh))


def _population(study: Study, recipe: Recipe, due: Due) -> dict[UUID, Man]:
    """Return who came between the two days, or whom a lottery listed; each by his first place."""
    drawn = None
    if recipe.arm is not None and recipe.arm.kind == "lottery" and recipe.arm.of is not None:
        drawn = arms(recipe.arm.of)
    last = min(recipe.population.last, due.period_to)
    places = Membership.objects.filter(
        group__organisation=study.organisation_id, visit=False
    ).annotate(came=Coalesce("joined_on", "group__starts_on", Min("group__sessions__planned_on")))
    places = places.filter(came__lte=last)
    if drawn is None:
        places = places.filter(came__gte=recipe.population.first)
    else:
        places = places.filter(participant__in=list(drawn))
    if recipe.population.editions:
        places = places.filter(group__edition__in=recipe.population.editions)
    found: dict[UUID, Man] = {}
    rows = places.select_related("group__site").order_by("came", "pk")
    for place in rows:
        cells = {names.SITE: place.group.site.name, names.GROUP: place.group.name}
        if drawn is not None:
            cells[names.ARM] = drawn[place.participant_id]
        elif recipe.arm is not None and recipe.arm.kind == "comparison":
            cells[names.ARM] = "programme"
        came = place.came
        man = Man(place.participant_id, place.pk, place.group.site_id, cells, came)
        found.setdefault(place.participant_id, man)
    for key, arm in (drawn or {}).items():
        # Drawn, and never came: he counts where chance put him.
        found.setdefault(key, Man(key, None, None, {names.ARM: arm}))
    return _with_start(recipe, _with_tickets(recipe, found))


def _with_tickets(recipe: Recipe, men: dict[UUID, Man]) -> dict[UUID, Man]:
    """Give who waits the key under which he answers meanwhile, and the day of his own seat."""
    arm = recipe.arm
    if arm is None or arm.kind != "lottery" or arm.of is None:
        return men
    waits = {key: one for key, one in waiting(arm.of).items() if key in men}
    told = {
        key: replace(men[key], ticket=one.ticket, came=one.seat_on) for key, one in waits.items()
    }
    return men | told


def _with_start(recipe: Recipe, men: dict[UUID, Man]) -> dict[UUID, Man]:
    wanted = [name for name in ("route", "motive") if name in recipe.covariates]
    if not wanted:
        return men
    told: dict[UUID, dict[str, str]] = {}
    rows = Intake.objects.filter(participant__in=list(men), state=Intake.State.DONE)
    for key, *values in rows.order_by("finished_at", "pk").values_list("participant_id", *wanted):
        told[key] = dict(zip(wanted, values, strict=True))
    return {key: replace(man, cells={**man.cells, **told.get(key, {})}) for key, man in men.items()}


def _answered(
    study: Study, recipe: Recipe, due: Due, men: Mapping[UUID, Man]
) -> Iterator[tuple[Row, date]]:
    """Open answers a few at a time: of the first way of each, or of his wait; the last said."""
    zone = ZoneInfo(study.organisation.timezone)
    end = datetime.combine(due.period_to, datetime.max.time(), zone)
    keys = (
        Assessment.objects.filter(
            organisation=study.organisation_id,
            state=Assessment.State.DONE,
            instrument__in={one.instrument for one in recipe.outcomes},
            wave__in=recipe.waves,
            finished_at__lte=end,
        )
        .order_by("finished_at", "pk")
        .values_list("pk", "participant_id", "way_id")
    )
    mine = [pk for pk, man, way in keys if man in men and men[man].said_on(way)]
    for first in range(0, len(mine), _AT_ONCE):
        part = mine[first : first + _AT_ONCE]
        rows = Assessment.objects.in_bulk(part)
        for key in part:
            one = rows.get(key)
            if one is None or one.finished_at is None:
                continue
            said = sealed_answers.answers_of(one)
            cells = scored(recipe, one.instrument, one.version, said)
            on = one.finished_at.astimezone(zone).date()
            yield Row(str(one.participant_id), one.wave, cells), on


def _dose(men: Iterable[UUID], recipe: Recipe, due: Due) -> dict[UUID, int]:
    """Return how many meetings each came to until the end of the period."""
    rows = Attendance.objects.filter(
        Q(session__planned_on__isnull=True) | Q(session__planned_on__lte=due.period_to),
        membership__participant__in=list(men),
        status__in=PRESENT_CODES,
        session__state=Session.State.HELD,
    )
    if recipe.population.editions:
        rows = rows.filter(membership__group__edition__in=recipe.population.editions)
    counted = rows.values_list("membership__participant").annotate(
        n=Count("session", distinct=True)
    )
    return dict(counted.order_by())


def _began(recipe: Recipe) -> Mapping[UUID, date] | None:
    """Return when each site or group began, for a staggered start; None for any other design."""
    arm = recipe.arm
    if arm is None or arm.kind == "comparison":
        return None
    if arm.of is not None:
        return starts(arm.of)
    rows = Session.objects.filter(state=Session.State.HELD, planned_on__isnull=False)
    if recipe.population.editions:
        rows = rows.filter(group__edition__in=recipe.population.editions)
    return dict(rows.values_list("group__site").annotate(first=Min("planned_on")).order_by())


def _exposed(man: Man, began: Mapping[UUID, date], on: date) -> str:
    """Whether his site had begun by the day on which he answered."""
    started = began.get(man.site) if man.site is not None else None
    return "" if started is None else str(int(started <= on))


def _with_man(row: Row, man: Man, dose: int) -> Row:
    return Row(row.unit, row.wave, {**man.cells, names.DOSE: str(dose), **row.cells})


def _codes(study: Study, men: Sequence[UUID] | Mapping[UUID, Man]) -> dict[UUID, str]:
    """Return a code for each man, of this study alone: two studies cannot be laid side by side.

    Whoever forgets a man forgets his key, and the code leads nowhere.
    """
    key = key_of(study.organisation_id)
    purpose = f"study-{study.pk}"
    return {man: key.blind_index(str(man), purpose=purpose)[:16] for man in men}
