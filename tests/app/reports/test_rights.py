"""What men ask about their data: days, who asks, the file, the texts, the answer."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories.access import UserFactory
from tests.factories.care import ANSWERS, diagnosed
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ConsentFactory, IntakeFactory
from tests.factories.reports import CertificateFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.people import vault
from tequio.people.models import Participant
from tequio.people.rules.answers import Answers, Texts
from tequio.people.vault import Who
from tequio.reports.models import Certificate, RightsRequest
from tequio.reports.rights import actions, queries, rules, sealed
from tequio.reports.rights.actions import Received

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
ASKS = {
    "right": "access",
    "received_on": date(2026, 11, 2),
    "way": "letter",
    "asked_by": "himself",
    "asks": "Quiero saber qué tienen de mí.",
}


@pytest.fixture
def man(facilitator: User, coordinator: User) -> Participant:
    """Nogal, of whom everything is known."""
    group = GroupFactory.create(organisation=facilitator.organisation, facilitators=[facilitator])
    planned = sessions_of(group, date(2026, 11, 20), 3, held=2)
    man = attend(group, planned, {"Nogal": "pf."})[0].participant
    man.identity.delete()
    vault.seal(man, Who("Juan", "Pérez Mora", "55 1234 5678", 1985)).save()
    IntakeFactory.create(
        participant=man,
        said=Answers(adult="yes", marital="married"),
        wrote=Texts(needs="Que Laura no se entere"),
    )
    ConsentFactory.create(participant=man)
    CertificateFactory.create(organisation=man.organisation, participant=man)
    diagnosed(coordinator, man)
    return Participant.objects.get(pk=man.pk)


def ask(by: User, man: Participant | None, **said: object) -> RightsRequest:
    given = {**ASKS, "folio": man.folio if man else "", **said}
    return actions.receive(by=by, said=Received(**given))  # type: ignore[arg-type]


def test_the_days_run_from_the_day_of_receipt(coordinator: User, man: Participant) -> None:
    with clock.at(NOON):
        line = queries.line_of(coordinator, ask(coordinator, man))
    assert (line.stands, line.due_on, line.left) == (rules.Stands.WHO, date(2026, 12, 1), 7)
    assert not line.late
    with clock.at(NOON + timedelta(days=20)):
        (line,) = queries.lines(coordinator)
    assert line.late


def test_nothing_is_gathered_before_somebody_looked_who_asks(
    coordinator: User, man: Participant
) -> None:
    made = ask(coordinator, man)
    with pytest.raises(DomainError, match="quién hace la solicitud"):
        actions.make_file(by=coordinator, request_id=made.pk)
    with pytest.raises(DomainError, match="quién hace la solicitud"):
        actions.answer(by=coordinator, request_id=made.pk, decision="granted", words="")


def test_his_file_holds_what_is_his_and_waits_for_somebody_to_read_it(
    coordinator: User, man: Participant
) -> None:
    made = ask(coordinator, man)
    actions.identify(by=coordinator, request_id=made.pk, identity="official")
    made = actions.make_file(by=coordinator, request_id=made.pk)
    file = sealed.file_of(made)
    assert file is not None
    said = json.dumps(file.as_body(), ensure_ascii=False)
    for his in ("Juan Pérez Mora", "55 1234 5678", "Casado", "Presente", "Falta", "Laura"):
        assert his in said, his
    assert ANSWERS["cuando"]["words"]["cuando"] in said
    # What he agreed to stands there in words: a code says nothing to him.
    assert f'"{man.consents.get().purpose}"' not in said
    with pytest.raises(DomainError, match="lea los textos"):
        actions.hand_over(by=coordinator, request_id=made.pk, what="rights.file.pdf")
    texts = [line.value.replace("Laura", "[nombre]") for line in file.texts()]
    actions.look(by=coordinator, request_id=made.pk, texts=texts)
    handed = actions.hand_over(by=coordinator, request_id=made.pk, what="rights.file.pdf")
    assert "Laura" not in json.dumps(handed.as_body(), ensure_ascii=False)
    event = Event.objects.get(kind="export")
    assert event.detail["what"] == "rights.file.pdf"
    assert "Pérez" not in json.dumps(event.detail)


def test_no_judgement_about_danger_and_no_name_of_the_team_is_in_it(
    coordinator: User, man: Participant
) -> None:
    Certificate.objects.all().delete()  # the paper that he has names who signed it
    made = ask(coordinator, man)
    actions.identify(by=coordinator, request_id=made.pk, identity="official")
    file = sealed.file_of(actions.make_file(by=coordinator, request_id=made.pk))
    assert file is not None
    said = json.dumps(file.as_body(), ensure_ascii=False)
    assert coordinator.name not in said
    assert coordinator.login not in said
    assert "Alto" not in said


def test_texts_that_changed_meanwhile_are_read_again(coordinator: User, man: Participant) -> None:
    made = ask(coordinator, man)
    actions.identify(by=coordinator, request_id=made.pk, identity="known")
    actions.make_file(by=coordinator, request_id=made.pk)
    with pytest.raises(Conflict):
        actions.look(by=coordinator, request_id=made.pk, texts=["una"])


def test_an_answer_says_why_not_and_is_given_once(coordinator: User, man: Participant) -> None:
    made = ask(coordinator, man, right="opposition")
    with pytest.raises(DomainError, match="razón"):
        actions.answer(by=coordinator, request_id=made.pk, decision="denied", words=" ")
    actions.answer(by=coordinator, request_id=made.pk, decision="denied", words="La ley lo pide.")
    with pytest.raises(Conflict):
        actions.answer(by=coordinator, request_id=made.pk, decision="granted", words="")
    with pytest.raises(DomainError, match="nada que cumplir"):
        actions.carry_out(by=coordinator, request_id=made.pk)


def test_the_term_is_extended_once(coordinator: User, man: Participant) -> None:
    made = ask(coordinator, man)
    actions.extend(by=coordinator, request_id=made.pk)
    with pytest.raises(DomainError, match="ya se amplió"):
        actions.extend(by=coordinator, request_id=made.pk)


def test_who_may_not_answer_does_not_and_another_house_sees_nothing(
    coordinator: User, facilitator: User, outsider: User, man: Participant
) -> None:
    made = ask(coordinator, man)
    with pytest.raises(Forbidden):
        ask(facilitator, man)
    with pytest.raises(NotVisible):
        ask(outsider, man)
    with pytest.raises(NotVisible):
        actions.identify(by=outsider, request_id=made.pk, identity="known")


def test_file_and_words_go_by_the_clock(coordinator: User, man: Participant) -> None:
    with clock.at(NOON):
        made = ask(coordinator, man)
        actions.identify(by=coordinator, request_id=made.pk, identity="known")
        actions.make_file(by=coordinator, request_id=made.pk)
        actions.answer(by=coordinator, request_id=made.pk, decision="granted", words="")
    with clock.at(NOON + actions.FILE_STAYS + timedelta(hours=1)):
        assert actions.forget_old() == 1
        made.refresh_from_db()
        assert made.sealed_file is None
        assert sealed.words_of(made)["asks"]
    with clock.at(NOON + actions.WORDS_STAY + timedelta(days=2)):
        actions.forget_old()
    made.refresh_from_db()
    assert sealed.words_of(made) == {}


def test_the_whole_way_through_the_pages(coordinator: User, man: Participant) -> None:
    with clock.at(NOON):
        client = signed_in_client(coordinator)
        answer = client.post(
            reverse("reports:receive-request"),
            {**ASKS, "received_on": "2026-11-02", "folio": man.folio},
        )
        assert answer.status_code == 302
        (made,) = RightsRequest.objects.all()
        page = client.get(answer["Location"]).content.decode()
        assert "Comprueba quién lo pide" in page
        client.post(reverse("reports:identify-request", args=[made.pk]), {"identity": "official"})
        client.post(reverse("reports:gather-file", args=[made.pk]))
        look = reverse("reports:look-at-file", args=[made.pk])
        page = client.get(look).content.decode()
        assert "Revisa: Laura" in page
        file = sealed.file_of(RightsRequest.objects.get())
        assert file is not None
        texts = {f"text_{n}": "x" for n in range(len(file.texts()))}
        assert client.post(look, texts).status_code == 422
        assert client.post(look, {**texts, "looked": "on"}).status_code == 302
        pdf = client.get(reverse("reports:file-pdf", args=[made.pk]))
        assert pdf.content.startswith(b"%PDF")
        assert man.folio not in pdf["Content-Disposition"]
        body = client.get(reverse("reports:file-json", args=[made.pk])).json()
        assert body["left_out"]
        client.post(reverse("reports:answer-request", args=[made.pk]), {"decision": "granted"})
        assert client.get(reverse("reports:answer-pdf", args=[made.pk])).content.startswith(b"%PDF")
        client.post(reverse("reports:carry-out-request", args=[made.pk]))
    made.refresh_from_db()
    assert made.carried_on == date(2026, 11, 20)


def test_a_folio_of_nobody_is_said_beside_the_field(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    said = {**ASKS, "received_on": "2026-11-02", "folio": ids.new_folio()}
    answer = client.post(reverse("reports:receive-request"), said)
    assert answer.status_code == 422
    assert "Nadie tiene ese folio" in answer.content.decode()


def test_whoever_works_here_reads_what_is_kept(organisation: object) -> None:
    user = UserFactory.create(organisation=organisation, roles=["evaluator"])
    page = signed_in_client(user).get(reverse("reports:kept")).content.decode()
    assert "35 días" in page
    assert "90 días" in page
