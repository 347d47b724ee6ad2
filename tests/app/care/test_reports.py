"""Telling an authority: one person decides with reasons, another looks at it within a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.factories.circles import GroupFactory, MembershipFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.care.actions import reports
from tequio.care.actions.reports import Decided
from tequio.care.models import Report
from tequio.care.queries import waiting_reports
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError, Forbidden
from tequio.people.models import Participant
from tequio.territory.actions import laws
from tequio.territory.law import Written

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
WHY = "Contó que el niño estaba en la cocina."


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def man(facilitator: User) -> Participant:
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    return MembershipFactory.create(group=group).participant


def decided(by: User, man: Participant, again_of: UUID | None = None, **said: object) -> Report:
    given = {"about": "minors", "decision": "not_tell", "state": "09", "why": WHY, **said}
    return reports.decide(by=by, folio=man.folio, said=Decided(**given), again_of=again_of)  # type: ignore[arg-type]


def test_reasons_are_sealed_and_another_person_looks_at_it(
    facilitator: User, coordinator: User, man: Participant
) -> None:
    report = decided(facilitator, man)
    assert b"cocina" not in bytes(report.sealed)
    with pytest.raises(Forbidden):
        reports.review(by=facilitator, report_id=report.pk, verdict="agrees", words="")
    reports.review(by=coordinator, report_id=report.pk, verdict="agrees", words="")
    assert not waiting_reports(coordinator)
    with pytest.raises(Conflict):
        reports.review(by=coordinator, report_id=report.pk, verdict="again", words="x")


def test_the_database_itself_refuses_a_review_by_whoever_decided(
    coordinator: User, man: Participant
) -> None:
    report = decided(coordinator, man)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(
            verdict="agrees", reviewer=coordinator, reviewed_at=clock.now()
        )


def test_a_second_person_may_ask_that_it_is_decided_again_once(
    facilitator: User, coordinator: User, man: Participant
) -> None:
    first = decided(facilitator, man)
    with pytest.raises(DomainError, match="por qué"):
        reports.review(by=coordinator, report_id=first.pk, verdict="again", words=" ")
    reports.review(by=coordinator, report_id=first.pk, verdict="again", words="Hubo un niño.")
    assert [one.again for one in waiting_reports(facilitator)] == [True]
    authority = {"decision": "tell", "authority": "Procuraduría de protección"}
    again = decided(facilitator, man, first.pk, **authority)
    assert [one.report_id for one in waiting_reports(coordinator)] == [again.pk]
    with pytest.raises(Conflict):
        decided(facilitator, man, first.pk, **authority)


def test_hoy_says_whom_it_waits_for_and_when_a_day_has_passed(
    facilitator: User, coordinator: User, man: Participant
) -> None:
    decided(facilitator, man)
    page = signed_in_client(coordinator).get("/").content.decode()
    assert "Aviso a una autoridad" in page
    assert "Te espera a ti" in page
    assert "Espera a otra persona" in signed_in_client(facilitator).get("/").content.decode()
    with clock.at(NOON + timedelta(hours=25)):
        late = signed_in_client(facilitator).get("/").content.decode()
    assert "Pasaron 24 horas sin revisar" in late


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"why": " "}, "razones"),
        ({"state": "99"}, "estado"),
        ({"decision": "tell"}, "autoridad"),
        ({"decision": "maybe"}, "se decidió"),
    ],
)
def test_a_thin_decision_is_refused(
    said: dict[str, object], words: str, facilitator: User, man: Participant
) -> None:
    with pytest.raises(DomainError, match=words):
        decided(facilitator, man, **said)


def test_when_it_was_told_is_added_once(facilitator: User, man: Participant) -> None:
    report = decided(facilitator, man, decision="tell", authority="Procuraduría")
    with pytest.raises(DomainError, match="todavía no llega"):
        reports.told(by=facilitator, report_id=report.pk, at=NOON + timedelta(hours=1))
    reports.told(by=facilitator, report_id=report.pk, at=NOON, authority_folio="PP-12")
    page = signed_in_client(facilitator).get(reverse("care:report", args=[report.pk]))
    assert "PP-12" in page.content.decode()
    with pytest.raises(Conflict):
        reports.told(by=facilitator, report_id=report.pk, at=NOON)


def test_the_page_shows_the_lawyers_text_or_who_has_to_write_it(
    facilitator: User, director: User, man: Participant
) -> None:
    client = signed_in_client(facilitator)
    address = reverse("care:decide-report", args=[man.folio]) + "?about=minors&state=09"
    assert "No hay texto para este estado" in client.get(address).content.decode()
    said = Written("09", "minors", "Se avisa en 24 horas.", "Lic. Rosa Amparo", date(2026, 5, 2))
    laws.write(by=director, said=said)
    page = client.get(address).content.decode()
    assert "Se avisa en 24 horas." in page
    assert "Lic. Rosa Amparo" in page


def test_the_whole_way_through_its_pages(
    facilitator: User, coordinator: User, man: Participant
) -> None:
    client = signed_in_client(facilitator)
    sent = {"about": "minors", "state": "09", "decision": "tell", "why": WHY, "authority": "DIF"}
    address = reverse("care:decide-report", args=[man.folio])
    bad = client.post(address, {**sent, "why": ""})
    assert bad.status_code == 422
    assert "DIF" in bad.content.decode()
    made = client.post(address, sent)
    assert made.status_code == 302
    second = signed_in_client(coordinator)
    assert WHY in second.get(made["Location"]).content.decode()
    reviewed = second.post(f"{made['Location']}revisar/", {"verdict": "agrees", "words": ""})
    assert reviewed.status_code == 302
    assert "De acuerdo" in second.get(made["Location"]).content.decode()


def test_the_text_of_a_state_is_kept_with_its_author_and_a_newer_one_stands_before_it(
    director: User,
) -> None:
    client = signed_in_client(director)
    sent = {"state": "09", "about": "danger", "text": "Uno.", "author": "Lic. Rosa Amparo"}
    assert client.post("/lugares/avisos/", sent).status_code == 422
    client.post("/lugares/avisos/", {**sent, "dated_on": "2026-05-02"})
    with clock.at(NOON + timedelta(minutes=5)):
        client.post("/lugares/avisos/", {**sent, "text": "Dos.", "dated_on": "2026-06-02"})
        page = client.get("/lugares/avisos/").content.decode()
    assert "Dos." in page
    assert "Uno." not in page
