"""The real register of tests/data/harmonia, from the file to the retention report and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests.factories.registers import draft_of, ready

from tequio.access.models import User
from tequio.circles.actions import imports
from tequio.circles.models import Attendance, Group, Membership, RegisterImport, Session
from tequio.circles.retention import report
from tequio.core import clock
from tequio.people.models import Identity, Participant

FILE = Path(__file__).parents[2] / "data" / "harmonia" / "attendance_data.xlsx"


def rows_of_every_table() -> dict[str, int]:
    models = [m for m in apps.get_models() if m._meta.app_label in {"circles", "people", "access"}]
    kept = {"RegisterImport"}
    return {m._meta.label: m.objects.count() for m in models if m.__name__ not in kept}


@pytest.fixture
def imported(
    coordinator: User, run_jobs: Callable[[], Any]
) -> Iterator[tuple[RegisterImport, dict[str, int]]]:
    draft = draft_of(coordinator, FILE.name, FILE.read_bytes())
    ready(coordinator, draft, name="FUAT 2023")
    before = rows_of_every_table()
    with run_jobs():
        imports.start(by=coordinator, import_id=draft.pk)
    draft.refresh_from_db()
    yield draft, before


def test_the_81_people_who_can_be_told_apart_are_imported(imported: Any) -> None:
    draft, _before = imported
    assert draft.state == "done"
    assert Participant.objects.count() == Identity.objects.count() == 81
    assert Membership.objects.count() == 81
    assert Attendance.objects.count() == 385
    assert Attendance.objects.count() / 81 == pytest.approx(4.75, abs=0.005)


def test_one_meeting_that_covers_several_sessions_is_one_row(imported: Any) -> None:
    sessions = list(Session.objects.order_by("position"))
    spans = [(s.label, s.number_from, s.number_to) for s in sessions]
    assert spans == [
        ("GBV Training", 1, 1),
        ("FUAT 1", 2, 2),
        ("FUAT 2", 3, 3),
        ("FUAT 4-5", 4, 5),
        ("FUAT 6-8", 6, 8),
        ("FUAT 9", 9, 9),
        ("FUAT 10", 10, 10),
        ("FUAT 11-13", 11, 13),
        ("FUAT 14", 14, 14),
    ]
    assert sum(session.covers for session in sessions) == 14
    assert {session.state for session in sessions} == {"held"}


def test_the_rows_without_a_number_are_counted_in_their_session(imported: Any) -> None:
    draft, _before = imported
    counts = Session.objects.order_by("position").values_list("unattributed", flat=True)
    assert list(counts) == [218, 143, 150, 125, 131, 152, 185, 35, 200]
    assert sum(counts) == 1_339 == draft.summary["unattributed_rows"]
    assert draft.summary["used"] == 399
    assert draft.summary["rows"] == 1_739


def test_it_ends_in_a_retention_report_of_81_men(imported: Any) -> None:
    found = report.of_groups(list(Group.objects.all()), today=clock.today("America/Mexico_City"))
    assert (found.n_people, found.n_meetings, found.refusal) == (81, 9, "")
    assert any("1,339" in sentence or "sin" in sentence for sentence in found.cannot_know)


def test_undoing_leaves_every_table_as_it_was(imported: Any, coordinator: User) -> None:
    draft, before = imported
    imports.undo(by=coordinator, import_id=draft.pk)
    draft.refresh_from_db()
    assert rows_of_every_table() == before
    assert draft.state == "undone"
    assert draft.sealed_file


def test_the_same_import_started_twice_does_nothing_twice(
    imported: Any, coordinator: User, run_jobs: Callable[[], Any]
) -> None:
    draft, _before = imported
    imports.apply(
        by=coordinator, import_id=draft.pk, job_id=draft.job_id, say=lambda _done, _total: None
    )
    assert Attendance.objects.count() == 385
    again = draft_of(coordinator, FILE.name, FILE.read_bytes())
    ready(coordinator, again, group=Group.objects.get())
    with run_jobs():
        imports.start(by=coordinator, import_id=again.pk)
    again.refresh_from_db()
    assert again.state == "done"
    assert (Participant.objects.count(), Attendance.objects.count()) == (81, 385)
    assert sum(Session.objects.values_list("unattributed", flat=True)) == 1_339
    assert Session.objects.count() == 9
