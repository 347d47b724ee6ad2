"""A night without signal: the sheet is printed before, and written down the next day."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.site import EVENING, ROWS, TONIGHT, Site

from tequio.access.models import User
from tequio.circles import sealed
from tequio.circles.models import Telling
from tequio.core import clock
from tequio.core.codes import code_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What was ticked on paper: two letters for who came, one for who did not.
ON_PAPER = {
    "Abeto": "pn",
    "Bosque": "ps",
    "Cedro": "f",
    "Duna": "tx",
    "Encino": "pn",
    "Faro": "j",
    "Guayabo": "f",
    "Higo": "pn",
}
STATUS = {"p": "present", "t": "late", "f": "absent", "j": "excused"}
AFTERNOON = EVENING - timedelta(hours=4)
NEXT_DAY = EVENING + timedelta(hours=14)


def test_a_night_without_signal_goes_by_paper(
    page: Page, site: Site, facilitator: User, tmp_path: Path
) -> None:
    with clock.at(AFTERNOON):
        code = _prints(page, site, facilitator, tmp_path)
    with clock.at(EVENING):
        page.context.set_offline(True)
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(site.url)
        assert site.marks() == {}
        page.context.set_offline(False)
    with clock.at(NEXT_DAY):
        site.enter(page, facilitator)
        _finds_the_session(page, site, code)
        _types_what_was_ticked(page)
        _names_what_bosque_told(page, site)

    assert site.marks() == {alias: STATUS[letters[0]] for alias, letters in ON_PAPER.items()}
    assert _round(site) == {
        "Abeto": ("no", ()),
        "Bosque": ("yes", (("physical", "partner"),)),
        "Duna": ("silent", ()),
        "Encino": ("no", ()),
        "Higo": ("no", ()),
    }
    site.tonight.refresh_from_db()
    assert (site.tonight.state, site.tonight.planned_on) == ("held", TONIGHT)


def _prints(page: Page, site: Site, facilitator: User, folder: Path) -> str:
    """Print tonight's sheet while there is signal, and return the code that is on it."""
    site.enter(page, facilitator)
    page.goto(f"{site.url}/sesiones/{site.tonight.pk}/hoja/")
    address = page.get_by_role("link", name="Imprimir la hoja").get_attribute("href")
    made = page.context.request.get(site.url + str(address))
    assert made.headers["content-type"] == "application/pdf"
    code = code_of(site.tonight.pk)
    paper = folder / "hoja.pdf"
    paper.write_bytes(made.body())
    if reader := shutil.which("pdftotext"):
        text = subprocess.run([reader, paper, "-"], capture_output=True, text=True, check=True)
        assert all(words in text.stdout for words in (*ROWS, code, "Viernes 19:00, Portales"))
    return code


def _finds_the_session(page: Page, site: Site, code: str) -> None:
    """By the code on the paper, as somebody types who reads it."""
    page.goto(f"{site.url}/grupos/")
    page.get_by_role("link", name="Capturar una hoja").click()
    page.get_by_label("Código").fill("0000-0000")
    page.get_by_role("button", name="Abrir la sesión").click()
    page.get_by_text("Ninguna sesión tuya tiene ese código").wait_for()
    page.get_by_label("Código").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Abrir la sesión").click()
    page.wait_for_url(f"**/sesiones/{site.tonight.pk}/hoja/")


def _types_what_was_ticked(page: Page) -> None:
    page.keyboard.type("".join(ON_PAPER.values()), delay=15)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ronda/**")


def _names_what_bosque_told(page: Page, site: Site) -> None:
    """The paper says that he said yes and not what it was: that is written here alone."""
    page.get_by_text("Faltan las palabras de:").wait_for()
    page.locator(".waiting").get_by_role("link", name="Bosque").click()
    page.locator("#turn-name:text-is('Bosque')").wait_for()
    # A second touch of the same thumb is not taken for the next answer.
    page.wait_for_timeout(400)
    page.locator("label.chip", has=page.locator("input[value=physical]")).click()
    page.locator("button.chip[value=partner]").click()
    page.locator(".acts li").wait_for()
    assert page.locator(".waiting").count() == 0


def _round(site: Site) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    rows = Telling.objects.filter(session=site.tonight, stands=True, part="round")
    found = {}
    for row in rows.select_related("membership__participant"):
        said = sealed.open_round(site.group.organisation_id, row)
        assert said is not None
        acts = tuple((act.kind, act.against) for act in said.acts)
        found[row.membership.participant.alias] = (said.answer, acts)
    return found
