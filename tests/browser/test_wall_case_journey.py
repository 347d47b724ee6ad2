"""A woman's case on a telephone and at a desk: begun, told, planned, passed on, closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from tests.browser.site import Site
from tests.browser.test_every_page import _look
from tests.factories.survivors import filled_case
from tests.walls import Walled, found_wall

from tequio.access.models import User
from tequio.survivors.actions import sheets
from tequio.survivors.models import Case
from tequio.survivors.queries.covers import covers
from tequio.survivors.rules import standing
from tequio.survivors.rules.sheets import Contact, Order, Referral

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(slots=True)
class Walk:
    """A page that is walked, and everything that was wrong on the way."""

    page: Page
    site: Site
    complaints: list[str]
    found: list[str] = field(default_factory=list)

    def look(self, where: str) -> None:
        self.found += _look(self.page, where, self.complaints)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button or a link; every page by itself is looked at further down."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).or_(
                self.page.get_by_role("link", name=name)
            ).first.click()

    def pick(self, question: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=question)
        group.get_by_text(answer, exact=True).first.click()

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label).first.fill(words)


@pytest.fixture
def walled(site: Site, advocate: User) -> Iterator[Walled]:
    yield found_wall(advocate)


def enter(page: Page, site: Site, walled: Walled) -> None:
    site.enter(page, walled.user)
    page.goto(f"{site.url}/muro/")
    page.get_by_label("Tu frase del muro").fill(walled.founded.passphrase)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


@pytest.mark.parametrize("size", ["phone", "page"])
def test_a_case_from_its_first_word_to_its_last(
    size: str,
    site: Site,
    walled: Walled,
    complaints: list[str],
    request: pytest.FixtureRequest,
) -> None:
    page: Page = request.getfixturevalue(size)
    enter(page, site, walled)
    walk = Walk(page, site, complaints)
    walk.look("an empty house")
    _begin(walk)
    _card_and_contact(walk)
    _consent(walk)
    _plan(walk)
    _order(walk)
    _referral(walk)
    _close(walk)
    assert "\n".join(walk.found) == ""
    (line,) = covers(by=walled.by)
    assert (line.cover.alias, line.cover.state) == ("Flor", "closed")
    there = [held.body for held in sheets.all_of(walled.by, line.id)]
    assert standing.of(there, Referral)[0].state == "accepted"
    assert len(standing.of(there, Order)[0].breaches) == 1
    assert [one.began for one in standing.of(there, Contact)] == ["us"]
    assert Case.objects.get(pk=line.id).erase_after is not None


def _begin(walk: Walk) -> None:
    walk.press("Empezar con alguien")
    walk.press("Empezar")
    walk.page.get_by_text("Falta escribir esto").first.wait_for()
    walk.look("a beginning without a name")
    walk.fill("Cómo la llamamos aquí", "Flor")
    walk.pick("¿Lee ella", "Prefiere que le lean")
    walk.press("Empezar")
    walk.page.get_by_role("heading", name="Flor", exact=True).wait_for()


def _card_and_contact(walk: Walk) -> None:
    walk.press("Registrar contacto")
    walk.pick("¿Quién buscó a quién?", "La buscamos nosotras")
    walk.pick("¿Cómo?", "Llamada")
    walk.pick("¿Qué pasó?", "Hablamos")
    walk.press("Guardar el contacto")
    walk.page.get_by_text("Falta su tarjeta de contacto seguro").first.wait_for()
    walk.look("a contact without a card")
    walk.press("Llenar la tarjeta")
    walk.pick("¿Podemos buscarla", "Sí, con estas reglas")
    walk.pick("Canal 1", "Llamada")
    walk.fill("Número o lugar, canal 1", "55 5555 1234")
    walk.pick("Días, horario 1", "Vie")
    walk.fill("Desde", "19:00")
    walk.fill("Hasta", "21:00")
    walk.fill("Palabra clave", "girasol")
    walk.press("Guardar la tarjeta")
    assert walk.page.get_by_text("girasol").count() == 0
    walk.press("Mostrar palabra clave")
    walk.page.get_by_text("girasol").wait_for()
    walk.press("Registrar contacto")
    walk.pick("¿Quién buscó a quién?", "La buscamos nosotras")
    walk.page.get_by_label("Leí otra vez sus reglas").check()
    walk.pick("¿Cómo?", "Llamada")
    walk.pick("¿Qué pasó?", "Hablamos")
    walk.press("Guardar el contacto")


def _consent(walk: Walk) -> None:
    walk.press("Preguntarle o cambiar")
    walk.press(re.compile("Preguntarle.*Guardar su expediente"))
    walk.pick("¿Qué dijo?", "Sí")
    walk.pick("¿Cómo lo supo?", "Se le leyó en voz alta")
    walk.press("Guardar lo que dijo")
    walk.fill("¿Quién más estuvo presente?", "Nora")
    walk.press("Guardar lo que dijo")
    walk.page.get_by_text("estuvo presente Nora").wait_for()
    walk.press(re.compile("Lo quiere retirar.*Guardar su expediente"))
    walk.press("Volver sin cambiar nada")
    walk.page.locator(".crumbs a").first.click()


def _plan(walk: Walk) -> None:
    walk.press("Hacer el plan")
    walk.fill("Lugares a los que puede ir", "La casa de mi hermana")
    walk.fill("¿Cuándo lo revisan", "2026-12-04")
    walk.press("Guardar su plan")
    walk.press("Valorar")
    walk.press("Guardar mi valoración")
    walk.page.get_by_text("Si no se preguntó").first.wait_for()
    walk.look("a judgement without answers")
    walk.page.locator(".crumbs a").first.click()


def _order(walk: Walk) -> None:
    walk.press("Anotar una orden")
    walk.fill("¿Qué autoridad la dio?", "Juzgado cívico")
    walk.pick("¿De qué tipo?", "De emergencia")
    walk.fill("¿Qué día se dio?", "2026-11-10")
    walk.fill("¿Qué día vence?", "2026-11-30")
    walk.press("Guardar")
    walk.press("Juzgado cívico")
    walk.page.locator("details.what summary").first.click()
    walk.page.get_by_label("¿Qué día la violó?").fill("2026-11-19")
    walk.page.get_by_label("Qué pasó").first.fill("La esperó afuera.")
    walk.pick("¿Se avisó?", "Se avisó a la autoridad")
    walk.press("Anotarlo")
    walk.page.get_by_text("1 violación").wait_for()
    walk.page.locator(".crumbs a").first.click()


def _referral(walk: Walk) -> None:
    walk.press("Canalizar")
    walk.fill("¿A quién?", "Asesoría legal")
    walk.pick("¿Para qué?", "Asesoría o representación legal")
    walk.pick("¿Qué eligió compartir?", "Lo que necesita")
    walk.fill("¿Qué día dijo que sí?", "2026-11-20")
    walk.fill("¿Hasta qué día vale", "2026-12-20")
    walk.press("Guardar")
    walk.press("Asesoría legal")
    walk.pick("¿Qué pasó?", "La aceptaron")
    walk.page.get_by_label("¿Qué día?").first.fill("2026-11-20")
    walk.press("Anotarlo")
    walk.page.locator(".crumbs a").first.click()


def _close(walk: Walk) -> None:
    walk.page.get_by_role("heading", name="Flor", exact=True).wait_for()
    walk.look("a case in which much happened")
    walk.press("Ver todo su camino")
    walk.page.locator(".crumbs a").first.click()
    walk.press("Cerrar su expediente")
    walk.pick("¿Por qué se cierra?", "Ella decidió cerrar")
    # Not «Cerrar ahora», which shuts the wall.
    walk.press(re.compile("^Cerrar$"))
    walk.page.get_by_text("Está cerrado.").wait_for()
    walk.look("a closed case")


@pytest.mark.parametrize("size", ["phone", "page"])
def test_every_page_of_a_full_case_can_be_read_pressed_and_heard(
    size: str,
    site: Site,
    walled: Walled,
    complaints: list[str],
    request: pytest.FixtureRequest,
) -> None:
    page: Page = request.getfixturevalue(size)
    filled = filled_case(walled.by)
    enter(page, site, walled)
    walk = Walk(page, site, complaints)
    case = f"{site.url}/muro/casos/{filled.case_id}/"
    own = ["", "camino/", "quien/", "tarjeta/", "contacto/", "decisiones/", "decisiones/share/"]
    own += ["participante/", "plan/", "grupo/", "cerrar/", "decisiones/keep/retirar/"]
    kinds = ("riesgo", "orden", "canalizacion", "necesidad", "hija-o-hijo", "medida")
    own += [f"hojas/nueva/{kind}/" for kind in kinds]
    own += [f"hojas/{held.id}/" for held in filled.sheets]
    groups = f"{site.url}/muro/grupos/"
    addresses = [case + path for path in own]
    addresses += [groups, f"{groups}nuevo/", f"{groups}{filled.group_id}/"]
    for address in [*addresses, f"{site.url}/muro/"]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        walk.look(address)
    assert "\n".join(walk.found) == ""
