"""The named people, and background work that runs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from tests.app.circles.import_pages import WIDE
from tests.factories.registers import a_signed_edition, a_site, draft_of
from tests.people import *  # noqa: F403
from tests.people import sign_in

from tequio.access.models import User
from tequio.circles.models import RegisterImport
from tequio.people import concerns


@pytest.fixture(autouse=True)
def _everybody_may_enter() -> Iterator[None]:
    """Who may enter a group is proved in tests/app/care; here men come without a diagnosis."""
    with concerns.without_gates():
        yield


@pytest.fixture
def run_jobs(
    django_capture_on_commit_callbacks: Any,
) -> Callable[[], AbstractContextManager[Any]]:
    """Within it, work that is queued at the end of a transaction runs."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def maru(client: Client, coordinator: User) -> Client:
    a_site(coordinator)
    a_signed_edition(coordinator)
    return sign_in(client, coordinator)


@pytest.fixture
def draft(coordinator: User) -> RegisterImport:
    return draft_of(coordinator, "lista.xlsx", WIDE)
