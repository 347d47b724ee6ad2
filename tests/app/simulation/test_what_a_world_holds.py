"""What an invented organisation holds. Written once for all these tests: it takes some seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.factories.worlds import MORNING, fill

from tequio.access.models import Organisation
from tequio.audit.models import Event
from tequio.care.models import Review
from tequio.circles import sealed
from tequio.circles.models import Attendance, Group, Membership, Session, Telling
from tequio.core import clock
from tequio.outreach.models import Call
from tequio.people.models import Identity, Intake, Participant
from tequio.people.queries.intake import may_join
from tequio.people.vault import unseal
from tequio.programmes.models import Enrolment
from tequio.reports.models import Certificate
from tequio.simulation import words, world
from tequio.simulation.men import draw


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MORNING):
            fill(3, men=40)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(written: None, db: None) -> Iterator[None]:
    with clock.at(MORNING):
        yield


def test_a_world_has_its_men_a_tonight_a_past_and_somebody_who_is_missed(filled: None) -> None:
    assert Participant.objects.count() == 40
    assert Identity.objects.count() == 40
    today = clock.today(world.ZONE)
    assert Session.objects.filter(planned_on=today, state="planned").exists()
    assert Session.objects.filter(state="held", planned_on__lt=today).count() > 5
    assert not Session.objects.filter(state="held", planned_on__gte=today).exists()
    assert set(Attendance.objects.values_list("status", flat=True)) == {
        "present",
        "late",
        "absent",
        "excused",
    }
    assert all(group.facilitators.count() == 1 for group in Group.objects.all())


def test_what_a_world_did_was_done_when_it_says(filled: None) -> None:
    """Marks of last month were made last month, and none in the future."""
    assert not Event.objects.filter(at__gt=MORNING).exists()
    for mark in Attendance.objects.select_related("session")[:50]:
        assert mark.marked_at.astimezone().date() >= mark.session.planned_on


def test_no_telephone_of_a_world_can_ring_and_every_name_is_plainly_invented(
    filled: None,
) -> None:
    for identity in Identity.objects.all():
        who = unseal(identity)
        assert who.phone.startswith("55 5555 ")
        assert who.surnames.split()[0] in words.SURNAMES
        assert who.surnames.split(maxsplit=1)[1] in words.SECOND_SURNAMES


def test_nobody_has_a_place_without_intake_diagnosis_review_and_plan(filled: None) -> None:
    seated = Participant.objects.filter(memberships__isnull=False)
    assert seated.count() == 38
    for man in seated:
        assert not may_join(man)
        assert man.diagnoses.get().state == "done"
        assert man.reviews.filter(trigger="intake", state="closed").exists()
        assert man.plans.filter(replaced_at__isnull=True).exists()


def test_a_group_that_is_over_left_each_man_a_dose_or_an_exit(filled: None) -> None:
    today = clock.today(world.ZONE)
    over = [
        group
        for group in Group.objects.all()
        if group.sessions.latest("position").planned_on + timedelta(days=7) <= today
    ]
    assert over
    states = set()
    for place in Membership.objects.filter(group__in=over):
        way = Enrolment.objects.get(participant=place.participant)
        states.add(way.state)
        if way.state != "withdrawn":
            came = place.attendances.filter(status__in=["present", "late"]).count()
            assert way.steps.get(to_state="completed", from_state="in_group").attended == came
        else:
            assert place.ended_on is not None
    assert "withdrawn" in states
    assert states & {"completed", "maintenance"}
    running = Enrolment.objects.filter(participant__memberships__isnull=False).exclude(
        participant__memberships__group__in=over
    )
    assert set(running.values_list("state", flat=True)) == {"in_group"}
    papers = Certificate.objects.filter(participant__memberships__group__in=over)
    assert papers.count() == Certificate.objects.count() > 0


def test_who_came_in_the_last_days_has_no_group_yet(filled: None) -> None:
    new = Participant.objects.filter(memberships__isnull=True)
    assert new.count() == 2
    ways = Enrolment.objects.filter(participant__in=new)
    assert set(ways.values_list("state", flat=True)) == {"enquiry"}


def test_some_of_the_last_absences_were_followed_by_a_call(filled: None) -> None:
    calls = Call.objects.all()
    assert calls.exists()
    for call in calls:
        assert call.session.planned_on < call.made_at.date() <= MORNING.date()


def test_routes_and_motives_of_a_world_are_those_of_its_men(filled: None) -> None:
    drawn = draw(40, seed=3)
    kept = Intake.objects.filter(state="done")
    assert kept.count() == 39  # one of the two newcomers has only asked
    routes = sorted(kept.values_list("route", flat=True))
    asked = sorted(man.route for n, man in enumerate(drawn) if n != 38)
    assert routes == asked


def test_what_was_told_in_the_rounds_is_sealed_and_only_of_men_who_were_there(
    filled: None,
) -> None:
    told = Telling.objects.filter(part="round", stands=True)
    assert told.count() > 30
    house = Organisation.objects.get().pk
    answers = set()
    for telling in told:
        there = telling.membership.attendances.get(session=telling.session)
        assert there.status in ("present", "late")
        said = sealed.open_round(house, telling)
        assert said is not None
        assert not said.waits
        answers.add(said.answer)
    assert answers == {"yes", "no", "silent"}


def test_some_evenings_were_typed_in_from_paper(filled: None) -> None:
    kinds = Event.objects.filter(kind__in=["session.sheet", "attendance.mark_many"])
    counts = Counter(kinds.values_list("kind", flat=True))
    assert 0 < counts["session.sheet"] < counts["attendance.mark_many"]


def test_what_somebody_told_was_looked_at_the_day_after(filled: None) -> None:
    reviews = Review.objects.filter(trigger="disclosure")
    assert reviews.exists()
    long_ago = MORNING - timedelta(days=7)
    assert not reviews.filter(opened_at__lt=long_ago).exclude(state="closed").exists()
