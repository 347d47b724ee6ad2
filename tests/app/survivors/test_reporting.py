"""Telling an authority of what she said: on a sealed sheet, looked at by another member."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse
from tests.factories.access import UserFactory
from tests.people import *  # noqa: F403
from tests.wall_at_noon import *  # noqa: F403
from tests.wall_at_noon import NOON
from tests.walls import Walled, begin_case, client_behind

from tequio.care.models import Report as MensReport
from tequio.core.errors import DomainError
from tequio.survivors.actions import reporting, sheets
from tequio.survivors.queries.covers import covers
from tequio.survivors.rules.sheets import BadSheet, Held, Report

pytestmark = pytest.mark.django_db
SENT = {
    "step": "decide",
    "about": "minors",
    "state": "09",
    "decision": "tell",
    "why": "La niña vio cuando la golpeó.",
    "authority": "Procuraduría de protección",
    "authority_folio": "PP-12",
    "told_on": "2026-11-20",
    "told_hour": "11:30",
}


@pytest.fixture
def case(walled: Walled) -> UUID:
    return begin_case(walled.by).pk


def report_of(walled: Walled, case: UUID) -> Held:
    return next(h for h in sheets.all_of(walled.by, case) if isinstance(h.body, Report))


def test_it_is_decided_by_post_with_the_lawyers_text_or_its_absence(
    walled: Walled, case: UUID
) -> None:
    client = client_behind(walled)
    address = reverse("survivors:decide-report", args=[case])
    assert client.get(address).status_code == 200
    page = client.post(address, {"about": "minors", "state": "09"}).content.decode()
    assert "No hay texto para este estado" in page
    bad = client.post(address, {**SENT, "why": ""})
    assert bad.status_code == 422
    assert "Procuraduría" in bad.content.decode()
    made = client.post(address, SENT)
    assert made.status_code == 302
    page = client.get(made["Location"]).content.decode()
    assert "PP-12" in page
    assert "Espera a otra persona del equipo" in page
    assert not MensReport.objects.exists()


def test_it_waits_within_a_day_for_another_member_and_not_for_whoever_decided(
    walled: Walled, case: UUID
) -> None:
    client = client_behind(walled)
    client.post(reverse("survivors:decide-report", args=[case]), SENT)
    held = report_of(walled, case)
    (line,) = covers(by=walled.by)
    assert [(due.on, due.what) for due in line.cover.due if due.what == "report"] == [
        ("2026-11-21", "report")
    ]
    with pytest.raises(DomainError, match="otra persona"):
        reporting.review(
            by=walled.by,
            case_id=case,
            sheet_id=held.id,
            version=held.version,
            verdict="agrees",
            words="",
        )


def test_a_sheet_that_contradicts_itself_is_refused() -> None:
    usual = {
        "about": "minors",
        "decision": "not_tell",
        "state": "09",
        "why": "x",
        "decided_by": "ana",
        "decided_at": NOON,
    }
    Report(**usual)  # type: ignore[arg-type]
    for wrong in (
        {"told_at": NOON},
        {"decision": "tell"},
        {"why": " "},
        {"verdict": "agrees"},
        {"verdict": "agrees", "reviewed_by": "ana", "reviewed_at": NOON},
    ):
        with pytest.raises(BadSheet):
            Report(**{**usual, **wrong})  # type: ignore[arg-type]


def test_another_member_looks_at_it(walled: Walled, case: UUID, organisation: object) -> None:
    client = client_behind(walled)
    client.post(reverse("survivors:decide-report", args=[case]), SENT)
    held = report_of(walled, case)
    rosa = UserFactory.create(organisation=organisation, handle="rosa", roles=["advocate"])
    other = type(walled.by)(
        user=rosa,
        wall=walled.by.wall,
        pairs=walled.by.pairs,
        current=walled.by.current,
        closes_at=walled.by.closes_at,
    )
    reporting.review(
        by=other, case_id=case, sheet_id=held.id, version=held.version, verdict="agrees", words=""
    )
    said = report_of(walled, case).body
    assert isinstance(said, Report)
    assert (said.verdict, said.reviewed_by) == ("agrees", rosa.login)
    (line,) = covers(by=walled.by)
    assert "report" not in {due.what for due in line.cover.due}
