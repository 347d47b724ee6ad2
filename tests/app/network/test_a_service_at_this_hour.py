"""What a woman reads at that hour: nothing closed as if it answered, nothing of who hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from django.test import Client
from django.urls import reverse
from tests.people import signed_in_client

from tequio.access.models import Organisation, User
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.network.actions import importing
from tequio.network.actions import services as actions
from tequio.network.actions.services import Said
from tequio.network.models import DirectoryImport, ImportLine, Opening, Service

pytestmark = pytest.mark.django_db
# A Friday in Mexico City: eight in the evening, and eleven in the morning.
EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
LEGAL = Said(
    "Casa Abierta", "Asesoría legal", ("legal",), "55 1234 5678", state="09", municipality="09007",
    hours="Lunes a viernes de 9:00 a 15:00",
)  # fmt: skip
SHELTER = Said(
    "Albergue del DIF", "Albergue", ("refuge",), "55 1234 5678", state="09", municipality="09007",
    address="Calle Pino 12",
)  # fmt: skip


def checked(by: User, said: Said) -> Service:
    made = actions.add(by=by, said=said)
    return actions.verify(by=by, service_id=made.pk)


def look(organisation: Organisation, moment: datetime, **asked: str) -> str:
    with clock.at(moment):
        answer = Client().post(
            reverse("network:near", args=[organisation.slug]), {"paso": "buscar", **asked}
        )
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_whether_somebody_is_there_at_that_hour(
    promoter: User, organisation: Organisation
) -> None:
    with clock.at(MORNING):
        checked(promoter, LEGAL)
        checked(promoter, replace(LEGAL, provider="Línea", hours="Las 24 horas"))
        checked(promoter, replace(LEGAL, provider="Con cita", hours="Previa cita"))
        checked(promoter, replace(LEGAL, provider="Sin saber", hours=""))
    page = look(organisation, MORNING)
    assert "Abierto a esta hora, según su horario: hasta las 15:00." in page
    night = look(organisation, EVENING)
    assert "A esta hora está cerrado. Abre el lunes a las 09:00." in night
    assert "Abierto a esta hora, según su horario." in night
    assert "No sabemos su horario." in night
    assert "Previa cita" in night
    # Of those as near: who answers, who may, who is closed.
    found = [night.find(name) for name in ("<h2>Línea", "<h2>Sin saber", "<h2>Casa Abierta")]
    assert -1 not in found and found == sorted(found)


def test_at_night_what_always_answers_comes_first(
    promoter: User, organisation: Organisation
) -> None:
    with clock.at(MORNING):
        checked(promoter, LEGAL)
    night, day = look(organisation, EVENING), look(organisation, MORNING)
    assert night.find("tel:911") < night.find("Casa Abierta")
    assert day.find("tel:911") > day.find("Casa Abierta")
    assert night.count("tel:911") == day.count("tel:911") == 1
    assert look(organisation, MORNING, need="danger").count("tel:911") == 1


def test_corrected_hours_take_the_place_of_those_that_a_file_brought(promoter: User) -> None:
    made = actions.add(by=promoter, said=replace(LEGAL, hours=""))
    Opening.objects.create(service=made, weekday=0, opens=time(8), closes=time(20))
    client, address = signed_in_client(promoter), reverse("network:correct-entry", args=[made.pk])
    assert "lunes: 08:00–20:00" in client.get(address).content.decode()
    sent = {"provider": "Casa Abierta", "name": "Asesoría legal", "needs": ["legal"],
            "telephones": "5512345678", "status": "active", "state": "09"}  # fmt: skip
    client.post(address, {**sent, "hours": "Lunes de 10 a 14"})
    assert [(one.opens, one.closes) for one in made.openings.all()] == [(time(10), time(14))]
    client.post(address, {**sent, "hours": "Solo con cita"})
    made.refresh_from_db()
    assert (made.hours, made.openings.count()) == ("Solo con cita", 0)
    long = client.post(address, {**sent, "hours": "Solo con cita, " * 15})
    assert long.status_code == 422
    assert "Escribe los días y las horas, sin más" in long.content.decode()


def test_nobody_is_told_where_a_shelter_is_though_nobody_called_it_a_refuge(
    promoter: User, organisation: Organisation
) -> None:
    with clock.at(MORNING):
        checked(promoter, SHELTER)
        without = actions.add(by=promoter, said=replace(SHELTER, provider="Otro", telephones=""))
        with pytest.raises(DomainError, match="Falta un teléfono"):
            actions.verify(by=promoter, service_id=without.pk)
    page = look(organisation, MORNING)
    assert "Albergue del DIF" in page
    assert "Pino" not in page
    assert "Iztapalapa" not in page
    assert "No se escribe dónde está" in page


@pytest.mark.parametrize(
    "words",
    ["Está en Calle Pino 12", "Av. Juárez esquina con Pino", "Col. Centro, junto al parque"],
)
def test_no_sentence_of_a_refuge_says_where_it_is(promoter: User, words: str) -> None:
    refuge = Said("Casa", "Refugio", ("refuge",), "5512345678", refuge=True, what_for=words)
    with pytest.raises(DomainError, match="dice dónde está"):
        actions.add(by=promoter, said=refuge)
    sent = {"provider": "Casa", "name": "Refugio", "needs": ["refuge"], "refuge": "on",
            "telephones": "5512345678", "status": "active", "what_for": words}  # fmt: skip
    answer = signed_in_client(promoter).post(reverse("network:new-entry"), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    fine = "Reciben a cualquier hora. Una trabajadora va por ti en la calle que tú digas"
    assert actions.add(by=promoter, said=replace(refuge, what_for=fine))


def test_a_file_leaves_nothing_of_where_a_refuge_is(promoter: User) -> None:
    """Two lines of one place: one says that it is a refuge, the other where."""
    data = (
        "Institución,Servicio,Nota,Dirección,Teléfono\n"
        "Casa Luna,Atención,Refugio para mujeres,,5512345678\n"
        "Casa Luna,Atención,,Calle Pino 12,5512345678\n"
        "Casa Sol,Refugio,Está en Av. Juárez 40,Av. Juárez 40,5512345679\n"
    ).encode()
    made = importing.receive(by=promoter, name="lista.csv", data=data, queued=False)
    done = importing.apply(by=promoter, import_id=made.pk)
    assert done.state == DirectoryImport.State.DONE
    assert set(Service.objects.values_list("provider__name", "refuge", "address", "what_for")) == {
        ("Casa Luna", True, "", "Refugio para mujeres"), ("Casa Sol", True, "", ""),
    }  # fmt: skip
    lying = " ".join(ImportLine.objects.exclude(name="").values_list("text", flat=True))
    assert "Juárez" not in lying
    assert "Pino" not in lying
    done.refresh_from_db()
    assert done.file is None
