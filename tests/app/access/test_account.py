"""One's own account."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.entering import (
    ENROL,
    RECOVERY,
    SIGN_IN,
    current_code,
    text_of,
    type_code,
    type_password,
)
from tests.factories.access import PASSWORD
from tests.people import sign_in, signed_in_client

from tequio.access.actions import make_recovery_codes
from tequio.access.models import OneTimeCodeDevice, RecoveryCode, User
from tequio.audit.models import Event

PHRASE = "nube caoba tejado rumbo"


def test_the_account_says_who_one_is_and_what_one_does(facilitator: User) -> None:
    page = text_of(signed_in_client(facilitator).get("/cuenta/"))

    assert "lalo@circulo-norte" in page
    assert "pasa asistencia" in page


def test_a_changed_password_keeps_this_session_and_ends_the_others(facilitator: User) -> None:
    here, elsewhere = signed_in_client(facilitator), signed_in_client(facilitator)
    before = here.cookies["tequio"].value

    answer = here.post(
        "/cuenta/contrasena/", {"current": PASSWORD, "password": PHRASE, "repeated": PHRASE}
    )

    assert answer.status_code == 302
    assert here.cookies["tequio"].value != before
    assert here.get(SIGN_IN).status_code == 302
    assert elsewhere.get(SIGN_IN).status_code == 200
    assert type_password(Client(), facilitator.login, PHRASE).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"current": "no es esta"}, "La contraseña actual no es esa."),
        ({"password": "corta", "repeated": "corta"}, "necesita al menos 15"),
        ({"repeated": "otra cosa distinta"}, "no son iguales"),
        (dict.fromkeys(("password", "repeated"), "lalo va al circulo norte"), "Contiene tu nombre"),
    ],
)
def test_a_password_that_cannot_be_is_refused_with_a_sentence(
    facilitator: User, typed: dict[str, str], sentence: str
) -> None:
    fields = {"current": PASSWORD, "password": PHRASE, "repeated": PHRASE, **typed}

    answer = signed_in_client(facilitator).post("/cuenta/contrasena/", fields)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert type_password(Client(), facilitator.login).status_code == 302


def test_guessing_the_current_password_at_an_open_screen_has_to_wait(facilitator: User) -> None:
    client = signed_in_client(facilitator)
    fields = {"current": "no es esta", "password": PHRASE, "repeated": PHRASE}

    statuses = [client.post("/cuenta/contrasena/", fields).status_code for _i in range(4)]

    assert statuses == [422, 422, 422, 429]


def test_a_new_telephone_takes_both_factors_and_replaces_the_old_one(facilitator: User) -> None:
    client = signed_in_client(facilitator)

    refused = client.post("/cuenta/telefono/", {"current": PASSWORD, "code": "000000"})
    started = client.post("/cuenta/telefono/", {"current": PASSWORD, "code": current_code()})
    secret = client.get(ENROL).context["secret"].replace(" ", "")
    client.post(ENROL, {"code": current_code(secret)})
    last = client.post(RECOVERY, {"kept": "on"})

    assert (refused.status_code, started["Location"], last["Location"]) == (422, ENROL, "/cuenta/")
    assert OneTimeCodeDevice.objects.filter(user=facilitator).count() == 1
    another = Client()
    type_password(another, facilitator.login)
    assert type_code(another, current_code()).status_code == 422


def test_until_the_new_telephone_is_confirmed_the_old_one_works(facilitator: User) -> None:
    code = make_recovery_codes(by=facilitator)[0]
    client = signed_in_client(facilitator)
    client.post("/cuenta/telefono/", {"current": PASSWORD, "code": code})

    another = Client()
    type_password(another, facilitator.login)

    assert type_code(another).status_code == 302


def test_new_recovery_codes_replace_the_old_ones(facilitator: User) -> None:
    old = make_recovery_codes(by=facilitator)[0]

    page = signed_in_client(facilitator).post("/cuenta/respaldo/", {"current": PASSWORD})

    assert len(page.context["codes"]) == 10
    assert RecoveryCode.objects.filter(user=facilitator).count() == 10
    client = Client()
    type_password(client, facilitator.login)
    assert type_code(client, old).status_code == 422


def test_who_has_few_codes_left_is_told_so_on_entering(client: Client, facilitator: User) -> None:
    codes = make_recovery_codes(by=facilitator)
    RecoveryCode.objects.filter(user=facilitator).exclude(
        pk__in=RecoveryCode.objects.filter(user=facilitator).values("pk")[:2]
    ).delete()
    type_password(client, facilitator.login)
    type_code(client)

    page = text_of(client.get("/cuenta/"))

    assert codes
    assert "Te quedan 2 códigos de respaldo" in page


def test_another_language_is_one_choice_away(client: Client, facilitator: User) -> None:
    sign_in(client, facilitator)

    client.post("/cuenta/idioma/", {"language": "en"})
    refused = client.post("/cuenta/idioma/", {"language": "tlh"})

    facilitator.refresh_from_db()
    assert facilitator.language == "en"
    assert refused.status_code == 422


def test_everything_that_opens_an_account_is_recorded(client: Client, facilitator: User) -> None:
    type_password(client, facilitator.login, "no es esta")
    type_password(client, facilitator.login)
    type_code(client, "000000")
    type_code(client)
    client.post(
        "/cuenta/contrasena/", {"current": PASSWORD, "password": PHRASE, "repeated": PHRASE}
    )
    client.post("/salir/")

    assert list(Event.objects.order_by("at").values_list("kind", "actor_label")) == [
        ("sign_in.failed", "sistema"),
        ("second_factor.failed", "sistema"),
        ("second_factor.code", facilitator.login),
        ("sign_in.done", facilitator.login),
        ("password.change", facilitator.login),
        ("sign_out", facilitator.login),
    ]
