"""Certificates: counted and never written, on record, checkable by a stranger, and voidable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.factories.circles import GroupFactory, MembershipFactory, attend, sessions_of
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Attendance, Membership
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.people import vault as people_vault
from tequio.people.vault import Who
from tequio.programmes import offers
from tequio.programmes.models import Enrolment
from tequio.reports import actions, paper, queries, vault, wording
from tequio.reports.counted import counted
from tequio.reports.models import Certificate

EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SIGNED = {"signed_name": "Maru Coordina", "signed_as": "Coordinadora"}


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with clock.at(EVENING):
        yield


@pytest.fixture
def place(coordinator: User) -> Membership:
    """Nogal, called Juan Pérez, who came to three of four."""
    group = GroupFactory.create(organisation=coordinator.organisation)
    place = attend(group, sessions_of(group, TODAY, 4, held=4), {"Nogal": "pftp"})[0]
    people_vault.seal(place.participant, Who("Juan", "Pérez Mora")).save()
    return place


@pytest.fixture
def way(place: Membership) -> Enrolment:
    enrolment = EnrolmentFactory.create(
        organisation=place.group.organisation,
        participant=place.participant,
        edition=place.group.edition,
    )
    return enrolled(enrolment, "enquiry", "accepted", "in_group", on=date(2026, 10, 1))


@pytest.fixture
def certificate(coordinator: User, way: Enrolment) -> Certificate:
    return actions.issue(by=coordinator, enrolment_id=way.pk, **SIGNED)


def test_it_counts_sessions_and_nobody_types_them(certificate: Certificate) -> None:
    assert (certificate.attended, certificate.held) == (3, 4)
    assert (certificate.first_on, certificate.last_on) == (date(2026, 10, 30), TODAY)
    assert vault.open_name(certificate) == "Juan Pérez Mora"
    assert b"Juan" not in bytes(certificate.sealed_name)
    assert Event.objects.filter(kind="certificate.issue", subject_id=certificate.pk).exists()


def test_a_session_made_up_in_another_group_counts_once(
    coordinator: User, place: Membership, way: Enrolment
) -> None:
    other = GroupFactory.create(organisation=place.group.organisation, edition=place.group.edition)
    second = sessions_of(other, TODAY, 4, held=4)[1]
    visit = MembershipFactory.create(
        group=other,
        participant=place.participant,
        visit=True,
        joined_at_session=2,
        ended_at_session=2,
        ended_on=second.planned_on,
    )
    Attendance.objects.create(session=second, membership=visit, status="present", marked_by="x")
    found = counted(coordinator, place.participant, place.group.edition).dose
    assert (found.attended, found.held, found.made_up) == (4, 4, 1)
    Attendance.objects.filter(membership=place, status="absent").update(status="present")
    assert counted(coordinator, place.participant, place.group.edition).dose.attended == 4


def test_what_nobody_recorded_is_said_and_not_taken_for_an_absence(
    coordinator: User, place: Membership, way: Enrolment
) -> None:
    place.attendances.filter(status="absent").delete()
    assert counted(coordinator, place.participant, place.group.edition).dose.unrecorded == 1
    place.group.gaps = "absent"
    place.group.save()
    assert counted(coordinator, place.participant, place.group.edition).dose.unrecorded == 0


def test_the_room_of_programmes_learns_the_same_dose(
    coordinator: User, place: Membership, way: Enrolment
) -> None:
    found = offers.dose(coordinator, place.participant, place.group.edition)
    assert found is not None and (found.attended, found.held) == (3, 4)


def test_without_a_name_or_without_a_session_there_is_nothing_to_certify(
    coordinator: User, way: Enrolment
) -> None:
    people_vault.seal(way.participant, Who()).save()
    with pytest.raises(DomainError, match="No se sabe el nombre"):
        actions.issue(by=coordinator, enrolment_id=way.pk, **SIGNED)
    people_vault.seal(way.participant, Who("Juan")).save()
    Membership.objects.all().delete()
    with pytest.raises(DomainError, match="no hubo sesiones"):
        actions.issue(by=coordinator, enrolment_id=way.pk, **SIGNED)


def test_others_issue_nothing_and_see_no_register(
    coordinator: User, facilitator: User, director: User, outsider: User, certificate: Certificate
) -> None:
    way = Enrolment.objects.get()
    for who in (facilitator, director):
        with pytest.raises(Forbidden):
            actions.issue(by=who, enrolment_id=way.pk, **SIGNED)
    with pytest.raises(NotVisible):
        actions.issue(by=outsider, enrolment_id=way.pk, **SIGNED)
    with pytest.raises(NotVisible):
        actions.void(by=outsider, certificate_id=certificate.pk, reason="mistake")
    assert not queries.register(director).exists()


def test_a_stranger_checks_a_folio_and_learns_no_name(certificate: Certificate) -> None:
    page = Client().get("/constancias/comprobar/", {"folio": certificate.folio.lower()})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Vigente" in text and "asistió a 3 de 4 sesiones" in text
    for secret in ("Juan", "Pérez", "Nogal", certificate.edition.name, "violencia"):
        assert secret not in text
    assert "No hay ninguna constancia" in (
        Client().get("/constancias/comprobar/", {"folio": "7K2M-9QXD"}).content.decode()
    )


def test_a_voided_certificate_stays_on_record_and_says_so(
    coordinator: User, certificate: Certificate
) -> None:
    with pytest.raises(DomainError, match="Falta por qué"):
        actions.void(by=coordinator, certificate_id=certificate.pk, reason="porque sí")
    actions.void(by=coordinator, certificate_id=certificate.pk, reason="mistake")
    with pytest.raises(DomainError, match="ya estaba anulada"):
        actions.void(by=coordinator, certificate_id=certificate.pk, reason="mistake")
    text = Client().get("/constancias/comprobar/", {"folio": certificate.folio}).content.decode()
    assert "Anulada" in text and "Vigente" not in text
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(void_reason="")


def test_a_man_who_is_forgotten_leaves_a_line_without_himself(certificate: Certificate) -> None:
    assert certificate.participant is not None
    certificate.participant.delete()
    certificate.refresh_from_db()
    assert certificate.participant is None
    assert (bytes(certificate.sealed_name), vault.open_name(certificate)) == (b"", "")
    said = wording.sentences(paper.facts_of(certificate))
    assert "una persona cuyos datos ya se borraron asistió a 3 de las 4" in said[0]


def test_the_paper_is_a_tagged_pdf_and_printing_it_is_written_down(
    coordinator: User, certificate: Certificate
) -> None:
    client = signed_in_client(coordinator)
    answer = client.get(f"/constancias/{certificate.pk}/pdf/")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == f'inline; filename="{certificate.folio}.pdf"'
    assert Event.objects.filter(kind="certificate.print").count() == 1
    assert paper.pdf(certificate, check_url="https://x.mx/c").startswith(b"%PDF")


def test_the_pages_of_a_coordinator(coordinator: User, way: Enrolment) -> None:
    client, folio = signed_in_client(coordinator), way.participant.folio
    assert "Todavía no se ha expedido" in client.get("/constancias/").content.decode()
    page = client.get(f"/personas/{folio}/constancia/").content.decode()
    assert "3 de 4 sesiones" in page
    missing = client.post(f"/personas/{folio}/constancia/", {"enrolment": str(way.pk)})
    assert missing.status_code == 422
    done = client.post(
        f"/personas/{folio}/constancia/", {"enrolment": str(way.pk), **SIGNED}, follow=True
    )
    assert "asistió a 3 de las 4 sesiones" in done.content.decode()
    certificate = Certificate.objects.get()
    assert certificate.folio in client.get("/constancias/").content.decode()
    assert client.post(f"/constancias/{certificate.pk}/anular/", {}).status_code == 422
    gone = client.post(f"/constancias/{certificate.pk}/anular/", {"reason": "name"}, follow=True)
    assert "Anulada el" in gone.content.decode()
