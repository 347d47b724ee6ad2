"""The clock itself, and not the functions that it calls: a year later nothing is left to erase."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from tests.app.circles import evening_world
from tests.factories.outreach import CallFactory
from tests.factories.people import IntakeFactory
from tests.people import *  # noqa: F403

from tequio.access.models import FailedSignIn, ResetCode, User
from tequio.circles.actions import tellings
from tequio.circles.models import RegisterImport, Telling
from tequio.circles.rules.evening import After, Note, Tap
from tequio.core import clock
from tequio.jobs import schedule
from tequio.outreach.models import Call
from tequio.people.models import Intake
from tequio.people.rules.answers import Texts

EVENING = evening_world.EVENING
_QUEUED = {"args": [], "kwargs": {}}


@pytest.fixture(autouse=True)
def a_fresh_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after opening Tequio: everything is due at once."""
    for item in schedule._recurring:
        monkeypatch.setattr(item, "last", None)


def _after(time: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    for item in schedule._recurring:
        monkeypatch.setattr(item, "last", None)
    with clock.at(EVENING + time):
        ran = schedule.run_due()
    assert sorted(ran) == sorted(item.name for item in schedule._recurring)


def _write_everything(facilitator: User, coordinator: User) -> None:
    made = evening_world.make(facilitator)
    man = made.men[0]
    for said in (After("Lo pensó.", "Irse antes."), Note("Volver a hablar con él.")):
        tellings.keep(
            by=facilitator,
            session_id=made.session.pk,
            membership_id=man.pk,
            said=said,
            tap=Tap(uuid.uuid4(), clock.now()),
        )
    CallFactory.create(
        membership=man,
        session=made.session,
        made_by=facilitator,
        sealed_note=b"sealed",
        note_at=clock.now(),
    )
    IntakeFactory.create(
        participant__organisation=coordinator.organisation,
        started_by=coordinator,
        wrote=Texts(motive_words="zarzamora"),
    )
    for state in ("failed", "undone", "done"):
        RegisterImport.objects.create(
            organisation=coordinator.organisation,
            file_sha256=state,
            sealed_file=b"sealed",
            state=state,
            created_by="maru",
            finished_at=clock.now(),
        )
    DBTaskResult.objects.create(
        status="FAILED",
        finished_at=clock.now(),
        args_kwargs=_QUEUED,
        task_path="tequio.jobs.tasks.run",
        backend_name="default",
        run_after=clock.now(),
        exception_class_path="builtins.ValueError",
        traceback="ValueError: 'Ana Paz Sol'",
    )
    FailedSignIn.objects.create(key="x", failures=1, last_at=clock.now())
    ResetCode.objects.create(
        user=coordinator, digest="x", issued_by="ana", expires_at=clock.now() + timedelta(days=1)
    )


def _left() -> dict[str, int]:
    return {
        "tellings": Telling.objects.filter(forgotten_at__isnull=True).count(),
        "notes": Call.objects.filter(sealed_note__isnull=False).count(),
        "texts": Intake.objects.filter(texts__isnull=False).count(),
        "files": RegisterImport.objects.filter(sealed_file__isnull=False).count(),
        "queue": DBTaskResult.objects.count(),
        "failures": FailedSignIn.objects.count() + ResetCode.objects.count(),
    }


def test_each_thing_goes_when_its_time_is_over_and_not_before(
    facilitator: User, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(EVENING):
        _write_everything(facilitator, coordinator)
        everything = _left()
    assert min(everything.values()) > 0

    _after(timedelta(minutes=1), monkeypatch)
    assert _left() == everything
    _after(timedelta(days=2), monkeypatch)
    assert _left() == {**everything, "queue": 0, "failures": 0}
    _after(timedelta(days=31), monkeypatch)
    assert _left() == {**everything, "queue": 0, "failures": 0, "files": 1}
    _after(timedelta(days=91), monkeypatch)
    assert _left() == {**dict.fromkeys(everything, 0), "files": 1}
    _after(timedelta(days=366), monkeypatch)
    assert _left() == dict.fromkeys(everything, 0)


def test_work_that_still_waits_is_not_taken_from_the_queue(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = DBTaskResult.objects.create(
        args_kwargs=_QUEUED,
        task_path="tequio.jobs.tasks.run",
        backend_name="default",
        run_after=datetime(2026, 1, 1, tzinfo=UTC),
    )
    _after(timedelta(days=366), monkeypatch)
    assert DBTaskResult.objects.get() == waits
