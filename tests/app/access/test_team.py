"""Users, roles and entry codes: what an administrator does, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from tests.entering import CODE, ENROL, RESET, SIGN_IN, text_of, type_password
from tests.factories.access import UserFactory
from tests.people import sign_in, signed_in_client

from tequio.access import actions
from tequio.access.models import OneTimeCodeDevice, Organisation, RoleGrant, User
from tequio.access.vault import key_of
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible

MORNING = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
PHRASE = "nube caoba tejado rumbo"
NOBODY = UUID("00000000-0000-4000-8000-000000000000")


def kinds() -> list[str]:
    """Return what was recorded, in order."""
    return list(Event.objects.order_by("at").values_list("kind", flat=True))


# --- Organisations --------------------------------------------------------------------------------


def test_founding_an_organisation_makes_its_key_and_is_recorded(db: None) -> None:
    made = actions.create_organisation(by=None, name="  Casa  de la Luna ")

    assert (made.name, made.slug) == ("Casa de la Luna", "casa-de-la-luna")
    assert key_of(made.pk).blind_index("a", purpose="x")
    path = settings.KEY_FOLDER / f"{made.pk}.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert kinds() == ["organisation.create"]


def test_two_organisations_cannot_share_their_part_after_the_at_sign(
    organisation: Organisation,
) -> None:
    with pytest.raises(DomainError, match="circulo-norte"):
        actions.create_organisation(by=None, name="Círculo Norte")


# --- New users ------------------------------------------------------------------------------------


def test_a_new_user_enters_with_the_code_that_was_shown_once(administrator: User) -> None:
    page = signed_in_client(administrator).post(
        "/equipo/nueva/", {"name": "Nora Paz", "handle": "Nora", "roles": ["facilitator"]}
    )
    code = page.context["issued"].code
    assert code in text_of(page)

    new = Client()
    typed = {"login": "nora@circulo-norte", "code": code.lower().replace("-", " ")}
    answer = new.post(RESET, {**typed, "password": PHRASE, "repeated": PHRASE})

    assert (answer.status_code, answer["Location"]) == (302, ENROL)
    assert kinds() == ["user.create", "role.grant", "reset_code.issue", "reset_code.use"]
    assert type_password(Client(), "nora@circulo-norte", PHRASE).status_code == 302


def test_the_code_in_the_table_is_not_the_code(administrator: User, facilitator: User) -> None:
    issued = actions.issue_reset_code(by=administrator, user_id=facilitator.pk)

    row = str(facilitator.reset_codes.values().get())
    assert issued.code not in row
    assert issued.code.replace("-", "") not in row


@pytest.mark.parametrize("handle", ["lalo", "LALO"])
def test_a_taken_user_name_is_refused_and_nothing_typed_is_lost(
    administrator: User, facilitator: User, handle: str
) -> None:
    answer = signed_in_client(administrator).post(
        "/equipo/nueva/", {"name": "Otro Lalo", "handle": handle, "roles": ["promoter"]}
    )

    assert answer.status_code == 422
    assert "Otro Lalo" in text_of(answer)
    assert "Elige otro nombre de usuario" in text_of(answer)


# --- Entry codes ----------------------------------------------------------------------------------


def _use(code: str, login: str = "lalo@circulo-norte", password: str = PHRASE) -> int:
    answer = Client().post(
        RESET, {"login": login, "code": code, "password": password, "repeated": password}
    )
    return answer.status_code


def test_a_code_works_once(administrator: User, facilitator: User) -> None:
    code = actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code

    assert _use(code) == 302
    assert _use(code) == 422


def test_a_code_lasts_a_day(administrator: User, facilitator: User) -> None:
    with clock.at(MORNING):
        code = actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code
    with clock.at(MORNING + timedelta(hours=24)):
        assert _use(code) == 422
    with clock.at(MORNING + timedelta(hours=23, minutes=59)):
        assert _use(code) == 302


def test_a_new_code_makes_the_earlier_one_worthless(administrator: User, facilitator: User) -> None:
    first = actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code
    second = actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code

    assert _use(first) == 422
    assert _use(second) == 302


def test_a_code_of_one_person_is_not_a_code_of_another(
    administrator: User, facilitator: User, coordinator: User
) -> None:
    code = actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code

    assert _use(code, login=coordinator.login) == 422


def test_a_weak_password_does_not_use_the_code_up(administrator: User, facilitator: User) -> None:
    code = actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code

    assert _use(code, password="el circulo norte gira") == 422
    assert _use(code) == 302


def test_a_wrong_code_and_an_unknown_user_get_identical_bytes(facilitator: User) -> None:
    pages = []
    for login in ("lalo@circulo-norte", "lula@circulo-norte"):
        typed = {"login": login, "code": "0000-0000-0000", "password": PHRASE, "repeated": PHRASE}
        answer = Client().post(RESET, typed)
        # The phrase that is offered is another each time, for everybody.
        page = text_of(answer).replace(login, "LOGIN").replace(answer.context["offered"], "")
        pages.append(page)

    assert pages[0] == pages[1]


def test_guessing_codes_has_to_wait_like_guessing_passwords(facilitator: User) -> None:
    with clock.at(MORNING):
        statuses = [_use("0000-0000-0000") for _i in range(4)]

    assert statuses == [422, 422, 422, 429]


def test_a_new_password_leaves_the_telephone_linked(administrator: User, facilitator: User) -> None:
    code = actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code
    typed = {"login": facilitator.login, "code": code, "password": PHRASE, "repeated": PHRASE}

    assert Client().post(RESET, typed)["Location"] == CODE
    assert OneTimeCodeDevice.objects.filter(user=facilitator).exists()


def test_the_telephone_is_unlinked_only_when_asked_and_both_are_recorded(
    administrator: User, facilitator: User
) -> None:
    page = signed_in_client(administrator).post(
        f"/equipo/{facilitator.pk}/codigo/", {"resets_authenticator": "on"}
    )
    code = page.context["issued"].code
    typed = {"login": facilitator.login, "code": code, "password": PHRASE, "repeated": PHRASE}

    assert Client().post(RESET, typed)["Location"] == ENROL
    assert kinds() == [
        "reset_code.issue",
        "reset_code.allow_authenticator",
        "reset_code.use",
        "authenticator.reset",
    ]


def test_a_used_code_ends_the_persons_open_sessions(
    administrator: User, facilitator: User, client: Client
) -> None:
    sign_in(client, facilitator)
    _use(actions.issue_reset_code(by=administrator, user_id=facilitator.pk).code)

    assert client.get(SIGN_IN).status_code == 200


# --- Roles ----------------------------------------------------------------------------------------


def test_roles_change_from_the_next_request(administrator: User, facilitator: User) -> None:
    client = signed_in_client(facilitator)
    assert client.get("/equipo/").status_code == 403

    signed_in_client(administrator).post(
        f"/equipo/{facilitator.pk}/roles/", {"roles": ["administrator"]}
    )

    assert client.get("/equipo/").status_code == 200
    assert kinds() == ["role.grant", "role.revoke"]


def test_giving_oneself_a_role_is_allowed_and_told_apart(administrator: User) -> None:
    actions.grant(by=administrator, user_id=administrator.pk, role="facilitator")

    event = Event.objects.get()
    assert (event.kind, event.detail) == ("role.grant_self", {"role": "facilitator"})


def test_the_last_administrator_keeps_the_role_and_the_account(administrator: User) -> None:
    with pytest.raises(DomainError, match="única persona"):
        actions.revoke(by=administrator, user_id=administrator.pk, role="administrator")
    with pytest.raises(DomainError, match="única persona"):
        actions.deactivate(by=administrator, user_id=administrator.pk)
    assert kinds() == []


def test_a_closed_account_does_not_count_as_an_administrator(
    administrator: User, organisation: Organisation
) -> None:
    UserFactory.create(organisation=organisation, roles=("administrator",), is_active=False)

    with pytest.raises(DomainError):
        actions.deactivate(by=administrator, user_id=administrator.pk)


def test_with_a_second_administrator_the_first_may_go(
    administrator: User, organisation: Organisation
) -> None:
    UserFactory.create(organisation=organisation, roles=("administrator",))

    assert not actions.deactivate(by=administrator, user_id=administrator.pk).is_active


def test_an_unknown_role_is_refused(administrator: User, facilitator: User) -> None:
    with pytest.raises(DomainError, match="wizard"):
        actions.grant(by=administrator, user_id=facilitator.pk, role="wizard")


def test_a_closed_account_opens_again_with_its_roles(
    administrator: User, facilitator: User
) -> None:
    client = signed_in_client(administrator)
    client.post(f"/equipo/{facilitator.pk}/cerrar/")
    assert type_password(Client(), facilitator.login).status_code == 422
    client.post(f"/equipo/{facilitator.pk}/abrir/")

    assert type_password(Client(), facilitator.login).status_code == 302
    assert RoleGrant.objects.get(user=facilitator).role == "facilitator"


# --- Who may --------------------------------------------------------------------------------------

_OTHERS = (
    "facilitator",
    "therapist",
    "advocate",
    "promoter",
    "coordinator",
    "evaluator",
    "director",
)


@pytest.mark.parametrize("person", _OTHERS)
def test_nobody_else_manages_users_by_page_or_by_action(
    request: pytest.FixtureRequest, person: str, administrator: User
) -> None:
    user: User = request.getfixturevalue(person)
    client = signed_in_client(user)

    for path in ("/equipo/", "/equipo/nueva/", f"/equipo/{administrator.pk}/"):
        assert client.get(path).status_code == 403
    for path in ("roles", "codigo", "cerrar", "abrir"):
        assert client.post(f"/equipo/{administrator.pk}/{path}/").status_code == 403
    with pytest.raises(Forbidden):
        actions.create_user(by=user, name="X", handle="xx", roles=[])
    with pytest.raises(Forbidden):
        actions.set_roles(by=user, user_id=user.pk, roles=["administrator"])
    with pytest.raises(Forbidden):
        actions.issue_reset_code(by=user, user_id=administrator.pk)
    with pytest.raises(Forbidden):
        actions.deactivate(by=user, user_id=administrator.pk)
    assert kinds() == []


def test_another_organisations_users_do_not_exist(administrator: User, outsider: User) -> None:
    client = signed_in_client(administrator)

    assert outsider.login not in text_of(client.get("/equipo/"))
    for path in ("", "roles/", "codigo/", "cerrar/", "abrir/"):
        ask = client.post if path else client.get
        foreign = ask(f"/equipo/{outsider.pk}/{path}")
        nobody = ask(f"/equipo/{NOBODY}/{path}")
        assert (foreign.status_code, nobody.status_code) == (404, 404)
        assert foreign.content == nobody.content
        assert dict(foreign.items()) == dict(nobody.items())
    with pytest.raises(NotVisible):
        actions.deactivate(by=administrator, user_id=outsider.pk)


def test_the_same_handle_may_exist_in_both_organisations(
    administrator: User, outsider: User
) -> None:
    made = actions.create_user(by=administrator, name="Olga", handle="olga", roles=[])

    assert made.user.login == "olga@circulo-norte"


def test_the_table_of_roles_is_for_everybody(facilitator: User) -> None:
    page = text_of(signed_in_client(facilitator).get("/quien-puede-hacer-que/"))

    assert "Ver el nombre y el teléfono de un participante" in page
    assert "Solo sus grupos" in page


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_costs_as_many_queries_for_many_as_for_few(
    administrator: User,
    organisation: Organisation,
    number: int,
    django_assert_max_num_queries: object,
) -> None:
    UserFactory.create_batch(number, organisation=organisation, enrolled=False)
    client = signed_in_client(administrator)

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert client.get("/equipo/").status_code == 200
