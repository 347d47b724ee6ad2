"""Emergencies: declared by name, seen by whom they concern, over by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.programmes import SiteFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.circles.models import Group
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.outreach import queries
from tequio.outreach.actions.emergencies import Decision, declare, lift
from tequio.outreach.actions.third_absences import raise_third_absences
from tequio.outreach.models import Emergency

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)
SATURDAY = FRIDAY + timedelta(days=1)
NOON = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _saturday() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def group(facilitator: User) -> Group:
    made = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    attend(made, sessions_of(made, FRIDAY, 4, held=4), {"Bosque": "pppf", "Cedro": "pfff"})
    return made


def quake(by: User, **changed: Any) -> Emergency:
    values: dict[str, Any] = {
        "kind": "earthquake",
        "sessions": "online",
        "starts_on": FRIDAY - timedelta(days=10),
        "ends_on": FRIDAY + timedelta(days=10),
        "decided_by": "Dora, dirección",
        "numbers": "911 · emergencias\n\n55 0000 0000 · la sede",
        **changed,
    }
    return declare(by=by, decision=Decision(**values))


def steps(user: User) -> dict[str, tuple[str, int]]:
    return {call.alias: (call.step, call.missed) for call in queries.due_calls(user, SATURDAY)}


def test_absences_of_those_days_do_not_count_and_calls_become_care(
    director: User, facilitator: User, group: Group
) -> None:
    assert steps(facilitator) == {"Cedro": ("review", 3), "Bosque": ("call", 1)}
    quake(director, site=group.site)
    assert steps(facilitator) == {"Cedro": ("care", 1), "Bosque": ("care", 0)}
    assert raise_third_absences() == 0


def test_the_script_of_a_care_call_asks_how_he_is_and_shows_the_numbers(
    director: User, facilitator: User, group: Group
) -> None:
    quake(director, site=group.site)
    man = group.memberships.get(participant__alias="Cedro")
    page = signed_in_client(facilitator).get(f"/llamadas/{man.pk}/").content.decode()
    assert "¿Estás a salvo?" in page
    assert "55 0000 0000 · la sede" in page
    assert "faltas seguidas" not in page


def test_without_care_calls_nobody_is_called_about_those_days(
    director: User, facilitator: User, group: Group
) -> None:
    quake(director, care_calls=False)
    assert steps(facilitator) == {}


def test_an_emergency_of_another_site_changes_nothing_here(
    director: User, facilitator: User, group: Group
) -> None:
    quake(director, site=SiteFactory.create(organisation=director.organisation))
    assert steps(facilitator)["Cedro"] == ("review", 3)
    assert queries.banners(facilitator, SATURDAY) == ()
    assert len(queries.banners(director, SATURDAY)) == 1


def test_it_begins_and_ends_by_itself(director: User, facilitator: User, group: Group) -> None:
    made = quake(director, site=group.site)
    days = (made.starts_on - timedelta(days=1), made.starts_on, made.ends_on)
    after = made.ends_on + timedelta(days=1)
    shown = [len(queries.banners(facilitator, day)) for day in (*days, after)]
    assert shown == [0, 1, 1, 0]
    assert queries.lines(director, after)[0].state == "over"


def test_what_was_lifted_holds_until_that_night_and_stays_forgiven(
    director: User, facilitator: User, group: Group
) -> None:
    made = quake(director)
    lift(by=director, emergency_id=made.pk)
    assert len(queries.banners(facilitator, SATURDAY)) == 1
    assert queries.banners(facilitator, SATURDAY + timedelta(days=1)) == ()
    assert steps(facilitator)["Cedro"] == ("care", 1)
    with pytest.raises(DomainError, match="ya había terminado"):
        lift(by=director, emergency_id=made.pk)


def test_only_coordination_and_direction_declare(
    facilitator: User, coordinator: User, outsider: User, group: Group
) -> None:
    with pytest.raises(Forbidden):
        quake(facilitator)
    with pytest.raises(NotVisible):
        quake(outsider, site=group.site)
    made = quake(coordinator)
    with pytest.raises(Forbidden):
        lift(by=facilitator, emergency_id=made.pk)
    with pytest.raises(NotVisible):
        lift(by=outsider, emergency_id=made.pk)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends_on": FRIDAY - timedelta(days=12)}, "ya pasó"),
        ({"ends_on": FRIDAY + timedelta(days=80)}, "sesenta"),
        ({"starts_on": FRIDAY - timedelta(days=60)}, "treinta"),
        ({"decided_by": "  "}, "quién lo decidió"),
        ({"kind": "war"}, "qué pasó"),
    ],
)
def test_what_is_missing_is_said(director: User, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        quake(director, **changed)


def test_the_database_keeps_days_in_order_and_a_name(director: User) -> None:
    made = quake(director)
    rows = Emergency.objects.filter(pk=made.pk)
    for values in ({"ends_on": FRIDAY - timedelta(days=90)}, {"decided_by": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_the_page_declares_and_keeps_what_was_typed(director: User) -> None:
    client = signed_in_client(director)
    assert "911" in client.get("/emergencias/nueva/").content.decode()
    sent = {
        "kind": "violence",
        "sessions": "paused",
        "forgive": "on",
        "municipality": "99999",
        "starts_on": "2026-11-21",
        "ends_on": "2026-12-01",
        "decided_by": "Dora, dirección",
    }
    refused = client.post("/emergencias/nueva/", sent)
    assert refused.status_code == 422
    assert "Dora, dirección" in refused.content.decode()
    many = client.post("/emergencias/nueva/", {**sent, "municipality": "benito juarez"})
    assert "09014 Benito Juárez, Ciudad de México" in many.content.decode()
    sent["municipality"] = "iztapalapa"
    assert client.post("/emergencias/nueva/", sent).status_code == 302
    assert Emergency.objects.get().municipality == "09007"
    page = client.get("/emergencias/").content.decode()
    assert "Iztapalapa" in page
    assert "Las sesiones se suspenden." in page
