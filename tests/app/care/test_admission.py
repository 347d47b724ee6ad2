"""Nobody gets a place in a group without a diagnosis and a closed intake review."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.care import admissible, diagnosed, judged
from tests.factories.circles import GroupFactory, MembershipFactory
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.care.actions import plans, reviews
from tequio.care.actions.plans import Track
from tequio.care.models import Review
from tequio.circles.actions import groups
from tequio.circles.models import Group, Membership
from tequio.core.errors import DomainError
from tequio.people import concerns, keeping
from tequio.people.concerns import Trigger
from tequio.people.models import Participant

MARTES = date(2026, 11, 24)


@pytest.fixture
def man(coordinator: User) -> Participant:
    return ParticipantFactory.create(organisation=coordinator.organisation)


@pytest.fixture
def group(coordinator: User) -> Group:
    return GroupFactory.create(organisation=coordinator.organisation)


def join(by: User, group: Group, man: Participant) -> Membership:
    return groups.join(by=by, group_id=group.pk, folio=man.folio, joined_on=MARTES)


def test_without_a_diagnosis_he_gets_no_place(
    coordinator: User, group: Group, man: Participant
) -> None:
    with pytest.raises(DomainError, match="no tiene diagnóstico"):
        join(coordinator, group, man)
    assert not Membership.objects.exists()


def test_with_an_open_intake_review_he_gets_no_place(
    coordinator: User, group: Group, man: Participant
) -> None:
    judged(coordinator, diagnosed(coordinator, man))
    with pytest.raises(DomainError, match="no está cerrada"):
        join(coordinator, group, man)


def test_a_high_intake_review_waits_for_the_second_person(
    coordinator: User, therapist: User, group: Group, man: Participant
) -> None:
    review = judged(therapist, diagnosed(therapist, man), "high")
    reviews.close(by=therapist, review_id=review.pk, words="Se quitó el arma.")
    with pytest.raises(DomainError, match="no está cerrada"):
        join(coordinator, group, man)
    reviews.confirm(by=coordinator, review_id=review.pk, words="Lo hablamos con él.")
    assert join(coordinator, group, man).participant == man


def test_with_everything_done_he_gets_his_place(
    coordinator: User, group: Group, man: Participant
) -> None:
    assert join(coordinator, group, admissible(coordinator, man)).participant == man


def test_a_new_diagnosis_asks_again_before_another_group(
    coordinator: User, group: Group, man: Participant
) -> None:
    admissible(coordinator, man)
    diagnosed(coordinator, man)
    with pytest.raises(DomainError, match="no está cerrada"):
        join(coordinator, group, man)


def test_a_plan_that_says_elsewhere_holds(
    coordinator: User, group: Group, man: Participant
) -> None:
    admissible(coordinator, man)
    plans.decide(
        by=coordinator,
        folio=man.folio,
        decision="elsewhere",
        tracks=[],
        why="Primero necesita dejar de tomar.",
        where="Centro de día, lunes a viernes.",
    )
    with pytest.raises(DomainError, match="allá sí"):
        join(coordinator, group, man)
    plans.decide(
        by=coordinator,
        folio=man.folio,
        decision="here",
        tracks=[Track("group", "Ya puede")],
        why="Ya terminó.",
    )
    assert join(coordinator, group, man)


def test_many_at_once_are_held_too_unless_a_register_brings_them(
    coordinator: User, group: Group, man: Participant
) -> None:
    other = ParticipantFactory.create(organisation=coordinator.organisation)
    admissible(coordinator, other)
    many = {"by": coordinator, "group": group, "joined_on": MARTES}
    with pytest.raises(DomainError, match="1 hombre no puede entrar"):
        groups.join_many(participants=[man, other], **many)  # type: ignore[arg-type]
    brought = groups.join_many(participants=[man], import_id=group.pk, **many)  # type: ignore[arg-type]
    assert len(brought) == 1


def test_the_page_says_what_is_missing(coordinator: User, group: Group, man: Participant) -> None:
    answer = signed_in_client(coordinator).post(
        reverse("circles:join", kwargs={"group_id": group.pk}),
        {"folio": man.folio, "joined_on": "2026-11-24"},
    )
    assert answer.status_code == 422
    assert "Todavía no tiene diagnóstico" in answer.content.decode()


def test_leaving_a_group_opens_a_review(coordinator: User, group: Group, man: Participant) -> None:
    MembershipFactory.create(group=group, participant=man, joined_on=MARTES)
    groups.leave(by=coordinator, group_id=group.pk, folio=man.folio, ended_on=MARTES)
    assert Review.objects.get(participant=man).trigger == "exit"


def test_a_room_below_raises_a_concern_and_asks_who_is_being_looked_after(
    coordinator: User, man: Participant
) -> None:
    assert keeping.held([man.pk]) == frozenset()
    concerns.raise_concern(
        by=coordinator, participant=man, trigger=Trigger.THIRD_ABSENCE, said="No contesta"
    )
    assert keeping.held([man.pk]) == {man.pk}


def test_every_trigger_that_rooms_below_know_is_known_here() -> None:
    assert {str(one) for one in Trigger} == set(Review.Trigger.values)


# --- It can fail ----------------------------------------------------------------------------------


def test_without_the_gate_a_man_without_diagnosis_would_get_in(
    coordinator: User, group: Group, man: Participant
) -> None:
    """The defect that the tests above are there for, seeded."""
    with concerns.without_gates():
        assert join(coordinator, group, man)
    with pytest.raises(DomainError, match="no tiene diagnóstico"):
        join(coordinator, GroupFactory.create(organisation=man.organisation), man)
