"""What somebody wrote goes after ninety days; what is coded stays; an open review waits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.factories.people import IntakeFactory

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.people import actions, keeping, sealed
from tequio.people.models import Intake
from tequio.people.queries.ledger import who_agree
from tequio.people.rules.answers import Answers, Texts

HERE = "tests"
DAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nobody_registered() -> Iterator[None]:
    yield
    keeping.release(HERE)


@pytest.fixture
def intake(coordinator: User) -> Intake:
    with clock.at(DAY):
        return IntakeFactory.create(
            participant__organisation=coordinator.organisation,
            started_by=coordinator,
            route="friend",
            said=Answers(marital="single"),
            wrote=Texts(motive_words="zarzamora"),
        )


def _after(days: int) -> Intake:
    with clock.at(DAY + timedelta(days=days)):
        actions.forget_texts()
    return Intake.objects.get()


def test_before_ninety_days_everything_is_there(intake: Intake) -> None:
    assert sealed.texts_of(_after(89)).motive_words == "zarzamora"


def test_after_ninety_days_only_codes_are_left(intake: Intake) -> None:
    left = _after(90)
    assert left.texts is None
    assert sealed.texts_of(left).empty
    assert (left.route, sealed.answers_of(left).marital) == ("friend", "single")
    assert left.texts_erased_at is not None
    assert Event.objects.get(kind="intake.forget_texts").detail == {"count": 1}


def test_an_open_review_waits_and_a_closed_one_does_not(intake: Intake) -> None:
    waiting = {intake.participant_id}
    keeping.hold(HERE, lambda keys: waiting & set(keys))
    assert _after(200).texts is not None
    waiting.clear()
    assert _after(201).texts is None


def test_if_nobody_can_say_who_waits_nothing_is_erased(intake: Intake) -> None:
    def broken(keys: Collection[UUID]) -> Collection[UUID]:
        raise RuntimeError("no answer")

    keeping.hold(HERE, broken)
    with pytest.raises(RuntimeError), clock.at(DAY + timedelta(days=200)):
        actions.forget_texts()
    assert Intake.objects.get().texts is not None


def test_other_rooms_forget_theirs_with_the_same_clock(intake: Intake) -> None:
    told: list[datetime] = []

    def erase(before: datetime, held: keeping.Hold) -> int:
        told.append(before)
        assert held([intake.participant_id]) == frozenset()
        return 3

    keeping.also_forget(HERE, erase)
    with clock.at(DAY + timedelta(days=90)):
        assert actions.forget_texts() == 4
    assert told == [DAY]


def test_writing_again_starts_the_time_again(coordinator: User, intake: Intake) -> None:
    with clock.at(DAY + timedelta(days=80)):
        actions.answer(
            by=coordinator, folio=intake.participant.folio, values={"needs": "una silla"}
        )
    assert _after(100).texts is not None
    assert _after(170).texts is None


def test_who_was_never_asked_does_not_agree(coordinator: User, intake: Intake) -> None:
    man = intake.participant
    assert who_agree("contact", [man.pk]) == set()
    with clock.at(DAY + timedelta(days=1)):
        actions.decide(
            by=coordinator,
            folio=man.folio,
            answers={"contact": "given"},
            hearing=actions.Hearing(clock.today("America/Mexico_City")),
        )
    assert who_agree("contact", [man.pk]) == {man.pk}
    with clock.at(DAY + timedelta(days=9)):
        actions.withdraw(
            by=coordinator,
            folio=man.folio,
            purpose="contact",
            hearing=actions.Hearing(clock.today("America/Mexico_City")),
        )
    assert who_agree("contact", [man.pk]) == set()
    assert who_agree("contact", [man.pk], on=DAY.date() + timedelta(days=5)) == {man.pk}
