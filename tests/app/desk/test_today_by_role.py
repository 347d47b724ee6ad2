"""Hoy for each role: what presses stands first, and a quiet day says what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.care import ReviewFactory
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.outreach import EmergencyFactory
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.circles.models import Group
from tequio.core import clock
from tequio.desk import queries

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _saturday() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 21, 18, tzinfo=UTC)):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    made = GroupFactory.create(
        organisation=facilitator.organisation, facilitators=[facilitator], name="Viernes"
    )
    attend(made, sessions_of(made, FRIDAY, 3, held=3), {"Bosque": "ppf", "Cedro": "pff"})
    return made


def page(user: User) -> str:
    return signed_in_client(user).get("/").content.decode()


def review_of(group: Group, alias: str, due_in: int) -> None:
    man = group.memberships.get(participant__alias=alias).participant
    opener = group.facilitators.get()
    today = FRIDAY + timedelta(days=1)
    ReviewFactory.create(participant=man, opened_by=opener, due_on=today + timedelta(days=due_in))


def test_a_review_that_is_overdue_comes_before_the_sessions(
    facilitator: User, group: Group
) -> None:
    review_of(group, "Bosque", -1)
    review_of(group, "Cedro", 3)
    today = queries.today(facilitator)
    assert [r.alias for r in today.pressing] == ["Bosque"]
    assert [r.alias for r in today.later] == ["Cedro"]
    shown = page(facilitator)
    assert shown.index("No puede esperar") < shown.index("Sesiones de hoy")
    assert shown.index("Sesiones de hoy") < shown.index("A quién llamar")


def test_the_therapist_sees_reviews_and_no_group(therapist: User, group: Group) -> None:
    review_of(group, "Bosque", 2)
    shown = page(therapist)
    assert "Revisiones abiertas" in shown
    assert "Sesiones de hoy" not in shown
    assert "A quién llamar" not in shown


def test_the_coordinator_sees_who_waits_at_which_door(
    coordinator: User, facilitator: User, group: Group
) -> None:
    for states in (("enquiry",), ("enquiry", "accepted"), ("enquiry", "accepted", "waiting")):
        way = EnrolmentFactory.create(organisation=coordinator.organisation, edition=group.edition)
        enrolled(way, *states, on=date(2026, 11, 1))
    queue = queries.today(coordinator).queue
    assert (queue.enquiries, queue.accepted, queue.waiting, queue.drafts) == (1, 1, 1, 0)
    assert "1 hombre preguntó y espera respuesta" in page(coordinator)
    assert not queries.today(facilitator).queue.any


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("facilitator", "Hoy no te espera nada"),
        ("coordinator", "Hoy no te espera nada"),
        ("therapist", "Hoy no te espera ninguna revisión"),
        ("director", "Hoy no hay sesiones ni pendientes"),
        ("evaluator", "Aquí lees los números, sin nombres"),
        ("administrator", "Cuidas los accesos"),
        ("advocate", "Tu trabajo está en Muro"),
    ],
)
def test_a_quiet_day_says_what_to_do_next(
    who: str, words: str, request: pytest.FixtureRequest
) -> None:
    assert words in page(request.getfixturevalue(who))


def test_an_emergency_is_shown_to_those_whom_it_concerns_until_it_is_over(
    facilitator: User, administrator: User, outsider: User
) -> None:
    EmergencyFactory.create(organisation=facilitator.organisation, recorded_by=administrator)
    assert "Lo decidió Dora, dirección." in page(facilitator)
    assert "Lo decidió Dora, dirección." in page(administrator)
    assert "Lo decidió" not in page(outsider)
    with clock.at(datetime(2026, 12, 2, 18, tzinfo=UTC)):
        assert "Lo decidió" not in page(facilitator)
