"""The way in: password, then the second factor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.test import Client
from tests.entering import (
    CODE,
    ENROL,
    RECOVERY,
    SIGN_IN,
    current_code,
    text_of,
    type_code,
    type_password,
)
from tests.factories.access import PASSWORD, SECRET, UserFactory

from tequio.access.actions import make_recovery_codes
from tequio.access.models import FailedSignIn, OneTimeCodeDevice, User
from tequio.access.sealed import open_secret
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.sealing import SealBroken

MORNING = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def test_the_page_asks_for_user_and_password_in_spanish(client: Client, db: None) -> None:
    page = text_of(client.get(SIGN_IN))

    assert "Entrar" in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_password_and_code_let_somebody_in(client: Client, coordinator: User) -> None:
    first = type_password(client, "maru@circulo-norte")
    second = type_code(client)

    assert (first.status_code, first["Location"]) == (302, CODE)
    assert (second.status_code, second["Location"]) == (302, "/")
    assert client.get("/entrar/").status_code == 302
    assert [e.kind for e in Event.objects.order_by("at")] == ["second_factor.code", "sign_in.done"]


def test_the_password_alone_opens_nothing(client: Client, coordinator: User) -> None:
    type_password(client, "maru@circulo-norte")

    answer = client.get("/cuenta/")

    assert (answer.status_code, answer["Location"]) == (302, "/entrar/?siguiente=%2Fcuenta%2F")


def test_capitals_and_spaces_of_a_telephone_keyboard_do_not_matter(
    client: Client, coordinator: User
) -> None:
    assert type_password(client, " Maru@Circulo-Norte ")["Location"] == CODE


@pytest.mark.parametrize("login", ["maru@circulo-norte", "nadie@circulo-norte"])
def test_what_was_typed_as_user_stays_and_the_password_does_not(
    client: Client, coordinator: User, login: str
) -> None:
    page = text_of(type_password(client, login, "equivocada equivocada"))

    assert f'value="{login}"' in page
    assert "equivocada" not in page


def _refusals(client: Client) -> dict[str, bytes]:
    logins = {"known": "maru@circulo-norte", "unknown": "nadi@circulo-norte"}
    answers = {}
    for name, login in logins.items():
        answer = type_password(client, login, "no es esta de verdad")
        assert answer.status_code == 422
        headers = "\n".join(f"{k}: {v}" for k, v in answer.items() if k != "Set-Cookie")
        answers[name] = (headers + text_of(answer)).replace(login, "LOGIN").encode()
    return answers


def test_an_unknown_user_and_a_wrong_password_get_identical_bytes(
    client: Client, coordinator: User
) -> None:
    answers = _refusals(client)

    assert answers["known"] == answers["unknown"]


def test_a_closed_account_gets_the_same_bytes_too(client: Client, coordinator: User) -> None:
    before = _refusals(client)["known"]
    User.objects.filter(pk=coordinator.pk).update(is_active=False)

    answer = type_password(client, "maru@circulo-norte", PASSWORD)

    assert answer.status_code == 422
    assert text_of(answer).replace("maru@circulo-norte", "LOGIN").encode() in before


def test_an_unknown_user_costs_exactly_one_comparison_like_a_known_one(
    client: Client, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    verify = hashers.MD5PasswordHasher.verify

    def counting(self: hashers.MD5PasswordHasher, password: str, encoded: str) -> bool:
        compared.append(password)
        return verify(self, password, encoded)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", counting)
    type_password(client, "maru@circulo-norte", "no es esta")
    known = len(compared)
    type_password(client, "nadie@ninguna-parte", "no es esta")

    assert known == 1
    assert len(compared) == 2


def test_the_session_id_changes_at_each_step_so_that_a_planted_one_is_worthless(
    client: Client, coordinator: User
) -> None:
    client.get(SIGN_IN)
    planted = Session.objects.create(
        session_key="planted0planted0planted0planted0",
        session_data="",
        expire_date=clock.now() + timedelta(days=1),
    )
    client.cookies["tequio"] = planted.session_key
    type_password(client, "maru@circulo-norte")
    half = client.cookies["tequio"].value
    type_code(client)
    whole = client.cookies["tequio"].value

    assert len({planted.session_key, half, whole}) == 3
    assert not Session.objects.filter(session_key__in=[planted.session_key, half]).exists()


def test_one_returns_to_the_page_that_was_asked_for(client: Client, coordinator: User) -> None:
    asked = client.get("/cuenta/?q=Juan")

    client.post(
        SIGN_IN, {"login": coordinator.login, "password": PASSWORD, "siguiente": "/cuenta/"}
    )

    assert asked["Location"] == "/entrar/?siguiente=%2Fcuenta%2F"
    assert type_code(client)["Location"] == "/cuenta/"


@pytest.mark.parametrize("place", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_nobody_is_sent_to_another_site(client: Client, coordinator: User, place: str) -> None:
    client.post(SIGN_IN, {"login": coordinator.login, "password": PASSWORD, "siguiente": place})

    assert type_code(client)["Location"] == "/"


# --- The delay ----------------------------------------------------------------------------------


def test_after_three_failures_each_try_has_to_wait_longer(
    client: Client, coordinator: User
) -> None:
    moment = MORNING
    for _i in range(3):
        with clock.at(moment):
            assert type_password(client, coordinator.login, "mal").status_code == 422
    waits = []
    for _i in range(6):
        with clock.at(moment):
            answer = type_password(client, coordinator.login, "mal")
        assert answer.status_code == 429
        waits.append(int(answer["Retry-After"]))
        moment += timedelta(seconds=waits[-1])
        with clock.at(moment):
            assert type_password(client, coordinator.login, "mal").status_code == 422

    assert waits == [2, 4, 8, 16, 32, 60]


def test_while_one_waits_even_the_right_password_is_not_looked_at(
    client: Client, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(MORNING):
        for _i in range(3):
            type_password(client, coordinator.login, "mal")
        monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", None)

        answer = type_password(client, coordinator.login, PASSWORD)

    assert answer.status_code == 429
    assert "Espera 2 segundos" in text_of(answer)
    assert "no está bloqueada" in text_of(answer)


def test_another_address_does_not_have_to_wait(client: Client, coordinator: User) -> None:
    with clock.at(MORNING):
        for _i in range(4):
            type_password(client, coordinator.login, "mal")
        elsewhere = Client(REMOTE_ADDR="10.0.0.7")

        assert type_password(elsewhere, coordinator.login).status_code == 302


def test_success_forgets_the_failures(client: Client, coordinator: User) -> None:
    with clock.at(MORNING):
        type_password(client, coordinator.login, "mal")
        type_password(client, coordinator.login)

    assert FailedSignIn.objects.get().failures == 0


def test_an_unknown_user_waits_just_as_long(client: Client, coordinator: User) -> None:
    answers = {}
    with clock.at(MORNING):
        for login in (coordinator.login, "nadi@circulo-norte"):
            for _i in range(4):
                answers[login] = type_password(client, login, "mal")

    known, unknown = answers.values()
    assert known["Retry-After"] == unknown["Retry-After"]
    assert text_of(known).replace(coordinator.login, "") == text_of(unknown).replace(
        "nadi@circulo-norte", ""
    )


def test_the_table_of_failures_names_nobody(client: Client, coordinator: User) -> None:
    type_password(client, coordinator.login, "mal")

    row = str(FailedSignIn.objects.values().get())
    assert "maru" not in row
    assert "127.0.0.1" not in row


def test_wrong_codes_wait_too_from_whatever_address(client: Client, coordinator: User) -> None:
    with clock.at(MORNING):
        for number in range(4):
            stranger = Client(REMOTE_ADDR=f"10.0.0.{number}")
            type_password(stranger, coordinator.login)
            answer = type_code(stranger, "000000")

    assert (answer.status_code, answer["Retry-After"]) == (429, "2")


# --- The second factor --------------------------------------------------------------------------


def test_a_code_works_once(client: Client, coordinator: User) -> None:
    with clock.at(MORNING):
        type_password(client, coordinator.login)
        assert type_code(client).status_code == 302
        another = Client()
        type_password(another, coordinator.login)

        answer = type_code(another)

    assert answer.status_code == 422
    assert "ya se usó" in text_of(answer)


def test_an_earlier_code_does_not_work_after_a_later_one(client: Client, coordinator: User) -> None:
    with clock.at(MORNING - timedelta(seconds=30)):
        earlier = current_code()
    with clock.at(MORNING):
        type_password(client, coordinator.login)
        type_code(client)
        another = Client()
        type_password(another, coordinator.login)

        assert type_code(another, earlier).status_code == 422


@pytest.mark.parametrize("typed", ["abcdef", "１２３４５６", "\u0000", "9" * 30])
def test_strange_digits_are_a_wrong_code_and_no_crash(
    client: Client, coordinator: User, typed: str
) -> None:
    type_password(client, coordinator.login)

    assert type_code(client, typed).status_code == 422


def test_half_way_in_lasts_fifteen_minutes(client: Client, coordinator: User) -> None:
    with clock.at(MORNING):
        type_password(client, coordinator.login)
    with clock.at(MORNING + timedelta(minutes=15, seconds=1)):
        answer = type_code(client)

    assert (answer.status_code, answer["Location"]) == (302, SIGN_IN)


def test_the_second_step_cannot_be_skipped_to(client: Client, coordinator: User) -> None:
    type_password(client, coordinator.login)

    assert client.get(ENROL)["Location"] == CODE
    assert client.get(RECOVERY)["Location"] == CODE
    assert Client().get(CODE)["Location"] == SIGN_IN


# --- A new authenticator --------------------------------------------------------------------------


def test_who_has_no_authenticator_links_one_and_keeps_ten_codes(
    client: Client, organisation: object
) -> None:
    user = UserFactory.create(organisation=organisation, handle="nueva", enrolled=False)

    assert type_password(client, user.login)["Location"] == ENROL
    page = client.get(ENROL)
    secret = page.context["secret"].replace(" ", "")
    assert "data:image/svg+xml" in text_of(page)
    assert client.post(ENROL, {"code": "000000"}).status_code == 422
    assert client.post(ENROL, {"code": current_code(secret)})["Location"] == RECOVERY
    codes = client.get(RECOVERY).context["codes"]
    assert len(set(codes)) == 10
    assert client.post(RECOVERY, {}).status_code == 422
    assert client.post(RECOVERY, {"kept": "on"})["Location"] == "/"
    assert client.get("/entrar/")["Location"] == "/"
    assert client.get(RECOVERY)["Location"] == SIGN_IN

    device = OneTimeCodeDevice.objects.get(user=user)
    assert open_secret(user, bytes(device.sealed_secret)) == secret
    assert secret.encode() not in bytes(device.sealed_secret)


def test_the_first_code_cannot_be_used_again_to_enter(client: Client, organisation: object) -> None:
    user = UserFactory.create(organisation=organisation, enrolled=False)
    with clock.at(MORNING):
        type_password(client, user.login)
        secret = client.get(ENROL).context["secret"].replace(" ", "")
        client.post(ENROL, {"code": current_code(secret)})
        another = Client()
        type_password(another, user.login)

        assert type_code(another, current_code(secret)).status_code == 422


def test_neither_secret_nor_codes_lie_in_clear_in_the_session_row(
    client: Client, organisation: object
) -> None:
    user = UserFactory.create(organisation=organisation, enrolled=False)
    type_password(client, user.login)
    secret = client.get(ENROL).context["secret"].replace(" ", "")
    rows = [str(Session.objects.get().get_decoded())]
    client.post(ENROL, {"code": current_code(secret)})
    codes = client.get(RECOVERY).context["codes"]
    rows.append(str(Session.objects.get().get_decoded()))

    assert not any(secret in row or code in row for row in rows for code in codes)


def test_a_recovery_code_stands_in_for_the_telephone_once(
    client: Client, coordinator: User
) -> None:
    code = make_recovery_codes(by=coordinator)[0]
    type_password(client, coordinator.login)
    another = Client()
    type_password(another, coordinator.login)

    assert type_code(client, code).status_code == 302
    assert type_code(another, code).status_code == 422
    assert Event.objects.get(kind="second_factor.recovery_code").detail == {"left": 9}


def test_a_sealed_secret_moved_to_another_person_does_not_open(
    coordinator: User, facilitator: User
) -> None:
    sealed = bytes(OneTimeCodeDevice.objects.get(user=coordinator).sealed_secret)

    assert open_secret(coordinator, sealed) == SECRET
    with pytest.raises(SealBroken):
        open_secret(facilitator, sealed)


# --- The way out ----------------------------------------------------------------------------------


def test_signing_out_ends_the_session_on_the_server_and_empties_the_browser(
    client: Client, coordinator: User
) -> None:
    type_password(client, coordinator.login)
    type_code(client)
    kept = client.cookies["tequio"].value

    answer = client.post("/salir/")

    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    client.cookies["tequio"] = kept
    assert client.get("/cuenta/").status_code == 302
    assert Event.objects.filter(kind="sign_out").count() == 1


def test_signing_out_takes_a_post(client: Client, coordinator: User) -> None:
    assert client.get("/salir/").status_code == 405
