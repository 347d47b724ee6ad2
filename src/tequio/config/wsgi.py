"""The application that the web server runs."""

from __future__ import annotations

import os

from tequio.config import boot

boot.install()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after SQLite is in place

application = get_wsgi_application()
