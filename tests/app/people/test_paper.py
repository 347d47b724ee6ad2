"""A questionnaire goes out on paper with its code, comes back, and is typed in with digits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.assessments import asked
from tests.factories.people import ParticipantFactory
from tests.people import *  # noqa: F403
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.care.models import Review
from tequio.core import clock
from tequio.core.codes import code_of
from tequio.people import sealed_answers
from tequio.people.actions import assessments
from tequio.people.models import Assessment, Participant
from tequio.people.views import paper as views

PHQ = "012301200"


@pytest.fixture
def man(coordinator: User) -> Participant:
    found: Participant = ParticipantFactory.create(organisation=coordinator.organisation)
    return found


@pytest.fixture
def printed(
    coordinator: User, man: Participant, monkeypatch: pytest.MonkeyPatch
) -> tuple[Client, Assessment]:
    seen: list[Any] = []
    monkeypatch.setattr(views.printing, "pdf", lambda sheets, **_more: seen.extend(sheets) or b"%P")
    client = signed_in_client(coordinator)
    page = client.post(reverse("people:print-paper", args=[man.folio]), {"instrument": "phq-9"})
    assert page.headers["Content-Type"] == "application/pdf"
    row = Assessment.objects.get()
    (sheet,) = seen
    assert sheet.code == code_of(row.pk) and man.folio in sheet.about
    return client, row


def boxes(marks: str, **more: str) -> dict[str, str]:
    return {f"a{n}": mark.replace("_", "") for n, mark in enumerate(marks, start=1)} | more


def address(row: Assessment) -> str:
    return reverse("people:type-in", args=[row.pk])


def test_the_code_finds_the_sheet_and_digits_are_kept_as_any_answer(
    printed: tuple[Client, Assessment],
) -> None:
    client, row = printed
    heard_badly = code_of(row.pk).lower().replace("0", "o")
    found = client.post(reverse("people:find-paper"), {"code": heard_badly})
    assert found.headers["Location"] == address(row)
    assert client.post(address(row), boxes(PHQ + "_")).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.how) == ("done", "paper")
    said = sealed_answers.answers_of(row)
    assert "".join(said[f"phq_{n}"] for n in range(1, 10)) == PHQ
    again = client.post(reverse("people:find-paper"), {"code": code_of(row.pk)})
    assert again.status_code == 422 and "ya está capturada" in again.content.decode()


def test_printing_twice_is_the_same_sheet(printed: tuple[Client, Assessment]) -> None:
    client, row = printed
    client.post(
        reverse("people:print-paper", args=[row.participant.folio]), {"instrument": "phq-9"}
    )
    assert Assessment.objects.count() == 1
    assert Event.objects.filter(kind="assessment.print").count() == 2


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    printed: tuple[Client, Assessment],
) -> None:
    client, row = printed
    page = client.post(address(row), boxes("07", day="1/13/2026"))
    said = page.content.decode()
    assert page.status_code == 422
    assert "Pregunta 2: «7» no es una respuesta" in said
    assert "«1/13/2026» no es un día" in said and 'value="1/13/2026"' in said
    assert 'name="a2" value="7"' in said
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_second_typing_is_compared(printed: tuple[Client, Assessment]) -> None:
    client, row = printed
    assert client.post(address(row), boxes(PHQ, twice="1")).status_code == 302
    page = client.get(address(row)).content.decode()
    assert "Ahora escríbela otra vez" in page and 'value="3"' not in page
    wrong = client.post(address(row), boxes("112301200", turn="second"))
    assert wrong.status_code == 422
    assert "Pregunta 1: la primera vez 0, la segunda 1" in wrong.content.decode()
    assert client.post(address(row), boxes(PHQ, turn="settled")).status_code == 302
    row.refresh_from_db()
    assert sealed_answers.answers_of(row)["phq_1"] == "0"


def test_a_second_typing_that_is_alike_is_kept_at_once(
    printed: tuple[Client, Assessment],
) -> None:
    client, row = printed
    client.post(address(row), boxes(PHQ, twice="1"))
    assert client.post(address(row), boxes(PHQ, turn="second")).status_code == 302
    row.refresh_from_db()
    assert row.state == "done"


def test_the_day_on_the_sheet_counts_and_a_red_flag_is_looked_at(
    coordinator: User, man: Participant
) -> None:
    with clock.at(datetime(2026, 11, 2, 18, tzinfo=UTC)):
        row = asked(coordinator, man)
    with clock.at(datetime(2026, 11, 20, 18, tzinfo=UTC)):
        client = signed_in_client(coordinator)
        client.post(address(row), boxes("000000003", day="05/11/2026"))
    row.refresh_from_db()
    assert row.finished_at is not None and row.finished_at.date().isoformat() == "2026-11-05"
    assert Review.objects.filter(participant=man).count() == 1


def test_what_was_printed_waits_for_its_paper(printed: tuple[Client, Assessment]) -> None:
    client, row = printed
    client.post(address(row), boxes(PHQ, twice="1"))
    for days, there in ((31, True), (181, False)):
        with clock.at(row.started_at + timedelta(days=days)):
            assessments.forget_drafts()
        assert Assessment.objects.filter(pk=row.pk).exists() is there
        assert not Assessment.objects.filter(draft__isnull=False).exists()


def test_a_code_of_another_house_is_nobody_s(
    printed: tuple[Client, Assessment], outsider: User
) -> None:
    _client, row = printed
    page = signed_in_client(outsider).post(reverse("people:find-paper"), {"code": code_of(row.pk)})
    assert page.status_code == 422
    assert signed_in_client(outsider).get(address(row)).status_code == 404
