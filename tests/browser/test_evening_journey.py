"""An evening with one thumb: twelve men come, twelve have their turn, and no key is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.site import EVENING, TONIGHT, Site
from tests.factories.access import PASSWORD
from tests.factories.circles import GroupFactory, attend, sessions_of

from tequio.access.actions import set_pin
from tequio.access.models import User
from tequio.circles import sealed
from tequio.circles.models import Telling
from tequio.core import clock

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

TWELVE = "Abeto Bosque Cedro Duna Encino Faro Guayabo Higo Isla Jade Lago Monte".split()
YES = {"Cedro": ("physical", "partner"), "Higo": ("psychological", "ex_partner")}
MOST = 40


@dataclass(slots=True)
class Thumb:
    """Touches, and counts how often."""

    page: Page
    taps: int = 0

    def tap(self, target: str | Locator) -> None:
        (self.page.locator(target) if isinstance(target, str) else target).tap()
        self.taps += 1


@pytest.fixture
def twelve(live_server: Any, facilitator: User) -> Iterator[Site]:
    """Friday at eight: a group of twelve."""
    with clock.going_from(EVENING):
        group = GroupFactory.create(
            organisation=facilitator.organisation,
            facilitators=[facilitator],
            name="Viernes 19:00, Portales",
            starts_at=time(19, 0),
        )
        planned = sessions_of(group, TONIGHT, 3, held=2)
        places = attend(group, planned, dict.fromkeys(TWELVE, "pp."))
        url = live_server.url.replace("127.0.0.1", "localhost")
        yield Site(url, group, planned[2], places)


def _answers(site: Site) -> dict[str, str]:
    rows = Telling.objects.filter(session=site.tonight, stands=True, part="round")
    found = {}
    for row in rows.select_related("membership__participant"):
        said = sealed.open_round(site.group.organisation_id, row)
        assert said is not None
        found[row.membership.participant.alias] = said.answer
    return found


def _turn_of(page: Page, alias: str) -> None:
    page.locator(f"#turn-name:text-is('{alias}')").wait_for()
    # A second touch of the same thumb is not taken for the next man's answer.
    page.wait_for_timeout(400)


def test_twelve_men_come_and_have_their_turn_in_forty_taps(
    phone: Page, twelve: Site, facilitator: User
) -> None:
    twelve.enter(phone, facilitator)
    phone.goto(twelve.url)
    thumb = Thumb(phone)
    thumb.tap(phone.get_by_role("link", name="Pasar lista"))
    for place in twelve.places:
        thumb.tap(f"#seat-{place.pk}")
        phone.wait_for_selector(f"#place-{place.pk}.is-present")
    thumb.tap(phone.locator(".tabs").get_by_role("link", name="Ronda"))
    for alias in TWELVE:
        _turn_of(phone, alias)
        if alias not in YES:
            thumb.tap("#say-silent" if alias == "Monte" else "#say-no")
            continue
        kind, against = YES[alias]
        thumb.tap("#say-yes")
        phone.locator(".naming").wait_for()
        phone.wait_for_timeout(400)
        thumb.tap(phone.locator("label.chip", has=phone.locator(f"input[value={kind}]")))
        thumb.tap(f"button.chip[value={against}]")
        phone.locator(".acts li").wait_for()
        thumb.tap(".turn .next")
    phone.get_by_role("heading", name="Todos tuvieron su turno").wait_for()

    assert thumb.taps <= MOST, thumb.taps
    assert set(twelve.marks().values()) == {"present"} and len(twelve.marks()) == 12
    wanted = {alias: "yes" if alias in YES else "no" for alias in TWELVE}
    assert _answers(twelve) == {**wanted, "Monte": "silent"}


def test_a_thumb_that_touches_twice_answers_once(
    phone: Page, twelve: Site, facilitator: User
) -> None:
    twelve.enter(phone, facilitator)
    phone.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/ronda/")
    _turn_of(phone, "Abeto")
    phone.evaluate(
        """() => {
            document.querySelector('#say-no').click();
            document.body.addEventListener('htmx:afterSettle',
                () => document.querySelector('#say-no').click(), {once: true});
        }"""
    )
    _turn_of(phone, "Bosque")
    assert _answers(twelve) == {"Abeto": "no"}
    phone.get_by_role("button", name="Deshacer").tap()
    _turn_of(phone, "Abeto")
    assert _answers(twelve) == {}


def test_the_next_man_who_does_not_open_without_signal_is_said(
    phone: Page, twelve: Site, facilitator: User
) -> None:
    twelve.enter(phone, facilitator)
    phone.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/ronda/")
    _turn_of(phone, "Abeto")
    phone.get_by_role("button", name="Sí", exact=True).tap()
    following = phone.get_by_role("link", name="Sigue Bosque")
    following.wait_for()
    phone.context.set_offline(True)
    following.tap()
    phone.get_by_text("No se abrió").wait_for()
    phone.context.set_offline(False)
    following.tap()
    _turn_of(phone, "Bosque")
    assert phone.locator("#not-saved .notice").count() == 0


def test_saving_right_after_the_last_letter_asks_nothing(
    phone: Page, twelve: Site, facilitator: User
) -> None:
    asked: list[str] = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    twelve.enter(phone, facilitator)
    phone.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/despues/{twelve.places[0].pk}/")
    phone.locator("#after-reflection").type("Ya lo vio.")
    phone.get_by_role("button", name="Guardar y seguir con Bosque").tap()
    phone.get_by_role("heading", name="Bosque", exact=True).wait_for()
    kept = Telling.objects.get(part="after", stands=True)
    said = sealed.open_after(twelve.group.organisation_id, kept)
    assert (said.reflection, asked) == ("Ya lo vio.", [])


def test_a_sheet_that_is_saved_without_signal_stays_on_the_screen(
    phone: Page, twelve: Site, facilitator: User
) -> None:
    twelve.enter(phone, facilitator)
    phone.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/hoja/")
    phone.keyboard.type("pnps", delay=15)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Guardar la hoja").tap()
    phone.get_by_text("No hay señal y nada se envió").wait_for()
    boxes = phone.locator(".sheet-table input[data-takes]")
    assert [boxes.nth(at).input_value() for at in range(4)] == ["P", "N", "P", "S"]
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Guardar la hoja").tap()
    phone.wait_for_url("**/ronda/")
    assert list(twelve.marks().values()) == ["present", "present"]


def test_at_a_large_zoom_the_answers_are_not_in_a_slit(
    page: Page, twelve: Site, facilitator: User
) -> None:
    twelve.enter(page, facilitator)
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    page.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/ronda/")
    answers = page.locator(".turn-answers")
    answers.scroll_into_view_if_needed()
    seen = page.evaluate(
        "() => { const turn = document.querySelector('#turn');"
        " return [turn.clientHeight, turn.scrollHeight]; }"
    )
    assert seen[0] == seen[1]
    box = answers.bounding_box()
    assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 256


def test_words_that_are_taken_out_while_an_earlier_saving_is_on_its_way_are_no_conflict(
    phone: Page, twelve: Site, facilitator: User
) -> None:
    twelve.enter(phone, facilitator)
    phone.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/despues/{twelve.places[0].pk}/")
    # The first saving waits half a second for its answer; meanwhile the words change twice.
    held: list[bool] = []

    def slowly(route: Route) -> None:
        if not held:
            held.append(True)
            phone.wait_for_timeout(1500)
        route.continue_()

    phone.route("**/despues/**", slowly)
    words = phone.locator("#after-reflection")
    words.fill("Se enojó y se fue.")
    phone.wait_for_timeout(900)
    words.fill("Se fue.")
    phone.wait_for_timeout(2500)
    words.fill("Salió.")
    phone.wait_for_timeout(1500)
    assert "Guardado" in phone.inner_text("#saved-after")
    kept = Telling.objects.get(part="after", stands=True)
    assert sealed.open_after(twelve.group.organisation_id, kept).reflection == "Salió."
    assert not Telling.objects.filter(ended_why="conflict").exists()


def test_the_round_and_the_sheet_go_by_keys_alone(
    page: Page, twelve: Site, facilitator: User
) -> None:
    twelve.enter(page, facilitator)
    page.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/hoja/")
    # Two letters per man; who did not come needs one.
    page.keyboard.type("pn" * 9 + "f" + "ps" + "tx", delay=15)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ronda/")
    assert list(twelve.marks().values()).count("present") == 10
    assert _answers(twelve) | {"Lago": "yes", "Monte": "silent"} == _answers(twelve)
    assert "Jade" not in _answers(twelve)

    page.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/ronda/?quien={twelve.places[0].pk}")
    _turn_of(page, "Abeto")
    page.keyboard.press("x")
    # His name too: the sheet's last man also preferred not to say.
    page.locator(".last:has-text('Abeto: prefiere no decir')").wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("z")
    _turn_of(page, "Abeto")
    assert _answers(twelve)["Abeto"] == "no"


def test_what_is_typed_outlives_the_lock_of_the_screen(
    phone: Page, twelve: Site, facilitator: User
) -> None:
    set_pin(by=facilitator, password=PASSWORD, pin="4807")
    twelve.enter(phone, facilitator)
    phone.goto(f"{twelve.url}/sesiones/{twelve.tonight.pk}/despues/{twelve.places[0].pk}/")
    phone.locator("#after-reflection").fill("Se dio cuenta a tiempo.")
    phone.locator("#saved-after:has-text('Guardado')").wait_for()
    # Five minutes without a touch, as the page counts them.
    phone.evaluate(
        "() => { const now = Date.now; Date.now = () => now() + 300000;"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    phone.locator("#room-lock").wait_for()
    assert not phone.locator("#after-reflection").is_visible()
    phone.locator("#room-lock input[name=pin]").fill("1111")
    phone.get_by_role("button", name="Seguir", exact=True).tap()
    phone.locator(".pin-wrong").wait_for()
    phone.locator("#room-lock input[name=pin]").fill("4807")
    phone.get_by_role("button", name="Seguir", exact=True).tap()
    phone.locator("#after-reflection").wait_for()
    assert phone.locator("#after-reflection").input_value() == "Se dio cuenta a tiempo."
    kept = Telling.objects.get(part="after", stands=True)
    said = sealed.open_after(twelve.group.organisation_id, kept)
    assert said.reflection == "Se dio cuenta a tiempo."
