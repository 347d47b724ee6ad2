"""The house's settings, with one form on offer."""

from __future__ import annotations

from tequio.config.settings import *  # noqa: F403 - all of them, and one room more
from tequio.config.settings import INSTALLED_APPS as _ROOMS

INSTALLED_APPS = [*_ROOMS, "tequio.config.bench.forms"]
