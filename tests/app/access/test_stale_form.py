"""A form that was typed before somebody signed in again in another tab."""

from __future__ import annotations

from django.test import Client
from tests.people import sign_in

from tequio.access.models import User


def _send(client: Client, site: str) -> str:
    answer = client.post(
        "/personas/nueva/",
        {"alias": "Nogal", "given_names": "Rubén", "csrfmiddlewaretoken": "x" * 64},
        headers={"Sec-Fetch-Site": site},
    )
    assert answer.status_code == 403
    return answer.content.decode()


def test_our_own_stale_form_comes_back_with_everything_typed(
    coordinator: User,
) -> None:
    from_tab = _signed_in_with_checks(coordinator)

    page = _send(from_tab, "same-origin")

    assert "Nogal" in page
    assert "Rubén" in page
    assert "Enviar de nuevo" in page


def test_a_strangers_form_is_never_handed_back(coordinator: User) -> None:
    page = _send(_signed_in_with_checks(coordinator), "cross-site")

    assert "Nogal" not in page
    assert "Enviar de nuevo" not in page


def _signed_in_with_checks(user: User) -> Client:
    return sign_in(Client(enforce_csrf_checks=True), user)
