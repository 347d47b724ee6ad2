"""The doctor looks at the real database, keys and folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tequio.access.actions import create_organisation, create_user
from tequio.config.doctor import command
from tequio.config.doctor.faults import find
from tequio.config.doctor.looking import look

pytestmark = pytest.mark.django_db


def names() -> set[str]:
    # The test's own mode is nobody's; what it would say of real data is what counts.
    return {fault.name for fault in find(replace(look(), mode="production"))}


def test_a_database_that_is_up_to_date_is_not_called_behind() -> None:
    found = look()
    assert found.pending_migrations == 0
    assert found.integrity == "ok"
    assert not {"behind", "damaged", "not_durable"} & names()


def test_an_organisation_without_its_key_or_a_second_administrator_is_named() -> None:
    organisation = create_organisation(by=None, name="Casa Clara")
    create_user(
        by=None, name="Ana", handle="ana", roles=["administrator"], organisation=organisation
    )
    assert look().administrators == {"casa-clara": 1}
    assert "missing_key" not in names()
    (Path(settings.KEY_FOLDER) / f"{organisation.pk}.key").unlink()
    assert {"missing_key", "one_administrator"} <= names()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_wait_for_the_disk_is_found() -> None:
    assert "not_durable" not in names()
    if connection.vendor != "sqlite":
        return  # What follows is a setting of SQLite alone.
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
        assert "not_durable" in names()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def test_a_migration_that_was_not_applied_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    assert "behind" in names()


def test_the_command_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["--fix"]) in {0, 1}
    shown = capsys.readouterr().out
    assert "Archivos que se cerraron" in shown
