"""The application that the web server runs."""

from __future__ import annotations

import gc
import os

from tequio.config import boot

boot.install()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after SQLite is in place
from django.urls import get_resolver  # noqa: E402

application = get_wsgi_application()

# Read now what the first request would read, and take all of it out of the collector's rounds:
# code and settings never become garbage, and walking over them made every tenth page slow.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
