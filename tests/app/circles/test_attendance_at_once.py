"""Taps at the same instant: each counts once, none is lost, none is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from tests.factories.access import UserFactory
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.flushing import flush_past_the_triggers  # noqa: F401

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.actions import attendance, sessions
from tequio.circles.models import Attendance, Mark, Membership, Session
from tequio.core import clock
from tequio.core.errors import DomainError

# In memory all threads would share one connection: a file, or PostgreSQL.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    *([pytest.mark.sqlite_file] if connection.vendor == "sqlite" else []),
]


@pytest.fixture
def tonight(transactional_db: None) -> tuple[User, Session, list[Membership]]:
    by = UserFactory.create(roles=["facilitator"])
    group = GroupFactory.create(organisation=by.organisation, facilitators=[by])
    (session,) = sessions_of(group, clock.today("America/Mexico_City"), 1, held=0)
    men = attend(group, [session], {f"Nogal {n}": "." for n in range(8)})
    return User.objects.get(pk=by.pk), session, men


def _together(doings: Sequence[Callable[[], object]]) -> list[str]:
    gate = Barrier(len(doings))

    def one(what: Callable[[], object]) -> str:
        try:
            gate.wait()
            what()
        except DomainError as refusal:
            return type(refusal).__name__
        else:
            return "kept"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return [done.result() for done in [pool.submit(one, what) for what in doings]]


def _tap(
    tonight: tuple[User, Session, list[Membership]], man: int, status: str, number: object
) -> Callable[[], object]:
    by, session, men = tonight
    return lambda: attendance.mark(
        by=by,
        session_id=session.pk,
        membership_id=men[man].pk,
        status=status,
        mark_id=number,  # type: ignore[arg-type]
    )


def test_the_same_tap_eight_times_at_once_counts_once(
    tonight: tuple[User, Session, list[Membership]],
) -> None:
    number = uuid4()
    assert _together([_tap(tonight, 0, "present", number)] * 8) == ["kept"] * 8
    assert Mark.objects.count() == Attendance.objects.count() == 1
    assert Event.objects.filter(kind="attendance.mark").count() == 1


def test_one_number_with_two_contents_at_once_keeps_one_and_remembers_the_other(
    tonight: tuple[User, Session, list[Membership]],
) -> None:
    number = uuid4()
    taps = [_tap(tonight, 0, status, number) for status in ("present", "absent")]
    assert sorted(_together(taps)) == ["Conflict", "kept"]
    kept = Attendance.objects.get().status
    refused = Event.objects.get(kind="attendance.conflict").detail["status"]
    assert {kept, refused} == {"present", "absent"}


def test_eight_men_marked_at_once_are_all_kept(
    tonight: tuple[User, Session, list[Membership]],
) -> None:
    assert _together([_tap(tonight, n, "present", uuid4()) for n in range(8)]) == ["kept"] * 8
    assert Attendance.objects.count() == 8
    tonight[1].refresh_from_db()
    assert tonight[1].state == "held"


def test_two_phones_on_one_seat_leave_one_mark_and_two_traces(
    tonight: tuple[User, Session, list[Membership]],
) -> None:
    taps = [_tap(tonight, 0, status, uuid4()) for status in ("present", "late", "absent")]
    assert _together(taps) == ["kept"] * 3
    assert Attendance.objects.count() == 1
    assert Event.objects.filter(kind="attendance.mark").count() == 3


def test_a_tap_and_no_session_at_once_never_both_stand(
    tonight: tuple[User, Session, list[Membership]],
) -> None:
    by, session, _men = tonight
    for _turn in range(6):
        Attendance.objects.all().delete()
        Session.objects.update(state="planned", reason="")
        _together(
            [
                _tap(tonight, 0, "present", uuid4()),
                lambda: sessions.did_not_happen(by=by, session_id=session.pk, reason="place"),
            ]
        )
        session.refresh_from_db()
        assert (session.state == "held") == Attendance.objects.exists()
