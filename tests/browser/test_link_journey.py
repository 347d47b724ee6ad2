"""He answers alone though the signal goes away; she leaves the questions, and nothing is left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.browser.site import Site
from tests.browser.test_every_page import _axe
from tests.browser.test_wall_case_journey import enter
from tests.links import says_yes
from tests.walls import found_wall

from tequio.access.models import User
from tequio.letters import knocking
from tequio.letters.models import Answers
from tequio.people.models import Assessment
from tequio.survivors.actions import inviting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)
# Screens are looked at by people: `TEQUIO_LOOK=folder ./tequio test …` keeps them.
LOOK = os.environ.get("TEQUIO_LOOK", "")


@pytest.fixture(autouse=True)
def nobody_knocked() -> None:
    knocking.forget()


def look(page: Page, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if LOOK:
        page.screenshot(path=Path(LOOK) / f"{name}.png", full_page=True)


def _enter(page: Page, site: Site, code: str, pin: str) -> None:
    # Also in a tab where it was open before: there only what stands behind the mark changes.
    page.goto(f"{site.url}{reverse('instruments:one-time')}#{code}")
    # Nobody types six digits before the page has read the code.
    page.wait_for_function("Boolean(document.getElementById('codigo')?.value)")
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Entrar").click()


def _answer_all(page: Page, choice: Callable[[int], int]) -> int:
    """Choose something on each screen until there is none; return how many there were."""
    for n in range(200):
        if page.get_by_text("Esas eran todas las preguntas.").is_visible():
            return n
        shown = page.locator(".screen:not([hidden]) .answers label")
        shown.nth(min(choice(n), shown.count() - 1)).click()
        page.get_by_role("button", name="Siguiente").click()
    raise AssertionError("The questions never end.")


def test_he_answers_alone_without_a_signal_and_it_arrives_once(
    page: Page, phone: Page, site: Site, facilitator: User, complaints: list[str]
) -> None:
    man = site.places[0].participant
    site.enter(page, facilitator)
    page.goto(site.url + reverse("people:assessments", args=[man.folio]))
    page.get_by_role("button", name="Darle un enlace").first.click()
    page.get_by_role("heading", name="Un enlace para contestar").wait_for()
    look(page, "his-given")
    code = page.locator("[data-link-address]").inner_text().partition("#")[2]
    pin = page.locator("[data-link-pin]").inner_text()

    _enter(phone, site, code, pin)
    phone.get_by_role("button", name="Siguiente").wait_for()
    assert phone.url.endswith("/c/") and phone.context.cookies() == []
    look(phone, "his-first")
    assert _axe(phone) == []
    complaints.clear()  # axe measures with styles of its own, which the policy refuses
    phone.locator(".screen:not([hidden]) label").first.click()
    with phone.expect_response(lambda answer: answer.status == 204):
        phone.get_by_role("button", name="Siguiente").click()
    phone.context.set_offline(True)
    assert _answer_all(phone, lambda _n: 0) > 10
    look(phone, "his-end-offline")
    phone.get_by_text("está en este teléfono, cifrado").wait_for()
    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name="Terminar y enviar").click()
    phone.get_by_text("está en este teléfono, cifrado").wait_for()
    look(phone, "his-waits")
    kept = phone.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert kept == ["encuesta"]
    assert not Assessment.objects.filter(state="done").exists()
    # The telephone is put away, the page is gone; on the way home there is a signal.
    context = phone.context
    phone.close()  # going elsewhere is not enough: a page that was left may still send
    context.set_offline(False)
    later = context.new_page()
    _enter(later, site, code, pin)
    later.get_by_role("heading", name="Gracias").wait_for()
    look(later, "his-thanks")
    done = Assessment.objects.filter(state="done", participant=man)
    assert done.count() >= 1 and {row.how for row in done} == {"alone"}
    _enter(later, site, code, pin)
    later.get_by_text("No se abrió.").wait_for()
    look(later, "refused")
    page.goto(site.url + reverse("people:assessments", args=[man.folio]))
    look(page, "his-list")


def test_a_server_that_starts_again_costs_no_answer(
    phone: Page, page: Page, site: Site, facilitator: User
) -> None:
    man = site.places[0].participant
    site.enter(page, facilitator)
    page.goto(site.url + reverse("people:assessments", args=[man.folio]))
    page.get_by_role("button", name="Darle un enlace").first.click()
    code = page.locator("[data-link-address]").inner_text().partition("#")[2]
    _enter(phone, site, code, page.locator("[data-link-pin]").inner_text())
    phone.get_by_role("button", name="Siguiente").wait_for()
    phone.route("**/c/", lambda route: route.fulfill(status=502, body="Bad Gateway"))
    phone.locator(".screen:not([hidden]) label").first.click()
    phone.get_by_role("button", name="Siguiente").click()
    phone.get_by_text("está en este teléfono, cifrado").wait_for()
    assert phone.get_by_text("Bad Gateway").count() == 0
    phone.unroute("**/c/")
    phone.locator(".screen:not([hidden]) label").first.click()
    with phone.expect_response(lambda answer: answer.status == 204):
        phone.get_by_role("button", name="Siguiente").click()
    phone.get_by_text("está en este teléfono, cifrado").wait_for(state="hidden")


def test_she_leaves_the_questions_and_going_back_shows_nothing(
    page: Page, phone: Page, site: Site, advocate: User, complaints: list[str]
) -> None:
    walled = found_wall(advocate)
    address = reverse("survivors:invite", args=[says_yes(walled), "T0"])
    enter(page, site, walled)
    page.goto(site.url + address)
    look(page, "hers-invite")
    page.get_by_text("En persona", exact=True).click()
    page.get_by_role("button", name="Hacer el enlace").click()
    page.get_by_role("heading", name="Su enlace y su PIN").wait_for()
    look(page, "hers-invited")
    code = page.locator("[data-link-address]").inner_text().partition("#")[2]
    pin = page.locator("[data-link-pin]").inner_text()
    phone.goto(site.url + reverse("instruments:one-time"))
    look(phone, "door")
    assert _axe(phone) == []
    _enter(phone, site, code, pin)
    phone.get_by_role("heading", name="¿Estás sola?").wait_for()
    look(phone, "hers-alone")
    assert _axe(phone) == []
    phone.get_by_role("button", name="Sí", exact=True).click()
    phone.get_by_role("button", name="Otras preguntas").wait_for()
    look(phone, "hers-first")
    assert _axe(phone) == []
    complaints.clear()
    phone.locator(".screen:not([hidden]) label").nth(2).click()
    phone.get_by_role("button", name="Siguiente").click()
    phone.get_by_role("button", name="Otras preguntas").click()
    phone.get_by_text("servicio de agua").wait_for()
    look(phone, "hers-other")
    assert phone.get_by_role("button", name="Otras preguntas").count() == 0
    assert Answers.objects.count() == 1
    kept = "indexedDB.databases().then((all) => [all.length, localStorage.length])"
    assert phone.evaluate(kept) == [0, 0]
    assert phone.context.cookies() == [] and phone.title() == "Encuesta"
    _answer_all(phone, lambda _n: 1)
    phone.get_by_role("button", name="Terminar y enviar").click()
    phone.get_by_role("heading", name="Gracias").wait_for()
    phone.go_back()
    phone.go_forward()
    assert "insult" not in phone.content() and "agua" not in phone.content()


@pytest.fixture
def plain(chromium: Browser) -> BrowserContext:
    """A phone without JavaScript."""
    return chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="es-MX"
    )


def test_without_javascript_a_question_is_a_page(
    plain: BrowserContext, site: Site, advocate: User
) -> None:
    walled = found_wall(advocate)
    given = inviting.give(by=walled.by, case_id=says_yes(walled), wave="T0", how="in_person")
    page = plain.new_page()
    page.goto(site.url + reverse("instruments:one-time"))
    page.get_by_label("Código").fill(given.code.lower().replace("-", " "))
    page.get_by_label("PIN").fill(given.pin)
    page.get_by_role("button", name="Entrar").click()
    page.get_by_role("button", name="Sí", exact=True).click()
    for option in (2, 1):
        page.locator(".screen:visible label").nth(option).click()
        page.get_by_role("button", name="Siguiente").last.click()
    page.get_by_text("3 de").wait_for()
    page.get_by_role("button", name="Atrás").click()
    page.get_by_text("2 de").wait_for()
    assert page.locator(".screen:visible input:checked").count() == 1
    look(page, "plain-second")
    assert plain.cookies() == []
    plain.close()
