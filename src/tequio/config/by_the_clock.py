"""What this machine does by the clock, beside what the rooms registered themselves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tequio.config import installation
from tequio.config.backups import keeping
from tequio.config.https import certificates
from tequio.jobs.schedule import every


def register() -> None:
    """Name it all; only the process with the clock does so."""
    if settings.MODE != "production":
        return
    every(timedelta(hours=12), "https.renew", renew_certificate)
    every(timedelta(hours=1), "backup", keeping.run_if_due)


def renew_certificate() -> bool:
    """Renew the house's certificate two months before its end."""
    folder = Path(settings.DATA)
    set_up = installation.read(folder)
    if set_up is None or set_up.way != "house":
        return False
    return certificates.renew_if_due(folder, set_up.hosts)
