"""Where somebody may be sent after signing in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.http import url_has_allowed_host_and_scheme


def safe_path(asked: str) -> str:
    """Return a path of our own without its query, or nothing."""
    if not asked.startswith("/") or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return ""
    return urlsplit(asked).path
