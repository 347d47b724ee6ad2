"""The named people, and background work that runs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from tests.people import *  # noqa: F403

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
