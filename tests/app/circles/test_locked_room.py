"""In the room: five minutes lock the screen, a PIN opens it, and the sign-in lasts for it alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.app.circles import evening_world
from tests.app.circles.evening_world import EVENING, Tonight
from tests.factories.access import PASSWORD
from tests.people import sign_in, signed_in_client

from tequio.access.actions import enter, set_pin
from tequio.access.models import User
from tequio.circles.models import Telling
from tequio.core import clock
from tequio.core.errors import DomainError

PIN = "4807"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def tonight(facilitator: User) -> Tonight:
    with clock.at(EVENING):
        return evening_world.make(facilitator)


@pytest.fixture
def room(facilitator: User, tonight: Tonight) -> Client:
    """Lalo, who opened tonight's page at eight and has a PIN."""
    with clock.at(EVENING):
        set_pin(by=facilitator, password=PASSWORD, pin=PIN)
        client = signed_in_client(facilitator)
        assert client.get(_round(tonight)).status_code == 200
    return client


def _round(tonight: Tonight) -> str:
    return reverse("circles:round", args=[tonight.session.pk])


def _after(minutes: float) -> object:
    return clock.at(EVENING + timedelta(minutes=minutes))


def _answer(client: Client, tonight: Tonight, **extra: str) -> object:
    address = reverse("circles:answer", args=[tonight.session.pk, tonight.men[0].pk, uuid4()])
    return client.post(address, {"answer": "no"}, headers=extra)


def test_after_five_minutes_there_are_aliases_and_nothing_else(
    room: Client, tonight: Tonight
) -> None:
    with clock.at(EVENING):
        _answer(room, tonight)
    with _after(6):
        page = room.get(_round(tonight)).content.decode()
        assert "bloqueada" in page and "Abeto" in page
        for gone in ("Deshacer", "hubo violencia", tonight.men[0].participant.folio):
            assert gone not in page
        # Nor is there a way round it.
        mine = reverse("circles:session", args=[tonight.session.pk])
        for way in ("/", reverse("desk:people"), reverse("desk:person", args=["7K2M-9QXC"])):
            assert room.get(way)["Location"] == mine


def test_what_is_sent_while_it_is_locked_is_not_written_and_not_lost(
    room: Client, tonight: Tonight
) -> None:
    with _after(6):
        answered = _answer(room, tonight, **HTMX)
        assert (answered.status_code, answered["X-Room"]) == (401, "locked")  # type: ignore[attr-defined,index]
        assert not Telling.objects.exists()
        address = reverse("circles:keep", args=[tonight.session.pk, tonight.men[0].pk, uuid4()])
        kept = room.post(
            address, {"reflection": "Lo pensó."}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert kept.status_code == 401 and "Lo pensó." in kept.content.decode()
        room.post(reverse("access:resume"), {"pin": PIN})
        assert _answer(room, tonight, **HTMX).status_code == 200  # type: ignore[attr-defined]


def test_the_pin_opens_it_and_the_sign_in_lasts_for_this_group_alone(
    room: Client, tonight: Tonight
) -> None:
    with _after(55):  # ninety minutes from seven, and half an hour more
        assert "bloqueada" in room.get(_round(tonight)).content.decode()
        opened = room.post(reverse("access:resume"), {"pin": PIN}, headers=HTMX)
        assert (opened.status_code, opened["HX-Trigger"]) == (204, "room-opens")
        assert "Abeto" in room.get(_round(tonight)).content.decode()
        for way in ("/", reverse("desk:people"), reverse("circles:groups")):
            assert room.get(way)["Location"].startswith("/entrar/")
        other = reverse("circles:session", args=[tonight.coming.pk])
        assert room.get(other)["Location"].startswith("/entrar/")
    with _after(58):
        assert room.get("/")["Location"].startswith("/entrar/")
    with _after(61):
        assert room.get(_round(tonight))["Location"].startswith("/entrar/")


def test_a_lock_outlasts_the_end_of_the_evening(room: Client, tonight: Tonight) -> None:
    with _after(52):
        room.post(reverse("access:resume"), {"pin": PIN})
        room.get(_round(tonight))
    with clock.at(EVENING + timedelta(minutes=61)):
        assert room.get(_round(tonight)).status_code == 302  # over: the whole way in again


def test_the_fifth_wrong_pin_ends_the_sign_in(room: Client, tonight: Tonight) -> None:
    with _after(6):
        for left in (4, 3, 2, 1):
            wrong = room.post(reverse("access:resume"), {"pin": "0000"}, headers=HTMX)
            assert wrong.status_code == 422 and str(left) in wrong.content.decode()
        room.post(reverse("access:resume"), {"pin": "0000"}, headers=HTMX)
        after = room.post(reverse("access:resume"), {"pin": PIN}, headers=HTMX)
        assert after.status_code == 422
        assert room.get(_round(tonight))["Location"].startswith("/entrar/")


def test_a_covered_page_opens_again_after_signing_in_in_another_tab(
    room: Client, facilitator: User, tonight: Tonight
) -> None:
    with _after(6):
        for _try in range(5):
            room.post(reverse("access:resume"), {"pin": "0000"}, headers=HTMX)
        assert room.post(reverse("access:resume"), {"pin": PIN}, headers=HTMX).status_code == 422
        enter(by=facilitator)
        sign_in(room, facilitator)
        wrong = room.post(reverse("access:resume"), {"pin": "0000"}, headers=HTMX)
        assert wrong.status_code == 422 and "4" in wrong.content.decode()
        opened = room.post(reverse("access:resume"), {"pin": PIN}, headers=HTMX)
        assert (opened.status_code, opened["HX-Trigger"]) == (204, "room-opens")
        assert _answer(room, tonight, **HTMX).status_code == 200  # type: ignore[attr-defined]


def test_nobody_opens_the_covered_page_of_another_person(
    room: Client, facilitator: User, other_facilitator: User, tonight: Tonight
) -> None:
    set_pin(by=other_facilitator, password=PASSWORD, pin=PIN)
    with clock.at(EVENING):
        page = room.get(_round(tonight)).content.decode()
    assert f'name="person" value="{facilitator.pk}"' in page
    with _after(6):
        sign_in(room, other_facilitator)
        mine = {"pin": PIN, "person": str(facilitator.pk)}
        refused = room.post(reverse("access:resume"), mine, headers=HTMX)
        assert refused.status_code == 422 and "otra persona" in refused.content.decode()


def test_who_reads_keeps_the_screen_open(room: Client, tonight: Tonight) -> None:
    for minute in (1, 2, 3, 4, 5, 6, 7):
        with _after(minute):
            room.post(reverse("circles:alive", args=[tonight.session.pk]), headers=HTMX)
    with _after(8):
        assert "hubo violencia" in room.get(_round(tonight)).content.decode()


def test_who_only_visits_gets_no_longer_sign_in(coordinator: User, tonight: Tonight) -> None:
    with clock.at(EVENING):
        client = signed_in_client(coordinator)
        client.get(_round(tonight))
    with _after(10):
        assert client.get("/").status_code == 200
    with _after(30):
        assert client.get(_round(tonight))["Location"].startswith("/entrar/")


def test_the_sign_in_page_is_open_while_the_screen_is_locked(room: Client) -> None:
    with _after(6):
        assert "Contraseña" in room.get("/entrar/").content.decode()


@pytest.mark.parametrize("pin", ["1234", "0000", "9876", "1987", "12a4", "123", "123456789"])
def test_a_pin_that_anybody_would_try_is_refused(facilitator: User, pin: str) -> None:
    with pytest.raises(DomainError):
        set_pin(by=facilitator, password=PASSWORD, pin=pin)
