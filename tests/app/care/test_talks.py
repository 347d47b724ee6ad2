"""Talks that every man has: planned for all alike, their subjects shown only once they begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.care.actions import housekeeping, talks
from tequio.care.models import Talk
from tequio.circles.models import Group, Membership
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.letters import talks as subjects
from tequio.letters.models import Agenda

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(subjects, "by_chance", lambda _share: False)
    with clock.at(NOON):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    """Two men: one began two weeks ago, the other has not come yet."""
    made = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    held = sessions_of(made, TODAY, 3, held=3)
    attend(made, held, {"Abeto": "ppp", "Bosque": "ff."})
    return made


@pytest.fixture
def talk(group: Group) -> Talk:
    talks.plan_talks()
    return Talk.objects.get(week=3)


def test_a_man_who_began_has_his_talks_and_who_did_not_has_none(group: Group) -> None:
    assert talks.plan_talks() == 3
    planned = Talk.objects.order_by("week").values_list("participant__alias", "week", "due_on")
    began = TODAY - timedelta(weeks=2)
    assert list(planned) == [
        ("Abeto", week, began + timedelta(weeks=week)) for week in subjects.plan().weeks
    ]


def test_planning_again_and_correcting_a_list_plan_nothing_twice(group: Group) -> None:
    talks.plan_talks()
    group.memberships.get(participant__alias="Abeto").attendances.order_by(
        "session__position"
    ).first().delete()  # type: ignore[union-attr]
    assert talks.plan_talks() == 0
    assert Talk.objects.count() == Agenda.objects.count() == 3


def test_every_talk_has_as_many_subjects_as_any_other(group: Group) -> None:
    talks.plan_talks()
    assert {len(one.subjects) for one in Agenda.objects.all()} == {subjects.plan().subjects_each}


def test_some_have_one_more_by_plain_chance(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    talks.plan_talks()
    monkeypatch.setattr(subjects, "by_chance", lambda _share: True)
    assert talks.plan_talks() == 1
    extra = Talk.objects.get(week=None)
    assert extra.participant.alias == "Abeto"
    assert TODAY < extra.due_on <= TODAY + timedelta(days=14)


def test_the_talks_of_a_man_who_left_go(group: Group, talk: Talk) -> None:
    Membership.objects.update(ended_on=TODAY, ended_at_session=3)
    talks.plan_talks()
    assert set(Talk.objects.values_list("outcome", flat=True)) == {"left"}
    assert not Agenda.objects.exists()


def test_what_is_asked_stands_on_no_page_before_the_talk_begins(
    facilitator: User, talk: Talk
) -> None:
    Agenda.objects.filter(pk=talk.pk).update(subjects=["weapons", "money", "sex", "support"])
    client = signed_in_client(facilitator)
    pages = [reverse("desk:today"), reverse("care:talks"), reverse("care:talk", args=[talk.pk])]
    for address in pages:
        page = client.get(address).content.decode()
        assert "Abeto" in page
        assert "Armas" not in page
        assert "Dinero" not in page
    client.post(reverse("care:begin-talk", args=[talk.pk]))
    assert "Armas" in client.get(pages[2]).content.decode()
    assert Agenda.objects.get(pk=talk.pk).fixed


def test_a_talk_ends_with_a_code_and_a_note_that_is_sealed(facilitator: User, talk: Talk) -> None:
    client = signed_in_client(facilitator)
    client.post(reverse("care:begin-talk", args=[talk.pk]))
    sent = {"outcome": "talked", "note": "Sale a caminar."}
    assert client.post(reverse("care:end-talk", args=[talk.pk]), sent).status_code == 302
    talk.refresh_from_db()
    assert talk.outcome == "talked"
    assert b"caminar" not in bytes(talk.sealed or b"")
    assert "Sale a caminar." in client.get(reverse("care:talk", args=[talk.pk])).content.decode()


def test_a_note_goes_after_its_time_and_the_code_stays(facilitator: User, talk: Talk) -> None:
    talks.begin(by=facilitator, talk_id=talk.pk)
    talks.end(by=facilitator, talk_id=talk.pk, outcome="talked", note="Sale a caminar.")
    assert housekeeping.forget_words(NOON - timedelta(seconds=1), lambda men: men) == 0
    assert housekeeping.forget_words(NOON, lambda men: men) == 0, "a review holds it"
    assert housekeeping.forget_words(NOON, lambda _men: ()) == 1
    talk.refresh_from_db()
    assert (talk.outcome, talk.sealed) == ("talked", None)


def test_who_did_not_come_is_awaited_another_week_with_the_same_subjects(
    facilitator: User, talk: Talk
) -> None:
    before = Agenda.objects.get(pk=talk.pk).subjects
    talks.end(by=facilitator, talk_id=talk.pk, outcome="did_not_come")
    talk.refresh_from_db()
    after = Agenda.objects.get(pk=talk.pk)
    assert talk.due_on == after.due_on == TODAY + timedelta(weeks=2)
    assert (after.subjects, after.fixed, talk.outcome) == (before, False, "")


def test_it_is_not_ended_before_it_began_nor_begun_long_before_its_day(
    facilitator: User, talk: Talk
) -> None:
    with pytest.raises(DomainError, match="no ha empezado"):
        talks.end(by=facilitator, talk_id=talk.pk, outcome="talked")
    later = Talk.objects.get(week=11)
    with pytest.raises(DomainError, match="todavía no toca"):
        talks.begin(by=facilitator, talk_id=later.pk)


def test_only_who_works_with_him_has_the_talk(
    other_facilitator: User, director: User, talk: Talk
) -> None:
    for user in (other_facilitator, director):
        with pytest.raises((NotVisible, Forbidden)):
            talks.begin(by=user, talk_id=talk.pk)
