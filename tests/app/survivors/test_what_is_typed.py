"""What cannot be so is refused in a sentence, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.survivors import Filled, filled_case
from tests.people import *  # noqa: F403
from tests.walls import Walled, begin_case, client_behind, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.survivors.actions import listing
from tequio.survivors.rules.sheets import Order
from tequio.survivors.words import PLAN_PARTS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def walled(advocate: User) -> Iterator[Walled]:
    with clock.at(NOON):
        yield found_wall(advocate)


@pytest.fixture
def filled(walled: Walled) -> Filled:
    return filled_case(walled.by)


@pytest.fixture
def client(walled: Walled) -> Client:
    return client_behind(walled)


@pytest.mark.parametrize(
    ("slug", "typed", "named"),
    [
        ("orden", {"authority": "Juzgado", "kind": "civil"}, "issued_on"),
        ("necesidad", {"need": "shelter", "asked_on": TODAY.isoformat()}, "met_on"),
        ("medida", {"what": "other", "on": TODAY.isoformat()}, "ended_on"),
        (
            "canalizacion",
            {"to": "Casa", "purpose": "legal", "agreed_until": "2999-12-31"},
            "agreed_on",
        ),
    ],
)
def test_what_has_happened_did_not_happen_on_a_day_to_come(
    client: Client, filled: Filled, slug: str, typed: dict[str, str], named: str
) -> None:
    address = reverse("survivors:new-sheet", args=[filled.case_id, slug])
    answer = client.post(address, {**typed, named: "2999-01-01"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {named: ["Esa fecha todavía no llega."]}
    assert 'value="2999-01-01"' in answer.content.decode()


def test_an_order_is_not_broken_tomorrow(client: Client, filled: Filled) -> None:
    address = reverse("survivors:breach", args=[filled.case_id, filled.of(Order).id])
    typed = {"on": "2999-01-01", "words": "Llegó a la casa.", "reported": "later"}
    answer = client.post(address, typed)
    assert (answer.status_code, "todavía no llega" in answer.content.decode()) == (422, True)


def test_what_we_say_to_somebody_else_says_nothing(client: Client, filled: Filled) -> None:
    address = reverse("survivors:card", args=[filled.case_id])
    answer = client.post(address, {"may_begin": "no", "we_say": "Hablamos por la violencia"})
    assert answer.status_code == 422
    assert "«violencia» dice de qué se trata" in answer.content.decode()
    assert "Hablamos por la violencia" in answer.content.decode()


def test_an_empty_plan_is_no_plan(client: Client, walled: Walled) -> None:
    """Kept, it would stand in her way as looked at together."""
    case = begin_case(walled.by, alias="Flor")
    address = reverse("survivors:plan", args=[case.pk])
    answer = client.post(address, {"copy": "En casa de su hermana"})
    assert (answer.status_code, "El plan está vacío" in answer.content.decode()) == (422, True)
    said = {PLAN_PARTS[0][0]: "Cuando azota las puertas."}
    answer = client.post(address, {**said, "review_on": "1999-01-01"})
    assert (answer.status_code, "Ese día ya pasó" in answer.content.decode()) == (422, True)
    assert client.post(address, said).status_code == 302


def test_the_list_goes_by_letters_whatever_their_accents(client: Client, walled: Walled) -> None:
    for alias in ("Sol", "Ámbar", "jazmín", "Nube"):
        begin_case(walled.by, alias=alias)
    found = [line.cover.alias for line in listing.found(walled.by)]
    assert found == ["Ámbar", "jazmín", "Nube", "Sol"]
