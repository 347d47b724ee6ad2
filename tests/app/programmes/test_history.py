"""The database itself keeps a man's history; each rule with proof that it would notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from tests.factories.programmes import EnrolmentFactory, enrolled, step

from tequio.programmes import history, states
from tequio.programmes.models import Enrolment, EnrolmentStep
from tequio.programmes.states import State

DAY = date(2026, 11, 3)
FULL = ("enquiry", "accepted", "waiting", "in_group", "completed", "maintenance")


@pytest.fixture
def enrolment(db: None) -> Enrolment:
    return EnrolmentFactory.create()


def _refused(words: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=words)


def test_a_man_walks_from_his_question_to_maintenance_and_back_again(
    enrolment: Enrolment,
) -> None:
    enrolled(enrolment, *FULL, on=DAY)
    assert (enrolment.state, enrolment.turns) == ("maintenance", 6)
    assert enrolment.since == DAY + timedelta(days=5)
    enrolled(enrolment, "accepted", "in_group", "withdrawn", "accepted", on=enrolment.since)
    assert [s.to_state for s in enrolment.steps.order_by("position")][-2:] == [
        "withdrawn",
        "accepted",
    ]


@pytest.mark.parametrize("start", ["", *State.values])
@pytest.mark.parametrize("end", State.values)
def test_the_database_takes_the_moves_of_the_list_and_no_other(
    enrolment: Enrolment, start: str, end: str
) -> None:
    ways = {
        "": (),
        "enquiry": FULL[:1],
        "accepted": FULL[:2],
        "waiting": FULL[:3],
        "in_group": FULL[:4],
        "completed": FULL[:5],
        "maintenance": FULL,
        "withdrawn": (*FULL[:4], "withdrawn"),
        "excluded": (*FULL[:4], "excluded"),
        "referred": (*FULL[:2], "referred"),
    }
    enrolled(enrolment, *ways[start], on=DAY)
    later = DAY + timedelta(days=30)
    fields = {"attended": 1, "held": 2, "sealed_note": b"x"}
    if states.may_move(start, end):
        step(enrolment, end, later, **fields)
        assert enrolment.state == end
    else:
        with _refused("programmes_step_known_move|violates check"), transaction.atomic():
            step(enrolment, end, later, **fields)


def test_nobody_writes_a_state_by_hand(enrolment: Enrolment) -> None:
    enrolled(enrolment, "enquiry", on=DAY)
    for change in ({"state": "in_group"}, {"turns": 9}, {"since": DAY - timedelta(days=1)}):
        with _refused("by adding a step"), transaction.atomic():
            Enrolment.objects.filter(pk=enrolment.pk).update(**change)
    with _refused("by adding a step"), transaction.atomic():
        EnrolmentFactory.create(state="completed", turns=1, since=DAY)


def test_a_stale_copy_does_not_take_him_back(enrolment: Enrolment) -> None:
    enrolled(enrolment, "enquiry", on=DAY)
    stale = Enrolment.objects.get(pk=enrolment.pk)
    enrolled(enrolment, "accepted", on=DAY)
    with _refused("by adding a step"), transaction.atomic():
        stale.save()


def test_a_step_begins_where_he_stands_and_is_never_dated_before_the_last(
    enrolment: Enrolment,
) -> None:
    enrolled(enrolment, "enquiry", "accepted", on=DAY)
    written = {"happened_on": DAY + timedelta(days=9), "reason": "x", "written_by": "x"}
    with _refused("does not stand there"), transaction.atomic():
        EnrolmentStep.objects.create(
            enrolment=enrolment, position=3, from_state="waiting", to_state="in_group", **written
        )
    with _refused("does not stand there"), transaction.atomic():
        EnrolmentStep.objects.create(
            enrolment=enrolment, position=5, from_state="accepted", to_state="waiting", **written
        )
    with _refused("does not stand there"), transaction.atomic():
        step(enrolment, "waiting", DAY)


def test_history_is_neither_changed_nor_removed(enrolment: Enrolment) -> None:
    enrolled(enrolment, "enquiry", "accepted", on=DAY)
    with _refused("is history"), transaction.atomic():
        EnrolmentStep.objects.update(reason="other")
    with _refused("is history"), transaction.atomic():
        EnrolmentStep.objects.all().delete()


def test_a_man_who_is_forgotten_takes_his_history_along(enrolment: Enrolment) -> None:
    enrolled(enrolment, "enquiry", "accepted", on=DAY)
    enrolment.participant.delete()
    assert not Enrolment.objects.exists() and not EnrolmentStep.objects.exists()
    connection.check_constraints()


def test_the_end_has_a_dose_a_reason_and_an_exclusion_an_explanation(
    enrolment: Enrolment,
) -> None:
    enrolled(enrolment, *FULL[:4], on=DAY)
    later = DAY + timedelta(days=30)
    with _refused("end_has_dose|violates check"), transaction.atomic():
        step(enrolment, "completed", later)
    with _refused("dose_whole|violates check"), transaction.atomic():
        step(enrolment, "completed", later, attended=13, held=12)
    with _refused("reasoned|violates check"), transaction.atomic():
        step(enrolment, "withdrawn", later, reason="")
    with _refused("exclusion_explained|violates check"), transaction.atomic():
        step(enrolment, "excluded", later)


@pytest.mark.django_db(transaction=True)
def test_without_the_triggers_all_of_this_would_pass_unseen() -> None:
    enrolment = enrolled(EnrolmentFactory.create(), "enquiry", on=DAY)
    with connection.schema_editor() as editor:
        history.lose_history(apps, editor)
    try:
        Enrolment.objects.filter(pk=enrolment.pk).update(state="completed")
        EnrolmentStep.objects.update(reason="rewritten")
        assert Enrolment.objects.get().state == "completed"
        EnrolmentStep.objects.all().delete()
    finally:
        with connection.schema_editor() as editor:
            history.keep_history(apps, editor)
    with _refused("by adding a step"), transaction.atomic():
        Enrolment.objects.filter(pk=enrolment.pk).update(state="enquiry")
