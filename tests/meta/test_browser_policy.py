"""Every answer of every route tells the browser the same strict policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from tests.meta import test_access_matrix as matrix
from tests.meta.matrix_releases import WALLED
from tests.two_worlds import behind, cast
from tests.two_worlds.cast import World

from tequio.config.middleware import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.django_db
# The policy is written where every answer passes: who asks changes the page and not its headers.
ASKED_BY = (cast.NOBODY, "coordinación")


def problems(answer: HttpResponse, address: str) -> Iterator[str]:
    """Say what an answer lacks."""
    policy = answer.get("Content-Security-Policy", "")
    if policy != CONTENT_SECURITY_POLICY:
        yield f"{address}: {policy or 'no policy'}"
    for name, value in (("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY")):
        if answer.get(name) != value:
            yield f"{address}: {name} is {answer.get(name)!r}"
    if "no-store" not in answer.get("Cache-Control", ""):
        yield f"{address}: may be kept in a cache"


def _asked(world: World) -> Iterator[tuple[str, HttpResponse]]:
    for who in ASKED_BY:
        client = world.client_of(who)
        for route, holds in matrix.routes().items():
            address = world.address(route, holds, matrix.whose(holds)[0])
            if route not in {"access:sign-out", "access:leave-now"}:
                yield address, client.get(address)
    client = behind.unlock(world)
    for route, holds in matrix.routes().items():
        if route.split(":")[0] in WALLED and route != "survivors:lock":
            address = world.address(route, holds, matrix.whose(holds)[0])
            yield address, client.get(address)


def test_the_policy_stands_on_every_answer() -> None:
    found, count = [], 0
    with cast.world("política") as world:
        for address, answer in _asked(world):
            count += 1
            found += problems(answer, address)
    assert count > 300
    assert sorted(set(found)) == []


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert part in CONTENT_SECURITY_POLICY


def test_an_answer_without_a_policy_would_be_found() -> None:
    bare = HttpResponse("x")
    assert len(list(problems(bare, "/x/"))) == 4
    bare["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'"
    assert any("unsafe-inline" in line for line in problems(bare, "/x/"))
