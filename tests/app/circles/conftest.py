"""The named people, and background work that runs at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from tests.people import *  # noqa: F403


@pytest.fixture
def run_jobs(
    django_capture_on_commit_callbacks: Any,
) -> Callable[[], AbstractContextManager[Any]]:
    """Within it, work that is queued at the end of a transaction runs."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
