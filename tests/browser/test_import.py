"""The register that an organisation already has: brought in, looked at, and taken back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.site import Site
from tests.factories.programmes import EditionFactory

from tequio.access.models import User
from tequio.circles.models import Attendance, Group, Session
from tequio.people.models import Participant

if TYPE_CHECKING:
    from playwright.sync_api import Page

REGISTER = Path(__file__).parents[1] / "data" / "harmonia" / "attendance_data.xlsx"


def _counts() -> tuple[int, int, int, int]:
    models = (Group, Participant, Session, Attendance)
    return tuple(model.objects.count() for model in models)  # type: ignore[return-value]


def test_a_real_register_goes_in_is_read_and_comes_out_again(
    page: Page, site: Site, coordinator: User
) -> None:
    EditionFactory.create(organisation=coordinator.organisation)
    before = _counts()
    site.enter(page, coordinator)
    page.goto(f"{site.url}/importar/")
    page.set_input_files("input[type=file]", REGISTER)
    page.get_by_role("button", name="Leer el archivo").click()
    page.get_by_text("Todavía no se importa nada").first.wait_for()
    shown = page.inner_text("main")
    assert "1,339" in shown
    assert "81" in shown
    assert _counts() == before

    page.get_by_role("button", name="Importar", exact=True).click()
    # Nothing is guessed of where it goes, and nothing is lost by asking.
    page.get_by_text("Falta el nombre del grupo").first.wait_for()
    page.get_by_label("Nombre del grupo nuevo").first.fill("Registro de Harmonia")
    page.get_by_label("Sede del grupo nuevo").select_option(index=1)
    page.get_by_label("Programa del grupo nuevo").select_option(index=1)
    page.get_by_role("button", name="Importar", exact=True).click()
    page.get_by_role("link", name="Ver la permanencia").first.wait_for(timeout=60_000)
    assert Participant.objects.count() == before[1] + 81
    assert Session.objects.filter(number_from=4, number_to=5).exists()

    page.get_by_role("link", name="Ver la permanencia").first.click()
    page.get_by_text(re.compile("81 hombres con lugar")).first.wait_for()
    assert page.locator("main svg").count() >= 3

    page.goto(f"{site.url}/importar/")
    page.get_by_role("link", name=REGISTER.name).first.click()
    page.get_by_role("link", name="Deshacer toda la importación").click()
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text(re.compile("[Dd]eshecho|[Dd]eshizo|se quitó|Se quitaron")).first.wait_for()
    assert _counts() == before


def test_a_file_that_is_no_register_is_a_sentence(
    phone: Page, site: Site, coordinator: User, tmp_path: Path
) -> None:
    broken = tmp_path / "lista.xlsx"
    broken.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)
    site.enter(phone, coordinator)
    phone.goto(f"{site.url}/importar/")
    phone.set_input_files("input[type=file]", broken)
    phone.get_by_role("button", name="Leer el archivo").tap()
    error = phone.locator("main [data-focus]")
    error.wait_for()
    assert len(error.inner_text()) > 40
