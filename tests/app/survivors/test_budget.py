"""Nobody reads every case in one sitting: sixty in an hour, and each refusal is written down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import TestCase
from tests.people import *  # noqa: F403
from tests.walls import begin_case, client_behind, found_wall

from tequio.access.models import User
from tequio.config.backups import snapshot
from tequio.core import clock, wiping
from tequio.survivors import log
from tequio.survivors.actions import cases, traces
from tequio.survivors.models import Attempt, Opening, Spent
from tequio.survivors.rules import opening

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_the_sixty_first_case_of_an_hour_stays_shut_and_is_written_down(advocate: User) -> None:
    with clock.at(NOON):
        walled = found_wall(advocate)
        made = [begin_case(walled.by, alias=f"Caso {n}") for n in range(opening.BUDGET + 1)]
        for case in made[:-1]:
            cases.read(by=walled.by, case_id=case.pk)
        with pytest.raises(cases.OverBudget):
            cases.read(by=walled.by, case_id=made[-1].pk)
        assert log.lines(by=walled.by)[0].kind == "budget.refused"
        cases.read(by=walled.by, case_id=made[0].pk)  # what was opened costs nothing again
        answer = client_behind(walled).get(f"/muro/casos/{made[-1].pk}/")
        assert answer.status_code == 429
        assert "Caso 60" not in answer.content.decode()
    with clock.at(NOON + timedelta(minutes=59)), pytest.raises(cases.OverBudget):
        cases.read(by=walled.by, case_id=made[-1].pk)
    with clock.at(NOON + timedelta(minutes=61)):
        cases.read(by=walled.by, case_id=made[-1].pk)


def test_every_reading_is_one_line_of_the_log(advocate: User) -> None:
    walled = found_wall(advocate)
    case = begin_case(walled.by)
    before = len(log.lines(by=walled.by))
    for _turn in range(3):
        cases.read(by=walled.by, case_id=case.pk)
    read = log.lines(by=walled.by)[:3]
    assert [line.kind for line in read] == ["case.read"] * 3
    assert len(log.lines(by=walled.by)) == before + 3


def test_who_opened_which_case_when_stands_nowhere_in_the_clear_an_hour_later(
    advocate: User,
) -> None:
    with clock.at(NOON):
        walled = found_wall(advocate)
        client = client_behind(walled)
        client.get(f"/muro/casos/{begin_case(walled.by).pk}/")
        client.post("/muro/abrir/", {"passphrase": "no son estas"})

    def left() -> tuple[int, ...]:
        return tuple(kept.objects.count() for kept in (Opening, Spent, Attempt))

    def a_clock_at(passed: timedelta) -> tuple[int, ...]:
        with clock.at(NOON + passed):
            traces.forget_traces()
        return left()

    there = left()
    assert min(there) > 0
    # What still counts stays: an open wall is not shut, nor is the hour's budget given back.
    assert a_clock_at(timedelta(minutes=9)) == there
    assert a_clock_at(timedelta(minutes=11))[1:] == (1, 1)
    with TestCase.captureOnCommitCallbacks() as afterwards:
        assert a_clock_at(timedelta(minutes=61)) == (0, 0, 0)
    assert wiping.wipe in afterwards
    with TestCase.captureOnCommitCallbacks() as afterwards:
        a_clock_at(timedelta(minutes=71))
    assert not afterwards
    # Nor does a back-up keep it: it would tell it for weeks.
    assert set(snapshot.PASSING) == {kept._meta.db_table for kept in (Opening, Spent, Attempt)}
