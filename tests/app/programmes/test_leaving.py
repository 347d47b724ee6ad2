"""Coming in and leaving through the page of a group: the way follows, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from tests.factories.access import UserFactory
from tests.factories.circles import GroupFactory, sessions_of
from tests.factories.people import ConsentFactory, IntakeFactory, ParticipantFactory
from tests.factories.programmes import EditionFactory, EnrolmentFactory, SiteFactory, enrolled
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.circles.actions.groups import open_group
from tequio.circles.models import Group, Membership
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import vault as people_vault
from tequio.people.models import Motive, Participant, Route
from tequio.people.vault import Who
from tequio.programmes import gates, prerequisites, vault
from tequio.programmes.actions import enrolment as actions
from tequio.programmes.models import Enrolment, EnrolmentStep

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with clock.at(EVENING):
        yield


@pytest.fixture
def group(coordinator: User) -> Group:
    group = GroupFactory.create(organisation=coordinator.organisation)
    sessions_of(group, TODAY, 3, held=0)
    return group


@pytest.fixture
def man(coordinator: User) -> Participant:
    return ParticipantFactory.create(organisation=coordinator.organisation)


def _join(by: User, group: Group, man: Participant, on: str) -> str:
    answer = signed_in_client(by).post(
        f"/grupos/{group.pk}/integrantes/", {"folio": man.folio, "joined_on": on}
    )
    return str(answer.content.decode())


def test_a_seat_given_on_the_page_of_a_group_is_a_step_of_his_way(
    coordinator: User, group: Group, man: Participant
) -> None:
    _join(coordinator, group, man, "2026-11-06")
    assert Enrolment.objects.get().state == "in_group"


def test_who_leaves_says_why_and_may_come_back_to_the_same_group(
    coordinator: User, group: Group, man: Participant
) -> None:
    _join(coordinator, group, man, "2026-11-06")
    client = signed_in_client(coordinator)
    page = f"/grupos/{group.pk}/integrantes/{man.folio}/salida/"
    assert "Trabajo u horario" in client.get(page).content.decode()
    client.post(page, {"ended_on": "2026-11-13", "reason": "work", "note": "Turno nuevo"})
    step = EnrolmentStep.objects.get(to_state="withdrawn")
    assert (step.reason, step.happened_on) == ("work", date(2026, 11, 13))
    assert vault.open_note(Enrolment.objects.get(), step) == "Turno nuevo"
    _join(coordinator, group, man, "2026-11-20")
    assert Membership.objects.filter(participant=man, group=group).count() == 2
    assert Enrolment.objects.get().state == "in_group"


def test_an_exclusion_without_an_explanation_leaves_everything_as_it_was(
    coordinator: User, group: Group, man: Participant
) -> None:
    _join(coordinator, group, man, "2026-11-06")
    client = signed_in_client(coordinator)
    page = f"/grupos/{group.pk}/integrantes/{man.folio}/salida/"
    refused = client.post(page, {"ended_on": "2026-11-13", "reason": "excluded_threats"})
    assert refused.status_code == 422
    assert "lleva siempre una explicación" in refused.content.decode()
    assert Membership.objects.get().ended_on is None
    assert Enrolment.objects.get().state == "in_group"


def test_who_passes_to_another_group_waits_for_it(
    coordinator: User, group: Group, man: Participant
) -> None:
    _join(coordinator, group, man, "2026-11-06")
    signed_in_client(coordinator).post(
        f"/grupos/{group.pk}/integrantes/{man.folio}/salida/",
        {"ended_on": "2026-11-13", "reason": "other_group"},
    )
    assert Enrolment.objects.get().state == "waiting"


def test_a_model_that_asks_for_consent_waits_for_the_intake(
    coordinator: User, man: Participant
) -> None:
    edition = EditionFactory.create(organisation=coordinator.organisation, model_version="2")
    place = {"by": coordinator, "participant": man, "edition": edition, "on": TODAY}
    with gates.only(intake=prerequisites.intake):
        with pytest.raises(DomainError, match="De su ingreso falta"):
            actions.placed(**place)
        IntakeFactory.create(
            participant=man,
            route=Route.values[0],
            motive=Motive.values[0],
            state="done",
            finished_at=clock.now(),
        )
        people_vault.seal(man, Who("Juan", birth_year=1985)).save()
        for purpose in ("limits", "programme"):
            ConsentFactory.create(participant=man, purpose=purpose)
        assert actions.placed(**place).state == "in_group"
    old = EditionFactory.create(organisation=coordinator.organisation)
    assert prerequisites.intake(ParticipantFactory.create(), old, TODAY) is None


def test_the_meeting_of_each_month_is_a_group_of_its_own(coordinator: User) -> None:
    edition = EditionFactory.create(
        organisation=coordinator.organisation, model_slug="mantenimiento", model_version="1"
    )
    group = open_group(
        by=coordinator,
        name="Primer martes",
        site=SiteFactory.create(organisation=coordinator.organisation),
        edition=edition,
        starts_on=date(2027, 1, 12),
        starts_at=time(19, 0),
        facilitators=[
            UserFactory.create(organisation=coordinator.organisation, roles=["facilitator"])
        ],
    )
    days = [session.planned_on for session in group.sessions.order_by("position")]
    assert [b - a for a, b in pairwise(days[:3])] == [timedelta(days=28)] * 2
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    done = EnrolmentFactory.create(
        organisation=coordinator.organisation,
        participant=man,
        edition=EditionFactory.create(organisation=coordinator.organisation),
    )
    ways = ("enquiry", "accepted", "in_group", "completed", "maintenance")
    enrolled(done, *ways, on=date(2026, 7, 1))
    _join(coordinator, group, man, "2026-11-20")
    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["in_group", "maintenance"]
