"""Re-education circles: four groups in one week, two who facilitate, one who comes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.site import Site
from tests.browser.test_whole_way_journey import TUESDAY, evening, morning
from tests.factories.circles import MembershipFactory
from tests.factories.people import ParticipantFactory
from tests.factories.programmes import EnrolmentFactory, SiteFactory, enrolled

from tequio.access.models import User
from tequio.circles import sealed
from tequio.circles.models import Group, Membership, Session, Telling
from tequio.core import clock
from tequio.programmes import offers
from tequio.programmes.models import Edition

if TYPE_CHECKING:
    from playwright.sync_api import Page

MONDAY = TUESDAY + timedelta(days=6)
WEEK = ("Lunes", "Martes", "Miércoles", "Jueves")
MEN = {
    "Lunes": ("Abeto", "Bosque", "Cedro", "Duna"),
    "Martes": ("Encino", "Faro"),
    "Miércoles": ("Guayabo", "Higo", "Isla"),
    "Jueves": ("Jade", "Lago"),
}


@dataclass(frozen=True, slots=True)
class Week:
    """The groups of a week by their day, once the coordinator has opened them."""

    url: str

    def group(self, day: str) -> Group:
        """The group of a day."""
        return Group.objects.get(name__startswith=day)

    def first(self, day: str) -> Session:
        """Its first meeting."""
        return self.group(day).sessions.order_by("position")[0]

    def place(self, alias: str) -> Membership:
        """A man's own place."""
        return Membership.objects.get(participant__alias=alias, visit=False)

    def enter(self, page: Page, user: User) -> None:
        """Put somebody in."""
        Site(self.url, Group(), Session(), []).enter(page, user)


@pytest.fixture
def week(live_server: Any, coordinator: User) -> Iterator[Week]:
    """A house that has a site and no programme yet."""
    SiteFactory.create(organisation=coordinator.organisation, name="Portales")
    yield Week(live_server.url.replace("127.0.0.1", "localhost"))


def test_an_evening_in_a_week_of_four_circles(
    page: Page,
    phone: Page,
    week: Week,
    coordinator: User,
    facilitator: User,
    other_facilitator: User,
) -> None:
    with clock.at(morning(TUESDAY)):
        week.enter(page, coordinator)
        _adopts_and_signs(page, week)
        _needs_two_who_are_trained(page, week, facilitator, other_facilitator)
        for n, day in enumerate(WEEK):
            _opens(page, week, day, MONDAY + timedelta(days=n))
        _seats_the_men(week)

    with clock.at(evening(MONDAY)):
        week.enter(phone, facilitator)
        phone.goto(week.url)
        assert phone.get_by_role("link", name="Pasar lista").count() == 1
        _takes_attendance(phone, week, absent="Duna")
        _goes_round(phone, week)
    with clock.at(evening(MONDAY + timedelta(days=2))):
        week.enter(phone, other_facilitator)
        _makes_up(phone, week, "Duna", "Miércoles")

    edition = Edition.objects.get()
    dose = offers.dose(coordinator, week.place("Duna").participant, edition)
    assert dose is not None
    assert (dose.attended, dose.made_up) == (1, 1)
    with clock.at(morning(MONDAY + timedelta(days=3))):
        week.enter(page, coordinator)
        page.goto(f"{week.url}/personas/{week.place('Duna').participant.folio}/programa/")
        page.get_by_text("Repuso 1 en otro grupo.").wait_for()


def _adopts_and_signs(page: Page, week: Week) -> None:
    page.goto(f"{week.url}/programas/")
    page.get_by_role("button", name="Adoptar Círculos de reeducación").click()
    if page.get_by_role("link", name="Leer y firmar").count():
        page.get_by_role("link", name="Leer y firmar").click()
    page.get_by_label("Nombre de quien firma").fill("Carmen Solís")
    page.get_by_label("Su formación y su cargo").fill("Psicóloga, coordinadora")
    page.get_by_label("Diagnóstico del contexto en que se apoya").fill("Diagnóstico de la colonia")
    page.get_by_role("button", name="Firmar", exact=True).click()
    page.get_by_text("Firmada por Carmen Solís").first.wait_for()


def _needs_two_who_are_trained(page: Page, week: Week, *people: User) -> None:
    _fills_in_a_group(page, week, "Lunes", MONDAY, people[:1])
    page.get_by_role("button", name="Abrir el grupo").click()
    page.get_by_text("Este modelo pide 2 personas que faciliten.").first.wait_for()
    for person in people:
        page.goto(f"{week.url}/programas/formacion/")
        page.get_by_label("Quién", exact=True).select_option(label=str(person))
        page.get_by_label("En qué modelo").select_option(label="Círculos de reeducación")
        page.get_by_label("Dónde o con quién").fill("Taller interno de 40 horas")
        page.get_by_role("button", name="Anotar", exact=True).click()
        page.get_by_text("Taller interno de 40 horas").first.wait_for()


def _fills_in_a_group(
    page: Page, week: Week, day: str, first: date, people: tuple[User, ...] = ()
) -> None:
    page.goto(f"{week.url}/grupos/nuevo/")
    page.get_by_label("Nombre del grupo").fill(f"{day} 19:00, Portales")
    page.get_by_label("Sede").select_option(label="Portales")
    page.get_by_label("Programa").select_option(label="Círculos de reeducación")
    page.get_by_label("Primera sesión").fill(first.isoformat())
    page.get_by_label("Hora").fill("19:00")
    boxes = page.get_by_role("group", name="Quién facilita").get_by_role("checkbox")
    for box in boxes.all():
        if not people or box.get_attribute("value") in {str(one.pk) for one in people}:
            box.check()


def _opens(page: Page, week: Week, day: str, first: date) -> None:
    _fills_in_a_group(page, week, day, first)
    page.get_by_role("button", name="Abrir el grupo").click()
    page.get_by_role("heading", name=f"{day} 19:00, Portales").wait_for()
    group = week.group(day)
    assert group.facilitators.count() == 2
    assert group.sessions.count() == 16
    assert week.first(day).planned_on == first


def _seats_the_men(week: Week) -> None:
    """Who is in each circle, as if the others' way to it had been walked already."""
    for day, aliases in MEN.items():
        group = week.group(day)
        for alias in aliases:
            man = ParticipantFactory.create(organisation=group.organisation, alias=alias)
            MembershipFactory.create(group=group, participant=man)
            way = EnrolmentFactory.create(
                organisation=group.organisation, participant=man, edition=group.edition
            )
            enrolled(way, "enquiry", "accepted", "in_group", on=TUESDAY - timedelta(days=7))


def _takes_attendance(page: Page, week: Week, *, absent: str) -> None:
    page.get_by_role("link", name="Pasar lista").tap()
    for alias in MEN["Lunes"]:
        seat = week.place(alias)
        if alias == absent:
            page.locator(f"#row-{seat.pk}-absent").tap()
            page.wait_for_selector(f"#place-{seat.pk}.is-absent")
            continue
        page.locator(f"#seat-{seat.pk}").tap()
        page.wait_for_selector(f"#place-{seat.pk}.is-present")


def _goes_round(page: Page, week: Week) -> None:
    """Bosque says yes; the circle names what it was, he asks for support, and all answer."""
    page.locator(".tabs").get_by_role("link", name="Ronda").tap()
    for alias, answer in (("Abeto", "no"), ("Bosque", "yes"), ("Cedro", "silent")):
        page.locator(f"#turn-name:text-is('{alias}')").wait_for()
        # A second touch of the same thumb is not taken for the next man's answer.
        page.wait_for_timeout(400)
        page.locator(f"#say-{answer}").tap()
        if answer == "yes":
            page.locator(".naming").wait_for()
            page.wait_for_timeout(400)
            page.get_by_text("Pide apoyo al grupo. Todos: «Te apoyo».").wait_for()
            page.locator("label.chip", has=page.locator("input[value=psychological]")).tap()
            page.locator("button.chip[value=partner]").tap()
            page.locator(".acts li").wait_for()
            page.locator(".turn .next").tap()
    page.get_by_role("heading", name="Todos tuvieron su turno").wait_for()
    said = {}
    for telling in Telling.objects.filter(session=week.first("Lunes"), stands=True, part="round"):
        opened = sealed.open_round(telling.session.group.organisation_id, telling)
        assert opened is not None
        said[telling.membership.participant.alias] = opened.answer
    assert said == {"Abeto": "no", "Bosque": "yes", "Cedro": "silent"}


def _makes_up(page: Page, week: Week, alias: str, day: str) -> None:
    """He missed his own circle; in another one of the week he shows his folio and sits down."""
    folio = week.place(alias).participant.folio
    page.goto(week.url)
    page.get_by_role("link", name="Pasar lista").tap()
    page.get_by_text("Viene de otro grupo a reponer esta sesión").tap()
    page.get_by_label("Su folio").fill(folio)
    page.get_by_role("button", name="Darle lugar hoy").tap()
    visits = Membership.objects.filter(participant__folio=folio, visit=True)
    page.get_by_text(alias).first.wait_for()
    visit = visits.get(group=week.group(day))
    page.locator(f"#seat-{visit.pk}").tap()
    page.wait_for_selector(f"#place-{visit.pk}.is-present")
