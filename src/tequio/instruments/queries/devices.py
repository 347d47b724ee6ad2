"""Telephones: which one asks, and the list of them."""

from __future__ import annotations

from django.db.models import CharField

from tequio.access.models import User
from tequio.core.questions import Question, the
from tequio.instruments.device_policies import devices_visible_to
from tequio.instruments.models import Device
from tequio.instruments.openrosa import tokens

# Asked anew at each request: a right that is taken away ends at once.
_BY_TOKEN = Question(
    lambda: Device.objects.filter(digest=the("digest", CharField()), revoked_at__isnull=True)
)


def device_of(token: str) -> Device | None:
    """Return the telephone with a token, or None."""
    if not tokens.may_be_one(token):
        return None
    return _BY_TOKEN.one(digest=tokens.digest(token))


def devices(user: User) -> list[Device]:
    """Return the telephones of the organisation, the newest first, those without right last."""
    found = devices_visible_to(user).select_related("created_by")
    return sorted(found, key=lambda one: (one.revoked_at is not None, -one.created_at.timestamp()))
