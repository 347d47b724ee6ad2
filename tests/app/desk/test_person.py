"""A man's page: his history by kind, what a role may not see, and every reading logged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.outreach import CallFactory
from tests.factories.people import ConsentFactory
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.access.scoped import policies_asked_anew
from tequio.audit.models import Event
from tequio.care.actions.reviews import open_review
from tequio.circles.models import Group
from tequio.core import clock
from tequio.desk import queries
from tequio.people.models import Participant

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _saturday() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 21, 18, tzinfo=UTC)):
        yield


@pytest.fixture
def man(facilitator: User) -> Participant:
    """Bosque came twice and missed the last; somebody called, and a review is open."""
    group = GroupFactory.create(
        organisation=facilitator.organisation, facilitators=[facilitator], name="Viernes"
    )
    held = sessions_of(group, FRIDAY, 3, held=3)
    place = attend(group, held, {"Bosque": "ppf"})[0]
    place.joined_on = FRIDAY - timedelta(weeks=3)
    place.save()
    bosque = place.participant
    way = EnrolmentFactory.create(
        organisation=bosque.organisation, participant=bosque, edition=group.edition
    )
    enrolled(way, "enquiry", "accepted", "in_group", on=date(2026, 10, 1))
    ConsentFactory.create(participant=bosque, recorded_by=facilitator)
    CallFactory.create(membership=place, session=held[2], made_by=facilitator, outcome="work")
    open_review(by=facilitator, participant=bosque, trigger="flag", said="Me preocupa.")
    return bosque


def kinds(user: User, man: Participant, kind: str = "") -> list[str]:
    return [entry.kind for entry in queries.timeline(user, man, kind)]


def test_everything_stands_in_one_history_the_newest_first(
    facilitator: User, man: Participant
) -> None:
    entries = queries.timeline(facilitator, man)
    assert {entry.kind for entry in entries} == set(queries.KINDS)
    days = [entry.on for entry in entries if entry.on]
    assert days == sorted(days, reverse=True)
    titles = [entry.title for entry in entries]
    assert "Llamada: trabajo" in titles
    assert "Faltó" in titles
    assert "Se abrió una revisión" in titles
    assert "Aceptado" in titles


@pytest.mark.parametrize("kind", ["grupo", "sesiones", "faltas", "llamadas", "acuerdos", "cuidado"])
def test_a_filter_shows_one_kind_and_asks_for_nothing_else(
    kind: str, facilitator: User, man: Participant
) -> None:
    assert set(kinds(facilitator, man, kind)) == {kind}


def test_no_sealed_word_stands_in_it(facilitator: User, man: Participant) -> None:
    client = signed_in_client(facilitator)
    page = client.get(f"/personas/{man.folio}/historia/").content.decode()
    assert "Me preocupa" not in page
    assert "Llamada: trabajo" in page


def test_a_part_of_the_page_has_no_head_and_a_wrong_filter_is_nothing(
    facilitator: User, man: Participant
) -> None:
    client = signed_in_client(facilitator)
    address = f"/personas/{man.folio}/historia/"
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="historia"' in part
    assert client.get(f"{address}?ver=todo").status_code == 404


def test_the_page_says_it_in_a_paragraph_and_leaves_the_rest_for_later(
    facilitator: User, man: Participant
) -> None:
    page = signed_in_client(facilitator).get(f"/personas/{man.folio}/").content.decode()
    assert "Vino a 2 de 3 sesiones que le tocaban." in page
    assert "Faltó a la última." in page
    assert "Se le ha llamado 1 vez: el sáb 21 nov 2026, trabajo." in page
    assert f'hx-get="/personas/{man.folio}/historia/"' in page


def test_another_facilitator_sees_nothing_of_it(other_facilitator: User, man: Participant) -> None:
    client = signed_in_client(other_facilitator)
    for path in ("", "historia/", "como-va/"):
        assert client.get(f"/personas/{man.folio}/{path}").status_code == 404


def test_who_reads_no_care_and_makes_no_calls_is_shown_none(
    coordinator: User, man: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {"cuidado", "llamadas"} <= set(kinds(coordinator, man))
    monkeypatch.setattr(type(coordinator), "scope", lambda self, permission: None)
    with policies_asked_anew():
        assert queries.timeline(coordinator, man) == []


def test_reading_the_history_counts_as_opening_the_file(
    coordinator: User, man: Participant
) -> None:
    signed_in_client(coordinator).get(f"/personas/{man.folio}/historia/")
    event = Event.objects.get(kind="participant.open")
    assert (event.actor_id, event.subject_id) == (coordinator.pk, man.pk)


def test_a_group_of_somebody_else_is_not_in_his_history(
    facilitator: User, other_facilitator: User, man: Participant
) -> None:
    elsewhere: Group = GroupFactory.create(
        organisation=man.organisation, facilitators=[other_facilitator], name="Lunes"
    )
    held = sessions_of(elsewhere, FRIDAY, 1, held=1)
    elsewhere.memberships.create(participant=man, joined_on=held[0].planned_on)
    texts = [entry.text for entry in queries.timeline(facilitator, man)]
    assert not [text for text in texts if "Lunes" in text]
