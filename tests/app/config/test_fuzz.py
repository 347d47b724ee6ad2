"""Odd requests over every route: none may break the site. The long run is in tests/deep."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from tests.fuzz_world import people  # noqa: F401
from tests.fuzzing import Fuzz, Result

from tequio.access.models import User

pytestmark = pytest.mark.django_db


def told(result: Result) -> str:
    """The failures in words, each with the request that makes it."""
    return "\n\n".join(
        f"#{one.number} {one.status}: {one.request}\n{one.trace}" for one in result.failures[:10]
    )


@pytest.mark.thorough
def test_no_odd_request_breaks_the_site(people: dict[str, User | None]) -> None:  # noqa: F811
    fuzz = Fuzz(people, seed=1)
    result = fuzz.run(1500)
    assert not result.failures, told(result)
    # It went past the door: most routes were opened by somebody, and forms were accepted.
    opened = {name for name, _method in result.reached}
    assert len(opened) > len(fuzz.routes) * 0.6, sorted(set(fuzz.routes) - opened)
    assert result.statuses[302] + result.statuses[303] > 50


@pytest.mark.thorough
def test_a_page_that_breaks_on_an_odd_parameter_is_found(
    people: dict[str, User | None],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def brittle(pages: Paginator[object], number: str | None) -> object:
        return pages.page(int(number or 1))

    monkeypatch.setattr(Paginator, "get_page", brittle)
    # Few routes, so that the odd number comes however many routes the house has.
    fuzz = Fuzz(people, seed=1, only={"circles:groups", "desk:people", "reports:accounts"})
    found = fuzz.run(300).failures
    assert "invalid literal for int()" in told(Result(failures=found))
