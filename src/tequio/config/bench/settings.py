"""The same settings with nothing between the server and one bare view: the limit to compare with."""

from __future__ import annotations

from tequio.config.settings import *  # noqa: F403 - all of them, and two changed

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tequio.config.bench.urls"
