"""From the first question to a place in a group: diagnosis, two people, a plan, on a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.site import Site
from tests.browser.test_every_page import _look
from tests.factories.care import answered
from tests.factories.people import ParticipantFactory

from tequio.access.models import User
from tequio.care import questions
from tequio.care.models import Diagnosis, Plan, Review
from tequio.circles.models import Membership
from tequio.people.models import Participant

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEXT = "Guardar y seguir"


def _pick(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_text(answer, exact=True).tap()


def _next(page: Page, heading: str) -> None:
    page.get_by_role("button", name=NEXT, exact=True).tap()
    page.get_by_role("heading", name=heading, exact=True).wait_for()


def test_every_screen_on_the_way_can_be_read_pressed_and_heard(
    phone: Page, site: Site, coordinator: User, complaints: list[str]
) -> None:
    """The steps, what is said when something is missing, and each state of a review."""
    man = ParticipantFactory.create(organisation=coordinator.organisation, alias="Volcán")
    site.enter(phone, coordinator)
    found: list[str] = []
    own = f"{site.url}/personas/{man.folio}/cuidado"

    def look(where: str) -> None:
        found.extend(_look(phone, where, complaints))

    for address in ("/cuidado/", "/cuidado/en-peligro/", f"/personas/{man.folio}/cuidado/"):
        phone.goto(site.url + address)
        look(address)
    phone.goto(f"{own}/revision/")
    phone.get_by_role("button", name="Abrir la revisión").tap()
    phone.get_by_text("Elige qué pasó").first.wait_for()
    look("a review without its reason")
    answered(coordinator, man)
    for step in questions.STEPS:
        phone.goto(f"{own}/diagnostico/{step.slug}/")
        look(step.slug)
    phone.get_by_role("button", name="Terminar el diagnóstico").tap()
    phone.get_by_role("heading", name="Revisión: Ingreso").wait_for()
    phone.get_by_role("button", name="Guardar mi valoración").tap()
    phone.get_by_text("Falta tu valoración").first.wait_for()
    look("a judgement without a level")
    _judge_high(phone)
    look("a review that waits for the second person")
    phone.goto(f"{own}/plan/")
    phone.get_by_role("button", name="Seguir").tap()
    phone.get_by_text("Elige si es aquí").first.wait_for()
    look("a plan without a place")
    _pick(phone, "¿Dónde?", "Aquí no, pero allá sí")
    phone.get_by_role("button", name="Seguir").tap()
    phone.get_by_role("button", name="Guardar el plan").tap()
    phone.get_by_text("va siempre con un").first.wait_for()
    look("a plan without its reasons")
    phone.goto(f"{own}/")
    look("his care")
    assert "\n".join(found) == ""


def _join(page: Page, site: Site, man: Participant) -> None:
    page.goto(f"{site.url}/grupos/{site.group.pk}/")
    page.get_by_text("Agregar a una persona").tap()
    page.get_by_label("Folio").fill(man.folio)
    page.get_by_role("button", name="Agregar", exact=True).first.tap()


def test_nobody_enters_a_group_before_two_people_looked(
    phone: Page, site: Site, coordinator: User, therapist: User
) -> None:
    man = ParticipantFactory.create(organisation=coordinator.organisation, alias="Volcán")
    site.enter(phone, coordinator)
    _join(phone, site, man)
    phone.get_by_text("Todavía no tiene diagnóstico").first.wait_for()

    _take_diagnosis(phone, site, man)
    assert Diagnosis.objects.get(participant=man).state == "done"
    _judge_high(phone)
    _join(phone, site, man)
    phone.get_by_text("Su revisión de ingreso no está cerrada").first.wait_for()

    site.enter(phone, therapist)
    phone.goto(f"{site.url}/cuidado/")
    phone.get_by_text("Te espera a ti").wait_for()
    phone.get_by_role("link", name="Volcán").tap()
    phone.get_by_label("Qué se hizo y por qué").fill("Lo hablé con él y con coordinación.")
    phone.get_by_role("button", name="Cerrarla, con mi nombre").tap()
    phone.get_by_text("La revisión está cerrada por dos personas").wait_for()
    review = Review.objects.get(participant=man)
    assert (review.closed_by, review.second) == (coordinator, therapist)

    site.enter(phone, coordinator)
    _decide_plan(phone, site, man)
    assert Plan.objects.get(participant=man).decision == "here"
    _join(phone, site, man)
    phone.get_by_text("Ya tiene su lugar en el grupo").wait_for()
    assert Membership.objects.filter(participant=man, group=site.group).exists()


def _take_diagnosis(page: Page, site: Site, man: Participant) -> None:
    page.goto(f"{site.url}/personas/{man.folio}/")
    page.get_by_role("link", name="Abrir su cuidado").tap()
    page.get_by_role("button", name="Empezar el diagnóstico").tap()
    _pick(page, "¿Ha usado violencia alguna vez?", "Sí ha usado")
    _pick(page, "¿De qué tipo?", "Física")
    _next(page, "Contra quién")
    _pick(page, "Física", "Mi pareja")
    _next(page, "La última vez")
    _pick(page, "Física, contra: Mi pareja", "En el último mes")
    page.get_by_label("Con sus palabras").fill("La empujé.")
    _next(page, "Señales de peligro")
    _pick(page, "¿Ha amenazado", "No")
    _pick(page, "¿Hay un arma?", "Tiene una o puede conseguirla")
    _pick(page, "¿Ha apretado el cuello", "No")
    _next(page, "Cómo está la relación")
    _pick(page, "¿Se están separando", "Está pasando ahora")
    _pick(page, "¿Hay un cambio o un pleito", "No")
    _pick(page, "¿Cela, vigila", "En el último año")
    _next(page, "Cómo está él")
    _pick(page, "¿Ha pensado en quitarse la vida?", "No")
    _pick(page, "¿Toma o consume algo?", "No")
    _pick(page, "¿Oye voces", "No")
    _pick(page, "De niño", "La vio")
    _next(page, "Qué necesita")
    _pick(page, "¿Qué necesita?", "Psicoterapia")
    _next(page, "Revisar y terminar")
    page.get_by_role("button", name="Terminar el diagnóstico").tap()
    page.get_by_role("heading", name="Revisión: Ingreso").wait_for()


def _judge_high(page: Page) -> None:
    assert page.locator("input[name=level]:checked").count() == 0
    _pick(page, "Tu valoración", "Alto")
    _pick(page, "¿En qué te basas?", "Un arma")
    page.get_by_label("Por qué").fill("Se está separando y tiene un arma.")
    page.get_by_role("button", name="Guardar mi valoración").tap()
    page.get_by_label("Qué se hizo y por qué").fill("El arma está con su hermano.")
    page.get_by_role("button", name="Pedir que se cierre").tap()
    page.get_by_text("Pediste cerrarla. Falta la segunda persona").wait_for()


def _decide_plan(page: Page, site: Site, man: Participant) -> None:
    page.goto(f"{site.url}/personas/{man.folio}/cuidado/plan/")
    _pick(page, "¿Dónde?", "Aquí")
    _pick(page, "¿Qué va a hacer?", "Grupo de reflexión")
    page.get_by_role("button", name="Seguir").tap()
    page.get_by_label("Por qué este plan").fill("Quiere empezar ya.")
    page.get_by_label("Grupo de reflexión: por qué").fill("Puede los viernes.")
    page.get_by_role("button", name="Guardar el plan").tap()
    page.get_by_text("El plan quedó escrito").wait_for()
