"""Founds a second demonstration organisation and signs both in. Run by name, not collected."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")

from tequio.config import boot

boot.install()

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402

from tequio.access import sessions  # noqa: E402
from tequio.access.models import User  # noqa: E402
from tequio.circles.models import Mark  # noqa: E402
from tequio.config.bench.session import _paths, import_module  # noqa: E402
from tequio.simulation import demonstration  # noqa: E402


def found() -> None:
    """A second house beside the demonstration's own, with other words on its pages."""
    demonstration.NAME, demonstration.SLUG = "Casa del Mar", "casa-del-mar"  # type: ignore[misc]
    demonstration.make(men=44, tell=lambda _done, _total: None, seed=7)


def signed_in() -> list[dict[str, object]]:
    """What the visitors of each house know."""
    return [_of(user) for user in User.objects.filter(login__startswith="lalo@").order_by("login")]


def _of(user: User) -> dict[str, object]:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(sessions.values_for(user))
    store.create()
    request = HttpRequest()
    token = get_token(request)
    cookie = (
        f"{settings.SESSION_COOKIE_NAME}={store.session_key}; "
        f"{settings.CSRF_COOKIE_NAME}={request.META['CSRF_COOKIE']}"
    )
    name = user.organisation.name
    return {"house": name, "cookie": cookie, "token": token, **_paths(user)}


def houses_of_marks() -> dict[str, str]:
    """Whose house each mark lies in."""
    name = "session__group__organisation__name"
    return {str(key): str(house) for key, house in Mark.objects.values_list("pk", name)}


if __name__ == "__main__":
    if sys.argv[1] == "found":
        found()
        sys.stdout.write(json.dumps(signed_in()))
    else:
        sys.stdout.write(json.dumps(houses_of_marks()))
