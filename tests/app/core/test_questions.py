"""A question whose SQL is made once answers as the queryset from which it was made."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, QuerySet, UUIDField
from django.test.utils import CaptureQueriesContext
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.people import *  # noqa: F403

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Attendance, Group
from tequio.core import entropy, ids
from tequio.core.questions import Addition, Change, Question, the


def _named(name: Any, organisation: Any) -> QuerySet[Group]:
    found = Group.objects.filter(organisation=organisation).exclude(name__lt=name)
    return found.select_related("site").order_by("name")


_NAMED = Question(lambda: _named(the("name", CharField()), the("organisation", UUIDField())))
_CLOSE = Change(lambda: Group.objects.filter(pk=the("group", UUIDField())), gaps="absent")


@pytest.fixture
def groups(facilitator: User, outsider: User) -> list[Group]:
    """Three of ours and one of somebody else's."""
    ours = [GroupFactory.create(organisation=facilitator.organisation, name=n) for n in "ABC"]
    GroupFactory.create(organisation=outsider.organisation, name="D")
    return ours


@pytest.mark.parametrize("name", ["A", "B", "D"])
def test_it_answers_as_its_queryset_each_time_that_it_is_asked(
    name: str, groups: list[Group]
) -> None:
    mine = groups[0].organisation_id
    assert _NAMED.ask(name=name, organisation=mine) == list(_named(name, mine))
    assert _NAMED.ask(name="A", organisation=mine) == groups


def test_a_value_of_one_asking_is_not_there_at_the_next(
    groups: list[Group], outsider: User
) -> None:
    assert len(_NAMED.ask(name="A", organisation=groups[0].organisation_id)) == 3
    (theirs,) = _NAMED.ask(name="A", organisation=outsider.organisation_id)
    assert theirs.organisation_id == outsider.organisation_id
    assert _NAMED.one(name="Z", organisation=outsider.organisation_id) is None


def test_what_is_joined_costs_no_second_query(groups: list[Group]) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = _NAMED.ask(name="A", organisation=groups[0].organisation_id)
        assert all(group.site.name for group in found)
    assert len(asked) == 1


def test_a_value_that_is_not_given_is_an_error_and_never_an_empty_place() -> None:
    with pytest.raises(KeyError):
        _NAMED.ask(name="A")


def test_values_are_values_and_never_sql(groups: list[Group]) -> None:
    assert _NAMED.ask(name="' OR 1=1 --", organisation=groups[0].organisation_id) == groups
    with pytest.raises(ValidationError):
        _NAMED.ask(name="A", organisation="' OR 1=1 --")


def test_a_question_about_nothing_asks_nothing(groups: list[Group]) -> None:
    nothing = Question(lambda: Group.objects.none())
    with CaptureQueriesContext(connection) as asked:
        assert nothing.ask() == []
    assert not asked.captured_queries


def test_a_change_changes_one_row_and_says_how_many(groups: list[Group]) -> None:
    assert _CLOSE.make(group=groups[1].pk) == 1
    assert _CLOSE.make(group=UUID(int=0)) == 0
    assert [Group.objects.get(pk=group.pk).gaps for group in groups] == [
        groups[0].gaps,
        "absent",
        groups[2].gaps,
    ]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(groups: list[Group]) -> None:
    mine = groups[0].organisation_id
    _NAMED.ask(name="A", organisation=mine)
    used: list[object] = []

    def ask() -> None:
        with CaptureQueriesContext(connection) as asked:
            _NAMED.ask(name="A", organisation=mine)
        used.append(len(asked))
        connection.close()

    there = Thread(target=ask)
    there.start()
    there.join()
    assert used == [1]


def test_what_is_fetched_beside_belongs_to_each_asking(groups: list[Group], outsider: User) -> None:
    beside = Question(
        lambda: Group.objects.filter(
            organisation=the("organisation", UUIDField())
        ).prefetch_related("facilitators")
    )
    for by in (groups[0].organisation_id, outsider.organisation_id):
        for group in beside.ask(organisation=by):
            shown = {one.pk for one in group.facilitators.all()}
            assert shown == set(
                Group.objects.get(pk=group.pk).facilitators.values_list("pk", flat=True)
            )
    groups[0].facilitators.set([outsider])
    again = {group.pk: group for group in beside.ask(organisation=groups[0].organisation_id)}
    assert list(again[groups[0].pk].facilitators.all()) == [outsider]


# --- Additions: rows whose words are made once ---------------------------------------------------

_EVENT = Addition(Event)
_STANDS = Addition(Attendance, unique=("session", "membership"), updated=("status", "marked_by"))


def test_a_row_put_down_is_the_row_that_django_would_have_put(facilitator: User) -> None:
    said = {
        "organisation_id": facilitator.organisation_id,
        "actor_label": "lalo",
        "kind": "attendance.mark",
        "at": datetime(2026, 11, 20, 3, 15, tzinfo=UTC),
        "detail": {"folio": "Ñ-1", "status": None},
    }
    with CaptureQueriesContext(connection) as asked:
        ours = _EVENT.put(Event(**said))
    assert len(asked) == 1 and not ours._state.adding
    theirs = Event.objects.create(**said)
    first, second = (Event.objects.filter(pk=one.pk).values().get() for one in (ours, theirs))
    assert {**first, "id": ""} == {**second, "id": ""}


def test_a_row_that_is_there_already_changes_only_what_was_named(groups: list[Group]) -> None:
    (session,) = sessions_of(groups[0], date(2026, 11, 20), 1, held=0)
    (place,) = attend(groups[0], [], {"Abeto": ""})
    row = {"session": session, "membership": place}
    first = _STANDS.put(Attendance(**row, status="present", marked_by="lalo"))
    _STANDS.put(Attendance(**row, status="late", marked_by="maru", marked_at=first.marked_at))
    kept = Attendance.objects.get(session=session)
    assert (kept.pk, kept.status, kept.marked_by) == (first.pk, "late", "maru")


def test_what_the_database_refuses_is_refused_as_ever(facilitator: User) -> None:
    row = _EVENT.put(Event(kind="x", actor_label="lalo"))
    with pytest.raises(IntegrityError), transaction.atomic():
        _EVENT.put(Event(pk=row.pk, kind="x", actor_label="lalo"))
    assert Event.objects.filter(kind="x").count() == 1


def test_the_words_of_a_row_are_made_without_drawing_luck(facilitator: User) -> None:
    row = Event(kind="x", actor_label="lalo")
    with entropy.replay("suerte"):
        Addition(Event).put(row)
        after = ids.new_id()
    with entropy.replay("suerte"):
        assert ids.new_id() == after
