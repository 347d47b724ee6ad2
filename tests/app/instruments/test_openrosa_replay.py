"""A telephone's session that was recorded is played again, and is answered as it was then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests import telephones
from tests.telephones import on_offer, survey

from tequio.access.models import User
from tequio.instruments.actions import devices
from tequio.instruments.models import Submission

SESSION = Path(__file__).parents[2] / "data" / "openrosa" / "session.md"
# What a telephone goes by in an answer; a date is of its day.
HEADERS = ("content-type", "x-openrosa-version", "x-openrosa-accept-content-length")


@dataclass(frozen=True)
class Exchange:
    """One request with the answer that it was given."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: int
    heard: dict[str, str]
    said: str


def recorded() -> Iterator[Exchange]:
    text = SESSION.read_text(encoding="utf-8")
    for block in re.findall(r"## \d+\n\n```\n(.*?)\n```", text, re.DOTALL):
        lines = block.split("\n")
        sent = [line[2:] for line in lines if line.startswith(">")]
        got = [line[2:] for line in lines if line.startswith("<")]
        asked, headers, body = _apart(sent)
        answer, heard, said = _apart(got)
        method, path, _version = asked.split(" ")
        yield Exchange(
            method, path, headers, "\r\n".join(body).encode(), int(answer.split(" ")[0]), heard,
            "\n".join(said),
        )  # fmt: skip


def _apart(lines: list[str]) -> tuple[str, dict[str, str], list[str]]:
    """First line, headers, body; the body begins after an empty line or with its first part."""
    headers: dict[str, str] = {}
    for at, line in enumerate(lines[1:], start=1):
        name, sign, value = line.partition(": ")
        if line == "" or line.startswith(("--", "<?xml", "(")) or not sign:
            return lines[0], headers, lines[at + (line == "") :]
        headers[name.lower()] = value
    return lines[0], headers, []


def _sent_again(client: Client, one: Exchange, token: str) -> Any:
    body = one.body + b"\r\n" if one.body.endswith(b"--") else one.body
    return client.generic(
        one.method,
        one.path.replace("TOKEN", token),
        body,
        content_type=one.headers.get("content-type", "application/octet-stream"),
        headers={name: value for name, value in one.headers.items() if "content" not in name},
    )


@pytest.fixture
def exchanges() -> list[Exchange]:
    found = list(recorded())
    assert len(found) > 12
    return found


def test_the_recorded_session_is_answered_as_it_was(
    exchanges: list[Exchange], coordinator: User
) -> None:
    made = devices.add(by=coordinator, label="Teléfono azul")
    client = Client(enforce_csrf_checks=True)
    with telephones.offers(on_offer(survey())):
        for one in exchanges:
            if one.status == 404:  # it had been shut out by then
                devices.revoke(by=coordinator, device_id=made.device.pk)
            again = _sent_again(client, one, made.token)
            assert again.status_code == one.status, one.path
            for name in HEADERS:
                if name in one.heard and one.status != 404:
                    assert again.headers.get(name) == one.heard[name], (one.path, name)
    stands = sorted(Submission.objects.values_list("how", flat=True))
    assert stands == ["conflict", "kept", "replaced"]


def test_a_defect_would_be_heard(exchanges: list[Exchange], coordinator: User) -> None:
    """Sent out of order, the second content under a number is the one that is refused."""
    made = devices.add(by=coordinator, label="Teléfono azul")
    posts = [one for one in exchanges if one.method == "POST" and one.status in (201, 409)]
    refused = next(one for one in posts if one.status == 409)
    with telephones.offers(on_offer(survey())):
        assert _sent_again(Client(), refused, made.token).status_code == 201
        assert _sent_again(Client(), posts[0], made.token).status_code == 409
