"""The sealed files go by their clock; what they brought stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from tests.factories.registers import draft_of, ready, xlsx

from tequio.access.models import User
from tequio.circles.actions import imports
from tequio.circles.actions.imports.housekeeping import IMPORTED, UNUSED, forget_old_files
from tequio.circles.models import Attendance, ImportProblem, RegisterImport
from tequio.core import clock

SMALL = xlsx(["Nombre", "Sesión 1", "Sesión 2"], ["Ana Paz Sol", "x", "qq"])
DAY = dt.timedelta(days=1)


def test_files_outlive_neither_their_use_nor_what_they_brought(
    coordinator: User, run_jobs: Callable[[], Any]
) -> None:
    begin = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    with clock.at(begin):
        done = draft_of(coordinator, "uno.xlsx", SMALL)
        ready(coordinator, done)
        with run_jobs():
            imports.start(by=coordinator, import_id=done.pk)
        unused = draft_of(coordinator, "dos.xlsx", SMALL)
    with clock.at(begin + UNUSED - DAY):
        assert forget_old_files() == 0
        assert RegisterImport.objects.filter(pk=unused.pk).exists()
    with clock.at(begin + UNUSED + DAY):
        assert forget_old_files() == 0
        assert not RegisterImport.objects.filter(pk=unused.pk).exists()
        done.refresh_from_db()
        assert done.sealed_file
        assert ImportProblem.objects.count() > 0
    with clock.at(begin + IMPORTED + DAY):
        assert forget_old_files() == 1
    done.refresh_from_db()
    assert (done.sealed_file, done.sealed_name, done.sealed_choices) == (None, None, None)
    assert (ImportProblem.objects.count(), Attendance.objects.count()) == (0, 1)
