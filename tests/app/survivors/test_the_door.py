"""At the door: strangers find nothing, members open it, and it closes by itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import begin_case, client_behind, found_wall

from tequio.access.models import User
from tequio.config.logs import outside_the_wall
from tequio.core import clock
from tequio.survivors import log
from tequio.survivors.actions import troubles
from tequio.survivors.log_words import sentence
from tequio.survivors.views import members

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_a_member_opens_the_wall_and_reads_a_case(advocate: User) -> None:
    walled = found_wall(advocate)
    case = begin_case(walled.by, alias="Jacinta")
    client = client_behind(walled)
    assert "Jacinta" in client.get(reverse("survivors:home")).content.decode()
    page = client.get(reverse("survivors:case", args=[case.pk])).content.decode()
    assert "Jacinta" in page


def test_a_stranger_gets_the_page_of_what_does_not_exist(advocate: User, facilitator: User) -> None:
    found_wall(advocate)
    for client in (Client(), signed_in_client(facilitator)):
        nothing = client.get("/nada-de-esto/")
        for name in ("home", "unlock", "state", "lock", "begin"):
            for method in ("GET", "POST", "OPTIONS", "PUT", "DELETE"):
                answer = client.generic(method, reverse(f"survivors:{name}"))
                assert answer.status_code == nothing.status_code == 404
                assert answer.content == nothing.content
                assert answer.headers == nothing.headers


def test_it_closes_after_ten_idle_minutes_and_polling_does_not_keep_it_open(
    advocate: User,
) -> None:
    walled = found_wall(advocate)
    with clock.at(NOON):
        client = client_behind(walled)
    for minutes in range(1, 11):
        with clock.at(NOON + timedelta(minutes=minutes)):
            answer = client.get(reverse("survivors:state"), headers={"HX-Request": "true"})
            assert answer.status_code == (200 if minutes < 10 else 404)
    with clock.at(NOON + timedelta(minutes=11)):
        assert client.get(reverse("survivors:home")).status_code == 302


def test_a_failure_behind_the_wall_is_told_to_its_members_and_to_nobody_else(
    advocate: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    walled = found_wall(advocate)
    client = client_behind(walled)
    monkeypatch.setattr(members, "team", _breaks)
    troubles.forget()
    client.raise_request_exception = False
    for _time in range(3):
        assert client.get(reverse("survivors:team")).status_code == 500
    failed = [line for line in log.lines(by=walled.by) if line.kind == "house.failed"]
    assert len(failed) == 1, "Once an hour is enough."
    said = sentence(failed[0])
    assert "survivors:team" in said
    assert "RuntimeError" in said
    assert "test_the_door.py" in said
    assert "Jacinta" not in said
    assert log.first_break(walled.by) is None
    assert not [record for record in caplog.records if outside_the_wall(record)]


def _breaks(**_given: object) -> object:
    raise RuntimeError("Jacinta no contesta")


def test_no_browser_is_invited_to_keep_the_words_that_open_the_wall(advocate: User) -> None:
    # On a laptop that several people use, the browser would open it for whoever sits there.
    walled = found_wall(advocate)
    shut, opened = signed_in_client(advocate), client_behind(walled)
    asked = shut.get(reverse("survivors:unlock")).content.decode()
    assert "di que no" in asked
    for page in (asked, opened.get(reverse("survivors:passphrase")).content.decode()):
        fields = re.findall(r'<input[^>]*type="password"[^>]*>', page)
        assert fields
        assert all('autocomplete="one-time-code"' in field for field in fields), fields
