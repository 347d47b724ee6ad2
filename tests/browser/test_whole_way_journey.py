"""One man's whole way on a telephone: from his first question to the meeting of each month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.site import Site
from tests.browser.test_care_journey import _next, _pick
from tests.factories.circles import MembershipFactory
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import SiteFactory

from tequio.access.models import User
from tequio.care.models import Plan, Review
from tequio.circles.actions import attendance, groups
from tequio.circles.models import Group, Membership, Session
from tequio.core import clock
from tequio.outreach.models import Call
from tequio.people.models import Participant
from tequio.programmes.actions import editions, training
from tequio.programmes.models import Edition, Enrolment
from tequio.reports.models import Certificate

if TYPE_CHECKING:
    from playwright.sync_api import Page

TUESDAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
MONTHLY = date(2027, 3, 10)


def morning(day: date) -> datetime:
    """Ten in the morning in Mexico City."""
    return datetime.combine(day, time(16, 0), UTC)


def evening(day: date) -> datetime:
    """Eight in the evening in Mexico City."""
    return datetime.combine(day + timedelta(days=1), time(2, 0), UTC)


def signed(by: User, slug: str, *trained: User) -> Edition:
    """Adopt a shipped model, sign it, and write down who was trained in it."""
    edition = editions.adopt_edition(by=by, model_slug=slug)
    diagnosis = editions.Diagnosis("Diagnóstico participativo de la colonia")
    for user in trained:
        training.record_training(
            by=by, user_id=user.pk, model_slug=slug, on=TUESDAY, where="Taller interno"
        )
    return editions.sign_edition(
        by=by,
        edition_id=edition.pk,
        signed_by="Carmen Solís",
        signed_as="Psicóloga",
        diagnosis=diagnosis,
    )


@dataclass(frozen=True, slots=True)
class House:
    """A house with a group that begins on Friday, and the group of each month."""

    site: Site
    monthly: Group

    @property
    def group(self) -> Group:
        """The group that begins on Friday."""
        return self.site.group


@pytest.fixture
def house(live_server: Any, coordinator: User, facilitator: User) -> Iterator[House]:
    """Tuesday morning; another man has his place already."""
    with clock.at(morning(TUESDAY)):
        place = SiteFactory.create(organisation=coordinator.organisation, name="Portales")
        twelve = signed(coordinator, "guia-simetria", facilitator)
        opened = {"by": coordinator, "site": place, "facilitators": [facilitator]}
        friday = groups.open_group(
            name="Viernes 19:00, Portales",
            edition=twelve,
            starts_on=FRIDAY,
            starts_at=time(19),
            **opened,  # type: ignore[arg-type]
        )
        monthly = groups.open_group(
            name="Cada mes, Portales",
            edition=signed(coordinator, "mantenimiento", facilitator),
            starts_on=MONTHLY,
            starts_at=time(19),
            **opened,  # type: ignore[arg-type]
        )
        other = ParticipantFactory.create(organisation=coordinator.organisation, alias="Abeto")
        there = MembershipFactory.create(group=friday, participant=other)
        url = live_server.url.replace("127.0.0.1", "localhost")
        yield House(Site(url, friday, friday.sessions.order_by("position")[0], [there]), monthly)


def test_from_his_first_question_to_the_meeting_of_each_month(
    phone: Page, house: House, coordinator: User, facilitator: User
) -> None:
    site = house.site
    with clock.at(morning(TUESDAY)):
        site.enter(phone, coordinator)
        man = _asks(phone, site)
        assert _state(man, house.group.edition) == "enquiry"
        _intake(phone, site, man)
        _diagnosis(phone, site, man)
        _review(phone)
        _plan(phone, site, man)
        _step(phone, site, man, "accepted:diagnosed")
        _takes_a_seat(phone, site, man, house.group)
        assert _state(man, house.group.edition) == "in_group"
    place = Membership.objects.get(participant=man, group=house.group)
    meetings = list(house.group.sessions.order_by("position"))

    _evening(phone, site, facilitator, meetings[0], place, taps=1)
    with clock.at(evening(_day(meetings[0]))):
        _speaks(phone, site, meetings[0], place)
    _evening(phone, site, facilitator, meetings[1], place, taps=3)
    with clock.at(morning(_day(meetings[1]) + timedelta(days=1))):
        _call(phone, site, facilitator, man)
    _evening(phone, site, facilitator, meetings[2], place, taps=1)
    with clock.at(morning(_day(meetings[2]) + timedelta(days=1))):
        site.enter(phone, facilitator)
        phone.goto(f"{site.url}/llamadas/")
        assert (
            phone.get_by_role("region", name="A quién llamar")
            .get_by_role("link", name="Volcán")
            .count()
            == 0
        )

    _come_to(facilitator, meetings[3:], place)
    with clock.at(morning(_day(meetings[-1]) + timedelta(days=1))):
        site.enter(phone, coordinator)
        _step(phone, site, man, "completed:end_reached")
        phone.get_by_text("Fue a 11 de 12 sesiones.").wait_for()
        _certificate(phone, site, man)
        _step(phone, site, man, "maintenance:goes_on")
        _takes_a_seat(phone, site, man, house.monthly)
        assert _state(man, house.group.edition) == "maintenance"
        assert _state(man, house.monthly.edition) == "in_group"
    monthly = Membership.objects.get(participant=man, group=house.monthly)
    first = house.monthly.sessions.order_by("position")[0]
    _evening(phone, site, facilitator, first, monthly, taps=1)

    with clock.at(evening(MONTHLY)):
        site.enter(phone, coordinator)
        phone.goto(f"{site.url}/personas/{man.folio}/historia/")
        told = phone.locator("main").inner_text()
    for words in ("Preguntó", "Aceptado", "Llegó al final", "En mantenimiento", "Llamada"):
        assert words in told, words


def _state(man: Participant, edition: Edition) -> str:
    return Enrolment.objects.get(participant=man, edition=edition).state


def _day(session: Session) -> date:
    assert session.planned_on is not None
    return session.planned_on


def _asks(page: Page, site: Site) -> Participant:
    """Look for him first, open his file, and write down that he asked."""
    page.goto(f"{site.url}/personas/")
    page.get_by_role("link", name="Abrir un registro").first.tap()
    page.get_by_label("Nombre o nombres").fill("Ismael")
    page.get_by_label("Apellidos").fill("Prueba Serrano")
    page.get_by_label("Año de nacimiento").fill("1988")
    page.get_by_label("Teléfono").fill("55 5555 0188")
    page.get_by_role("button", name="Buscar").tap()
    page.get_by_text("No hay nadie parecido").wait_for()
    page.get_by_label("Cómo le dicen en el grupo").fill("Volcán")
    page.get_by_role("button", name="Solo abrir el registro").tap()
    page.get_by_role("heading", name="Volcán").wait_for()
    man = Participant.objects.get(alias="Volcán")
    page.get_by_role("link", name="Su programa").tap()
    page.get_by_label("Programa", exact=True).select_option(label="Guía de doce sesiones")
    page.get_by_role("button", name="Anotar que preguntó").tap()
    page.get_by_text("Quedó anotado que preguntó").wait_for()
    return man


def _intake(page: Page, site: Site, man: Participant) -> None:
    page.goto(f"{site.url}/personas/{man.folio}/ingreso/")
    page.get_by_role("button", name="Empezar el ingreso").tap()
    _pick(page, "¿Por quién o por dónde llegó?", "Un amigo o conocido")
    _pick(page, "¿Qué espera al venir?", "Dejar la violencia")
    _pick(page, "¿Lo manda una autoridad?", "No")
    _next(page, "Su vida")
    for question, answer in (
        ("Estado civil", "Casado"),
        ("¿Tiene hijas o hijos?", "Sí"),
        ("¿Vive con su pareja?", "Sí"),
        ("¿Hasta dónde estudió?", "Secundaria"),
        ("¿Trabaja?", "Sí"),
    ):
        _pick(page, question, answer)
    _next(page, "Para que pueda venir")
    _pick(page, "¿Cuándo trabaja?", "Mañanas")
    _pick(page, "¿En qué lengua prefiere hablar?", "Español")
    _pick(page, "¿Necesita intérprete?", "No")
    _pick(page, "¿Cómo lee en español?", "Lee sin problema")
    _next(page, "Dónde vive")
    page.get_by_label("Estado").select_option(label="Ciudad de México")
    page.get_by_label("Municipio, alcaldía o lugar").fill("Benito Juárez")
    _next(page, "Su pareja o expareja")
    # This house has no wall: the page says why nothing is asked of her.
    page.get_by_role("link", name="Seguir", exact=True).tap()
    page.get_by_role("heading", name="Lo que acepta", exact=True).wait_for()
    for asked in page.get_by_role("group", name="¿Acepta?").all():
        asked.get_by_text("Sí", exact=True).tap()
    _pick(page, "¿Lo entendió?", "Sí, lo entendió")
    page.get_by_role("button", name="Guardar", exact=True).tap()
    page.get_by_role("button", name="Terminar el ingreso").tap()
    page.get_by_text("El ingreso quedó completo").wait_for()


def _diagnosis(page: Page, site: Site, man: Participant) -> None:
    page.goto(f"{site.url}/personas/{man.folio}/cuidado/")
    page.get_by_role("button", name="Empezar el diagnóstico").tap()
    _pick(page, "¿Ha usado violencia alguna vez?", "Sí ha usado")
    _pick(page, "¿De qué tipo?", "Psicológica")
    _next(page, "Contra quién")
    _pick(page, "Psicológica", "Mi pareja")
    _next(page, "La última vez")
    _pick(page, "Psicológica, contra: Mi pareja", "En el último mes")
    _next(page, "Señales de peligro")
    _pick(page, "¿Ha amenazado", "No")
    _pick(page, "¿Hay un arma?", "No")
    _pick(page, "¿Ha apretado el cuello", "No")
    _next(page, "Cómo está la relación")
    _pick(page, "¿Se están separando", "No")
    _pick(page, "¿Hay un cambio o un pleito", "No")
    _pick(page, "¿Cela, vigila", "No")
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


def _review(page: Page) -> None:
    _pick(page, "Tu valoración", "Bajo")
    _pick(page, "¿En qué te basas?", "La violencia que cuenta")
    page.get_by_label("Por qué").fill("Reconoce lo que hizo y no hay armas.")
    page.get_by_role("button", name="Guardar mi valoración").tap()
    page.get_by_label("Qué se hizo y por qué").fill("Empieza el viernes.")
    page.get_by_role("button", name="Cerrar la revisión").tap()
    page.get_by_text("La revisión está cerrada").wait_for()
    assert Review.objects.get(participant__alias="Volcán").state == "closed"


def _plan(page: Page, site: Site, man: Participant) -> None:
    page.goto(f"{site.url}/personas/{man.folio}/cuidado/plan/")
    _pick(page, "¿Dónde?", "Aquí")
    _pick(page, "¿Qué va a hacer?", "Grupo de reflexión")
    page.get_by_role("button", name="Seguir").tap()
    page.get_by_label("Por qué este plan").fill("Quiere empezar ya.")
    page.get_by_label("Grupo de reflexión: por qué").fill("Puede los viernes.")
    page.get_by_role("button", name="Guardar el plan").tap()
    page.get_by_text("El plan quedó escrito").wait_for()
    assert Plan.objects.get(participant=man).decision == "here"


def _step(page: Page, site: Site, man: Participant, step: str) -> None:
    """Write the next step of his way, on the page of his programme."""
    page.goto(f"{site.url}/personas/{man.folio}/programa/")
    page.get_by_text("Escribir el paso que sigue").tap()
    page.get_by_label("Qué sigue y por qué").select_option(value=step)
    with page.expect_navigation():
        page.get_by_role("button", name="Escribir este paso").tap()
    assert Enrolment.objects.filter(participant=man, state=step.split(":")[0]).exists()


def _takes_a_seat(page: Page, site: Site, man: Participant, group: Group) -> None:
    page.goto(f"{site.url}/grupos/{group.pk}/")
    if not page.get_by_label("Folio").is_visible():
        page.get_by_text("Agregar a una persona").tap()
    page.get_by_label("Folio").fill(man.folio)
    page.get_by_role("button", name="Agregar", exact=True).first.tap()
    page.get_by_text("Ya tiene su lugar en el grupo").wait_for()


def _evening(
    page: Page, site: Site, by: User, session: Session, place: Membership, *, taps: int
) -> None:
    """Open tonight's meeting from Hoy and touch his seat: once came, twice late, thrice absent."""
    states = ("present", "late", "absent")
    with clock.at(evening(_day(session))):
        site.enter(page, by)
        page.goto(site.url)
        page.get_by_role("link", name="Pasar lista").tap()
        for state in states[:taps]:
            page.locator(f"#seat-{place.pk}").tap()
            page.wait_for_selector(f"#place-{place.pk}.is-{state}")
    assert place.attendances.get(session=session).status == states[taps - 1]


def _speaks(page: Page, site: Site, session: Session, place: Membership) -> None:
    page.goto(f"{site.url}/sesiones/{session.pk}/ronda/")
    for alias in ("Abeto", "Volcán"):
        page.locator(f"#turn-name:text-is('{alias}')").wait_for()
        # A second touch of the same thumb is not taken for the next man's answer.
        page.wait_for_timeout(400)
        page.locator("#say-no").tap()
    page.get_by_role("heading", name="Todos tuvieron su turno").wait_for()
    assert place.tellings.filter(session=session, stands=True).count() == 1


def _call(page: Page, site: Site, by: User, man: Participant) -> None:
    """The day after: his name is in Hoy, the number shown when asked for, one touch writes it."""
    site.enter(page, by)
    page.goto(site.url)
    page.get_by_role("region", name="A quién llamar").get_by_role("link", name="Volcán").tap()
    page.get_by_role("button", name="Ver su teléfono").tap()
    assert page.locator(".number-shown a").inner_text() == "55 5555 0188"
    page.get_by_role("button", name="Trabajo", exact=True).tap()
    page.get_by_role("heading", name="Nota de la llamada").wait_for()
    call = Call.objects.get(participant=man)
    assert (call.outcome, call.made_by, call.next_on) == ("work", by, None)


def _come_to(by: User, meetings: list[Session], place: Membership) -> None:
    """He comes to all the others; his evenings are like those before."""
    for session in meetings:
        with clock.at(evening(_day(session))):
            attendance.mark_many(by=by, session=session, statuses={place.pk: "present"})


def _certificate(page: Page, site: Site, man: Participant) -> None:
    page.goto(f"{site.url}/personas/{man.folio}/")
    page.get_by_role("link", name="Constancia de asistencia").tap()
    page.get_by_label("Quién la firma").fill("Carmen Solís")
    page.get_by_label("Su cargo").fill("Coordinación")
    page.get_by_role("button", name="Expedir").tap()
    page.get_by_role("link", name="Abrir para imprimir").wait_for()
    made = Certificate.objects.get()
    assert (made.attended, made.held) == (11, 12)
