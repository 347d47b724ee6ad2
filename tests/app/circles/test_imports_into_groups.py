"""A register that goes into a group which already lives, and imports that do not arrive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from tests.factories.registers import a_signed_edition, a_site, draft_of, ready, xlsx

from tequio.access.models import User
from tequio.circles.actions import attendance, groups, imports
from tequio.circles.importing.parts import CHUNK
from tequio.circles.models import (
    Attendance,
    Group,
    ImportProblem,
    Membership,
    RegisterImport,
    Session,
)
from tequio.core import clock, ids
from tequio.jobs import actions as jobs
from tequio.jobs.models import Job
from tequio.jobs.work import Cancelled
from tequio.people import actions as people
from tequio.people.models import Participant
from tequio.people.vault import Who

MARTES = dt.date(2026, 3, 3)
AFTER = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
Jobs = Callable[[], Any]


def counts() -> dict[str, int]:
    models = [m for m in apps.get_models() if m._meta.app_label in {"circles", "people"}]
    return {m._meta.label: m.objects.count() for m in models if m is not RegisterImport}


@pytest.fixture(autouse=True)
def _june() -> Any:
    with clock.at(AFTER):
        yield


@pytest.fixture
def group(coordinator: User) -> Group:
    """Tuesdays since 3 March, twelve sessions planned."""
    return groups.open_group(
        by=coordinator,
        name="Martes",
        site=a_site(coordinator),
        edition=a_signed_edition(coordinator),
        starts_on=MARTES,
        starts_at=dt.time(19),
        facilitators=[],
    )


def member(coordinator: User, group: Group, code: str) -> Membership:
    man = people.register(by=coordinator, alias=f"A{code}", who=Who(outside_code=code))
    return groups.join(by=coordinator, group_id=group.pk, folio=man.folio, joined_on=MARTES)


def run(coordinator: User, data: bytes, jobs_run: Jobs, **where: Any) -> RegisterImport:
    draft = draft_of(coordinator, "lista.xlsx", data)
    ready(coordinator, draft, **where)
    with jobs_run():
        imports.start(by=coordinator, import_id=draft.pk)
    draft.refresh_from_db()
    return draft


def test_marks_go_to_the_planned_sessions_of_the_same_date(
    coordinator: User, group: Group, run_jobs: Jobs
) -> None:
    known = member(coordinator, group, "7")
    before = counts()
    data = xlsx(["Clave", MARTES, dt.date(2026, 3, 10)], ["7", "x", "F"], ["8", "x", "x"])
    done = run(coordinator, data, run_jobs, group=group)
    assert done.state == "done"
    assert group.sessions.count() == 12
    assert Participant.objects.count() == 2
    held = group.sessions.filter(state="held").order_by("position")
    assert [session.planned_on for session in held] == [MARTES, dt.date(2026, 3, 10)]
    assert sorted(known.attendances.values_list("status", flat=True)) == ["absent", "present"]
    imports.undo(by=coordinator, import_id=done.pk)
    assert counts() == before
    assert set(group.sessions.values_list("state", flat=True)) == {"planned"}


def test_an_existing_mark_stays_and_the_contradiction_is_told(
    coordinator: User, group: Group, run_jobs: Jobs
) -> None:
    known = member(coordinator, group, "7")
    session = group.sessions.get(position=1)
    attendance.mark(
        by=coordinator,
        session_id=session.pk,
        membership_id=known.pk,
        status="present",
        mark_id=ids.new_id(),
    )
    data = xlsx(["Clave", MARTES, dt.date(2026, 3, 10)], ["7", "F", "x"], ["8", "x", "x"])
    done = run(coordinator, data, run_jobs, group=group)
    assert known.attendances.get(session=session).status == "present"
    assert ImportProblem.objects.filter(register=done, code="mark_contradicts").count() == 1
    imports.undo(by=coordinator, import_id=done.pk)
    assert known.attendances.count() == 1
    session.refresh_from_db()
    assert session.state == "held"


def test_a_meeting_in_between_takes_its_place_and_nobody_is_moved(
    coordinator: User, group: Group, run_jobs: Jobs
) -> None:
    known = member(coordinator, group, "7")
    late = people.register(by=coordinator, alias="Tarde", who=Who())
    place = groups.join(
        by=coordinator, group_id=group.pk, folio=late.folio, joined_on=dt.date(2026, 3, 10)
    )
    assert place.joined_at_session == 2
    data = xlsx(["Clave", dt.date(2026, 3, 5), dt.date(2026, 3, 10)], ["7", "x", "x"])
    done = run(coordinator, data, run_jobs, group=group)
    days = list(group.sessions.order_by("position").values_list("planned_on", flat=True))
    assert days == sorted(days)
    assert len(days) == 13
    place.refresh_from_db()
    assert group.sessions.get(position=place.joined_at_session).planned_on == dt.date(2026, 3, 10)
    assert known.attendances.count() == 2
    imports.undo(by=coordinator, import_id=done.pk)
    place.refresh_from_db()
    assert place.joined_at_session == 2
    positions = group.sessions.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, 13))


def test_printed_columns_without_marks_are_planned_and_nobody_is_absent_from_them(
    coordinator: User, run_jobs: Jobs
) -> None:
    data = xlsx(
        ["Nombre", "Sesión 1", "Sesión 2", "Sesión 3"], ["Ana Paz Sol", "x"], ["Bo Li", "x"]
    )
    run(coordinator, data, run_jobs)
    states = Session.objects.order_by("position").values_list("state", flat=True)
    assert list(states) == ["held", "planned", "planned"]


def test_marks_without_a_date_never_go_to_a_session_that_is_still_to_come(
    coordinator: User, group: Group, run_jobs: Jobs
) -> None:
    data = xlsx(
        ["Nombre", "Sesión 1", "Sesión 2", "Sesión 3"], ["Ana Paz Sol", "x", "F"], ["Bo Li", "x"]
    )
    with clock.at(dt.datetime(2026, 3, 5, tzinfo=dt.UTC)):  # the second of its sessions is ahead
        run(coordinator, data, run_jobs, group=group)
    first, second = group.sessions.filter(attendances__isnull=False).distinct().order_by("position")
    assert (first.planned_on, first.state) == (MARTES, "held")
    assert (second.label, second.planned_on, second.state) == ("Sesión 2", None, "held")
    # The printed column that nobody used is the third of its plan, and stays so.
    assert group.sessions.count() == 13
    assert set(group.sessions.filter(planned_on__gt=MARTES).values_list("state", flat=True)) == {
        "planned"
    }


def test_several_groups_of_one_file_become_several_groups(
    coordinator: User, run_jobs: Jobs
) -> None:
    rows = [["Clave", "Grupo", "Sesión", "Asistencia"]]
    rows += [
        [n, group, f"Sesión {s}", "x"] for group in ("Norte", "Sur") for n in (1, 2) for s in (1, 2)
    ]
    run(coordinator, xlsx(*rows), run_jobs)
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Norte", "Sur"]
    assert Participant.objects.count() == 2
    assert Membership.objects.count() == 4
    assert (Session.objects.count(), Attendance.objects.count()) == (4, 8)


def test_numbers_of_another_register_can_be_said_to_be_other_men(
    coordinator: User, run_jobs: Jobs
) -> None:
    data = xlsx(["Clave", "Sesión 1", "Sesión 2"], ["1", "x", "x"], ["2", "F", "x"])
    run(coordinator, data, run_jobs, name="Uno")
    other = xlsx(["Clave", "Sesión 1", "Sesión 2"], ["1", "x", "F"], ["2", "x", "x"])
    run(coordinator, other, run_jobs, name="Dos")
    assert Participant.objects.count() == 2
    third = xlsx(["Clave", "Sesión 1", "Sesión 2"], ["1", "F", "x"], ["2", "x", "x"])
    run(coordinator, third, run_jobs, name="Tres", codes_shared=False)
    assert Participant.objects.count() == 4


# --- What has been used since stays -----------------------------------------------------------


def test_undoing_keeps_who_was_marked_by_hand_or_joined_another_group(
    coordinator: User, group: Group, run_jobs: Jobs
) -> None:
    data = xlsx(
        ["Nombre", "Sesión 1", "Sesión 2"],
        ["Ana Paz Sol", "x", "x"],
        ["Leo Gil Mar", "x", "F"],
        ["Ivo Luz Paz", "F", "x"],
    )
    done = run(coordinator, data, run_jobs, name="Viejo")
    marked, joined, unused = Participant.objects.order_by("alias")
    place = marked.memberships.get()
    session = place.group.sessions.get(position=1)
    with clock.at(AFTER + dt.timedelta(days=1)):
        attendance.mark(
            by=coordinator,
            session_id=session.pk,
            membership_id=place.pk,
            status="absent",
            mark_id=ids.new_id(),
        )
    groups.join(by=coordinator, group_id=group.pk, folio=joined.folio, joined_on=MARTES)
    imports.undo(by=coordinator, import_id=done.pk)
    done.refresh_from_db()
    assert done.summary["kept_folios"] == sorted([marked.folio, joined.folio])
    assert done.summary["kept_groups"] == ["Viejo"]
    assert not Participant.objects.filter(pk=unused.pk).exists()
    assert Attendance.objects.get().status == "absent"
    assert Session.objects.filter(group__name="Viejo").count() == 1


# --- Imports that do not arrive ---------------------------------------------------------------


def big(men: int = CHUNK + 20) -> bytes:
    return xlsx(["Clave", "Sesión 1", "Sesión 2"], *([f"c{n}", "x", "F"] for n in range(men)))


def started(coordinator: User, data: bytes) -> RegisterImport:
    draft = draft_of(coordinator, "lista.xlsx", data)
    ready(coordinator, draft)
    return imports.start(by=coordinator, import_id=draft.pk)


def test_who_cancels_gets_everything_back(coordinator: User, run_jobs: Jobs) -> None:
    register = started(coordinator, big())
    before = counts()

    def say(done: int, _total: int) -> None:
        if done > CHUNK:
            raise Cancelled

    with pytest.raises(Cancelled):
        imports.apply(by=coordinator, import_id=register.pk, job_id=register.job_id, say=say)
    register.refresh_from_db()
    assert (register.state, counts()) == ("cancelled", before)


def test_cancelling_from_the_progress_page_reaches_the_import(
    coordinator: User, run_jobs: Jobs
) -> None:
    with run_jobs():
        register = started(coordinator, big(3))
        assert register.job_id
        jobs.cancel(by=coordinator, job_id=register.job_id)
    register.refresh_from_db()
    assert (register.state, Job.objects.get().state) == ("cancelled", "cancelled")
    assert Participant.objects.count() == 0


@pytest.mark.parametrize("failing", [1, 3, 5])
def test_a_failure_leaves_nothing_half_made(coordinator: User, failing: int) -> None:
    register = started(coordinator, big(5))
    before, steps = counts(), []

    def say(_done: int, _total: int) -> None:
        steps.append(1)
        if len(steps) == failing:
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        imports.apply(by=coordinator, import_id=register.pk, job_id=register.job_id, say=say)
    register.refresh_from_db()
    assert (register.state, counts()) == ("failed", before)


@pytest.mark.parametrize("again", [False, True])
def test_after_the_machine_stopped_half_way_it_can_be_undone_and_started_again(
    coordinator: User, run_jobs: Jobs, again: bool
) -> None:
    register = started(coordinator, big())
    before = counts()

    def say(done: int, _total: int) -> None:
        if done > CHUNK:
            raise SystemExit  # As a power cut: nobody comes to clean up.

    with pytest.raises(SystemExit):
        imports.apply(by=coordinator, import_id=register.pk, job_id=register.job_id, say=say)
    register.refresh_from_db()
    assert register.state == "running"
    assert Participant.objects.count() > 0
    imports.undo(by=coordinator, import_id=register.pk)
    assert counts() == before
    if again:
        with run_jobs():
            imports.start(by=coordinator, import_id=register.pk)
        assert Participant.objects.count() == CHUNK + 20
        assert Attendance.objects.count() == 2 * (CHUNK + 20)


def test_a_worker_that_wakes_after_the_undo_writes_nothing_more(coordinator: User) -> None:
    register = started(coordinator, big(8))
    undone: list[int] = []

    def say(_done: int, _total: int) -> None:
        if not undone:
            undone.append(1)
            imports.undo(by=coordinator, import_id=register.pk)

    imports.apply(by=coordinator, import_id=register.pk, job_id=register.job_id, say=say)
    register.refresh_from_db()
    assert (register.state, Participant.objects.count()) == ("undone", 0)
