"""The named people, for this room's tests."""

from __future__ import annotations

from tests.people import *  # noqa: F403
