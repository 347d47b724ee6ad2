"""Whole evenings: a long form that outlives its session, a new group, a report, the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.site import Site
from tests.factories.care import admissible
from tests.factories.circles import GroupFactory
from tests.factories.programmes import EditionFactory, SiteFactory

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Group, Session
from tequio.people.models import Participant

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_long_form_outlives_the_session_that_ended_meanwhile(
    phone: Page, site: Site, coordinator: User
) -> None:
    site.enter(phone, coordinator)
    phone.goto(f"{site.url}/personas/nueva/")
    phone.get_by_label("Nombre o nombres").fill("Rubén Darío")
    phone.get_by_label("Apellidos").fill("Peña Ñuño")
    phone.get_by_role("button", name="Buscar").tap()
    phone.get_by_label("Cómo le dicen en el grupo").fill("Nogal")
    phone.context.clear_cookies()
    phone.get_by_role("button", name="Solo abrir el registro").tap()
    phone.get_by_role("heading", name="Tu sesión terminó").wait_for()
    assert not Participant.objects.filter(alias="Nogal").exists()

    site.enter(phone, coordinator)  # in another tab, as the page says
    phone.get_by_role("button", name=re.compile("Enviar")).tap()
    # The token went with the session: the form comes back once more with a fresh one.
    again = phone.get_by_role("button", name=re.compile("Enviar"))
    heading = phone.get_by_role("heading", name="Nogal", exact=True)
    again.or_(heading).first.wait_for()
    if again.count():
        again.tap()
    heading.wait_for()
    assert "Rubén Darío Peña Ñuño" in phone.inner_text("main")
    assert Participant.objects.filter(alias="Nogal").count() == 1


def test_a_coordinator_opens_a_group_a_person_and_a_place(
    page: Page, site: Site, coordinator: User, facilitator: User
) -> None:
    EditionFactory.create(organisation=coordinator.organisation, name="Doce sesiones de prueba")
    SiteFactory.create(organisation=coordinator.organisation, name="Centro")
    site.enter(page, coordinator)
    page.goto(f"{site.url}/grupos/")
    page.get_by_role("link", name="Abrir un grupo").click()
    page.get_by_label("Nombre del grupo").fill("Viernes 18:00, Centro")
    page.get_by_label("Sede").select_option(label="Centro")
    page.get_by_label("Programa").select_option(label="Doce sesiones de prueba")
    page.get_by_label("Primera sesión").fill("2026-11-20")
    page.get_by_label("Hora").fill("18:00")
    page.get_by_label(facilitator.name).check()
    page.get_by_role("button", name="Abrir el grupo").click()
    page.get_by_role("heading", name="Viernes 18:00, Centro", exact=True).wait_for()
    group = Group.objects.get(name="Viernes 18:00, Centro")
    planned = list(group.sessions.order_by("position").values_list("planned_on", flat=True))
    assert len(planned) == 12
    # The 25th of December and the 1st of January are Fridays of rest.
    assert [str(day) for day in planned[4:6]] == ["2026-12-18", "2027-01-08"]

    page.goto(f"{site.url}/personas/")
    page.get_by_role("link", name="Abrir un registro").click()
    page.get_by_label("Apellidos").fill("Luna")
    page.get_by_role("button", name="Buscar", exact=True).click()
    page.get_by_label("Cómo le dicen en el grupo").fill("Sauce")
    page.get_by_role("button", name="Solo abrir el registro").click()
    page.get_by_role("heading", name="Sauce", exact=True).wait_for()
    folio = admissible(coordinator, Participant.objects.get(alias="Sauce")).folio

    page.goto(f"{site.url}/grupos/{group.pk}/")
    page.get_by_label("Folio").fill(folio.lower().replace("-", " "))
    page.locator("#men ~ details button").click()
    page.get_by_text("Ya tiene su lugar en el grupo").wait_for()
    assert "Sauce" in page.inner_text("[aria-labelledby=men]")

    page.get_by_role("link", name="Sesión 1", exact=True).click()
    page.get_by_role("link", name="No hubo sesión").click()
    page.get_by_role("button", name="Registrar").click()
    page.get_by_text("Falta el motivo").first.wait_for()
    page.get_by_label("Lluvia, sismo u otra emergencia").check()
    page.get_by_role("button", name="Registrar").click()
    page.get_by_text("Nadie tiene falta").wait_for()
    first = group.sessions.get(position=1)
    assert (first.state, first.reason) == ("not_held", "weather")


def test_a_director_reads_how_many_stay_and_takes_the_report_along(
    page: Page, site: Site, director: User
) -> None:
    site.enter(page, director)
    page.goto(f"{site.url}/permanencia/")
    figures = page.locator(".figure")
    assert figures.count() >= 4
    for at in range(figures.count()):
        figures.nth(at).locator("summary").click()
        words = figures.nth(at).locator("dl")
        words.wait_for(state="visible")
        assert "Qué mide" in words.inner_text()
        assert "Qué falta" in words.inner_text()
    text = page.inner_text("main")
    assert "La asistencia no dice si la violencia paró" in text
    assert not [alias for alias in ("Abeto", "Jade", "Nube") if alias in text]
    assert page.locator("main svg").count() >= 3

    with page.expect_download() as download:
        page.get_by_role("link", name="Reporte en PDF").click()
    body = download.value.path().read_bytes()
    assert body.startswith(b"%PDF")
    assert len(body) > 20_000
    assert Event.objects.filter(kind="export.retention", actor_id=director.pk).count() == 1


def test_after_leaving_the_way_back_shows_nothing(
    page: Page, site: Site, facilitator: User
) -> None:
    site.enter(page, facilitator)
    page.goto(f"{site.url}/")
    page.goto(f"{site.url}/sesiones/{site.tonight.pk}/")
    assert "Guayabo" in page.inner_text("main")
    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Salir", exact=True).click()
    page.wait_for_url(re.compile("/entrar/"))
    page.go_back()
    page.wait_for_url(re.compile("/entrar/"))
    assert "Guayabo" not in page.content()
    page.go_forward()
    assert "Guayabo" not in page.content()


def test_what_belongs_to_another_group_is_nowhere_in_a_facilitators_pages(
    page: Page, site: Site, other_facilitator: User
) -> None:
    empty = GroupFactory.create(organisation=site.group.organisation)
    Session.objects.create(group=empty, position=1, number_from=1, number_to=1)
    site.enter(page, other_facilitator)
    for address in ("/", "/grupos/", "/personas/", "/permanencia/"):
        page.goto(site.url + address)
        text = page.content()
        assert not [alias for alias in ("Abeto", "Guayabo", "Portales") if alias in text]
