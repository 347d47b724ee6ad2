"""The same settings with nothing between the server and one bare view: the limit."""

from __future__ import annotations

from tequio.config.settings import *  # noqa: F403 - all of them, and two changed

MIDDLEWARE = []
ROOT_URLCONF = "tequio.config.bench.urls"
