"""A move carries every row as it is, and says so only after it compared."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.models import Model
from tests.factories.circles import GroupFactory
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.people import *  # noqa: F403

from tequio.access.models import Organisation, User
from tequio.audit.models import Event
from tequio.config import databases, moving
from tequio.core.errors import DomainError
from tequio.people import actions
from tequio.people.vault import Who

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(coordinator: User) -> User:
    """Rows of each kind: sealed, dated, with keys of others, in tables that only grow."""
    GroupFactory.create(organisation=coordinator.organisation, facilitators=[coordinator])
    actions.register(by=coordinator, alias="Nogal", who=Who("Juan", "Pérez", "55 5555 0000"))
    way = EnrolmentFactory.create(organisation=coordinator.organisation)
    enrolled(way, "enquiry", "accepted", "in_group", on=date(2026, 11, 3))
    return coordinator


def target(folder: Path) -> dict[str, Any]:
    return databases.sqlite(folder / "moved.sqlite3")


@pytest.mark.thorough
def test_everything_arrives_and_is_the_same(house: User, tmp_path: Path) -> None:
    tables = {table.name: table.rows for table in moving.move(target(tmp_path))}
    assert tables["access_organisation"] == Organisation.objects.count()
    assert tables["audit_event"] == Event.objects.count() > 0
    assert tables["people_identity"] == 2
    assert "django_session" not in tables
    database = sqlite3.connect(tmp_path / "moved.sqlite3")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="only be added to"):
        database.execute("DELETE FROM audit_event")
    assert tables["programmes_enrolmentstep"] == 3
    with pytest.raises(sqlite3.IntegrityError, match="by adding a step"):
        database.execute("UPDATE programmes_enrolment SET state = 'completed'")
    database.close()
    assert not hasattr(connections._connections, moving._TARGET)


# One database is enough for a fault that is seeded into the copy: the quicker of the two.
@pytest.mark.thorough
@pytest.mark.postgres
def test_a_row_that_arrives_changed_is_noticed_and_nothing_is_left(
    house: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = moving.copy_rows

    def careless(model: type[Model], source: str, goal: str) -> None:
        copy(model, source, goal)
        if model is Organisation:
            Organisation.objects.using(goal).update(name="Casa Sur")

    monkeypatch.setattr(moving, "copy_rows", careless)
    with pytest.raises(DomainError, match="access_organisation"):
        moving.move(target(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.thorough
@pytest.mark.postgres
def test_a_row_that_does_not_arrive_is_noticed(
    house: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = moving.copy_rows
    monkeypatch.setattr(
        moving, "copy_rows", lambda model, a, b: None if model is Event else copy(model, a, b)
    )
    with pytest.raises(DomainError, match="audit_event"):
        moving.move(target(tmp_path))


def test_a_database_that_holds_something_is_left_alone(house: User, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "moved.sqlite3")
    database.execute("CREATE TABLE theirs (x)")
    database.close()
    with pytest.raises(DomainError, match="no está vacía"):
        moving.move(target(tmp_path))
    database = sqlite3.connect(tmp_path / "moved.sqlite3")
    assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    database.close()
