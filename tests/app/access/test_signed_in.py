"""Nobody reaches a view without both factors, and nothing typed is lost when a session ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries
from tests.entering import text_of
from tests.people import sign_in, signed_in_client

from tequio.access.middleware import POLLING
from tequio.access.models import User
from tequio.core import clock

MORNING = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PUBLIC = {
    "access:sign-in",
    "access:code",
    "access:enrol",
    "access:recovery-codes",
    "access:resume",
    "access:use-reset-code",
    "access:sign-out",
    "access:leave-now",
    "config:health",
    "letters:info",
    "letters:info-of-the-house",
    "network:slip",
    "instruments:one-time",
    "network:near",
    "network:near-of-the-house",
    "reports:check",
    "studies:drawn",
    "studies:drawn-list",
    "studies:drawn-record",
}


def _views(patterns: list[URLPattern | URLResolver], spaces: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inside = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            found |= _views(entry.url_patterns, inside)
        else:
            found[f"{spaces}{entry.name}"] = entry.callback
    return found


def test_only_the_way_in_is_open_to_strangers() -> None:
    views = _views(get_resolver().url_patterns)
    opened = {name for name, view in views.items() if not getattr(view, "login_required", True)}

    # The gallery of the house; and the wall, which asks by itself and answers that it is not there.
    # A telephone shows its token in the address; without one its addresses are not there either.
    alone = ("ui:", "survivors:", "walled:", "instruments:central-", "instruments:kobo-")
    elsewhere = {n for n in opened if n.startswith(alone)}
    assert opened - elsewhere == PUBLIC


def test_the_gallery_opens_to_whoever_develops_before_there_is_anybody_to_sign_in(
    db: None, client: Client
) -> None:
    for address in ("/galeria", "/galeria/entrar", "/galeria/errores/404"):
        assert client.get(address).status_code == 200


def test_only_pages_that_ask_by_themselves_keep_no_session_alive() -> None:
    views = _views(get_resolver().url_patterns)

    assert {name for name, view in views.items() if hasattr(view, POLLING)} == {
        "jobs:progress",
        "survivors:state",
    }


def test_fifteen_idle_minutes_end_the_session(client: Client, coordinator: User) -> None:
    with clock.at(MORNING):
        sign_in(client, coordinator)
    with clock.at(MORNING + timedelta(minutes=15)):
        assert client.get("/entrar/").status_code == 302
    with clock.at(MORNING + timedelta(minutes=31)):
        assert client.get("/entrar/").status_code == 200


def test_whoever_works_on_stays_in_for_twelve_hours_and_no_longer(
    client: Client, coordinator: User
) -> None:
    with clock.at(MORNING):
        sign_in(client, coordinator)
    for minutes in range(10, 12 * 60 + 1, 10):
        with clock.at(MORNING + timedelta(minutes=minutes)):
            assert client.post("/cuenta/idioma/", {"language": "es-mx"}).status_code == 302
    with clock.at(MORNING + timedelta(hours=12, seconds=1)):
        assert client.get("/cuenta/").status_code == 302


def test_a_tap_writes_the_session_row_at_most_once_a_minute(
    client: Client, coordinator: User
) -> None:
    def row() -> str:
        return Session.objects.get().session_data

    with clock.at(MORNING):
        sign_in(client, coordinator)
        before = row()
        client.get("/tareas/00000000-0000-4000-8000-000000000000/")
    with clock.at(MORNING + timedelta(seconds=59)):
        client.get("/tareas/00000000-0000-4000-8000-000000000000/")
        assert row() == before
    with clock.at(MORNING + timedelta(seconds=60)):
        client.get("/tareas/00000000-0000-4000-8000-000000000000/")
        assert row() != before


def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(
    client: Client, coordinator: User
) -> None:
    with clock.at(MORNING):
        sign_in(client, coordinator)
    for minute in range(1, 15):
        with clock.at(MORNING + timedelta(minutes=minute)):
            client.get(
                "/tareas/00000000-0000-4000-8000-000000000000/", headers={"HX-Request": "true"}
            )
    with clock.at(MORNING + timedelta(minutes=15, seconds=1)):
        assert client.get("/entrar/").status_code == 200


def test_a_closed_account_is_cut_off_at_the_next_request(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)
    assert client.get("/entrar/").status_code == 302

    User.objects.filter(pk=coordinator.pk).update(is_active=False)

    assert client.get("/entrar/").status_code == 200


def test_a_changed_password_ends_every_other_session(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)
    coordinator.set_password("otra frase larga distinta")
    coordinator.save()

    assert client.get("/entrar/").status_code == 200


def test_who_is_signed_in_costs_two_queries_with_the_session(
    client: Client, coordinator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, coordinator)
    with django_assert_num_queries(2):
        client.get("/no-existe/")


def test_a_stranger_costs_no_query(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/cuenta/")


# --- What a stranger gets -------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_door_with_the_path_and_never_the_query(client: Client) -> None:
    answer = client.get("/equipo/?q=Juan%20Perez")

    assert answer["Location"] == "/entrar/?siguiente=%2Fequipo%2F"


def test_a_fragment_says_that_the_session_ended_and_nothing_was_lost(client: Client) -> None:
    answer = client.post("/cuenta/idioma/", {"language": "en"}, headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert "Lo que escribiste sigue en la pantalla" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_an_expired_form_comes_back_with_every_field_and_can_be_sent_again(
    client: Client, administrator: User
) -> None:
    typed = {"name": "José <b> & Ñandú", "handle": "jose", "roles": ["promoter", "advocate"]}

    answer = client.post("/equipo/nueva/", typed, **OURS)
    page = text_of(answer)

    assert answer.status_code == 401
    assert 'action="/equipo/nueva/"' in page
    assert "José &lt;b&gt; &amp; Ñandú" in page
    assert page.count('name="roles"') == 2
    assert 'target="_blank"' in page
    sign_in(client, administrator)
    assert client.post("/equipo/nueva/", typed, **OURS).status_code == 200
    assert User.objects.filter(login="jose@circulo-norte").exists()


def test_passwords_and_codes_do_not_come_back(client: Client) -> None:
    secret = "palabra-muy-secreta"

    answer = client.post(
        "/cuenta/contrasena/",
        {"current": secret, "password": secret, "repeated": secret, "code": secret},
        **OURS,
    )

    assert answer.status_code == 401
    assert secret not in answer.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_what_another_site_sent_is_never_handed_back(
    client: Client, headers: dict[str, str]
) -> None:
    answer = client.post("/equipo/nueva/", {"name": "puesto por otro"}, **headers)

    assert answer.status_code == 401
    assert "puesto por otro" not in answer.content.decode()
    assert "Enviar de nuevo" not in answer.content.decode()


def test_an_expired_form_comes_back_even_when_its_token_went_with_the_cookies() -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/equipo/nueva/", {"name": "José"}, **OURS)

    assert answer.status_code == 401
    assert "José" in answer.content.decode()


def test_the_returned_form_is_accepted_after_signing_in_again(administrator: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/equipo/nueva/", {"name": "José", "handle": "jose"}, **OURS)
    token = str(page.context["csrf_token"])
    sign_in(strict, administrator)

    answer = strict.post(
        "/equipo/nueva/", {"name": "José", "handle": "jose", "csrfmiddlewaretoken": token}, **OURS
    )

    assert answer.status_code == 200


def test_signed_in_forms_still_need_their_token(administrator: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, administrator)

    assert strict.post("/equipo/nueva/", {"name": "José"}, **OURS).status_code == 403


# --- Demonstration users --------------------------------------------------------------------------

LOCAL = {"SERVER_NAME": "localhost", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def demonstration(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> User:
    """Maru as a demonstration user in a demonstration."""
    monkeypatch.setattr(settings, "DEMONSTRATION", True)
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    User.objects.filter(pk=coordinator.pk).update(demonstration=True)
    coordinator.refresh_from_db()
    return coordinator


def _enters(user: User, **environ: str) -> bool:
    first = Client(**environ).post(
        "/entrar/", {"login": user.login, "password": "faro nogal cedro viento"}
    )
    return first.status_code == 302


def test_a_demonstration_user_enters_at_the_machine_itself(demonstration: User) -> None:
    assert _enters(demonstration, **LOCAL)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"SERVER_NAME": "tequio.example.org"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
    ],
)
def test_a_demonstration_user_enters_from_nowhere_else(
    demonstration: User, elsewhere: dict[str, str]
) -> None:
    assert not _enters(demonstration, **{**LOCAL, **elsewhere})


def test_a_demonstration_user_is_refused_where_there_is_no_demonstration(
    demonstration: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DEMONSTRATION", False)

    assert not _enters(demonstration, **LOCAL)


def test_a_demonstration_session_carried_elsewhere_is_worthless(demonstration: User) -> None:
    assert signed_in_client(demonstration, **LOCAL).get("/entrar/").status_code == 302
    elsewhere = signed_in_client(demonstration, **{**LOCAL, "REMOTE_ADDR": "192.168.1.20"})
    assert elsewhere.get("/entrar/").status_code == 200


# --- Language -------------------------------------------------------------------------------------


def test_pages_speak_the_persons_language(client: Client, coordinator: User) -> None:
    User.objects.filter(pk=coordinator.pk).update(language="en")
    sign_in(client, coordinator)

    assert client.get("/salir/")["Content-Language"] == "en"
