"""Signs in one demonstration person without the sign-in page, for the load generator."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse

from tequio.access import sessions
from tequio.access.models import User
from tequio.circles.models import Session
from tequio.config import say
from tequio.core.errors import DomainError


def run(argv: Sequence[str]) -> int:
    """Print, as JSON, the cookie, the token and the paths of a facilitator's evening."""
    if not settings.DEMONSTRATION:
        raise DomainError("Solo se mide en una demostración.")
    user = User.objects.get(login__startswith="lalo@")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(sessions.values_for(user))
    store.create()
    request = HttpRequest()
    token = get_token(request)
    secret = request.META["CSRF_COOKIE"]
    cookie = (
        f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={secret}"
    )
    say.line(json.dumps({"cookie": cookie, "token": token, **_paths(user)}))
    return 0


def _paths(user: User) -> dict[str, object]:
    held = Session.objects.filter(group__facilitators=user, state="held").order_by(
        "-planned_on", "-pk"
    )
    session = held.select_related("group")[0]
    group = session.group
    man = group.memberships.select_related("participant")[0].participant
    taps = []
    for one in held[:12]:
        for place in one.group.memberships.filter(ended_on__isnull=True):
            mark = reverse("circles:mark", args=[one.pk, place.pk, one.pk])
            taps.append(mark.replace(f"{place.pk}/{one.pk}", f"{place.pk}/UUID"))
    return {
        "pages": {
            "Hoy": reverse("desk:today"),
            "Grupos": reverse("circles:groups"),
            "Un grupo": reverse("circles:group", args=[group.pk]),
            "Una sesión": reverse("circles:session", args=[session.pk]),
            "Una persona": reverse("desk:person", args=[man.folio]),
            "Personas": reverse("desk:people"),
            "Permanencia de un grupo": reverse("circles:group-retention", args=[group.pk]),
            "Permanencia de todos": reverse("circles:retention"),
        },
        "taps": taps,
    }
