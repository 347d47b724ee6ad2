"""Once a register is in: its list of problems, the same file again, undoing and erasing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.app.circles.import_pages import WIDE, fields_of, page, text_of
from tests.factories.registers import draft_of, ready

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.actions import imports
from tequio.circles.models import (
    Attendance,
    Group,
    ImportProblem,
    Membership,
    RegisterImport,
    RememberedMapping,
    Session,
)
from tequio.core.errors import Conflict, DomainError
from tequio.core.tabular import read_workbook
from tequio.people.models import Participant


def test_the_same_file_again_says_when_it_was_imported(
    maru: Client, coordinator: User, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    ready(coordinator, draft)
    with run_jobs():
        imports.start(by=coordinator, import_id=draft.pk)
    again = draft_of(coordinator, "otra.xlsx", WIDE)
    assert "Este mismo archivo ya se importó el" in text_of(maru.get(page(again)))
    assert maru.post(f"{page(again)}descartar/").status_code == 302
    assert not RegisterImport.objects.filter(pk=again.pk).exists()


def test_two_people_who_start_it_at_once_import_it_once(
    coordinator: User, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    ready(coordinator, draft)
    with run_jobs() as queued:
        imports.start(by=coordinator, import_id=draft.pk)
        with pytest.raises(Conflict):
            imports.start(by=coordinator, import_id=draft.pk)
    assert len(queued) == 1
    assert Attendance.objects.count() == 8


def test_the_list_of_problems_can_be_taken_along_and_that_is_written_down(
    maru: Client, draft: RegisterImport
) -> None:
    answer = maru.get(f"{page(draft)}problemas.xlsx")
    sheet = read_workbook(answer.content, "problemas.xlsx").sheets[0]
    assert any("zz" in str(row[3]) for row in sheet.rows)
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    event = Event.objects.get(kind="export")
    assert event.detail["rows"] == len(sheet.rows) - 1


def test_undoing_asks_first_and_then_leaves_nothing(
    maru: Client, coordinator: User, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    ready(coordinator, draft)
    with run_jobs():
        imports.start(by=coordinator, import_id=draft.pk)
    assert "¿Deshacer toda la importación?" in text_of(maru.get(f"{page(draft)}deshacer/"))
    assert maru.post(f"{page(draft)}deshacer/").status_code == 302
    for model in (Participant, Group, Session, Membership, Attendance, ImportProblem):
        assert model.objects.count() == 0, model
    assert RememberedMapping.objects.count() == 0
    assert "Se quitó lo que esta importación había traído." in text_of(maru.get(page(draft)))


def test_an_undone_import_can_be_looked_at_and_started_again(
    maru: Client, coordinator: User, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    ready(coordinator, draft)
    with run_jobs():
        imports.start(by=coordinator, import_id=draft.pk)
    imports.undo(by=coordinator, import_id=draft.pk)
    answer = maru.get(f"{page(draft)}?revisar=1")
    with run_jobs():
        maru.post(f"{page(draft)}?revisar=1", fields_of(answer) | {"action": "start"})
    assert (Participant.objects.count(), Attendance.objects.count()) == (3, 8)


def test_the_erased_file_cannot_be_opened_and_what_it_brought_stays(
    maru: Client, coordinator: User, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    ready(coordinator, draft)
    with run_jobs():
        imports.start(by=coordinator, import_id=draft.pk)
    assert maru.get(f"{page(draft)}borrar-archivo/").status_code == 200
    maru.post(f"{page(draft)}borrar-archivo/")
    draft.refresh_from_db()
    assert (draft.sealed_file, draft.sealed_name, draft.sealed_choices) == (None, None, None)
    assert "Archivo borrado" in text_of(maru.get(page(draft)))
    assert Attendance.objects.count() == 8
    imports.undo(by=coordinator, import_id=draft.pk)
    with pytest.raises(DomainError, match="ya se borró"):
        imports.start(by=coordinator, import_id=draft.pk)
