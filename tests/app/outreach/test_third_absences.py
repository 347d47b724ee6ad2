"""The third absence opens one review for each run, in somebody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.circles import GroupFactory, SessionFactory, attend, sessions_of

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.care.models import Review
from tequio.circles.models import Attendance, Group, Membership
from tequio.core import clock
from tequio.outreach import works
from tequio.outreach.actions.third_absences import raise_third_absences
from tequio.outreach.models import ThirdAbsence
from tequio.people import keeping

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _saturday() -> Iterator[None]:
    with clock.at(NOON + timedelta(days=1)):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    made = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    held = sessions_of(made, FRIDAY, 4, held=4)
    attend(made, held, {"Bosque": "pppf", "Cedro": "pfff", "Drago": "pff."})
    Attendance.objects.update(marked_by=facilitator.login)
    return made


def place(group: Group, alias: str) -> Membership:
    return group.memberships.get(participant__alias=alias)


def test_only_the_third_absence_opens_a_review_and_only_once(
    facilitator: User, group: Group
) -> None:
    assert raise_third_absences() == 1
    assert raise_third_absences() == 0
    review = Review.objects.get()
    assert (review.participant.alias, review.trigger) == ("Cedro", "third_absence")
    assert review.opened_by == facilitator
    assert Event.objects.filter(kind="absence.third").count() == 1


def test_on_the_evening_itself_a_tap_can_still_be_corrected(group: Group) -> None:
    with clock.at(NOON + timedelta(hours=9)):
        assert raise_third_absences() == 0


def test_a_fourth_absence_is_the_same_run(group: Group) -> None:
    raise_third_absences()
    fifth = SessionFactory.create(
        group=group, position=5, planned_on=FRIDAY + timedelta(days=7), state="held"
    )
    Attendance.objects.create(
        session=fifth, membership=place(group, "Cedro"), status="absent", marked_by="x"
    )
    with clock.at(NOON + timedelta(days=9)):
        assert raise_third_absences() == 0


def test_who_came_back_and_left_again_is_looked_at_again(group: Group) -> None:
    raise_third_absences()
    where = place(group, "Cedro")
    for n, status in enumerate(("present", "absent", "absent", "absent")):
        session = SessionFactory.create(
            group=group,
            position=5 + n,
            planned_on=FRIDAY + timedelta(weeks=n + 1),
            state="held",
        )
        Attendance.objects.create(
            session=session, membership=where, status=status, marked_by="nobody"
        )
    with clock.at(NOON + timedelta(days=30)):
        assert raise_third_absences() == 1
    assert ThirdAbsence.objects.count() == 2
    # Nobody by that name: whoever facilitates the group answers.
    assert {row.by for row in ThirdAbsence.objects.all()} == set(group.facilitators.all())


def test_without_anybody_who_may_it_stays_due(coordinator: User, group: Group) -> None:
    group.facilitators.clear()
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    assert raise_third_absences() == 0
    assert not ThirdAbsence.objects.exists()
    User.objects.filter(pk=coordinator.pk).update(is_active=True)
    assert raise_third_absences() == 1


def test_a_review_that_cannot_be_opened_leaves_no_trace(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_given: object) -> None:
        raise LookupError

    monkeypatch.setattr("tequio.outreach.actions.third_absences.raise_concern", refuse)
    with pytest.raises(LookupError):
        raise_third_absences()
    assert not ThirdAbsence.objects.exists()


def test_the_clock_and_the_forgetting_know_this_room() -> None:
    works.register()
    assert "outreach.notes" in keeping._erasers
