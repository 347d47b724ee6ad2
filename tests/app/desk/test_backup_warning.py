"""Hoy warns those who answer for the data when no back-up was made for seven days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.people import *  # noqa: F403
from tests.people import sign_in

from tequio.access.models import User
from tequio.core import clock, safekeeping

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def real_data(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    settings.MODE = "production"
    with clock.at(MONDAY):
        yield


def hoy(client: Client, user: User, after: timedelta = timedelta(0)) -> str:
    with clock.at(MONDAY + after):
        sign_in(client, user)
        return client.get("/").content.decode()


def test_without_any_backup_it_says_so(client: Client, administrator: User) -> None:
    assert "Todavía no hay ningún respaldo" in hoy(client, administrator)


def test_seven_days_are_quiet_and_the_eighth_is_not(client: Client, coordinator: User) -> None:
    safekeeping.succeeded()
    assert "respaldo" not in hoy(client, coordinator, timedelta(days=7))
    shown = hoy(client, coordinator, timedelta(days=8))
    assert "El último respaldo tiene 8 días." in shown


def test_why_the_last_try_failed_is_told_with_it(client: Client, administrator: User) -> None:
    safekeeping.succeeded()
    with clock.at(MONDAY + timedelta(days=8)):
        safekeeping.failed("La memoria no está conectada.")
    shown = hoy(client, administrator, timedelta(days=8))
    assert "8 días. La memoria no está conectada." in shown


def test_who_does_not_answer_for_the_data_is_left_in_peace(
    client: Client, facilitator: User
) -> None:
    assert "respaldo" not in hoy(client, facilitator)


def test_a_demonstration_needs_none(client: Client, administrator: User, settings: Any) -> None:
    settings.MODE = "demo"
    assert "respaldo" not in hoy(client, administrator)


def test_a_record_that_cannot_be_read_counts_as_none(settings: Any) -> None:
    safekeeping.succeeded()
    assert not safekeeping.read().overdue(clock.now())
    (Path(settings.DATA) / "backups.json").write_text("[]")
    assert safekeeping.read().overdue(clock.now())


def test_a_certificate_of_erasure_may_say_when_the_last_backup_forgets() -> None:
    assert safekeeping.forgotten_by(date(2026, 11, 16)) == date(2026, 12, 22)
