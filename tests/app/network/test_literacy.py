"""Literacy circles: nobody is registered, nobody finds where women meet, words have their time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.access import UserFactory
from tests.factories.literacy import PLACE, circle_of, meeting_of, today
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.network.actions import literacy
from tequio.network.actions.literacy import Opening, Told
from tequio.network.models import Learning, LiteracyCircle, LiteracyMeeting
from tequio.network.policies import literacy as policies
from tequio.network.queries import literacy as queries

pytestmark = pytest.mark.django_db


def _with(user: User, *roles: str) -> User:
    return UserFactory.create(organisation=user.organisation, roles=roles)


def _pages(user: User, circle: LiteracyCircle, meeting: LiteracyMeeting) -> str:
    client = signed_in_client(user)
    addresses = [
        reverse("network:literacy"),
        reverse("network:literacy-circle", args=[circle.pk]),
        reverse("network:literacy-meeting", args=[meeting.pk]),
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_who_works_with_men_lists_no_circle_of_women_whatever_else_they_are(
    promoter: User,
) -> None:
    circle = circle_of(promoter)
    meeting = meeting_of(promoter, circle)
    for roles in (["facilitator"], ["therapist"], ["coordinator"], ["promoter", "facilitator"],
                  ["promoter", "coordinator"], ["director", "therapist"]):  # fmt: skip
        shown = _pages(_with(promoter, *roles), circle, meeting)
        assert "Bugambilia" not in shown
        assert PLACE not in shown
    with pytest.raises(Forbidden):
        circle_of(_with(promoter, "promoter", "facilitator"), "Otro")
    with pytest.raises(NotVisible):
        meeting_of(_with(promoter, "promoter", "therapist"), circle)


def test_a_policy_without_that_line_would_be_found(
    promoter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = circle_of(promoter)
    meeting = meeting_of(promoter, circle)
    monkeypatch.setattr(policies, "works_with_men", lambda _user: False)
    assert "Bugambilia" in _pages(_with(promoter, "promoter", "therapist"), circle, meeting)


@pytest.mark.parametrize("role", ["coordinator", "director"])
def test_who_answers_for_the_work_counts_circles_and_can_list_none(
    promoter: User, advocate: User, role: str
) -> None:
    circle = circle_of(promoter)
    meeting = meeting_of(promoter, circle)
    literacy.learn(
        by=promoter, meeting_id=meeting.pk, domain="skills", words="Ya sé leer un contrato."
    )
    answers_for_it = _with(promoter, role)
    listed = _pages(answers_for_it, circle, meeting)
    assert "Bugambilia" not in listed
    assert "Ya sé leer un contrato." not in listed
    assert PLACE in _pages(advocate, circle, meeting)
    counted = signed_in_client(answers_for_it).get(reverse("network:literacy-counts"))
    page = counted.content.decode()
    assert "El dinero y el trabajo" in page
    assert "Bugambilia" not in page
    guides = signed_in_client(answers_for_it).get(reverse("network:literacy-guides"))
    assert guides.status_code == 200


def test_counts_are_by_theme_and_year_and_know_of_no_meeting_to_come(
    promoter: User, coordinator: User
) -> None:
    circle = circle_of(promoter)
    meeting_of(promoter, circle)
    day = today(promoter)
    other = literacy.plan_meeting(by=promoter, circle_id=circle.pk, on=day)
    literacy.not_held(by=promoter, meeting_id=other.pk, why="unsafe")
    literacy.plan_meeting(by=promoter, circle_id=circle.pk, on=day + timedelta(days=3))
    found = [
        (one.theme, one.circles, one.held, one.not_held, one.came)
        for one in queries.counts(coordinator, day)
    ]
    assert found == [("El dinero y el trabajo", 1, 1, 1, 9)]
    assert queries.counts(promoter, day) == []


def test_place_aliases_and_words_lie_sealed_and_the_log_names_no_circle(promoter: User) -> None:
    circle = circle_of(promoter)
    meeting = meeting_of(promoter, circle)
    rows = [*LiteracyCircle.objects.values_list(), *LiteracyMeeting.objects.values_list()]
    lying = " ".join(str(value) for row in rows for value in row)
    for word in (PLACE, "Jacaranda", "Preguntar en la caja"):
        assert word not in lying
    assert "Jacaranda" in queries.met(promoter.organisation_id, meeting).aliases
    labels = set(Event.objects.filter(kind__startswith="literacy.").values_list("subject_label"))
    assert labels == {("El dinero y el trabajo",)}


def test_a_meeting_is_counted_or_says_why_it_was_not_held(promoter: User) -> None:
    circle = circle_of(promoter)
    meeting = meeting_of(promoter, circle)
    assert (meeting.came, meeting.children, meeting.guide_version) == (9, 2, "1")
    other = literacy.plan_meeting(by=promoter, circle_id=circle.pk, on=today(promoter))
    with pytest.raises(DomainError, match="cuántas"):
        literacy.hold(by=promoter, meeting_id=other.pk, told=Told())
    literacy.not_held(by=promoter, meeting_id=other.pk, why="unsafe")
    assert [line.held for line in queries.lines(promoter)] == [1]


def test_aliases_alone_are_counted(promoter: User) -> None:
    circle = circle_of(promoter)
    meeting = literacy.plan_meeting(by=promoter, circle_id=circle.pk, on=today(promoter))
    held = literacy.hold(
        by=promoter, meeting_id=meeting.pk, told=Told(aliases=("Sol", " ", "Lluvia"))
    )
    assert held.came == 2


def test_aliases_go_after_ninety_days_and_words_after_three_years(promoter: User) -> None:
    circle = circle_of(promoter)
    meeting = meeting_of(promoter, circle)
    literacy.learn(by=promoter, meeting_id=meeting.pk, domain="skills", words="Sí puedo.")
    with clock.at(clock.now() + timedelta(days=80)):
        literacy.forget()
    meeting.refresh_from_db()
    assert meeting.sealed_aliases is not None
    with clock.at(clock.now() + timedelta(days=91)):
        literacy.forget()
    meeting.refresh_from_db()
    assert (meeting.sealed_aliases, meeting.came) == (None, 9)
    assert Learning.objects.exists()
    with clock.at(clock.now() + timedelta(days=1100)):
        literacy.forget()
    meeting.refresh_from_db()
    assert (meeting.sealed_words, meeting.came, Learning.objects.exists()) == (None, 9, False)


def test_the_whole_way_through_the_pages_loses_nothing_of_what_was_typed(promoter: User) -> None:
    client, day = signed_in_client(promoter), today(promoter)
    new = reverse("network:new-literacy-circle")
    typed = {"name": "Colibrí", "audience": "women", "theme": "own", "place": "La capilla"}
    again = client.post(new, typed)
    assert again.status_code == 422
    assert "La capilla" in again.content.decode()
    client.post(new, {**typed, "chosen": "Volver de noche"})
    circle = LiteracyCircle.objects.get(name="Colibrí")
    plan = reverse("network:plan-literacy-meeting", args=[circle.pk])
    client.post(plan, {"on": day.isoformat(), "guide": "la-palabra-del-grupo"})
    meeting = circle.meetings.get()
    page = reverse("network:literacy-meeting", args=[meeting.pk])
    assert "La palabra del grupo" in client.get(page).content.decode()
    lost = client.post(page, {"came": "", "dialogue": "Se habló de la calle."})
    assert lost.status_code == 422
    assert "Se habló de la calle." in lost.content.decode()
    client.post(page, {"came": "11", "action": "Contar las lámparas"})
    client.post(
        reverse("network:literacy-learned", args=[meeting.pk]),
        {"learned-domain": "behaviour", "learned-words": "Ahora vamos de dos en dos."},
    )
    client.post(
        reverse("network:literacy-outcome", args=[circle.pk]),
        {"cards-moment": "start", "cards-domain": "skills", "cards-on": day.isoformat(),
         "cards-no": "6", "cards-partly": "3", "cards-yes": "2"},
    )  # fmt: skip
    client.post(
        reverse("network:literacy-action-done", args=[meeting.pk]), {"done-on": day.isoformat()}
    )
    shown = client.get(reverse("network:literacy-circle", args=[circle.pk])).content.decode()
    for words in ("Ahora vamos de dos en dos.", "11 personas", "Hecha", "Lo que pueden hacer"):
        assert words in shown
    assert circle.outcomes.get().no == 6


def test_two_circles_of_one_name_are_refused_with_a_sentence(promoter: User) -> None:
    circle_of(promoter)
    with pytest.raises(DomainError, match="Bugambilia"):
        circle_of(promoter)
    with pytest.raises(DomainError, match="tema"):
        literacy.open_circle(by=promoter, opening=Opening("X", "own", "women"), on=today(promoter))
