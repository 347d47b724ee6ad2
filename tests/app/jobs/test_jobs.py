"""Background work: who sees it, how it shows, what recurs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.entering import text_of
from tests.people import signed_in_client

from tequio.access.models import FailedSignIn, User
from tequio.audit.models import Event
from tequio.config import worker
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.jobs import actions, bell, recurring, schedule, tasks, work
from tequio.jobs.models import Job
from tequio.jobs.work import Progress

MORNING = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def job(coordinator: User) -> Job:
    """A piece of work of Maru's that runs."""
    return Job.objects.create(
        organisation=coordinator.organisation,
        started_by=coordinator,
        kind="test.work",
        subject_id=uuid4(),
        state=Job.State.RUNNING,
        done=3,
        total=1200,
    )


def _address(job: Job) -> str:
    return f"/tareas/{job.pk}/"


def test_the_page_shows_how_far_it_is_and_can_be_refreshed_without_scripts(
    job: Job, coordinator: User
) -> None:
    page = text_of(signed_in_client(coordinator).get(_address(job)))

    assert "3 de 1,200" in page
    assert f'hx-get="{_address(job)}"' in page
    assert 'hx-trigger="every 1s"' in page
    assert "<noscript>" in page
    assert f'action="{_address(job)}cancelar/"' in page


def test_the_fragment_is_only_the_fragment_and_reloads_the_page_at_the_end(
    job: Job, coordinator: User
) -> None:
    client = signed_in_client(coordinator)
    running = client.get(_address(job), headers=FRAGMENT)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, finished_at=clock.now())
    over = client.get(_address(job), headers=FRAGMENT)

    assert "<html" not in text_of(running)
    assert "HX-Refresh" not in running
    assert over["HX-Refresh"] == "true"
    assert "hx-trigger" not in text_of(over)


def test_a_failed_job_says_why_and_what_to_do(job: Job, coordinator: User) -> None:
    client = signed_in_client(coordinator)
    ended = {"state": Job.State.FAILED, "finished_at": clock.now()}
    Job.objects.filter(pk=job.pk).update(**ended, message="La hoja está vacía. Revisa el archivo.")
    told = text_of(client.get(_address(job)))
    Job.objects.filter(pk=job.pk).update(message="")
    untold = text_of(client.get(_address(job)))

    assert "La hoja está vacía. Revisa el archivo." in told
    assert "Fue un error nuestro" in untold


def test_a_job_exists_only_for_who_started_it(
    job: Job, administrator: User, outsider: User
) -> None:
    for user in (administrator, outsider):
        client = signed_in_client(user)
        foreign, nobody = client.get(_address(job)), client.get(f"/tareas/{uuid4()}/")
        assert (foreign.status_code, foreign.content) == (404, nobody.content)
        assert client.post(f"{_address(job)}cancelar/").status_code == 404


def test_cancelling_asks_once_and_is_recorded(job: Job, coordinator: User) -> None:
    client = signed_in_client(coordinator)
    client.post(f"{_address(job)}cancelar/")

    job.refresh_from_db()
    assert job.cancel_asked
    assert "Se pidió cancelar" in text_of(client.get(_address(job)))
    assert Event.objects.get().kind == "job.cancel"


def _run(coordinator: User, what: work.Work, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setitem(work._works, "test.work", what)
    job = actions.start(by=coordinator, kind="test.work", subject_id=uuid4(), total=2)
    tasks.run.func(str(job.pk))
    job.refresh_from_db()
    return job


def test_work_ends_done(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = _run(coordinator, lambda _job, progress: progress.say(2, 2), monkeypatch)

    assert (job.state, job.done, job.over) == (Job.State.DONE, 2, True)


def test_a_refusal_is_told_and_a_bug_is_not_quoted(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_job: Job, _progress: Progress) -> None:
        raise DomainError("La hoja está vacía.", hint="Revisa el archivo.")

    def crash(_job: Job, _progress: Progress) -> None:
        raise ZeroDivisionError("Juan Pérez")

    refused = _run(coordinator, refuse, monkeypatch)
    assert (refused.state, refused.message) == (
        Job.State.FAILED,
        "La hoja está vacía. Revisa el archivo.",
    )
    with pytest.raises(ZeroDivisionError):
        _run(coordinator, crash, monkeypatch)
    assert not Job.objects.filter(message__contains="Juan").exists()
    assert not Job.objects.filter(finished_at__isnull=True).exists()


def test_work_that_is_cancelled_stops_at_its_next_step(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask_and_go_on(job: Job, progress: Progress) -> None:
        actions.cancel(by=coordinator, job_id=job.pk)
        progress.say(1, 2)
        raise AssertionError("It went on.")

    assert _run(coordinator, ask_and_go_on, monkeypatch).state == Job.State.CANCELLED


# --- By the clock ---------------------------------------------------------------------------------


def test_sealing_checking_and_forgetting_are_registered_when_the_server_starts() -> None:
    known = {item.name: item.every for item in schedule._recurring}

    assert known["audit.seal"] == timedelta(minutes=1)
    assert {"audit.verify", "access.forget"} <= set(known)


def test_something_recurring_is_due_again_after_its_time_and_after_a_clock_set_back() -> None:
    item = schedule.Recurring("x", timedelta(minutes=1), lambda: None, last=MORNING)

    assert not item.due(MORNING + timedelta(seconds=59))
    assert item.due(MORNING + timedelta(seconds=60))
    assert item.due(MORNING - timedelta(hours=1))


def test_one_failure_does_not_keep_the_rest_from_happening(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    items = [
        schedule.Recurring("bad", timedelta(minutes=1), lambda: 1 / 0),
        schedule.Recurring("good", timedelta(minutes=1), lambda: done.append("good")),
    ]
    monkeypatch.setattr(schedule, "_recurring", items)

    assert schedule.run_due() == ["good"]
    assert done == ["good"]


def test_what_another_process_does_is_not_due_here_unless_it_broke(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = MORNING - timedelta(minutes=2)
    item = schedule.Recurring("x", timedelta(minutes=1), lambda: None, last=before)
    monkeypatch.setattr(schedule, "_recurring", [item])
    looks = schedule.Elsewhere()
    with clock.at(MORNING):
        assert looks.due()
        begun = looks.begin()
        assert not looks.due()
        begun.undo()
        assert looks.due()
    assert item.last == before


def test_one_round_does_what_waits_and_what_is_due_and_ends(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    item = schedule.Recurring("x", timedelta(minutes=1), lambda: done.append("clock"))
    monkeypatch.setattr(schedule, "_recurring", [item])
    monkeypatch.setattr(worker, "call_command", lambda *_a, **_k: done.append("queue"))
    assert worker.once() == 0
    assert sorted(done) == ["clock", "queue"]


def test_work_that_is_queued_rings_the_bell(
    coordinator: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    heard, cord = os.pipe()
    before = list(bell._cord)
    bell.hang(cord)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            actions.start(by=coordinator, kind="none", subject_id=uuid4())
        assert os.read(heard, 10) == bell.RUNG
    finally:
        bell._cord[:] = before
        os.close(heard)
        os.close(cord)


def test_the_nightly_run_seals_and_checks_every_chain(coordinator: User, outsider: User) -> None:
    for user in (coordinator, outsider):
        with clock.at(MORNING):
            actions.start(by=user, kind="none", subject_id=uuid4())

    recurring.seal_and_check_everything()

    checked = Event.objects.filter(kind="audit.verify").values_list("organisation_id", flat=True)
    assert set(checked) == {None, coordinator.organisation_id, outsider.organisation_id}


def test_counts_of_failures_are_forgotten(db: None) -> None:
    FailedSignIn.objects.create(key="old", failures=9, last_at=MORNING - timedelta(hours=2))
    FailedSignIn.objects.create(key="new", failures=9, last_at=MORNING)
    with clock.at(MORNING):
        recurring.forget_old_attempts()

    assert FailedSignIn.objects.get().key == "new"
