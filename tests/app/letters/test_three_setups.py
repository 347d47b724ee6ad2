"""Who keeps what women say: the own team, an ally by agreement, or nobody."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.access import UserFactory
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import client_behind, found_wall

from tequio.access.models import Organisation, User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.letters import addresses, slot
from tequio.letters.addresses import NotAnAddress, Written
from tequio.letters.kinds import Kind
from tequio.letters.models import Letter, Slot

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
SURE = {"sure": "on"}
PAGE = "letters:setup"


@pytest.fixture
def ally(other_organisation: Organisation) -> User:
    """Somebody of Casa Sur, which has a women's team."""
    user = UserFactory.create(organisation=other_organisation, handle="sol", roles=["advocate"])
    return User.objects.select_related("organisation").get(pk=user.pk)


def agreed(address: str, **other: str) -> dict[str, str]:
    return {
        "address": address,
        "signed_on": "2026-11-01",
        "signed_by": "Dora",
        "signed_by_ally": "Sol",
        "ends_on": "2027-11-01",
        **other,
    }


def lend(client: Client, address: str, **other: str) -> int:
    return client.post(reverse("letters:setup-ally"), agreed(address, **other)).status_code


def test_without_a_choice_nothing_of_a_partner_is_kept(director: User) -> None:
    house = director.organisation_id
    assert not slot.has_wall(house)
    assert "no se guarda nada" in signed_in_client(director).get(reverse(PAGE)).content.decode()
    assert not slot.deposit(organisation_id=house, kind=Kind.START)
    own = signed_in_client(director).post(reverse("letters:setup-own"))
    assert own.status_code == 422
    assert "todavía no funda" in own.content.decode()


def test_the_own_team_keeps_letters_once_its_wall_is_founded(
    director: User, advocate: User
) -> None:
    found_wall(advocate)
    client = signed_in_client(director)
    assert Slot.objects.get().held_by == "own"
    client.post(reverse("letters:setup-none"), SURE)
    assert not slot.has_wall(director.organisation_id)
    assert client.post(reverse("letters:setup-own")).status_code == 302
    assert slot.has_wall(director.organisation_id)
    assert Event.objects.filter(kind="slot.choose").count() == 2


def test_one_press_alone_does_not_silence_every_letter(director: User, advocate: User) -> None:
    found_wall(advocate)
    answer = signed_in_client(director).post(reverse("letters:setup-none"))
    assert (answer.status_code, slot.has_wall(director.organisation_id)) == (422, True)
    assert "Háblenlo antes con ellas" in answer.content.decode()


def test_whoever_opens_the_wall_sees_first_that_no_letter_comes_any_more(
    director: User, advocate: User
) -> None:
    behind = client_behind(found_wall(advocate))
    told = "La dirección decidió que no se guarde nada"
    assert told not in behind.get(reverse("survivors:home")).content.decode()
    signed_in_client(director).post(reverse("letters:setup-none"), SURE)
    assert told in behind.get(reverse("survivors:home")).content.decode()


def test_an_ally_keeps_letters_by_agreement_and_sees_whose_they_are(
    director: User, ally: User
) -> None:
    walled = found_wall(ally)
    client = signed_in_client(director)
    with clock.at(NOON):
        behind = client_behind(walled)
        page = behind.get(reverse("survivors:mailbox")).content.decode()
        address = addresses.address_of(ally.organisation_id)
        assert address is not None
        assert address.text() in page
        client = signed_in_client(director)
        assert lend(client, address.text().lower().replace(" ", "")) == 302
        kept = Slot.objects.get(organisation=director.organisation_id)
        assert kept.holder_id == ally.organisation_id
        assert slot.deposit(organisation_id=director.organisation_id, kind=Kind.START)
        letter = Letter.objects.get()
        assert letter.holder_id == ally.organisation_id
        assert walled.by.pair_of(walled.by.current).open(letter.sealed)
        page = behind.get(reverse("survivors:mailbox")).content.decode()
        assert director.organisation.name in page
        assert "Dora" in page


def test_a_new_turn_of_the_allys_keys_reaches_whoever_lends(director: User, ally: User) -> None:
    found_wall(ally)
    address = addresses.address_of(ally.organisation_id)
    assert address is not None
    with clock.at(NOON):
        lend(signed_in_client(director), address.text())
        addresses.publish(organisation=ally.organisation, epoch=2, public=b"\x07" * 32)
        assert Slot.objects.get(organisation=director.organisation_id).epoch == 2
        # The old address on paper is refused, with words.
        assert lend(signed_in_client(director), address.text()) == 422


def test_an_agreement_that_ended_is_as_none_and_the_page_says_so(
    director: User, ally: User
) -> None:
    found_wall(ally)
    address = addresses.address_of(ally.organisation_id)
    assert address is not None
    with clock.at(NOON):
        assert lend(signed_in_client(director), address.text(), ends_on="2026-11-19") == 422
        assert lend(signed_in_client(director), address.text(), ends_on="2026-11-21") == 302
        assert slot.has_wall(director.organisation_id)
    # Half past nine in the evening of its last day; UTC has the next one already.
    with clock.at(datetime(2026, 11, 22, 3, 30, tzinfo=UTC)):
        assert slot.has_wall(director.organisation_id)
    with clock.at(NOON + timedelta(days=3)):
        assert not slot.has_wall(director.organisation_id)
        assert not slot.deposit(organisation_id=director.organisation_id, kind=Kind.START)
        page = signed_in_client(director).get(reverse(PAGE)).content.decode()
        assert "terminó" in page


def test_founding_later_does_not_take_letters_away_from_an_ally(
    director: User, advocate: User, ally: User
) -> None:
    found_wall(ally)
    address = addresses.address_of(ally.organisation_id)
    assert address is not None
    with clock.at(NOON):
        lend(signed_in_client(director), address.text())
        found_wall(advocate)
    assert Slot.objects.get(organisation=director.organisation_id).held_by == "allied"


def test_the_page_never_tells_of_letters(director: User, advocate: User) -> None:
    found_wall(advocate)
    client = signed_in_client(director)
    before = drawn(client)
    for _i in range(3):
        slot.deposit(organisation_id=director.organisation_id, kind=Kind.DISCLOSURE)
    assert drawn(client) == before


def drawn(client: Client) -> str:
    """The page without its tokens, which differ each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", client.get(reverse(PAGE)).content.decode())


def test_an_address_with_one_wrong_letter_is_refused() -> None:
    written = Written(uuid4(), 3, b"\x09" * 32)
    text = written.text()
    assert Written.read(text.lower()) == written
    for place in range(0, len(text), 7):
        if text[place] == " ":
            continue
        swapped = "A" if text[place] != "A" else "C"
        with pytest.raises(NotAnAddress):
            Written.read(text[:place] + swapped + text[place + 1 :])
    for nothing in ("", "hola", text[:-3], text + "AA"):
        with pytest.raises(NotAnAddress):
            Written.read(nothing)


@pytest.mark.parametrize("who", ["facilitator", "advocate", "coordinator", "evaluator"])
def test_only_who_directs_or_administers_decides(who: str, request: pytest.FixtureRequest) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    assert client.get(reverse(PAGE)).status_code == 403
    for name in ("own", "none"):
        assert client.post(reverse(f"letters:setup-{name}")).status_code == 403
    assert lend(client, "x") == 403
