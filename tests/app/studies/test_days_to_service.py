"""How long she waited: counted behind the wall, in memory, of whoever asked for something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from tests.factories import releases as made
from tests.people import *  # noqa: F403
from tests.walls import Walled, client_behind, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.studies import recipe as recipes
from tequio.studies.actions import studies
from tequio.studies.datasets import women
from tequio.studies.models import Study
from tequio.studies.rules import calendar
from tequio.survivors import extracts
from tequio.survivors.actions import sheets
from tequio.survivors.rules.sheets import Body, Referral, Service, Step

pytestmark = pytest.mark.django_db

CAME, UNTIL = made.CAME, date(2026, 12, 31)


def day(n: int) -> date:
    return CAME + timedelta(days=n)


def asked(on: int, met: int | None = None, dropped: int | None = None) -> Service:
    return Service(
        need="legal",
        asked_on=day(on),
        met_on=None if met is None else day(met),
        dropped_on=None if dropped is None else day(dropped),
    )


def passed_on(*steps: tuple[str, int]) -> Referral:
    return Referral(
        to="Asesoría",
        purpose="legal",
        data=("nothing",),
        agreed_on=day(steps[0][1]),
        agreed_until=day(400),
        steps=tuple(Step(state, day(on)) for state, on in steps),
    )


@pytest.fixture
def walled(advocate: User) -> Iterator[Walled]:
    with clock.at(datetime(2026, 1, 12, 18, tzinfo=UTC)):
        walled = found_wall(advocate)
    with clock.at(made.ON_THE_DAY):
        yield walled


def waits(walled: Walled, *, services: bool = True) -> list[extracts.Waited | None]:
    """Read what a plan may read; in the order in which the cases were made."""
    wanted = extracts.Wanted(
        study=UUID(int=7),
        instruments=(),
        waves=(),
        first=date(2026, 1, 1),
        last=UNTIL,
        until=UNTIL,
        services=services,
    )
    found = extracts.read(by=walled.by, wanted=wanted)
    return [found.waits.get(who) for who in found.women]


@pytest.mark.parametrize(
    ("there", "days", "served"),
    [
        ([asked(0, 12)], 12, True),
        # The first of all that she got, whatever she asked for first.
        ([asked(0, 60), asked(20, 25)], 25, True),
        ([asked(0), passed_on(("sent", 3), ("accepted", 5), ("served", 40))], 40, True),
        # Got before anybody began her file.
        ([Service(need="legal", asked_on=day(-9), met_on=day(-2))], 0, True),
        # Nobody served her: known until the end of the period, and not a day longer.
        ([asked(0)], (UNTIL - CAME).days, False),
        ([asked(0, met=(UNTIL - CAME).days + 5)], (UNTIL - CAME).days, False),
        ([passed_on(("sent", 3), ("declined", 6))], (UNTIL - CAME).days, False),
        # She no longer wants any of it; what she still wants goes on.
        ([asked(0, dropped=30), passed_on(("sent", 3), ("revoked", 44))], 44, False),
        ([asked(0, dropped=30), asked(5)], (UNTIL - CAME).days, False),
    ],
)
def test_days_run_from_when_she_came_to_the_first_service_that_she_got(
    walled: Walled, there: list[Body], days: int, served: bool
) -> None:
    (case,) = made.women(walled, 1)
    for body in there:
        sheets.write(by=walled.by, case_id=case, body=body)
    (found,) = waits(walled)
    assert found is not None
    assert (found.days, found.served) == (days, served)


def test_who_asked_for_nothing_waited_for_nothing_and_what_no_plan_asks_is_not_looked_at(
    walled: Walled,
) -> None:
    none, one = made.women(walled, 2)
    sheets.write(by=walled.by, case_id=one, body=asked(0, 12))
    # Asked for after the period: of this release she is one who asked for nothing.
    sheets.write(by=walled.by, case_id=none, body=asked((UNTIL - CAME).days + 3))
    found = waits(walled)
    assert sum(one is None for one in found) == 1
    assert waits(walled, services=False) == [None, None]


def frozen(by: User) -> Study:
    with clock.at(datetime(2025, 12, 10, 18, tzinfo=UTC)):
        begun = studies.begin(by=by, question="mujeres-acompanadas", title="Ellas")
        studies.choose(
            by=by,
            study_id=begun.pk,
            primary=("espacio-ella/mean",),
            secondary=("servicio/days",),
            wave="T3",
            first=date(2026, 1, 1),
            last=UNTIL,
            released=made.DUE,
            monthly=3.0,
        )
        studies.choose_design(by=by, study_id=begun.pk, design="hers", today=date(2025, 12, 10))
        studies.freeze(by=by, study_id=begun.pk)
    return begun


def test_rows_hold_days_and_nothing_of_the_sheet(walled: Walled, evaluator: User) -> None:
    study = frozen(evaluator)
    cases = made.women(walled, 3)
    sheets.write(by=walled.by, case_id=cases[0], body=asked(0, 12))
    sheets.write(by=walled.by, case_id=cases[1], body=asked(4))
    recipe = recipes.read(study.plans.get().recipe)
    built = women.build(walled.by, study, recipe, calendar.days(recipe)[0])
    header, *rows = built.rows.decode().splitlines()
    assert header.split(",")[-2:] == ["servicio_days", "servicio_days_happened"]
    told = sorted(row.split(",")[-2:] for row in rows if ",T0," in row)
    assert told == [["", ""], ["12", "1"], [str((UNTIL - CAME).days), "0"]]
    assert all(row.endswith(",,") for row in rows if ",T0," not in row)
    assert "legal" not in built.rows.decode()


def test_a_service_since_the_release_before_counts_as_something_new(
    walled: Walled, evaluator: User
) -> None:
    """Two releases that differ by one woman's first service would tell, subtracted, of hers."""
    first = women.Window(date(2026, 1, 1), UNTIL, date(2026, 6, 30), own=True)
    now = women.Window(date(2026, 1, 1), UNTIL, UNTIL)
    waited = {f"w{n}": extracts.Waited(CAME, 200 if n < 3 else 20, served=True) for n in range(30)}
    found = extracts.Extract(dict.fromkeys(waited, CAME), (), waited)
    assert women._differing(found, now, first) == 3


def test_the_wall_says_that_only_days_are_read_of_her_services(
    walled: Walled, evaluator: User
) -> None:
    study = frozen(evaluator)
    client = client_behind(walled)
    page = client.get(reverse("walled:one", args=[study.pk, made.DUE.isoformat()]))
    assert "Solo cuántos días pasaron" in page.content.decode()
    assert "a los tres meses" in page.content.decode()
