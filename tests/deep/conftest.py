"""Tests here commit: the database is emptied past the triggers of the log."""

from __future__ import annotations

import faulthandler
import logging
from collections.abc import Iterator

import pytest
from tests.flushing import flush_past_the_triggers  # noqa: F401


@pytest.fixture(autouse=True)
def no_look_from_outside() -> None:
    """A long proof is no test that hangs; and looking into a busy process may end it."""
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(autouse=True)
def nothing_is_noted() -> Iterator[None]:
    """What is logged is kept until a test ends: of a million requests that is gigabytes."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
