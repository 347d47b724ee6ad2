"""What of signing in is sealed with the organisation's key."""

from __future__ import annotations

import base64
import json

from tequio.access.models import User
from tequio.access.rules.codes import digits_of
from tequio.access.vault import key_of


def seal_secret(user: User, secret: str) -> bytes:
    """Seal an authenticator's secret to its user's row."""
    return key_of(user.organisation_id).seal(secret.encode(), bound_to=_place(user, "secret"))


def open_secret(user: User, sealed: bytes) -> str:
    """Open what :func:`seal_secret` sealed for the same user."""
    key = key_of(user.organisation_id)
    return key.open(bytes(sealed), bound_to=_place(user, "secret")).decode()


def seal_for_session(user: User, value: object) -> str:
    """Seal something that waits in the session row: that row lies in the database and backups."""
    body = json.dumps(value).encode()
    key = key_of(user.organisation_id)
    return base64.b64encode(key.seal(body, bound_to=_place(user, "session"))).decode()


def open_from_session(user: User, text: str) -> object:
    """Open what :func:`seal_for_session` sealed for the same user."""
    key = key_of(user.organisation_id)
    return json.loads(key.open(base64.b64decode(text), bound_to=_place(user, "session")))


def recovery_digest(user: User, code: str) -> str:
    """Return what is stored of a recovery code: an HMAC that is worthless without the key file."""
    key = key_of(user.organisation_id)
    return key.blind_index(f"{user.pk}|{digits_of(code)}", purpose="recovery code")


def _place(user: User, field: str) -> str:
    return f"{user.organisation_id}|access.user|{user.pk}|{field}|1"
