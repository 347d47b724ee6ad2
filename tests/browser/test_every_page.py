"""Every page, on a phone and at a desk: no sideways scroll, large targets, nothing for axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from playwright.sync_api import Error
from tests import everything
from tests.browser.site import Site
from tests.meta import matrix_releases, matrix_wall
from tests.meta.matrix_sent import KNOWN
from tests.meta.test_access_matrix import FOREIGN, HOUSE, NONE, OWN, routes, table
from tests.walls import Walled, client_behind, found_wall

from tequio.access.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What is pressed: 44 pixels each way. A link inside a sentence is as high as its line.
_TARGETS = """() => [...document.querySelectorAll(
  "button, summary, .button, select, nav a, " +
  "input:not([type=hidden], [type=checkbox], [type=radio])"
)].filter(e => e.checkVisibility({visibilityProperty: true}))
 .filter(e => !e.closest(".visually-hidden, .skip"))
 .map(e => [e, e.getBoundingClientRect()])
 .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
 .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width.toFixed()}×${box.height.toFixed()}`)"""
# innerWidth grows with the page on a telephone: the width of the glass is what counts.
_WIDE = """glass => document.documentElement.scrollWidth > glass
  ? [...document.querySelectorAll("body *")]
      .filter(e => e.getBoundingClientRect().right > glass + 1)
      .slice(0, 3).map(e => e.outerHTML.slice(0, 90)) : []"""
ERRORS = ("400", "403", "404", "405", "409", "413", "429", "500", "csrf")


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def _look(page: Page, name: str, complaints: list[str]) -> list[str]:
    """Everything that is wrong with the page that is open."""
    heard = list(complaints)
    narrow = page.viewport_size is not None and page.viewport_size["width"] == 360
    # What is folded away is looked at too.
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    found = [f"{name}: {line}" for line in _axe(page)]
    # axe measures with styles of its own, which the policy refuses: they are not the page's.
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    complaints[:] = heard
    if narrow:
        found += [f"{name} is wider than the phone: {line}" for line in page.evaluate(_WIDE, 360)]
        found += [f"{name} has a small target: {line}" for line in page.evaluate(_TARGETS)]
    return found


@pytest.fixture
def one_of_each(site: Site) -> tuple[dict[str, User], dict[str, object]]:
    return everything.world(10)


def _addresses(things: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Each page once, with somebody who gets it, and some pages that differ by who asks."""
    again = {"desk:today": 6, "circles:session": 3, "circles:group": 2, "circles:retention": 2}
    for row, cells in table().items():
        if row.method != "GET" or row.whose not in (OWN, HOUSE, NONE):
            continue
        if not _file(row.route) and not row.route.startswith("survivors:"):
            address = reverse(row.route, kwargs={n: things[n] for n in routes()[row.route]})
            people = [who for who in WHO if cells[who] == "sí"]
            yield from ((address, who) for who in people[: again.get(row.route, 1)])


WHO = tuple(everything.ROLES)
DOORS = {"survivors:unlock", "survivors:found"}


def _file(route: str) -> bool:
    """Tell what is no page of its own: files, a word for machines, a list in a form, a way out."""
    no_page = {"config:health", "territory:municipalities", "circles:alive"}
    # Printed by a child of a real result, which the world of the matrix has none of.
    no_page |= {"access:leave-now", "survivors:state", "studies:release-paper"}
    return route in no_page or route.endswith(("-pdf", "import-problems", "permission-paper"))


def _opened(page: Page, address: str, complaints: list[str]) -> Response | None:
    """Return the answer, or nothing where the browser keeps a file or shows a picture by itself."""
    heard = list(complaints)
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return None
    assert answer is not None
    if answer.status == 200 and "html" not in answer.headers["content-type"]:
        page.goto("about:blank")
        complaints[:] = heard  # the browser's own page around a picture has styles in it
        return None
    return answer


@pytest.mark.parametrize("size", ["phone", "page"])
def test_every_page_can_be_read_pressed_and_heard(
    size: str,
    site: Site,
    one_of_each: tuple[dict[str, User], dict[str, object]],
    complaints: list[str],
    request: pytest.FixtureRequest,
) -> None:
    page: Page = request.getfixturevalue(size)
    users, things = one_of_each
    found: list[str] = []
    inside = ""
    for address, who in sorted(_addresses(things), key=lambda pair: pair[1]):
        if who != inside:
            page.context.clear_cookies()
            site.enter(page, users[who])
            inside = who
        answer = _opened(page, site.url + address, complaints)
        if answer is None:
            continue
        assert answer.status == 200, address
        found += _look(page, f"{address} ({who})", complaints)
    assert "\n".join(found) == ""


def _behind(walled: Walled) -> Iterator[tuple[str, str]]:
    hers = matrix_releases.hers(walled.by.user)
    things = {**KNOWN, **matrix_wall.things(walled), **hers}
    for row, cells in table().items():
        allowed = cells["acompañamiento"] == "sí" and row.method == "GET" and row.whose != FOREIGN
        inside = row.route.split(":")[0] in matrix_releases.WALLED
        if allowed and inside and not _file(row.route):
            holds = {name: things[name] for name in routes()[row.route]}
            yield row.route, reverse(row.route, kwargs=holds)


@pytest.mark.parametrize("size", ["phone", "page"])
def test_every_page_behind_the_wall_too(
    size: str,
    site: Site,
    advocate: User,
    complaints: list[str],
    request: pytest.FixtureRequest,
) -> None:
    page: Page = request.getfixturevalue(size)
    walled = found_wall(advocate)
    for name, cookie in client_behind(walled).cookies.items():
        path = cookie["path"] or "/"
        page.context.add_cookies([
            {"name": name, "value": cookie.value, "domain": "localhost", "path": path}
        ])  # fmt: skip
    found: list[str] = []
    seen = 0
    for route, address in _behind(walled):
        answer = _opened(page, site.url + address, complaints)
        if answer is None:
            continue
        assert answer.status in (200, 404), address
        assert "/abrir/" not in page.url or route in DOORS, f"{address} was refused"
        seen += answer.status == 200
        found += _look(page, f"{address} (acompañamiento)", complaints)
    assert seen > 30
    assert "\n".join(found) == ""


@pytest.mark.parametrize("size", ["phone", "page"])
def test_pages_of_strangers_and_of_errors_too(
    size: str,
    site: Site,
    coordinator: User,
    complaints: list[str],
    request: pytest.FixtureRequest,
) -> None:
    page: Page = request.getfixturevalue(size)
    found: list[str] = []
    addresses = ["/entrar/", "/entrar/con-codigo/", "/galeria", "/galeria/entrar", "/no-existe/"]
    for address in [*addresses, *(f"/galeria/errores/{name}" for name in ERRORS)]:
        page.goto(site.url + address)
        found += _look(page, address, complaints)
    site.enter(page, coordinator)
    for address in ("/no-existe/", "/equipo/"):
        page.goto(site.url + address)
        found += _look(page, f"{address} (coordinación)", complaints)
    assert "\n".join(found) == ""


@pytest.mark.parametrize("size", ["phone", "page"])
def test_forms_with_errors_too(
    size: str,
    site: Site,
    coordinator: User,
    administrator: User,
    complaints: list[str],
    request: pytest.FixtureRequest,
) -> None:
    page: Page = request.getfixturevalue(size)
    found: list[str] = []
    forms = {
        coordinator: ["/personas/nueva/", "/grupos/nuevo/", "/cuenta/contrasena/"],
        administrator: ["/equipo/nueva/"],
    }
    for user, addresses in forms.items():
        page.context.clear_cookies()
        site.enter(page, user)
        for address in addresses:
            page.goto(site.url + address)
            if _send(page) == 200:  # A search with nothing in it leads to the form behind it.
                assert _send(page) == 422
            found += _look(page, f"{address} with errors", complaints)
    assert "\n".join(found) == ""


# --- It can fail ----------------------------------------------------------------------------------


def _send(page: Page) -> int:
    """Send the page's form as it stands, without the browser's own checks."""
    with page.expect_navigation() as answer:
        page.evaluate(
            "const f = document.querySelector('main form[method=post]');"
            "f.noValidate = true; f.requestSubmit()"
        )
    assert answer.value is not None
    assert answer.value.status in {200, 422}
    return answer.value.status


def test_a_page_with_faults_is_found(phone: Page, complaints: list[str]) -> None:
    phone.set_content(
        "<html><meta name=viewport content='width=device-width, initial-scale=1'>"
        "<main><img src='data:,'><button style='width:20px;height:20px'></button>"
        "<p style='width:900px'>x</p></main></html>"
    )
    found = "\n".join(_look(phone, "x", complaints))
    for words in ("image-alt", "button-name", "html-has-lang", "wider than the phone", "small"):
        assert words in found
