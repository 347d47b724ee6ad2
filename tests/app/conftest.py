"""Tests here commit: the database is emptied past the triggers of the log."""

from __future__ import annotations

from tests.flushing import flush_past_the_triggers  # noqa: F401
