"""The keys of the wall as people hold them: found, print, lock, unlock, admit, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.site import Site
from tests.factories.access import UserFactory

from tequio.access.models import User
from tequio.survivors.models import Draft, Epoch, Wall

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def _words(page: Page) -> str:
    return page.locator(".spoken").first.inner_text()


def _found(page: Page, site: Site) -> tuple[str, str]:
    """Found a wall as a person does, and return the passphrase and the 24 words."""
    page.goto(f"{site.url}/muro/")
    page.get_by_role("link", name="Ver qué es y fundarlo").click()
    page.get_by_role("button", name="Hacer las llaves").click()
    phrase = _words(page)
    paper = page.locator(".paper-words li").all_inner_texts()
    assert (len(phrase.split()), len(paper)) == (7, 24)
    for button, name in (("Dos hojas", "sobres.pdf"), ("Hoja con", "hoja.pdf")):
        with page.expect_download() as coming:
            page.get_by_role("button", name=button).click()
        assert coming.value.suggested_filename == name
    page.get_by_label("Escribe tu frase").fill(phrase.upper())
    page.get_by_label("Palabra 5 de").fill(paper[4])
    page.get_by_label("Palabra 18 de").fill("equivocada")
    page.get_by_role("button", name="Terminar y abrir").click()
    # A slip: the words are still there.
    assert _words(page) == phrase
    page.get_by_label("Palabra 18 de").fill(paper[17])
    page.get_by_role("button", name="Terminar y abrir").click()
    page.get_by_role("button", name="Cerrar ahora").wait_for()
    return phrase, " ".join(paper)


def _open(page: Page, site: Site, phrase: str) -> None:
    page.goto(f"{site.url}/muro/abrir/")
    page.get_by_label("Tu frase del muro").fill(phrase)
    page.get_by_role("button", name="Abrir").click()
    page.get_by_role("button", name="Cerrar ahora").wait_for()


def test_found_print_lock_unlock_admit_remove(
    site: Site, page: Page, phone: Page, advocate: User
) -> None:
    site.enter(page, advocate)
    phrase, _paper = _found(page, site)
    assert Wall.objects.get().confirmed
    page.get_by_text("Se cierra en 9 min").or_(page.get_by_text("Se cierra en 10 min")).wait_for()

    # Closing one tab blanks the other, and Back shows nothing of it.
    other = page.context.new_page()
    other.goto(f"{site.url}/muro/equipo/")
    other.get_by_role("heading", name="Son parte").wait_for()
    page.get_by_role("button", name="Cerrar ahora").click()
    other.wait_for_url("**/muro/abrir/**")
    page.wait_for_url("**/muro/abrir/**")
    other.go_back()
    assert other.get_by_role("heading", name="Son parte").count() == 0
    other.close()
    _open(page, site, phrase)

    # Somebody new makes her key on her phone; both compare six words.
    bea = UserFactory.create(
        organisation=advocate.organisation, handle="bea", name="Bea", roles=["advocate"]
    )
    site.enter(phone, bea)
    phone.goto(f"{site.url}/muro/llave/")
    phone.get_by_role("button", name="Hacer mi llave").click()
    hers = _words(phone)
    phone.get_by_label("Escribe tu frase").fill(hers)
    phone.get_by_role("button", name="Terminar").click()
    phone.get_by_role("heading", name="Falta que te admitan").wait_for()
    six = _words(phone)
    page.get_by_role("link", name="Equipo", exact=True).click()
    assert _words(page) == six
    page.get_by_label("Las oí de su voz").check()
    page.get_by_role("button", name="Admitir").click()
    _open(phone, site, hers)

    # She leaves: the keys turn, and on her phone there is nothing.
    page.get_by_role("link", name="Quitar Bea").click()
    page.get_by_role("button", name="Quitar y cambiar las llaves").click()
    page.get_by_role("heading", name="Quién puede abrir el muro").wait_for()
    assert Epoch.objects.count() == 2
    phone.goto(f"{site.url}/muro/")
    phone.get_by_text("Todavía no eres parte").first.wait_for()
    page.get_by_role("link", name="Bitácora del muro").click()
    page.get_by_text("Quitó a bea@").wait_for()


def test_three_times_escape_blanks_closes_and_keeps_what_was_typed(
    site: Site, page: Page, advocate: User
) -> None:
    site.enter(page, advocate)
    phrase, _paper = _found(page, site)
    page.goto(f"{site.url}/muro/casos/nuevo/")
    page.locator("main input[type=text]").first.fill("Jacinta")
    for _i in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(f"{site.url}/")
    page.wait_for_timeout(800)
    page.go_back()
    assert "Jacinta" not in page.content()
    assert Draft.objects.count() == 1
    page.goto(f"{site.url}/muro/")
    page.wait_for_url("**/muro/abrir/**")
    page.get_by_label("Tu frase del muro").fill(phrase)
    page.get_by_role("button", name="Abrir").click()
    page.get_by_role("heading", name="Lo que faltó guardar").wait_for()
    assert "Jacinta" in page.content()
