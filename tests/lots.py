"""A lottery that was announced, for tests that go on from there: everybody by his part in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.factories import lotteries as world
from tests.factories.access import OrganisationFactory, UserFactory
from tests.factories.care import ReviewFactory
from tests.factories.people import IntakeFactory

from tequio.access.models import User
from tequio.care.models import Review
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import concerns
from tequio.people.models import Participant
from tequio.people.rules.answers import Answers
from tequio.programmes.actions import enrolment
from tequio.studies.actions import ceremony, lotteries
from tequio.studies.models import Lottery, Ticket


@dataclass(frozen=True)
class House:
    by: User
    director: User
    evaluator: User
    there: world.Line
    high: Participant
    ordered: Participant
    exempted: Participant
    lottery: Lottery


def person(by: Any, role: str) -> User:
    made = UserFactory.create(organisation=by, roles=[role])
    return User.objects.select_related("organisation").get(pk=made.pk)


@contextmanager
def made() -> Iterator[House]:
    house = OrganisationFactory.create(name="Círculo Norte")
    by, director = person(house, "coordinator"), person(house, "director")
    with clock.at(world.ANNOUNCED):
        there = world.line(by, men=11)
        high, ordered, exempted, *_rest = there.men
        judged(high, "high")
        IntakeFactory.create(
            participant=ordered,
            state="done",
            route="other",
            motive="not_said",
            finished_at=clock.now(),
            said=Answers(mandated="yes"),
        )
        lottery = world.announced(by, there)
        lotteries.exempt(by=by, lottery_id=lottery.pk, folio=exempted.folio, reason="separation")
    yield House(by, director, person(house, "evaluator"), there, high, ordered, exempted, lottery)


def judged(man: Participant, level: str) -> None:
    review = ReviewFactory.create(participant=man)
    Review.objects.filter(pk=review.pk).update(
        state="judged",
        level=level,
        judged_at=clock.now(),
        reviewer=review.opened_by,
        needs_second=level == "high",
    )


@pytest.fixture(scope="module")
def announced(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with django_db_blocker.unblock(), transaction.atomic(), made() as house:
        yield house
        transaction.set_rollback(True)


@pytest.fixture
def house(db: None, announced: House) -> House:
    announced.lottery.refresh_from_db()
    return announced


@pytest.fixture
def drawn(house: House) -> House:
    close(house)
    number(house)
    with clock.at(world.noon(world.NUMBER)):
        ceremony.draw(by=house.by, lottery_id=house.lottery.pk)
    house.lottery.refresh_from_db()
    return house


def close(house: House, on: date = world.CLOSED) -> None:
    with clock.at(world.noon(on)):
        ceremony.close(by=house.by, lottery_id=house.lottery.pk)


def number(house: House, first: str = "08543", second: str = "08543") -> None:
    with clock.at(world.noon(world.NUMBER)):
        ceremony.say_number(by=house.by, lottery_id=house.lottery.pk, number=first)
        ceremony.say_number(by=house.director, lottery_id=house.lottery.pk, number=second)


def seat(house: House, man: Participant, days: int) -> str:
    """Give a man his seat so many days after the list was closed; say what kept him."""
    with clock.at(world.after(days)), concerns.without_gates():
        try:
            with transaction.atomic():
                enrolment.placed(
                    by=house.by,
                    participant=man,
                    edition=house.there.edition,
                    on=world.CLOSED + timedelta(days=days),
                )
                transaction.set_rollback(True)
        except DomainError as error:
            return str(error)
    return ""


def later(house: House) -> Participant:
    return Ticket.objects.filter(lottery=house.lottery, start="later").first().participant  # type: ignore[union-attr]
