"""On the way back who came back has one place again, with all his marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.factories.circles import GroupFactory, MembershipFactory, attend, sessions_of
from tests.flushing import flush_past_the_triggers  # noqa: F401

DAY = date(2026, 11, 20)


def _to(name: str) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate([("circles", name)])
    return MigrationExecutor(connection).loader.project_state([("circles", name)]).apps


@pytest.fixture
def _newest_again(transactional_db: None) -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.thorough
@pytest.mark.usefixtures("_newest_again")
def test_two_places_of_a_man_become_one_and_no_mark_is_lost() -> None:
    group = GroupFactory.create()
    first, second = sessions_of(group, DAY, 2, held=2)
    place = attend(group, [first, second], {"Nogal": "p."})[0]
    place.ended_on, place.ended_at_session = first.planned_on, 1
    place.save()
    again = MembershipFactory.create(
        group=group, participant=place.participant, joined_at_session=2
    )
    again.attendances.create(session=second, status="late", marked_by="prueba")

    apps = _to("0001_initial")
    one = apps.get_model("circles", "Membership").objects.get()
    marks = apps.get_model("circles", "Attendance").objects.filter(membership=one)
    assert sorted(marks.values_list("status", flat=True)) == ["late", "present"]
    assert (one.joined_at_session, one.ended_on) == (1, None)

    apps = _to("0004_places_once")
    assert apps.get_model("circles", "Membership").objects.get().visit is False
