"""The public page: services, a call back, and no trace."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import Walled, found_wall

from tequio.access.models import Organisation, User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.letters import knocking, once
from tequio.letters.models import Letter, PublicService, Receipt
from tequio.letters.rules import knocks, services
from tequio.letters.views import public

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
ASKED = {
    "paso": "enviar",
    "telephone": "55 1234 5678",
    "days": ["1", "3"],
    "begin": "10:00",
    "end": "12:00",
    "if_other": "say",
    "say": "Hablo de la papelería",
    "name": "Jacinta",
    "word": "girasol",
}


@pytest.fixture(autouse=True)
def nobody_knocked() -> Iterator[None]:
    knocking.forget()
    once.forget()
    yield
    knocking.forget()
    once.forget()


@pytest.fixture
def page(organisation: Organisation) -> str:
    return reverse("letters:info", args=[organisation.slug])


@pytest.fixture
def walled(advocate: User) -> Walled:
    return found_wall(advocate)


def opened(walled: Walled) -> list[dict[str, object]]:
    """What lies in the slot, read with the wall's keys."""
    pair = walled.by.pair_of(walled.by.current)
    return [json.loads(pair.open(bytes(letter.sealed))) for letter in Letter.objects.all()]


def a_service(organisation: Organisation, **said: object) -> PublicService:
    given = {
        "kind": "talk",
        "name": "Casa de la esquina",
        "what_for": "Escuchan",
        "telephone": "55 0000 1111",
        "hours": "Lunes a viernes de 9 a 18",
        "cost": "Gratis",
        **said,
    }
    return PublicService.objects.create(organisation=organisation, **given)


def test_the_first_thing_shown_says_nothing(page: str, organisation: Organisation) -> None:
    answer = Client().get(page)
    body = answer.content.decode()
    assert "<title>Información</title>" in body
    assert 'rel="icon" href="data:,"' in body
    for word in ("violencia", "mujer", "sola", organisation.name, "Salir", "llamen", "Tequio"):
        assert word not in body, word


def test_it_neither_needs_nor_sets_a_cookie_and_stays_in_no_cache(
    page: str, walled: Walled
) -> None:
    for client in (Client(), Client(enforce_csrf_checks=True)):
        for data in (None, {"paso": "ver"}, {"paso": "sola"}, ASKED):
            answer = client.get(page) if data is None else client.post(page, data)
            assert answer.status_code == 200
            assert not answer.cookies
            assert answer["Cache-Control"] == "no-store"
            assert answer["Referrer-Policy"] == "no-referrer"
            assert "http://" not in answer.content.decode().replace("http://www.w3.org", "")


def test_another_site_cannot_make_a_browser_write(page: str, walled: Walled) -> None:
    answer = Client().post(page, ASKED, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 404
    assert not Letter.objects.exists()


def test_she_is_asked_first_whether_she_is_alone(page: str, walled: Walled) -> None:
    assert "¿Estás sola?" in Client().post(page, {"paso": "llamada"}).content.decode()
    body = Client().post(page, {"paso": "acompanada"}).content.decode()
    assert "No se guardó nada" in body
    assert "<input" not in body


def test_what_she_asks_arrives_sealed_and_leaves_no_other_trace(page: str, walled: Walled) -> None:
    rows = Event.objects.count()
    answer = Client().post(page, ASKED)
    assert answer.status_code == 200
    assert "girasol" not in answer.content.decode()
    (letter,) = opened(walled)
    assert letter["kind"] == "call_back"
    assert letter["says"]["telephone"] == "55 1234 5678"
    assert letter["says"]["days"] == ["1", "3"]
    assert letter["says"]["word"] == "girasol"
    assert not Receipt.objects.exists()
    assert Event.objects.count() == rows


def test_the_page_asks_the_table_of_letters_nothing(page: str, walled: Walled) -> None:
    for data in ({"paso": "ver"}, {"paso": "llamada"}, {"paso": "sola"}, ASKED):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            Client().post(page, data)
        about = [one["sql"] for one in asked if "letters_letter" in one["sql"]]
        assert all(sql.startswith("INSERT") for sql in about)
        assert not [one for one in asked if "survivors_" in one["sql"]]


def test_without_a_wall_nothing_of_hers_is_asked(page: str) -> None:
    body = Client().post(page, {"paso": "ver"}).content.decode()
    assert "no tendríamos dónde guardarlos" in body
    for data in ({"paso": "llamada"}, {"paso": "sola"}, ASKED):
        answer = Client().post(page, data)
        assert 'name="telephone"' not in answer.content.decode()
    assert not Letter.objects.exists()


def test_what_no_person_sees_is_filled_in_by_no_person(page: str, walled: Walled) -> None:
    person, robot = Client().post(page, ASKED), Client().post(page, {**ASKED, public.TRAP: "x"})
    assert person.content == robot.content
    assert Letter.objects.count() == 1


def drawn(client: Client, page: str) -> dict[str, str]:
    """What the form carries that she is shown."""
    asked = client.post(page, {"paso": "sola"}).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', asked))


def test_who_presses_back_and_sends_again_is_shown_nothing_of_what_she_typed(
    page: str, walled: Walled
) -> None:
    with clock.at(NOON):
        client = Client()
        wrong = {**ASKED, "days": [], **drawn(client, page)}
    with clock.at(NOON + timedelta(minutes=1)):
        shown = client.post(page, wrong).content.decode()
        assert "girasol" in shown  # nothing that was typed is lost
        again = client.post(page, wrong).content.decode()
        assert "girasol" not in again
        assert "55 1234" not in again
        right = {**ASKED, **dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', shown))}
        assert "Listo" in client.post(page, right).content.decode()
        # A second tap is the same answer, and one letter.
        assert "Listo" in client.post(page, right).content.decode()
        assert len(opened(walled)) == 1
    with clock.at(NOON + timedelta(minutes=4)):
        assert "Listo" not in client.post(page, right).content.decode()
    assert len(opened(walled)) == 1


def test_a_form_counts_for_an_hour_and_only_as_this_house_drew_it(
    page: str, walled: Walled
) -> None:
    with clock.at(NOON):
        (name, stamp), *_more = drawn(Client(), page).items()
    for when, value in (
        (NOON + timedelta(minutes=61), stamp),
        (NOON - timedelta(minutes=1), stamp),
        (NOON, stamp[:-1] + "_"),
        (NOON, "1.2"),
    ):
        with clock.at(when):
            answer = Client().post(page, {**ASKED, "days": [], name: value}).content.decode()
        assert "girasol" not in answer
    assert opened(walled) == []
    with clock.at(NOON + timedelta(minutes=59)):
        Client().post(page, {**ASKED, name: stamp})
    assert len(opened(walled)) == 1


def test_who_took_too_long_does_not_wait_for_a_call_that_nobody_makes(
    page: str, walled: Walled
) -> None:
    with clock.at(NOON):
        (name, stamp), *_more = drawn(Client(), page).items()
    with clock.at(NOON + timedelta(minutes=61)):
        late = Client().post(page, {**ASKED, name: stamp}).content.decode()
        forged = Client().post(page, {**ASKED, name: "1.2"}).content.decode()
    assert "No se envió nada" in late
    assert "girasol" not in late
    assert "No se envió nada" not in forged
    assert opened(walled) == []


# What browsers know a field of a person by (Chromium's patterns for forms, Spanish and English).
FILLED_IN = (
    r"nombre|apellido|name|first|last|middle|initial|surname|title|prefix|tel|phone|mobile|m[oó]vil"
    r"|fax|mail|correo|address|direcc|domicilio|calle|colonia|street|city|ciudad|municip|estado"
    r"|state|prov|region|pa[ií]s|country|postal|zip|cp|company|empresa|organi|user|usuario|pass"
    r"|contrase|card|tarjeta|birth|nacim|url|web"
)


def test_no_browser_fills_in_by_itself_what_no_person_sees(page: str, walled: Walled) -> None:
    asked = Client().post(page, {"paso": "sola"}).content.decode()
    found = re.search(r'<div class="info-aside".*?</div>', asked, re.S)
    assert found
    assert public.TRAP in found.group()
    assert not re.search(FILLED_IN, public.TRAP.lower())
    assert re.search(FILLED_IN, "apellido")  # as it was called: a family name


def test_whoever_writes_again_and_again_waits_and_loses_nothing(page: str, walled: Walled) -> None:
    with clock.at(NOON):
        answers = [Client().post(page, ASKED) for _time in range(knocks.FREE_CALLS[1] + 1)]
        assert {answer.status_code for answer in answers[: knocks.FREE_CALLS[0]]} == {200}
        answer = answers[-1]
        assert answer.status_code == 429
        assert "girasol" in answer.content.decode()
        assert Client().post(page, ASKED, REMOTE_ADDR="10.0.0.9").status_code == 200
    with clock.at(NOON + timedelta(minutes=2, seconds=1)):
        assert Client().post(page, ASKED).status_code == 200


@pytest.mark.parametrize("hers", [1, 2, 3])
def test_who_writes_from_the_same_house_does_not_learn_that_she_wrote(
    page: str, walled: Walled, hers: int
) -> None:
    """Both go out by one address: a wait of his after hers would say that somebody wrote."""
    him = {**ASKED, "telephone": "55 9999 9999"}

    def told(before: int) -> list[tuple[int, bytes]]:
        knocking.forget()
        with clock.at(NOON):
            for _time in range(before):
                assert Client().post(page, ASKED).status_code == 200
        with clock.at(NOON + timedelta(seconds=5)):
            answers = [Client().post(page, him) for _time in range(8)]
        return [(answer.status_code, answer.content) for answer in answers]

    assert told(hers) == told(0)


def test_bad_input_is_said_in_sentences(page: str, walled: Walled) -> None:
    answer = Client().post(page, {**ASKED, "telephone": "911", "end": "09:00", "say": ""})
    body = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Faltan números", "después de la primera", "Falta qué decimos"):
        assert sentence in body


def test_an_unknown_house_is_the_common_404(page: str) -> None:
    nothing = Client().get("/nada-de-esto/")
    for method in ("get", "post"):
        answer = getattr(Client(), method)(reverse("letters:info", args=["no-hay"]))
        assert (answer.status_code, answer.content) == (404, nothing.content)


def test_the_short_address_serves_a_house_that_is_alone(organisation: Organisation) -> None:
    short = reverse("letters:info-of-the-house")
    assert Client().get(short).status_code == 200
    Organisation.objects.create(name="Casa Sur", slug="casa-sur")
    assert Client().get(short).status_code == 404


def test_only_what_somebody_called_lately_is_shown(page: str, organisation: Organisation) -> None:
    with clock.at(NOON):
        today = clock.today(organisation.timezone)
        a_service(organisation, name="Sin llamar")
        a_service(organisation, name="Llamado", verified_on=today, verified_by="Paty")
        old = today - services.HOLDS_FOR - timedelta(days=1)
        a_service(organisation, name="Antiguo", verified_on=old, verified_by="Paty")
        body = Client().post(page, {"paso": "ver"}).content.decode()
    assert "Llamado" in body
    assert "Sin llamar" not in body
    assert "Antiguo" not in body
    assert "Nadie de nuestro equipo lo ha comprobado" in body


def test_who_may_writes_calls_and_takes_away(promoter: User, page: str) -> None:
    client = signed_in_client(promoter)
    said = {
        "kind": "legal",
        "name": "Bufete",
        "what_for": "Asesoran",
        "telephone": "55 2",
        "hours": "9 a 14",
        "cost": "Gratis",
    }
    assert client.post(reverse("letters:new-service"), said).status_code == 302
    service = PublicService.objects.get()
    assert "Bufete" not in Client().post(page, {"paso": "ver"}).content.decode()
    client.post(reverse("letters:verify-service", args=[service.pk]))
    assert "Bufete" in Client().post(page, {"paso": "ver"}).content.decode()
    change = reverse("letters:change-service", args=[service.pk])
    assert client.post(change, {**said, "name": "Otro"}).status_code == 302
    assert "Otro" not in Client().post(page, {"paso": "ver"}).content.decode()
    client.post(reverse("letters:remove-service", args=[service.pk]))
    assert not PublicService.objects.exists()
    kinds = set(Event.objects.filter(kind__startswith="service").values_list("kind", flat=True))
    assert kinds == {"service.add", "service.verify", "service.change", "service.remove"}


def test_a_place_to_stay_never_has_an_address(director: User) -> None:
    client = signed_in_client(director)
    said = {
        "kind": "refuge",
        "name": "Refugio",
        "what_for": "Te reciben",
        "telephone": "55 2",
        "hours": "siempre",
        "cost": "Gratis",
        "place": "Calle 1",
    }
    answer = client.post(reverse("letters:new-service"), said)
    assert answer.status_code == 422
    assert "no se escribe la dirección" in answer.content.decode()
    assert not PublicService.objects.exists()


@override_settings(NEUTRAL_PAGE="https://example.org/tiempo")
def test_the_way_out_ends_the_session_and_leads_somewhere_harmless(facilitator: User) -> None:
    client = signed_in_client(facilitator)
    assert client.get("/").status_code == 200
    answer = client.get(reverse("access:leave-now"))
    assert (answer.status_code, answer["Location"]) == (302, "https://example.org/tiempo")
    assert answer["Clear-Site-Data"]
    assert client.get("/").status_code == 302
    assert Client().get(reverse("access:leave-now")).status_code == 302


def test_another_site_signs_nobody_out(facilitator: User) -> None:
    client = signed_in_client(facilitator)
    client.get(reverse("access:leave-now"), headers={"Sec-Fetch-Site": "cross-site"})
    assert client.get("/").status_code == 200


def test_neither_page_leaves_a_line_in_the_log(
    page: str, walled: Walled, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    Client().post(page, ASKED)
    Client().get(reverse("access:leave-now"))
    said = capsys.readouterr().out + caplog.text
    assert "letters:info" not in said
    assert "leave-now" not in said


def test_many_services_cost_no_more_questions_than_few(promoter: User, page: str) -> None:
    asked = {}
    for how_many in (5, 100):
        for n in range(how_many):
            a_service(promoter.organisation, name=f"S {how_many} {n}")
        with CaptureQueriesContext(connection) as found:
            signed_in_client(promoter).get(reverse("letters:services"))
            Client().post(page, {"paso": "ver"})
        asked[how_many] = len(found)
    assert asked[5] == asked[100] <= 16
