"""The signed-in person of a request, typed."""

from __future__ import annotations

from django.http import HttpRequest

from tequio.access.models import User


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in. The middleware lets nobody else reach a view that asks."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("A public view asked for the signed-in person.")
    return user
