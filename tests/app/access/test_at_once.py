"""What two requests at the same instant must not get away with."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.entering import current_code
from tests.people import *  # noqa: F403

from tequio.access import actions
from tequio.access.models import FailedSignIn, User
from tequio.audit.models import Event
from tequio.core.errors import DomainError

pytestmark = [pytest.mark.sqlite_file, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


def _together(what: Callable[[], object]) -> list[str]:
    """Do the same in several threads at the same instant; return what became of each."""
    gate = Barrier(AT_ONCE)

    def one() -> str:
        try:
            gate.wait()
            what()
        except DomainError as refusal:
            return type(refusal).__name__
        else:
            return "in"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [done.result() for done in [pool.submit(one) for _i in range(AT_ONCE)]]


def test_of_many_requests_with_the_same_code_one_gets_in(coordinator: User) -> None:
    code = current_code()

    outcomes = _together(lambda: actions.use_code(by=coordinator, code=code))

    assert outcomes.count("in") == 1
    assert Event.objects.filter(kind="second_factor.code").count() == 1


def test_of_many_requests_with_the_same_recovery_code_one_gets_in(coordinator: User) -> None:
    code = actions.make_recovery_codes(by=coordinator)[0]

    assert _together(lambda: actions.use_recovery_code(by=coordinator, code=code)).count("in") == 1


def test_a_burst_of_guesses_is_counted_and_not_looked_at(coordinator: User) -> None:
    outcomes = _together(lambda: actions.use_code(by=coordinator, code="000000"))

    assert outcomes.count("Refused") == 3
    assert outcomes.count("MustWait") == AT_ONCE - 3
    assert FailedSignIn.objects.get().failures == 3


def test_two_administrators_who_remove_each_other_leave_one(administrator: User) -> None:
    second = actions.create_user(
        by=administrator, name="Otra", handle="otra", roles=["administrator"]
    ).user
    pair = iter([(administrator, second), (second, administrator)] * AT_ONCE)

    def remove() -> None:
        by, whom = next(pair)
        actions.deactivate(by=by, user_id=whom.pk)

    _together(remove)

    assert User.objects.filter(is_active=True).count() == 1
