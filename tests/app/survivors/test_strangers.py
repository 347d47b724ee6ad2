"""To whoever has no business at the wall every address under it is one that never existed."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from tests import gates
from tests.people import *  # noqa: F403
from tests.people import sign_in
from tests.walls import begin_case, found_wall

from tequio.access.models import User
from tequio.access.roles import ROLES
from tequio.survivors import door

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
_FEW = ("", "facilitator", "coordinator")
_MORE = (*sorted(set(ROLES) - {"advocate", *_FEW}), "outsider")
STRANGERS = (*_FEW, *(pytest.param(role, marks=pytest.mark.thorough) for role in _MORE))
NOWHERE = "/nada-de-esto/"
PROOF = Path(__file__).resolve().parents[3] / "docs" / "proofs" / "strangers-at-the-wall.md"
_WORDS = {"uuid": str(uuid5(NAMESPACE_URL, "nadie")), "slug": "contacto", "str": "x", "int": "1"}


def addresses(case_id: str = "") -> list[str]:
    """Return every address under the wall, of something and of nothing."""
    found = [door.PATH + path for path in _walk(get_resolver().url_patterns, "")]
    there = [path.replace(_WORDS["uuid"], case_id) for path in found if case_id]
    return [*found, *dict.fromkeys(there), f"{door.PATH}no-hay-nada/"]


def _walk(patterns: list[object], before: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and before == "muro/":
            words = "".join(_word(part) for part in str(pattern.pattern).split("<"))
            yield words


def _word(part: str) -> str:
    kind, held, rest = part.partition(">")
    return _WORDS.get(kind.split(":")[0], "x") + rest if held else part


def client_of(request: pytest.FixtureRequest, role: str) -> Client:
    client = Client()
    client.handler = _SERVER
    return sign_in(client, request.getfixturevalue(role)) if role else client


_SERVER = ClientHandler(enforce_csrf_checks=True)


def answer(response: HttpResponse) -> tuple[object, ...]:
    headers = sorted((n, v) for n, v in response.headers.items() if n != "Date")
    return response.status_code, response.content, headers, response.cookies.output()


@pytest.mark.parametrize("role", STRANGERS)
def test_every_address_under_the_wall_answers_a_stranger_like_nothing(
    request: pytest.FixtureRequest, advocate: User, role: str
) -> None:
    """Nobody, and a facilitator, try every method; the others, what a browser sends."""
    case = begin_case(found_wall(advocate).by)
    client = client_of(request, role)
    asked = addresses(str(case.pk))
    assert len(asked) > 20
    for method in METHODS if role in ("", "facilitator") else ("GET", "POST"):
        nothing = answer(client.generic(method, NOWHERE))
        assert nothing[0] == 404 or method == "TRACE"
        with gates.watching(f"{role or 'nobody'} at the wall"):
            for address in asked:
                body = {"data": "x=1", "content_type": "application/x-www-form-urlencoded"}
                more = body if method in {"POST", "PUT", "PATCH"} else {}
                assert answer(client.generic(method, address, **more)) == nothing, (method, address)
    assert gates.taken() == []


def test_a_view_that_asks_for_a_sign_in_first_would_be_found(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(request, "")
    nothing = answer(client.get(NOWHERE))
    monkeypatch.setattr(door, "_member", lambda _request: (_ for _ in ()).throw(PermissionError))
    client.raise_request_exception = False
    assert answer(client.get("/muro/")) != nothing


@pytest.mark.skipif(settings.DEBUG, reason="times of a development server say nothing")
def test_how_long_a_stranger_waits_is_written_down(
    request: pytest.FixtureRequest, advocate: User
) -> None:
    """No gate (two cores are noisy): the gate is that no walled table is asked, above."""
    case = begin_case(found_wall(advocate).by)
    client = client_of(request, "facilitator")
    count = 500 if os.environ.get("TEQUIO_WRITE") else 20
    there, nowhere = [], []
    for _turn in range(count):
        for address, times in ((f"/muro/casos/{case.pk}/", there), (NOWHERE, nowhere)):
            began = time.perf_counter()
            client.get(address)
            times.append(time.perf_counter() - began)
    ratio = statistics.median(there) / statistics.median(nowhere)
    assert ratio > 0
    if os.environ.get("TEQUIO_WRITE"):
        PROOF.write_text(_PAGE.format(count=count, ratio=ratio), encoding="utf-8")


_PAGE = """# Strangers at the wall

A facilitator asks for a case that exists and for an address that never existed, in turns,
{count} times each, in one process. The bytes and headers are the same (asserted); the ratio of the
median times is written down and not asserted, because two shared cores are noisy.

- median time at the wall ÷ median time nowhere: **{ratio:.3f}**
- questions asked of the wall's tables: **0** (asserted for every route, method and role)

Written by `TEQUIO_WRITE=1 ./tequio test tests/app/survivors/test_strangers.py`.
"""
