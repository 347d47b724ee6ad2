"""What other rooms get: coded facts for who may know them, and nothing for who may not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.care import admissible, diagnosed, judged
from tests.factories.circles import GroupFactory, MembershipFactory
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.care import queries
from tequio.care.actions import diagnosis, plans, reviews
from tequio.care.models import Review
from tequio.people.models import Participant

TODAY = date(2026, 11, 20)


@pytest.fixture
def man(facilitator: User) -> Participant:
    man = ParticipantFactory.create(organisation=facilitator.organisation, alias="Faro")
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    MembershipFactory.create(group=group, participant=man)
    return man


def opened(by: User, man: Participant, trigger: str = "flag") -> Review:
    return reviews.open_review(by=by, participant=man, trigger=trigger, said="Lo dijo llorando")


def test_what_worries_most_and_what_waits_longest_comes_first(
    facilitator: User, coordinator: User, man: Participant
) -> None:
    other = ParticipantFactory.create(organisation=man.organisation)
    late = opened(coordinator, other, "exit")
    soon = opened(facilitator, man, "disclosure")
    high = judged(coordinator, opened(coordinator, other), "high")
    found = queries.due_reviews(coordinator, TODAY)
    assert [one.review_id for one in found] == [high.pk, soon.pk, late.pk]
    assert [one.review_id for one in queries.due_reviews(facilitator, TODAY)] == [soon.pk]
    assert found[1].url.endswith(f"{soon.pk}/")


def test_a_review_that_nobody_looked_at_in_time_is_overdue(
    facilitator: User, man: Participant
) -> None:
    review = opened(facilitator, man)
    (on_time,) = queries.due_reviews(facilitator, review.due_on)
    (late,) = queries.due_reviews(facilitator, date(2100, 1, 1))
    assert (on_time.overdue, late.overdue) == (False, True)


def test_the_second_person_is_told_that_it_waits_for_her(
    facilitator: User, therapist: User, man: Participant
) -> None:
    review = judged(facilitator, opened(facilitator, man), "high")
    reviews.close(by=facilitator, review_id=review.pk, words="Ya.")
    assert queries.due_reviews(therapist, TODAY)[0].waits_for_me
    assert not queries.due_reviews(facilitator, TODAY)[0].waits_for_me


def test_a_flag_says_neither_level_nor_words(facilitator: User, man: Participant) -> None:
    judged(facilitator, opened(facilitator, man), "high")
    calm = ParticipantFactory.create(organisation=man.organisation)
    flags = queries.flags(facilitator, [man.pk, calm.pk])
    assert set(flags) == {man.pk}
    assert flags[man.pk].label == "Revisión abierta"


def test_a_diagnosis_that_somebody_began_waits_for_who_may_take_it(
    coordinator: User, facilitator: User, man: Participant
) -> None:
    diagnosis.begin(by=coordinator, folio=man.folio)
    assert [one.alias for one in queries.open_diagnoses(coordinator)] == ["Faro"]
    assert queries.open_diagnoses(facilitator) == ()


def test_his_way_is_told_in_facts_and_in_no_sealed_word(
    coordinator: User, man: Participant
) -> None:
    admissible(coordinator, man)
    plans.decide(
        by=coordinator, folio=man.folio, decision="elsewhere", tracks=[], why="x", where="Clínica"
    )
    entries = queries.timeline(coordinator, man)
    assert {entry.kind for entry in entries} == {"diagnosis", "review", "judgement", "plan"}
    told = " ".join(f"{entry.title} {entry.text}" for entry in entries)
    assert "Bajo, según Maru" in told
    assert "Clínica" not in told
    assert "cocina" not in told


def test_the_panel_says_what_is_missing_before_a_group(coordinator: User, man: Participant) -> None:
    empty = queries.panel(coordinator, man)
    assert empty is not None
    assert (empty.diagnosis, empty.plan, empty.may_enter_a_group) == ("", "", False)
    diagnosed(coordinator, man)
    waiting = queries.panel(coordinator, man)
    assert waiting is not None
    assert (waiting.diagnosis, waiting.may_enter_a_group) == ("done", False)
    for review in man.reviews.all():
        judged(coordinator, review)
        reviews.close(by=coordinator, review_id=review.pk, words="Sí.")
    ready = queries.panel(coordinator, man)
    assert ready is not None
    assert ready.may_enter_a_group


def test_his_page_shows_it_to_who_may_know(coordinator: User, man: Participant) -> None:
    page = signed_in_client(coordinator).get(reverse("desk:person", kwargs={"folio": man.folio}))
    assert reverse("care:overview", kwargs={"folio": man.folio}) in page.content.decode()


@pytest.mark.parametrize(
    "who", ["evaluator", "director", "administrator", "advocate", "promoter", "outsider"]
)
def test_who_may_not_know_gets_nothing(
    who: str, facilitator: User, man: Participant, request: pytest.FixtureRequest
) -> None:
    stranger = request.getfixturevalue(who)
    opened(facilitator, man)
    assert queries.due_reviews(stranger, TODAY) == ()
    assert queries.open_diagnoses(stranger) == ()
    assert queries.flags(stranger, [man.pk]) == {}
    assert queries.timeline(stranger, man) == ()
    assert queries.panel(stranger, man) is None


def test_nothing_here_asks_for_each_row(
    coordinator: User, facilitator: User, man: Participant
) -> None:
    for _n in range(8):
        other = ParticipantFactory.create(organisation=man.organisation)
        opened(coordinator, other)
    opened(facilitator, man)
    for user in (coordinator, facilitator):
        user.scope("care:read")  # its roles are read once
        with CaptureQueriesContext(connection) as asked:
            queries.due_reviews(user, TODAY)
            queries.flags(user, [man.pk])
            queries.panel(user, man)
        assert len(asked) == 4


def test_who_has_no_list_of_men_opens_one_by_the_folio_that_was_given(
    therapist: User, coordinator: User, outsider: User, man: Participant
) -> None:
    door = reverse("care:reviews")
    client = signed_in_client(therapist)
    assert 'name="folio"' in client.get(door).content.decode()
    assert 'name="folio"' not in signed_in_client(coordinator).get(door).content.decode()
    typed = client.get(door, {"folio": man.folio.lower().replace("-", " ")})
    assert typed["Location"] == reverse("care:overview", args=[man.folio])
    assert "no es un folio" in client.get(door, {"folio": "Faro"}).content.decode()
    stranger = ParticipantFactory.create(organisation=outsider.organisation)
    assert reverse("care:overview", args=[stranger.folio]) not in client.get(
        door, {"folio": stranger.folio}
    ).get("Location", "")
