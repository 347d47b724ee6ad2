"""Bitácora: sentences for who may read them, of the own organisation only."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.entering import text_of
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.audit.record import record
from tequio.audit.seals import seal_closed_batches
from tequio.core import clock

PAGE = "/bitacora/"


@pytest.mark.parametrize("person", ["coordinator", "administrator"])
def test_it_shows_sentences_and_the_state_of_the_seals(
    request: pytest.FixtureRequest, person: str
) -> None:
    user: User = request.getfixturevalue(person)
    record("role.grant", by=user, subject=user, detail={"role": "facilitator"})
    seal_closed_batches(until=clock.now())
    client = signed_in_client(user)

    checked = client.post("/bitacora/comprobar/", follow=True)
    page = text_of(checked)

    assert f"Dio a {user.login} el rol «Facilitación»" in page
    assert "Sellada hasta" in page
    assert "la cadena está íntegra" in page
    assert Event.objects.filter(kind="audit.verify", actor_id=user.pk).count() == 1


@pytest.mark.parametrize(
    "person", ["facilitator", "therapist", "advocate", "promoter", "evaluator", "director"]
)
def test_others_may_not_read_it(request: pytest.FixtureRequest, person: str) -> None:
    client = signed_in_client(request.getfixturevalue(person))

    assert client.get(PAGE).status_code == 403
    assert client.post("/bitacora/comprobar/").status_code == 403


def test_another_organisations_log_does_not_exist(coordinator: User, outsider: User) -> None:
    record("sign_in.done", by=outsider, subject=outsider)
    client = signed_in_client(coordinator)

    assert "olga" not in text_of(client.get(PAGE))
    assert "olga" not in text_of(client.get(PAGE, {"quien": str(outsider.pk)}))


def test_one_finds_what_one_person_did_and_what_kind_it_was(
    coordinator: User, facilitator: User
) -> None:
    record("sign_in.done", by=facilitator, subject=facilitator)
    record("sign_out", by=coordinator, subject=coordinator)
    record("role.grant_self", by=coordinator, subject=coordinator, detail={"role": "director"})
    client = signed_in_client(coordinator)

    def sentences(**choice: str) -> list[str]:
        return [line.sentence for line in client.get(PAGE, choice).context["lines"]]

    assert len(sentences()) == 3
    assert sentences(quien=str(facilitator.pk)) == ["lalo@circulo-norte entró"]
    assert len(sentences(tipo="entradas")) == 2
    assert sentences(tipo="sello") == []
    assert "Para revisar" in text_of(client.get(PAGE, {"tipo": "accesos"}))


@pytest.mark.parametrize("number", [10, 1000])
def test_the_page_costs_at_most_twelve_queries(
    coordinator: User, number: int, django_assert_max_num_queries: object
) -> None:
    Event.objects.bulk_create(
        Event(organisation_id=coordinator.organisation_id, kind="sign_out", actor_label="x")
        for _i in range(number)
    )
    client: Client = signed_in_client(coordinator)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(PAGE, {"page": "2"}).status_code == 200


@pytest.mark.parametrize("query", ["?page=x", "?page=-1", "?quien=nadie", "?tipo=%00", "?page=999"])
def test_a_strange_address_is_no_crash(coordinator: User, query: str) -> None:
    assert signed_in_client(coordinator).get(PAGE + query).status_code == 200
