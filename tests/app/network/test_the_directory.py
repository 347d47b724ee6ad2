"""The directory: nothing is shown before a person checked it, and a refuge has no address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.people import signed_in_client

from tequio.access.models import Organisation, User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden
from tequio.network import hsds_out
from tequio.network.actions import importing
from tequio.network.actions import services as actions
from tequio.network.actions.services import Said
from tequio.network.models import Service
from tequio.network.queries import services as queries

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
LEGAL = Said(
    "Casa Abierta", "Asesoría legal", ("legal",), "55 1234 5678", state="09", municipality="09007"
)


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with clock.at(EVENING):
        yield


@pytest.fixture
def near(organisation: Organisation) -> str:
    return reverse("network:near", args=[organisation.slug])


def look(address: str, **asked: str) -> str:
    answer = Client().post(address, {"paso": "buscar", **asked})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_nobody_reads_of_a_service_before_a_person_called_there(promoter: User, near: str) -> None:
    made = actions.add(by=promoter, said=LEGAL)
    assert "Casa Abierta" not in look(near, need="legal")
    actions.verify(by=promoter, service_id=made.pk)
    assert "Casa Abierta" in look(near, need="legal")
    assert "Casa Abierta" not in look(near, need="money")
    actions.change(by=promoter, service_id=made.pk, said=LEGAL)
    assert "Casa Abierta" not in look(near, need="legal")


def test_after_half_a_year_without_a_call_it_is_shown_to_nobody(promoter: User, near: str) -> None:
    made = actions.add(by=promoter, said=LEGAL)
    actions.verify(by=promoter, service_id=made.pk)
    with clock.at(EVENING + timedelta(days=183)):
        assert "Casa Abierta" in look(near)
    with clock.at(EVENING + timedelta(days=185)):
        assert "Casa Abierta" not in look(near)
    (there,) = queries.for_us(promoter, queries.Asked(), "to_check", TODAY + timedelta(days=185))
    assert there.pk == made.pk


def test_a_grave_failure_hides_it_and_a_small_one_only_says_so(
    promoter: User, facilitator: User, near: str
) -> None:
    made = actions.add(by=promoter, said=LEGAL)
    actions.verify(by=promoter, service_id=made.pk)
    actions.report(by=facilitator, service_id=made.pk, what="no_answer", on=TODAY)
    assert "a veces no contestan" in look(near)
    actions.report(by=facilitator, service_id=made.pk, what="harm", on=TODAY)
    assert "Casa Abierta" not in look(near)
    with pytest.raises(Forbidden):
        actions.verify(by=facilitator, service_id=made.pk)
    actions.verify(by=promoter, service_id=made.pk)
    assert "Casa Abierta" in look(near)
    assert not made.failures.filter(settled_on=None).exists()


def test_the_address_of_a_refuge_can_be_written_nowhere(promoter: User) -> None:
    refuge = Said("Refugio", "Refugio", ("refuge",), "5512345678", refuge=True, state="09")
    made = actions.add(by=promoter, said=refuge)
    for field, value in (("address", "Calle 1"), ("locality", "Centro"), ("municipality", "09015")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(pk=made.pk).update(**{field: value})
    other = actions.add(by=promoter, said=LEGAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=other.pk).update(refuge=True)
    with pytest.raises(DomainError):
        actions.add(by=promoter, said=Said("R", "R", ("refuge",), refuge=True, address="Calle 1"))
    sent = {"provider": "R", "name": "R", "needs": ["refuge"], "refuge": "on", "address": "Calle 1",
            "status": "active"}  # fmt: skip
    answer = signed_in_client(promoter).post(reverse("network:new-entry"), sent)
    assert answer.status_code == 422
    assert "De un refugio no se escribe dónde está" in answer.content.decode()
    out = {one["name"]: one for one in hsds_out.services(queries.for_export(promoter))}
    said = out["Refugio"]
    assert "service_at_locations" not in said


def test_the_nearest_comes_first_and_plain_words_are_understood(promoter: User, near: str) -> None:
    far = Said("Lejos", "Orientación", ("legal",), "2221234567", state="21", municipality="21114")
    state = Said("Del estado", "Orientación", ("legal",), "5511111111", state="09")
    country = Said("De todo el país", "Línea", ("legal", "talk"), "8001234567")
    for said in (far, state, country, LEGAL):
        actions.verify(by=promoter, service_id=actions.add(by=promoter, said=said).pk)
    page = look(near, words="necesito una abogada", state="09", municipality="Iztapalapa")
    found = [page.find(name) for name in ("Casa Abierta", "Del estado", "De todo el país")]
    assert found == sorted(found)
    assert -1 not in found
    assert "Lejos" not in page


def test_a_whole_sentence_finds_what_has_some_of_its_words(promoter: User, near: str) -> None:
    other = Said("Consulta", "Pediatría", ("health",), "5511111111", state="09")
    for said in (LEGAL, other):
        actions.verify(by=promoter, service_id=actions.add(by=promoter, said=said).pk)
    page = look(near, words="mi esposo me amenazó y busco una abogada")
    assert "Casa Abierta" in page
    assert "Ninguno tiene todas tus palabras" in page
    assert "Pediatría" not in page
    exact = look(near, words="necesito una abogada")
    assert "Casa Abierta" in exact
    assert "Ninguno tiene todas tus palabras" not in exact
    assert "No tenemos nada comprobado así" in look(near, words="zapatos")


def test_a_municipality_that_is_called_so_only_once_needs_no_state(
    promoter: User, near: str
) -> None:
    far = Said("Lejos", "Orientación", ("legal",), "2221234567", state="21", municipality="21114")
    for said in (far, LEGAL):
        actions.verify(by=promoter, service_id=actions.add(by=promoter, said=said).pk)
    page = look(near, municipality="Iztapalapa")
    assert "Casa Abierta" in page
    assert "Lejos" not in page
    several = Client().post(near, {"paso": "buscar", "municipality": "Benito Juárez"})
    assert "Elige primero el estado" in several.content.decode()


def test_ages_are_said_to_whoever_searches(promoter: User, near: str) -> None:
    for name, ages in (("A", (15, None)), ("B", (None, 17)), ("C", (12, 17))):
        said = Said(name, "Grupo", ("talk",), "5511111111")
        said = replace(said, minimum_age=ages[0], maximum_age=ages[1])
        actions.verify(by=promoter, service_id=actions.add(by=promoter, said=said).pk)
    page = look(near, need="talk")
    for words in ("De 15 años o más", "Hasta 17 años", "De 12 a 17 años"):
        assert words in page
    assert "De 15 a …" not in page


def test_the_search_leaves_nothing_behind(promoter: User, near: str) -> None:
    before = Event.objects.count()
    client = Client()
    first, answer = client.get(near), client.post(near, {"paso": "buscar", "need": "legal"})
    for one in (first, answer):
        assert one["Cache-Control"] == "no-store"
        assert one["Referrer-Policy"] == "no-referrer"
        assert not one.cookies
    assert "legal" not in first.content.decode().lower()
    assert "Salir rápido" in answer.content.decode()
    assert Event.objects.count() == before
    forged = client.post(near, {"paso": "ver"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 404
    # A place that nobody knows is said, and what there is is shown all the same.
    wrong = client.post(near, {"paso": "buscar", "state": "09", "municipality": "Iztapalotl"})
    assert wrong.status_code == 422
    assert "No se encontró ese municipio" in wrong.content.decode()


def test_what_goes_out_as_hsds_comes_in_again_the_same(promoter: User) -> None:
    said = Said(
        "Casa Abierta", "Asesoría legal", ("talk", "legal"), "5512345678 ext. 12, 2221234567",
        what_for="Orientan", eligibility="Mujeres", minimum_age=15, cost="Gratis", bring="INE",
        languages=("Náhuatl",), accessibility="Rampa", children="yes", safe_to_call="Dicen bueno",
        address="Calle 1", state="09", municipality="09007", hours="Lunes a viernes de 9 a 15",
    )  # fmt: skip
    actions.add(by=promoter, said=said)
    out = json.loads(
        signed_in_client(promoter).get(reverse("network:export-directory")).content.decode()
    )
    Service.objects.all().delete()
    data = json.dumps(out).encode()
    brought = importing.receive(by=promoter, name="hsds.json", data=data, queued=False)
    importing.apply(by=promoter, import_id=brought.pk)
    again = Service.objects.get()
    for name in ("what_for", "eligibility", "minimum_age", "cost", "bring", "languages", "children",
                 "accessibility", "safe_to_call", "address", "state", "municipality",
                 "needs"):  # fmt: skip
        known = getattr(said, name)
        assert getattr(again, name) == (list(known) if isinstance(known, tuple) else known), name
    assert [
        (one.weekday, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in again.openings.all()
    ] == [(day, "09:00", "15:00") for day in range(5)]
    assert [(one.number, one.extension) for one in again.phones.all()] == [
        ("5512345678", "12"), ("2221234567", ""),
    ]  # fmt: skip
    assert again.verified_on is None
