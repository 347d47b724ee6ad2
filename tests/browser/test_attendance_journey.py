"""Tonight's circle: taps, keys, no signal, no scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.browser.site import Site
from tests.entering import current_code
from tests.factories.access import PASSWORD

from tequio.access.models import User
from tequio.circles.models import Mark

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def _centre(page: Page) -> str:
    return " ".join(page.inner_text(".circle .centre").split())


def _seat(site: Site, at: int) -> str:
    return f"#seat-{site.places[at].pk}"


def _is(site: Site, at: int, state: str) -> str:
    return f"#place-{site.places[at].pk}.is-{state}"


def _open(page: Page, site: Site, user: User) -> None:
    site.enter(page, user)
    page.goto(f"{site.url}/sesiones/{site.tonight.pk}/")


def test_a_facilitator_enters_and_takes_attendance_from_a_phone(
    phone: Page, site: Site, facilitator: User
) -> None:
    phone.goto(site.url)
    phone.get_by_label("Usuario").fill(facilitator.login)
    phone.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Continuar").or_(
        phone.get_by_role("button", name="Entrar")
    ).first.tap()
    phone.locator("input[name=code]").fill(current_code())
    phone.locator("main button[type=submit]").first.tap()
    phone.get_by_role("heading", name="Hoy", exact=True).wait_for()

    phone.get_by_role("link", name="Pasar lista").tap()
    assert "de 8" in _centre(phone)
    phone.locator(_seat(site, 0)).tap()
    phone.wait_for_selector(_is(site, 0, "present"))
    assert _centre(phone).startswith("1 de 8")
    phone.locator(_seat(site, 0)).tap()
    phone.wait_for_selector(_is(site, 0, "late"))
    phone.locator(f"#row-{site.places[1].pk}-absent").tap()
    phone.wait_for_selector(_is(site, 1, "absent"))
    assert "1 faltó" in _centre(phone)

    phone.reload()
    assert _centre(phone).startswith("1 de 8")
    assert phone.locator(_is(site, 0, "late")).count() == 1
    assert site.marks() == {"Abeto": "late", "Bosque": "absent"}


def test_attendance_is_taken_by_keyboard_alone(page: Page, site: Site, facilitator: User) -> None:
    _open(page, site, facilitator)
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-seat]')"):
            break
    assert page.evaluate("document.activeElement.id") == _seat(site, 0)[1:]
    for at, (key, state) in enumerate(
        [("p", "present"), ("T", "late"), ("f", "absent"), ("a", "excused")]
    ):
        page.keyboard.press(key)
        page.wait_for_selector(_is(site, at, state))
        # The seat was drawn anew: whoever uses keys must not be thrown to the top of the page.
        assert page.evaluate("document.activeElement.id") == _seat(site, at)[1:]
        page.keyboard.press("ArrowRight")
    assert site.marks() == {
        "Abeto": "present",
        "Bosque": "late",
        "Cedro": "absent",
        "Duna": "excused",
    }
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    page.wait_for_selector(_is(site, 3, "open"))
    assert "Duna" not in site.marks()

    # Taking back is pressed with the seat still in focus, and leaves it there.
    page.keyboard.press("p")
    page.wait_for_selector(_is(site, 3, "present"))
    page.locator("#unmark").wait_for()
    page.keyboard.press("z")
    page.wait_for_selector(_is(site, 3, "open"))
    assert page.evaluate("document.activeElement.id") == _seat(site, 3)[1:]

    page.locator(f"#row-{site.places[5].pk}-present").focus()
    page.keyboard.press("t")
    page.wait_for_selector(_is(site, 5, "late"))
    assert page.evaluate("document.activeElement.id").startswith(f"row-{site.places[5].pk}-")
    assert site.marks()["Faro"] == "late"


def test_a_tap_without_signal_is_said_kept_and_sent_once(
    phone: Page, site: Site, facilitator: User
) -> None:
    _open(phone, site, facilitator)
    phone.context.set_offline(True)
    phone.locator(_seat(site, 2)).tap()
    banner = phone.locator("#not-saved .notice")
    banner.wait_for()
    assert "No se guardó" in banner.inner_text()
    assert site.marks() == {}

    phone.context.set_offline(False)  # with the signal it goes by itself
    phone.wait_for_selector(_is(site, 2, "present"))
    phone.locator("#not-saved .notice").wait_for(state="detached")
    assert site.marks() == {"Cedro": "present"}
    assert Mark.objects.count() == 1


def test_two_men_tapped_without_signal_are_both_sent(
    phone: Page, site: Site, facilitator: User
) -> None:
    _open(phone, site, facilitator)
    path = re.compile("/lugares/")
    phone.route(path, lambda route: route.abort())
    phone.locator(_seat(site, 2)).tap()
    phone.locator("#not-saved .notice").wait_for()
    phone.locator(f"#row-{site.places[4].pk}-excused").tap()
    phone.wait_for_timeout(200)
    phone.unroute(path)
    phone.locator("[data-retry]").tap()
    phone.wait_for_selector(_is(site, 2, "present"))
    phone.wait_for_selector(_is(site, 4, "excused"))
    assert site.marks() == {"Cedro": "present", "Encino": "excused"}


def test_of_two_touches_without_signal_the_last_one_counts(
    phone: Page, site: Site, facilitator: User
) -> None:
    _open(phone, site, facilitator)
    phone.context.set_offline(True)
    phone.locator(_seat(site, 2)).tap()
    phone.locator("#not-saved .notice").wait_for()
    phone.locator(f"#row-{site.places[2].pk}-absent").tap()
    phone.wait_for_timeout(200)
    phone.context.set_offline(False)
    phone.wait_for_selector(_is(site, 2, "absent"))
    assert site.marks() == {"Cedro": "absent"}


def test_leaving_with_a_tap_that_was_not_sent_is_asked_about(
    phone: Page, site: Site, facilitator: User
) -> None:
    asked: list[str] = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    _open(phone, site, facilitator)
    path = re.compile("/lugares/")
    phone.route(path, lambda route: route.abort())
    phone.locator(_seat(site, 2)).tap()
    phone.locator("#not-saved .notice").wait_for()
    phone.get_by_role("link", name="Ronda", exact=True).tap()
    phone.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    phone.unroute(path)
    phone.locator("[data-retry]").tap()
    phone.wait_for_selector(_is(site, 2, "present"))
    phone.get_by_role("link", name="Ronda", exact=True).tap()
    phone.wait_for_url("**/ronda/")
    assert asked == ["beforeunload"]


def test_an_answer_that_got_lost_makes_no_second_mark_and_no_dead_end(
    phone: Page, site: Site, facilitator: User
) -> None:
    """The tap arrived, its answer did not; then another thumb corrects it on the same screen."""
    _open(phone, site, facilitator)
    path = re.compile("/lugares/")
    phone.route(path, lambda route: (route.fetch(), route.abort())[1])
    phone.locator(f"#row-{site.places[3].pk}-present").tap()
    phone.locator("#not-saved .notice").wait_for()
    phone.unroute(path)
    assert site.marks() == {"Duna": "present"}

    phone.locator(f"#row-{site.places[3].pk}-late").tap()
    phone.get_by_text("Esta marca ya había llegado").wait_for()
    phone.locator(f"#row-{site.places[3].pk}-late").tap()
    phone.wait_for_selector(_is(site, 3, "late"))
    assert site.marks() == {"Duna": "late"}


def test_a_tap_after_the_session_ended_is_said_and_nothing_is_swapped(
    phone: Page, site: Site, facilitator: User
) -> None:
    _open(phone, site, facilitator)
    phone.context.clear_cookies()
    phone.locator(_seat(site, 0)).tap()
    phone.locator("#not-saved .notice").wait_for()
    assert "Entra de nuevo en otra pestaña" in phone.inner_text("#not-saved")
    site.enter(phone, facilitator)
    phone.locator("[data-retry]").tap()
    phone.wait_for_timeout(500)
    assert phone.locator(".seat").count() == 9
    assert site.marks() in ({}, {"Abeto": "present"})


@pytest.fixture
def without_scripts(chromium: Browser) -> Page:
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="es-MX"
    )
    context.set_default_timeout(10_000)
    return context.new_page()


def test_attendance_is_taken_without_scripts(
    without_scripts: Page, site: Site, facilitator: User
) -> None:
    page = without_scripts
    _open(page, site, facilitator)
    page.locator(_seat(site, 0)).click()
    page.locator(_is(site, 0, "present")).wait_for()
    page.locator(f"#row-{site.places[1].pk}-excused").click()
    page.locator(_is(site, 1, "excused")).wait_for()
    assert site.marks() == {"Abeto": "present", "Bosque": "excused"}
    page.goto(f"{site.url}/galeria")
    leave = page.locator("[data-quick-exit]").first
    assert leave.get_attribute("href") == "/salir-ya/"
    page.context.close()
