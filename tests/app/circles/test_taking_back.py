"""Who takes back that he takes part has left: as the page said before he decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ConsentFactory
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.care.models import Review
from tequio.circles.models import Group, Membership
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.outreach import queries
from tequio.outreach.actions import calls
from tequio.people.models import Participant
from tequio.programmes.models import Enrolment, EnrolmentStep

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _saturday_noon() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 21, 18, tzinfo=UTC)):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    made = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    held = sessions_of(made, FRIDAY, 4, held=4)
    attend(made, held, {"Abeto": "pppp", "Bosque": "ppff"})
    return made


@pytest.fixture
def man(group: Group) -> Participant:
    man = Participant.objects.get(alias="Bosque")
    way = EnrolmentFactory.create(
        organisation=man.organisation, participant=man, edition=group.edition
    )
    enrolled(way, "in_group", on=date(2026, 10, 1))
    for purpose in ("programme", "contact"):
        ConsentFactory.create(participant=man, purpose=purpose)
    return man


def _takes_back(by: User, man: Participant, purpose: str, on: date = SATURDAY) -> str:
    answer = signed_in_client(by).post(
        f"/personas/{man.folio}/acuerdos/{purpose}/retirar/",
        {"decided_on": on.isoformat(), "heard": "read"},
        follow=True,
    )
    return str(answer.content.decode())


def test_he_is_expected_nowhere_and_called_no_more(
    facilitator: User, group: Group, man: Participant
) -> None:
    place = Membership.objects.get(participant=man)
    assert [call.alias for call in queries.due_calls(facilitator, SATURDAY)] == ["Bosque"]
    assert "ya no participa" in _takes_back(facilitator, man, "programme")
    place.refresh_from_db()
    assert (place.ended_on, place.ended_at_session) == (SATURDAY, 4)
    assert queries.due_calls(facilitator, SATURDAY) == []
    with pytest.raises(DomainError, match="Ya no acepta participar"):
        calls.reveal_number(by=facilitator, membership_id=place.pk)
    assert Membership.objects.filter(ended_on__isnull=True).count() == 1


def test_his_way_says_so_and_somebody_looks_at_how_he_is(
    facilitator: User, group: Group, man: Participant
) -> None:
    _takes_back(facilitator, man, "programme")
    assert Enrolment.objects.get().state == "withdrawn"
    step = EnrolmentStep.objects.get(to_state="withdrawn")
    assert (step.reason, step.happened_on) == ("took_back", SATURDAY)
    assert Review.objects.get().trigger == "exit"


def test_no_day_is_refused_and_a_meeting_that_he_came_to_stays_his(
    facilitator: User, group: Group, man: Participant
) -> None:
    second = group.sessions.get(position=2)
    _takes_back(facilitator, man, "programme", on=date(2026, 10, 1))
    place = Membership.objects.get(participant=man)
    assert (place.ended_on, place.ended_at_session) == (second.planned_on, 2)


def test_who_only_asked_or_comes_each_month_leaves_too(coordinator: User) -> None:
    every_month = ("in_group", "completed", "maintenance")
    for states, after in ((("enquiry",), "withdrawn"), (every_month, "completed")):
        way = EnrolmentFactory.create(organisation=coordinator.organisation)
        enrolled(way, *states, on=date(2026, 10, 1))
        ConsentFactory.create(participant=way.participant, purpose="programme")
        _takes_back(coordinator, way.participant, "programme")
        way.refresh_from_db()
        assert way.state == after


def test_taking_back_something_else_changes_nothing_of_his_place(
    facilitator: User, group: Group, man: Participant
) -> None:
    assert "Quedó anotado que lo retiró." in _takes_back(facilitator, man, "contact")
    assert Membership.objects.get(participant=man).ended_on is None
    assert Enrolment.objects.get().state == "in_group"
