"""A man who left may come back, a session made up counts once, and what he did before stays."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.app.circles import evening_world
from tests.app.circles.evening_world import EVENING, Tonight, heard
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.people import signed_in_client

from evidencia import NOT_EXPECTED, PRESENT
from tequio.access.models import User
from tequio.circles import queries
from tequio.circles.actions import attendance, groups, visits
from tequio.circles.models import Membership
from tequio.circles.queries.dose import dose
from tequio.circles.retention import collect
from tequio.core import clock
from tequio.core.errors import DomainError, NotVisible
from tequio.people import concerns
from tequio.people.policies import visible_to
from tequio.programmes import gates

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _at_eight() -> object:
    with clock.at(EVENING), heard(), concerns.without_gates(), gates.only():
        yield


@pytest.fixture
def tonight(facilitator: User) -> Tonight:
    return evening_world.make(facilitator)


@pytest.fixture
def guest(other_facilitator: User, tonight: Tonight) -> Membership:
    """Higo, who is in Beto's group of the same edition and missed its third session."""
    group = GroupFactory.create(
        organisation=other_facilitator.organisation,
        edition=tonight.group.edition,
        facilitators=[other_facilitator],
    )
    return attend(group, sessions_of(group, date(2026, 11, 18), 3, held=3), {"Higo": "ppf"})[0]


def test_who_left_may_come_back_and_keeps_what_he_had(coordinator: User, tonight: Tonight) -> None:
    tonight.men[0].attendances.exclude(session__position=1).delete()
    man = tonight.men[0].participant
    where = {"by": coordinator, "group_id": tonight.group.pk, "folio": man.folio}
    groups.leave(**where, ended_on=date(2026, 11, 7))
    again = groups.join(**where, joined_on=TODAY)
    assert (again.joined_at_session, Membership.objects.filter(participant=man).count()) == (3, 2)
    with pytest.raises(DomainError, match="ya está en este grupo"):
        groups.join(**where, joined_on=TODAY)
    seats = queries.circle(coordinator, tonight.session, today=TODAY).seats
    assert [seat.alias for seat in seats].count("Abeto") == 1
    # He leaves again: his newest place ends, the first one stays as it was.
    groups.leave(**where, ended_on=TODAY)
    ends = Membership.objects.filter(participant=man).order_by("joined_at_session")
    assert [place.ended_at_session for place in ends] == [1, 3]


def test_in_the_same_evening_no_seat_is_his_twice(coordinator: User, tonight: Tonight) -> None:
    man = tonight.men[0].participant
    where = {"by": coordinator, "group_id": tonight.group.pk, "folio": man.folio}
    groups.leave(**where, ended_on=TODAY)
    assert groups.join(**where, joined_on=TODAY).joined_at_session == 4


def _facts(tonight: Tonight) -> collect.Facts:
    group = tonight.group
    return collect.Facts(group.pk, group.name, group.gaps, group.edition.model_slug)


def test_who_came_back_is_one_man_of_the_report(coordinator: User, tonight: Tonight) -> None:
    tonight.session.state = "held"
    tonight.session.save()
    tonight.men[0].attendances.exclude(session__position=1).delete()
    man = tonight.men[0].participant
    where = {"by": coordinator, "group_id": tonight.group.pk, "folio": man.folio}
    groups.leave(**where, ended_on=date(2026, 11, 7))
    again = groups.join(**where, joined_on=TODAY)
    again.attendances.create(session=tonight.session, status="late", marked_by="prueba")
    found = collect.collect(collect.read([tonight.group]), [_facts(tonight)], today=TODAY)
    assert [place.alias for place in found.places] == ["Abeto", "Bosque", "Cedro"]
    assert found.matrix.marks[0].tolist() == [PRESENT, NOT_EXPECTED, PRESENT]
    assert found.places[0].over is False


def test_a_session_made_up_elsewhere_counts_once(
    facilitator: User, other_facilitator: User, tonight: Tonight, guest: Membership
) -> None:
    man, edition = guest.participant, tonight.group.edition
    before = dose(other_facilitator, man, edition)
    assert before is not None and (before.attended, before.held) == (2, 3)
    place = visits.receive(by=facilitator, session_id=tonight.session.pk, folio=man.folio)
    with pytest.raises(DomainError, match="ya tiene lugar"):
        visits.receive(by=facilitator, session_id=tonight.session.pk, folio=man.folio)
    attendance.mark(
        by=facilitator,
        session_id=tonight.session.pk,
        membership_id=place.pk,
        status="present",
        mark_id=uuid4(),
    )
    after = dose(other_facilitator, man, edition)
    assert after is not None and (after.attended, after.held, after.made_up) == (3, 3, 1)
    # A guest's file stays with those who run his own group, and he is counted there alone.
    assert not visible_to(facilitator).filter(pk=man.pk).exists()
    found = collect.collect(collect.read([tonight.group]), [_facts(tonight)], today=TODAY)
    assert "Higo" not in [p.alias for p in found.places]
    page = signed_in_client(facilitator).get(reverse("circles:session", args=[tonight.session.pk]))
    assert "repone aquí" in page.content.decode() and man.folio not in page.content.decode()


def test_only_a_man_of_the_same_programme_is_received(
    facilitator: User, outsider: User, tonight: Tonight, guest: Membership
) -> None:
    for folio in (tonight.men[0].participant.folio, "7K2M-9QXC"):
        with pytest.raises(DomainError):
            visits.receive(by=facilitator, session_id=tonight.session.pk, folio=folio)
    with pytest.raises(NotVisible):
        visits.receive(by=outsider, session_id=tonight.session.pk, folio=guest.participant.folio)
    with pytest.raises(DomainError):
        visits.receive(by=facilitator, session_id=tonight.coming.pk, folio=guest.participant.folio)


def test_a_seat_given_by_mistake_is_taken_away_while_nothing_is_written(
    facilitator: User, tonight: Tonight, guest: Membership
) -> None:
    place = visits.receive(
        by=facilitator, session_id=tonight.session.pk, folio=guest.participant.folio
    )
    address = reverse("circles:dismiss-visit", args=[tonight.session.pk, place.pk])
    signed_in_client(facilitator).post(address)
    assert not Membership.objects.filter(visit=True).exists()
    with pytest.raises(NotVisible):
        visits.dismiss(
            by=facilitator, session_id=tonight.session.pk, membership_id=tonight.men[0].pk
        )
