"""The ledger keeps each decision with the text that was told, and taking back is easy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.app.people.test_intake import AGREED, ARRIVAL, steps
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import actions, sealed
from tequio.people.models import Consent, Participant
from tequio.people.queries import ledger
from tequio.people.vault import Who


@pytest.fixture
def man(coordinator: User) -> Participant:
    return actions.register(by=coordinator, alias="Encino", who=Who("Luis", "Mora", "", 1985))


def test_each_purpose_keeps_the_text_that_was_told(coordinator: User, man: Participant) -> None:
    steps(coordinator, man)
    signed_in_client(coordinator).post(f"/personas/{man.folio}/acuerdos/", AGREED)
    rows = {row.purpose: row for row in Consent.objects.all()}
    assert set(rows) == {"limits", "programme", "contact", "evaluation", "follow_up"}
    assert rows["contact"].decision == "refused"
    assert len(rows["programme"].text_sha256) == 64
    assert sealed.witness_of(rows["programme"]) == "Lalo Facilitador"
    assert b"Lalo" not in bytes(rows["programme"].witness or b"")


def test_reading_aloud_needs_a_witness(coordinator: User, man: Participant) -> None:
    answer = signed_in_client(coordinator).post(
        f"/personas/{man.folio}/acuerdos/", {**AGREED, "witness": ""}
    )
    assert answer.status_code == 422
    assert "quién más estuvo presente" in answer.content.decode()
    with pytest.raises(DomainError, match="presente"):
        actions.decide(
            by=coordinator,
            folio=man.folio,
            answers={"contact": "given"},
            hearing=actions.Hearing(clock.today("America/Mexico_City"), "aloud"),
        )


def test_the_same_answer_again_adds_nothing_and_another_one_adds_a_row(
    coordinator: User, man: Participant
) -> None:
    client = signed_in_client(coordinator)
    for _turn in range(2):
        client.post(f"/personas/{man.folio}/acuerdos/", AGREED)
    assert Consent.objects.count() == 5
    client.post(f"/personas/{man.folio}/acuerdos/", {**AGREED, "contact": "given"})
    assert Consent.objects.count() == 6


def test_what_was_agreed_to_is_not_undone_by_answering_no(
    coordinator: User, man: Participant
) -> None:
    client = signed_in_client(coordinator)
    address = f"/personas/{man.folio}/acuerdos/"
    client.post(address, AGREED)
    page = client.get(address).content.decode()
    assert 'name="contact"' in page
    assert 'name="evaluation"' not in page
    client.post(address, {**AGREED, "evaluation": "refused"})
    assert Consent.objects.filter(purpose="evaluation").count() == 1
    with pytest.raises(DomainError, match="Lo quiere retirar"):
        actions.decide(
            by=coordinator,
            folio=man.folio,
            answers={"evaluation": "refused"},
            hearing=actions.Hearing(clock.today("America/Mexico_City")),
        )


def test_taking_back_says_what_follows_and_keeps_what_was_said_before(
    coordinator: User, man: Participant
) -> None:
    client = signed_in_client(coordinator)
    client.post(f"/personas/{man.folio}/acuerdos/", AGREED)
    address = f"/personas/{man.folio}/acuerdos/evaluation/retirar/"
    assert "ningún estudio que empiece desde hoy" in client.get(address).content.decode()
    client.post(address, {"decided_on": "2026-02-01", "heard": "read"})
    told = list(Consent.objects.filter(purpose="evaluation").order_by("recorded_at"))
    assert [row.decision for row in told] == ["given", "withdrawn"]
    assert client.get(address).status_code == 404


def test_the_limits_cannot_be_taken_back(coordinator: User, man: Participant) -> None:
    client = signed_in_client(coordinator)
    client.post(f"/personas/{man.folio}/acuerdos/", AGREED)
    assert client.get(f"/personas/{man.folio}/acuerdos/limits/retirar/").status_code == 404


def test_a_decision_is_not_of_tomorrow(coordinator: User, man: Participant) -> None:
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    answer = signed_in_client(coordinator).post(
        f"/personas/{man.folio}/acuerdos/", {**AGREED, "decided_on": tomorrow}
    )
    assert answer.status_code == 422
    assert "todavía no llega" in answer.content.decode()


def test_who_was_sent_is_asked_about_the_report_too(coordinator: User, man: Participant) -> None:
    client = signed_in_client(coordinator)
    before = client.get(f"/personas/{man.folio}/acuerdos/").content.decode()
    steps(coordinator, man, ("llegada", {**ARRIVAL, "mandated": "yes"}))
    after = client.get(f"/personas/{man.folio}/acuerdos/").content.decode()
    assert "court_report" not in before
    assert "court_report" in after


def test_his_last_word_counts_even_if_the_clock_stood_still(
    coordinator: User, man: Participant
) -> None:
    with clock.at(clock.now()):
        for said in ("refused", "given"):
            actions.decide(
                by=coordinator,
                folio=man.folio,
                answers={"contact": said},
                hearing=actions.Hearing(clock.today("America/Mexico_City")),
            )
        actions.withdraw(
            by=coordinator,
            folio=man.folio,
            purpose="contact",
            hearing=actions.Hearing(clock.today("America/Mexico_City")),
        )
    assert ledger.now(man) == {"contact": "withdrawn"}
    lines = ledger.lines(man)
    assert [line.decision for line in lines] == ["withdrawn", "given", "refused"]
    assert not any(line.withdrawable for line in lines)
    assert sorted(Consent.objects.values_list("turn", flat=True)) == [1, 2, 3]
