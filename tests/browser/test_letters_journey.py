"""What he says at intake goes in sealed; behind the wall a person attends to it, within a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.site import Site
from tests.browser.test_every_page import _look
from tests.factories.people import IntakeFactory
from tests.walls import Walled, begin_case, found_wall

from tequio.access.models import User
from tequio.letters.models import Letter
from tequio.people.rules.answers import Answers
from tequio.survivors.actions import sheets
from tequio.survivors.models import HeldLetter
from tequio.survivors.rules.sheets import Duty, Link

if TYPE_CHECKING:
    from playwright.sync_api import Page

CANARY = "Lupe Canario"


def _open_wall(page: Page, site: Site, walled: Walled) -> None:
    site.enter(page, walled.user)
    page.goto(f"{site.url}/muro/")
    page.get_by_label("Tu frase del muro").fill(walled.founded.passphrase)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("heading", name="Mujeres que acompañamos").wait_for()


@pytest.mark.parametrize("width", ["phone", "page"])
def test_from_what_he_says_to_an_offer(
    width: str, request: pytest.FixtureRequest, site: Site, advocate: User, coordinator: User,
    complaints: list[str],
) -> None:  # fmt: skip
    page: Page = request.getfixturevalue(width)
    walled = found_wall(advocate)
    man = site.places[0].participant
    IntakeFactory.create(participant=man, started_by=coordinator, said=Answers(adult="yes"))
    found: list[str] = []

    def look(where: str) -> None:
        found.extend(_look(page, where, complaints))

    site.enter(page, coordinator)
    address = f"{site.url}/personas/{man.folio}/ingreso/pareja/"
    page.goto(address)
    look("the step about his partner")
    page.get_by_label("¿Cómo se llama?").fill(CANARY)
    page.get_by_role("button", name="Entregar").click()
    page.get_by_text("Falta qué relación tienen").first.wait_for()
    look("an error keeps what was typed")
    assert page.get_by_label("¿Cómo se llama?").input_value() == CANARY
    page.get_by_role("group", name="¿Qué relación tienen?").get_by_text("Su expareja").click()
    for question in ("¿Viven juntos ahora?", "¿Hay niñas, niños o adolescentes?"):
        page.get_by_role("group", name=question).get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Entregar").click()
    page.get_by_text("Entregada").first.wait_for()
    look("it was delivered")
    assert CANARY not in page.content()
    page.goto(address)
    assert CANARY not in page.content()
    page.goto(f"{site.url}/carta/")
    look("leaving a letter")

    _open_wall(page, site, walled)
    look("home with a letter")
    page.get_by_role("link", name="Él dijo de quién es su pareja").click()
    page.get_by_text(CANARY).wait_for()
    look("the letter behind the wall")
    page.get_by_label("Cómo la llamamos aquí").fill("Sin nombre")
    page.get_by_role("group", name="¿Por qué vía segura?").get_by_text("En persona").click()
    page.get_by_label("¿Hasta qué día se intenta?").fill("2026-12-04")
    page.get_by_role("button", name="Abrir el ofrecimiento").click()
    page.get_by_role("heading", name="Sin nombre").wait_for()
    look("the offer that it became")
    assert not Letter.objects.exists()
    assert not HeldLetter.objects.exists()
    assert found == []


def test_an_absence_becomes_a_duty_and_what_was_done_lies_in_her_case(
    phone: Page, site: Site, advocate: User, coordinator: User, complaints: list[str]
) -> None:
    walled = found_wall(advocate)
    place = site.places[6]  # Guayabo has not come yet
    case = begin_case(walled.by, alias="Jacinta").pk
    link = Link(folio=place.participant.folio, relation="partner", on=sheets.today(walled.by))
    sheets.write(by=walled.by, case_id=case, body=link)
    found: list[str] = []

    site.enter(phone, coordinator)
    phone.goto(f"{site.url}/sesiones/{site.tonight.pk}/")
    phone.request.post(
        f"{site.url}/sesiones/{site.tonight.pk}/lugares/{place.pk}/"
        "6b1f0f6e-8b1c-4a30-9d0f-3f0d3c1b2a77/",
        form={"status": "absent", "csrfmiddlewaretoken": _token(phone)},
        headers={"Referer": site.url},
    )
    assert Letter.objects.count() == 1

    _open_wall(phone, site, walled)
    phone.get_by_role("link", name="No llegó a su primera sesión").click()
    found += _look(phone, "a duty", complaints)
    phone.get_by_role("link", name="Cómo va él hoy").click()
    phone.get_by_text("Asistir no es estar segura").wait_for()
    found += _look(phone, "how he stands", complaints)
    phone.go_back()
    phone.get_by_role("group", name="¿Qué se hizo?").get_by_text("Se lo conté").click()
    phone.get_by_role("button", name="Guardar en su expediente").click()
    phone.get_by_role("heading", name="Jacinta").wait_for()
    assert any(isinstance(held.body, Duty) for held in sheets.all_of(walled.by, case))
    phone.goto(f"{site.url}/muro/casos/{case}/aviso/")
    found += _look(phone, "telling an authority", complaints)
    phone.goto(f"{site.url}/muro/cartas/")
    found += _look(phone, "no letters", complaints)
    assert found == []


def _token(page: Page) -> str:
    return str(page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value"))
