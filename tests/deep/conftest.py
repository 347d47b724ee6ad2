"""Tests here commit: the database is emptied past the triggers of the log."""

from __future__ import annotations

import faulthandler

import pytest
from tests.flushing import flush_past_the_triggers  # noqa: F401


@pytest.fixture(autouse=True)
def no_look_from_outside() -> None:
    """A long proof is no test that hangs; and looking into a busy process may end it."""
    faulthandler.cancel_dump_traceback_later()
