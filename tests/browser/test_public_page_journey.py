"""Somebody asks to be called, leaves in a hurry, and going back shows nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.browser.site import Site
from tests.browser.test_every_page import _axe
from tests.walls import found_wall

from tequio.access.models import User
from tequio.letters import knocking
from tequio.letters.models import Letter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)
TELLING = ("¿Estás sola?", "llamamos", "Salir rápido", "Círculo Norte", "girasol", "Servicios")


class _Weather(BaseHTTPRequestHandler):
    """A page of somebody else, on this machine: no test leaves it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<title>Tiempo</title><link rel=icon href='data:,'><h1>Llueve</h1>")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def weather(settings: object) -> Iterator[str]:
    """Where who leaves in a hurry ends."""
    server = HTTPServer(("127.0.0.1", 0), _Weather)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    settings.NEUTRAL_PAGE = address  # type: ignore[attr-defined]
    knocking.forget()
    yield address
    knocking.forget()
    server.shutdown()
    server.server_close()


def _shown(page: Page) -> str:
    """What stands on the screen now; a page of the browser's own shows nothing of ours."""
    return page.title() + page.locator("body").inner_text()


def _back_ten_times(page: Page) -> list[str]:
    from playwright.sync_api import Error

    seen = []
    for _time in range(10):
        try:
            page.go_back(wait_until="load", timeout=4000)
        except Error:
            seen.append("")  # the browser refuses to send a form again: nothing is shown
            continue
        seen.append(_shown(page))
    return seen


def _address(site: Site, user: User) -> str:
    return site.url + reverse("letters:info", args=[user.organisation.slug])


def _whole(page: Page) -> None:
    """Nothing for axe, nothing to push sideways, buttons that can be seen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert _axe(page) == []


def _ask(page: Page, look: Callable[[Page], None] = lambda _page: None) -> None:
    look(page)
    page.get_by_role("button", name="Ver más").click()
    page.get_by_role("heading", name="Servicios y teléfonos").wait_for()
    look(page)
    page.get_by_role("button", name="Quiero que me llamen").click()
    page.get_by_role("button", name="Sí, estoy sola").click()
    page.get_by_label("Un teléfono donde sea seguro llamarte").fill("55 1234 5678")
    look(page)
    page.get_by_text("Martes").click()
    page.get_by_label("Una palabra clave").fill("girasol")
    page.get_by_role("button", name="Enviar").click()
    page.get_by_role("heading", name="Listo").wait_for()
    look(page)


def test_she_asks_leaves_and_ten_backs_show_nothing(
    phone: Page, site: Site, advocate: User, weather: str, complaints: list[str]
) -> None:
    found_wall(advocate)
    phone.goto("about:blank")
    phone.goto(_address(site, advocate))
    _ask(phone, _whole)
    # axe measures with styles of its own, which the policy refuses: they are not the page's.
    complaints.clear()
    assert Letter.objects.count() == 1
    assert phone.title() == "Información"
    assert phone.context.cookies() == []
    phone.locator("[data-quick-exit]").click()
    phone.wait_for_url(weather)
    for shown in _back_ten_times(phone):
        assert not [word for word in TELLING if word in shown], shown


def test_three_times_shift_do_the_same(
    page: Page, site: Site, advocate: User, weather: str
) -> None:
    found_wall(advocate)
    page.goto(_address(site, advocate))
    page.get_by_role("button", name="Ver más").click()
    page.get_by_role("heading", name="Servicios y teléfonos").wait_for()
    for _time in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(weather)
    assert page.evaluate("history.length") == 2
    for shown in _back_ten_times(page):
        assert not [word for word in TELLING if word in shown], shown


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A phone without JavaScript."""
    context: BrowserContext = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="es-MX"
    )
    yield context.new_page()
    context.close()


def test_without_javascript_all_of_it_works_and_going_back_shows_nothing(
    plain: Page, site: Site, advocate: User, weather: str
) -> None:
    found_wall(advocate)
    plain.goto(_address(site, advocate))
    _ask(plain)
    assert plain.context.cookies() == []
    plain.locator("[data-quick-exit]").click()
    plain.wait_for_url(weather)
    for shown in _back_ten_times(plain):
        assert not [word for word in TELLING if word in shown], shown


def test_a_signed_in_person_who_leaves_in_a_hurry_is_out(
    page: Page, site: Site, promoter: User, weather: str
) -> None:
    site.enter(page, promoter)
    page.goto(site.url + reverse("letters:services"))
    page.get_by_role("heading", name="Servicios de la página pública").wait_for()
    page.goto(site.url + reverse("access:leave-now"))
    page.goto(site.url + reverse("letters:services"))
    assert "/entrar/" in page.url
