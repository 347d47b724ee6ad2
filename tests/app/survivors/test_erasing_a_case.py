"""A case is erased with its key; what she asks about her data stays behind the wall."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.people import *  # noqa: F403
from tests.walls import Walled, begin_case, client_behind, found_wall

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core.errors import DomainError, NotVisible
from tequio.survivors import erasing_words, log
from tequio.survivors.actions import drafts, erasing, rights, sheets, two_people
from tequio.survivors.models import Case, Draft, ExportRequest, Record
from tequio.survivors.rules.sheets import DataRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def walled(advocate: User) -> Walled:
    return found_wall(advocate)


def ask(walled: Walled, case: Case, right: str = "access") -> None:
    rights.receive(
        by=walled.by, case_id=case.pk, right=right, on=sheets.today(walled.by), asks="Quiero verlo"
    )


def test_what_she_asks_has_its_days_and_is_due(walled: Walled) -> None:
    case = begin_case(walled.by)
    ask(walled, case)
    ((held, body),) = [
        (one, one.body)
        for one in sheets.all_of(walled.by, case.pk)
        if isinstance(one.body, DataRequest)
    ]
    assert rights.until(date(2026, 11, 2)) == date(2026, 12, 1)
    assert body.waits
    with pytest.raises(DomainError, match="por qué"):
        rights.answer(by=walled.by, case_id=case.pk, sheet_id=held.id, answer="denied", words="")
    rights.answer(by=walled.by, case_id=case.pk, sheet_id=held.id, answer="granted", words="")
    with pytest.raises(DomainError, match="Ya se le contestó"):
        rights.answer(by=walled.by, case_id=case.pk, sheet_id=held.id, answer="granted", words="")


def test_an_erased_case_is_gone_with_all_that_speaks_of_it(walled: Walled) -> None:
    case, other = begin_case(walled.by), begin_case(walled.by, alias="Rosa", folio="7K2M-9QX4")
    ask(walled, case)
    for one in (case, other):
        two_people.ask(by=walled.by, case_id=one.pk, reason="Ella lo pide")
        drafts.keep(by=walled.user, path=f"/muro/casos/{one.pk}/plan/", fields=[("a", "b")])
    position = erasing.erase(by=walled.by, case_id=case.pk, folio="4r8q-tm2x", reason="asked")
    assert list(Case.objects.all()) == [other]
    assert not Record.objects.filter(case_id=case.pk).exists()
    assert (ExportRequest.objects.count(), Draft.objects.count()) == (1, 1)
    line = log.lines(by=walled.by, limit=1)[0]
    assert (line.position, line.kind, line.case) == (position, "case.erase", str(case.pk))
    assert line.detail == {
        "folio": "4R8Q-TM2X",
        "reason": "asked",
        "sheets": 1,
        "letters": 0,
        "referrals": 0,
        "copies": 0,
    }
    assert log.first_break(walled.by) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"folio": "7K2M-9QX4"}, "no es el folio"),
        ({"reason": "x"}, "Falta por qué"),
        ({"order_to_keep": True}, "autoridad"),
    ],
)
def test_what_holds_it_is_said(walled: Walled, said: dict[str, object], words: str) -> None:
    case = begin_case(walled.by)
    given = {"folio": "4R8Q-TM2X", "reason": "asked", **said}
    with pytest.raises(DomainError, match=words):
        erasing.erase(by=walled.by, case_id=case.pk, **given)  # type: ignore[arg-type]
    assert Case.objects.filter(pk=case.pk).exists()


def test_the_certificate_tells_what_it_does_not_reach(walled: Walled) -> None:
    case = begin_case(walled.by, alias="Jacinta")
    position = erasing.erase(by=walled.by, case_id=case.pk, folio="4R8Q-TM2X", reason="over")
    said = erasing_words.truth(
        walled.user.organisation, erasing.erased(by=walled.by, position=position)
    )
    whole = " ".join((*said.went, *said.stays, *said.beyond))
    assert "copias de respaldo" in whole
    assert "papel no se alcanza" in whole
    assert "Jacinta" not in whole
    with pytest.raises(NotVisible):
        erasing.erased(by=walled.by, position=position + 1)
    with pytest.raises(NotVisible):
        erasing.erased(by=walled.by, position=1)


def test_outside_nothing_moves(walled: Walled) -> None:
    case = begin_case(walled.by)
    before = Event.objects.count()
    ask(walled, case)
    erasing.erase(by=walled.by, case_id=case.pk, folio="4R8Q-TM2X", reason="asked")
    assert Event.objects.count() == before


def test_through_the_pages(walled: Walled) -> None:
    case = begin_case(walled.by)
    client: Client = client_behind(walled)
    page = reverse("survivors:rights", args=[case.pk])
    on = sheets.today(walled.by).isoformat()
    assert client.post(page, {"right": "cancellation", "on": on}).status_code == 302
    body = client.get(page).content.decode()
    assert "Que se borre" in body
    assert "Contestarle" in body
    (held,) = [
        one for one in sheets.all_of(walled.by, case.pk) if isinstance(one.body, DataRequest)
    ]
    answer = reverse("survivors:rights-answer", args=[case.pk, held.id])
    assert client.get(answer).status_code == 200
    assert client.post(answer, {"answer": "partly", "words": ""}).status_code == 422
    assert client.post(answer, {"answer": "granted"}).status_code == 302
    erase = reverse("survivors:erase", args=[case.pk])
    said = {"reason": "asked", "order_to_keep": "no"}
    assert client.post(erase, {**said, "folio": "7K2M-9QX4"}).status_code == 422
    gone = client.post(erase, {**said, "folio": "4R8Q-TM2X"})
    assert gone.status_code == 302
    assert "no se alcanza" in client.get(gone["Location"]).content.decode()
    paper = client.post(f"{gone['Location']}papel/")
    assert paper.content.startswith(b"%PDF")
    assert paper["Cache-Control"] == "no-store"
    assert client.get(page).status_code == 404
