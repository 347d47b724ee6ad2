"""The field for a municipality offers those of the state that was chosen."""

from __future__ import annotations

from django.test import Client
from tests.people import signed_in_client

from tequio.access.models import User


def test_a_state_offers_its_own_municipalities(coordinator: User) -> None:
    page = signed_in_client(coordinator).get("/lugares/municipios/?state=09").content.decode()
    assert 'value="Iztapalapa"' in page
    assert page.count("<option") == 16


def test_what_is_no_state_offers_nothing(coordinator: User) -> None:
    page = signed_in_client(coordinator).get("/lugares/municipios/?state=zz").content.decode()
    assert "<option" not in page


def test_strangers_get_nothing(db: None) -> None:
    assert Client().get("/lugares/municipios/?state=09").status_code == 302
