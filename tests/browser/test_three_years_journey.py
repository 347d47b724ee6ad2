"""Three years of a neighbourhood through the real screens: from a first ally to a changed plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tests.browser.site import Site
from tests.browser.test_every_page import _look
from tests.factories.communities import voiced

from tequio.access.models import User
from tequio.core import clock
from tequio.network.actions import cycle, literacy, services, stakeholders
from tequio.network.models import Community, PlanLine

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST, SECOND, THIRD = (datetime(2024 + n, 1, 15, 18, 0, tzinfo=UTC) for n in range(3))


def _put(page: Page, **boxes: str) -> None:
    for name, value in boxes.items():
        page.locator(f"main [name={name}]").first.fill(value)


def _choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_text(answer, exact=True).click()


def _save(page: Page, button: str, then: str) -> None:
    page.locator("main").get_by_role("button", name=button).last.click()
    page.get_by_text(then).first.wait_for()


def _follow(page: Page, *links: str) -> None:
    for link in links:
        page.locator("main").get_by_role("link", name=link).first.click()
        page.wait_for_load_state()


def _others(promoter: User, n: int) -> None:
    """What is done again and again on the same screen, done as the screen does it."""
    for k in range(n):
        stakeholders.add(by=promoter, who=stakeholders.Who(f"Grupo {k}", "group"))
    for name in ("Asesoría", "Consulta"):
        said = services.Said("LUNA", name, ("legal",), "55 5512 3456")
        services.verify(by=promoter, service_id=services.add(by=promoter, said=said).pk)


def _sheets(promoter: User, community: Community, yes: int, no: int) -> None:
    opened = community.rounds.get(closed_on=None)
    for said, n in (("yes", yes), ("no", no)):
        sheet = cycle.Sheet({"knows_where": said}, {"gender": "woman", "age": "30-44"}, said)
        cycle.answer_many(by=promoter, round_id=opened.pk, sheets=[sheet] * n)


def _ask(page: Page, promoter: User, at: str, yes: int, no: int, on: str) -> None:
    """A survey from beginning to end: one sheet typed here, the others as it would be."""
    page.goto(at)
    _follow(page, "Encuestas rápidas", "Empezar una encuesta")
    _put(page, how="Una de cada cuatro puertas")
    _save(page, "Empezar", "La encuesta está abierta")
    _follow(page, "Capturar una hoja")
    _choose(page, "Yo sé a dónde mandar", "Sí")
    _save(page, "Guardar y seguir con otra", "Guardada")
    _sheets(promoter, Community.objects.get(), yes, no)
    page.goto(at)
    _follow(page, "Encuestas rápidas", "Cerrarla")
    _put(page, refused="9", on=on)
    _save(page, "Cerrarla", "La encuesta está cerrada")


def _pass(page: Page, at: str, following: str) -> None:
    page.goto(f"{at}fase/")
    for group in page.locator("fieldset").all():
        group.get_by_text("Ya se ve", exact=True).click()
    for box in page.locator("textarea").all():
        box.fill("Se ve en las reuniones.")
    _put(page, decided_by="El equipo y la asamblea")
    _save(page, "Guardar la revisión", "Quedó guardada")
    page.goto(at)
    page.get_by_role("heading", name=following).wait_for()


def test_three_years_from_the_first_ally_to_a_changed_plan(
    phone: Page, site: Site, promoter: User, complaints: list[str]
) -> None:
    found: list[str] = []

    def look(where: str) -> None:
        found.extend(_look(phone, where, complaints))

    with clock.at(FIRST):
        site.enter(phone, promoter)
        at = _first_year(phone, site, promoter, look)
    with clock.at(SECOND):
        site.enter(phone, promoter)
        _second_year(phone, promoter, at, look)
    with clock.at(THIRD):
        site.enter(phone, promoter)
        _third_year(phone, promoter, at, look)
    lines = PlanLine.objects.order_by("year").values_list("year", "what", "change")
    assert list(lines) == [
        (2, "Círculos en español", "new"),
        (3, "Círculos también en náhuatl", "changed"),
    ]
    assert found == []


def _first_year(page: Page, site: Site, promoter: User, look: Callable[[str], None]) -> str:
    page.goto(f"{site.url}/red/actores/nuevo/")
    _put(page, name="Comedor comunitario")
    _choose(page, "Qué es", "Grupo del barrio")
    _save(page, "Guardar", "Ya está en la red")
    _others(promoter, 4)
    page.goto(f"{site.url}/comunidades/")
    look("no community yet")
    _follow(page, "Empezar en una comunidad")
    look("beginning")
    _put(page, name="El Mirador", signed_as="Promotora")
    _choose(page, "Con qué modelo", "Respuesta comunitaria, Ciudad de México")
    _save(page, "Empezar", "Ya está")
    _follow(page, "El Mirador")
    look("a community")
    at = page.url
    _ask(page, promoter, at, 10, 20, "2024-01-15")
    look("one survey")
    _pass(page, at, "Aprender juntas y juntos")
    return at


def _second_year(page: Page, promoter: User, at: str, look: Callable[[str], None]) -> None:
    community = Community.objects.get()
    opening = literacy.Opening("Lo que es mío", "money", "women", community_id=community.pk)
    circle = literacy.open_circle(by=promoter, opening=opening, on=date(2025, 1, 8))
    meeting = literacy.plan_meeting(by=promoter, circle_id=circle.pk, on=date(2025, 1, 8))
    literacy.hold(by=promoter, meeting_id=meeting.pk, told=literacy.Told(came=11))
    page.goto(at)
    _follow(page, "Demandas", "Anotar una")
    _put(page, what="Luz en el paradero", how_many="27")
    _choose(page, "De qué trata", "Calles y transporte seguros")
    _choose(page, "Dónde se dijo", "En la calle o en una visita")
    _save(page, "Guardar", "Quedó anotada")
    for what in ("Turno sin cita", "Guardería"):
        voiced(promoter, community, what, voiced_on=date(2025, 1, 10), how_many=9)
    for n in range(3):
        page.goto(f"{at}avances/nuevo/")
        _put(page, activity=f"Círculo {n}", how_many="12", heard="Ya abrí una cuenta a mi nombre.")
        _choose(page, "Qué se vio cambiar", "Lo que pueden hacer")
        _choose(page, "Cuánto", "4")
        _save(page, "Guardar", "Quedó anotado")
    look("what was seen")
    _pass(page, at, "Organizarse y actuar")
    _choose_first(page, at, look)
    _organise(page, at, look)
    page.goto(at)
    _follow(page, "Lo aprendido y el plan", "Escribir en el plan")
    _put(page, what="Círculos en español")
    page.locator("select[name=year]").select_option("2")
    _choose(page, "Qué pasa con esto", "Nuevo")
    _save(page, "Guardar", "Quedó en el plan")


def _choose_first(page: Page, at: str, look: Callable[[str], None]) -> None:
    page.goto(at)
    _follow(page, "Demandas", "Una asamblea")
    _put(page, place="El salón", present="40", votes_each="2", how_many_go_first="1")
    _choose(page, "Qué se hace si hay empate", "Va primero la que dijeron más personas")
    _save(page, "Abrir el acta", "El acta está abierta")
    page.locator("main section").get_by_role("link").last.click()
    for box in page.locator("main [name^=votes_]").all():
        box.fill("20")
    _put(page, minutes="Se leyeron las tres y se votó.")
    look("counting hands")
    _save(page, "Cerrar el acta", "1. Luz en el paradero")
    look("an assembly")


def _organise(page: Page, at: str, look: Callable[[str], None]) -> None:
    page.goto(at)
    _follow(page, "Comités", "Formar uno")
    _put(page, name="Comité de la luz")
    _save(page, "Guardar", "El comité quedó formado")
    _follow(page, "Comité de la luz", "Alguien entra")
    _put(page, alias="Rosa", term_ends_on="2026-01-15")
    _choose(page, "Qué hace", "Coordina")
    page.get_by_label("Está de acuerdo en aparecer aquí").check()
    _save(page, "Guardar", "Ya está en la lista")
    _follow(page, "Anotar una reunión")
    _put(page, present="6", spoke_of="Las lámparas")
    _save(page, "Guardar", "Quedó anotada")
    for n, what in enumerate(("Contar las lámparas", "Pedir que las reparen")):
        _follow(page, "Anotar un acuerdo")
        _put(page, what=what, owner="Rosa", due_on=f"2025-03-0{n + 1}")
        _choose(page, "Qué clase de acción es", "La hacemos nosotras y nosotros")
        _save(page, "Guardar", "Quedó anotada")
    _follow(page, "Anotar dinero")
    _put(page, amount="3,450.50", what="Rifa")
    _choose(page, "¿Entró o salió?", "Entró")
    _save(page, "Guardar", "Quedó anotado")
    look("a committee")
    for what in ("Contar las lámparas", "Pedir que las reparen"):
        page.goto(f"{at}acciones/")
        _follow(page, what)
        _put(page, text="Son 19.", evidence="Croquis en la carpeta")
        _choose(page, "Qué pasó", "Se cumplió")
        _save(page, "Guardar", "Cumplida")
    look("an action that is done")


def _third_year(page: Page, promoter: User, at: str, look: Callable[[str], None]) -> None:
    _pass(page, at, "Aprender de lo hecho y cambiar el plan")
    _ask(page, promoter, at, 24, 10, "2026-01-15")
    page.get_by_text("Subió").first.wait_for()
    look("two surveys")
    page.goto(f"{at}alcance/")
    look("who is not reached")
    page.goto(at)
    _follow(page, "Lo aprendido y el plan", "Anotar un hallazgo")
    _put(page, what="Nadie que hable náhuatl ha venido", limits="Son pocas las que contestaron")
    _choose(page, "De dónde se sabe", "A quién no se llega")
    _save(page, "Guardar", "Falta decidir")
    page.goto(at)
    page.get_by_text("Un hallazgo sobre el que nadie ha actuado").wait_for()
    look("a finding that nobody acted on")
    _follow(page, "Ver lo aprendido", "Decidir")
    _put(page, what="Círculos en náhuatl, con quien lo hable", decided_by="La asamblea")
    _choose(page, "¿Se hará algo?", "Sí, algo cambia")
    _save(page, "Guardar", "Quedó la decisión")
    _follow(page, "Cambiar el plan")
    _put(page, what="Círculos también en náhuatl", sign="Dos reuniones al mes")
    page.locator("select[name=year]").select_option("3")
    _choose(page, "Qué pasa con esto", "Cambió")
    page.locator("select[name=before]").select_option(label="Año 2: Círculos en español")
    _save(page, "Guardar", "Antes: Círculos en español")
    look("a plan that changed")
    page.goto(at)
    page.get_by_role("heading", name="Por cumplirse").wait_for()
    assert "nadie ha actuado" not in page.content()
