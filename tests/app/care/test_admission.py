"""Nobody gets a place in a group without a diagnosis and a closed intake review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.factories.care import admissible, diagnosed, judged
from tests.factories.circles import GroupFactory, MembershipFactory
from tests.factories.people import IntakeFactory, ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.care.actions import plans, reviews
from tequio.care.actions.plans import Track
from tequio.care.models import Review
from tequio.circles.actions import groups
from tequio.circles.models import Group, Membership
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import concerns, keeping
from tequio.people.concerns import Trigger
from tequio.people.models import Participant
from tequio.programmes import queries
from tequio.programmes.actions import enrolment
from tequio.programmes.models import Edition, Enrolment
from tequio.programmes.states import State

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


# --- Who is stopped, and who does not wait --------------------------------------------------------


def worried(by: User, man: Participant) -> Review:
    review = reviews.open_review(
        by=by, participant=man, trigger=Trigger.FLAG, said="Habló de un arma."
    )
    return judged(by, review, "high")


def accepted(by: User, man: Participant, edition: Edition, on: date = MARTES) -> Enrolment:
    found = enrolment.open_enquiry(by=by, participant=man, edition=edition, on=on)
    return enrolment.accept(by=by, enrolment_id=found.pk, on=on)


def let_wait(by: User, way: Enrolment, on: date = MARTES) -> None:
    enrolment.move(by=by, enrolment_id=way.pk, to=State.WAITING, on=on, reason="no_seat")


def test_while_a_review_judged_high_is_open_nobody_gives_him_a_place(
    coordinator: User, therapist: User, group: Group, man: Participant
) -> None:
    review = worried(therapist, admissible(coordinator, man))
    with pytest.raises(DomainError, match="revisión de riesgo alto"):
        join(coordinator, group, man)
    reviews.close(by=therapist, review_id=review.pk, words="Entregó el arma.")
    with pytest.raises(DomainError, match="revisión de riesgo alto"):
        join(coordinator, group, man)
    reviews.confirm(by=coordinator, review_id=review.pk, words="Lo hablamos con él.")
    assert join(coordinator, group, man).participant == man


@pytest.mark.parametrize("why", ["high", "court"])
def test_high_risk_and_a_courts_order_are_not_put_in_the_line(
    coordinator: User, therapist: User, group: Group, man: Participant, why: str
) -> None:
    way = accepted(coordinator, admissible(coordinator, man), group.edition)
    if why == "court":
        IntakeFactory.create(
            participant=man,
            organisation=man.organisation,
            state="done",
            route="court",
            motive="ordered",
            started_at=clock.now(),
            finished_at=clock.now(),
        )
    else:
        review = worried(therapist, man)
        reviews.close(by=therapist, review_id=review.pk, words="Entregó el arma.")
        reviews.confirm(by=coordinator, review_id=review.pk, words="Lo hablamos con él.")
    with pytest.raises(DomainError, match="No se le deja en espera"):
        let_wait(coordinator, way)


def test_whose_risk_rises_while_he_waits_stands_first_in_the_line(
    coordinator: User, therapist: User, group: Group, man: Participant
) -> None:
    before = ParticipantFactory.create(organisation=man.organisation)
    for one, on in ((before, MARTES - timedelta(days=60)), (man, MARTES)):
        way = accepted(coordinator, admissible(coordinator, one), group.edition, on)
        let_wait(coordinator, way, on)
    today = clock.today("America/Mexico_City")
    line = queries.lines(coordinator, today)[0]
    assert ([one.way.participant for one in line.men], line.urgent) == ([before, man], [])
    worried(therapist, man)
    line = queries.lines(coordinator, today)[0]
    assert [one.way.participant for one in line.urgent] == [man]
    assert [one.way.participant for one in line.men] == [before]
    page = signed_in_client(coordinator).get(reverse("programmes:waiting")).content.decode()
    assert page.count("No esperan") == 1
    assert page.index(man.alias) < page.index(before.alias)
