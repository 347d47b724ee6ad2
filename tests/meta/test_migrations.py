"""Migrations go forwards and backwards with rows in the tables, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation
from tests.factories.access import UserFactory
from tests.factories.care import judged
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ConsentFactory, IntakeFactory
from tests.factories.programmes import EditionFactory, EnrolmentFactory, enrolled
from tests.factories.reports import CertificateFactory
from tests.flushing import flush_past_the_triggers  # noqa: F401

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.audit.record import record
from tequio.audit.seals import seal_closed_batches
from tequio.care.actions import reviews
from tequio.circles.models import Attendance
from tequio.core import clock

ROOMS = ("access", "audit", "care", "circles", "jobs", "people", "programmes", "reports")


@pytest.fixture
def user(transactional_db: None) -> User:
    return UserFactory.create(roles=["coordinator"])


def _migrate(*targets: tuple[str, str | None]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


def _newest() -> list[tuple[str, str | None]]:
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.fixture
def _back_again(transactional_db: None) -> Iterator[None]:
    yield
    _migrate(*_newest())


def _try_to_change_history() -> None:
    with transaction.atomic():
        Event.objects.update(actor_label="nadie")


@pytest.mark.usefixtures("_back_again")
def test_history_can_be_changed_only_without_its_migration(user: User) -> None:
    record("sign_out", by=user, subject=user)
    with pytest.raises(DatabaseError, match="can only be added to"):
        _try_to_change_history()

    _migrate(("audit", "0001_initial"))
    _try_to_change_history()
    assert Event.objects.get().actor_label == "nadie"

    _migrate(("audit", "0002_insert_only"))
    with pytest.raises(DatabaseError, match="can only be added to"):
        _try_to_change_history()
    with pytest.raises(DatabaseError, match="can only be added to"), transaction.atomic():
        Event.objects.all().delete()
    assert Event.objects.get().actor_label == "nadie"


@pytest.mark.thorough
@pytest.mark.usefixtures("_back_again")
def test_everything_can_be_taken_back_and_made_again_with_rows_in_it(user: User) -> None:
    group = GroupFactory.create(organisation=user.organisation)
    place = attend(group, sessions_of(group, clock.today("UTC"), 2, held=2), {"Nogal": "pf"})[0]
    IntakeFactory.create(participant=place.participant)
    ConsentFactory.create(participant=place.participant)
    way = EnrolmentFactory.create(
        organisation=user.organisation, participant=place.participant, edition=group.edition
    )
    enrolled(way, "enquiry", "accepted", on=clock.today("UTC"))
    CertificateFactory.create(
        organisation=user.organisation, participant=place.participant, edition=group.edition
    )
    record("group.open", by=user, subject=group)
    judged(user, reviews.open_review(by=user, participant=place.participant, trigger="flag"))
    seal_closed_batches(everything=True)
    assert Attendance.objects.count() == 2

    _migrate(*((room, None) for room in ROOMS))
    left = {t for t in connection.introspection.table_names() if t.split("_")[0] in ROOMS}
    assert left == set()

    _migrate(*_newest())
    again = UserFactory.create(roles=["facilitator"])
    record("sign_out", by=again, subject=again)
    with pytest.raises(DatabaseError, match="can only be added to"):
        _try_to_change_history()


def test_no_migration_is_missing() -> None:
    with translation.override(None):  # or translated labels would count as changes
        loader = MigrationLoader(None)
        now = ProjectState.from_apps(apps)
        found = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph)
    made = [migration for room in found.values() for migration in room]
    missing = [step.describe() for migration in made for step in migration.operations]
    assert missing == [], "Run ./tequio manage makemigrations"


@pytest.mark.thorough
@pytest.mark.usefixtures("_back_again")
def test_an_edition_signed_before_it_was_asked_says_that_it_cited_no_diagnosis(
    user: User,
) -> None:
    signed = EditionFactory.create(organisation=user.organisation)
    _migrate(("reports", None), ("care", None), ("circles", None), ("programmes", "0001_initial"))
    _migrate(*_newest())
    signed.refresh_from_db()
    assert signed.diagnosis_title == "No se citó: se firmó antes de que se pidiera"
