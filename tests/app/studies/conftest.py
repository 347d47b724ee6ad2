"""The named people, for this room's tests."""

from __future__ import annotations

from tests.lots import announced, drawn, house  # noqa: F401
from tests.people import *  # noqa: F403
