"""Where a request comes from, as far as signing in needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@dataclass(frozen=True, slots=True)
class Door:
    """The address that knocks, and whether demonstration users may come in through here."""

    address: str
    demonstration: bool


def door_of(request: HttpRequest) -> Door:
    """Read the door of a request.

    Demonstration credentials are printed on a screen, so they work only in a demonstration, from
    this very machine and by its local name. A forwarded request comes from somewhere else.
    """
    address = request.META.get("REMOTE_ADDR", "")
    host, _port = split_domain_port(request.get_host())
    local = address in _LOOPBACK and host in _LOCAL_HOSTS
    forwarded = any(request.META.get(name) for name in _FORWARDED)
    return Door(address, bool(settings.DEMONSTRATION) and local and not forwarded)


def is_private(request: HttpRequest) -> bool:
    """Tell whether nobody on the way can read this request: TLS, or the machine talks to itself."""
    if request.is_secure():
        return True
    forwarded = any(request.META.get(name) for name in _FORWARDED)
    return request.META.get("REMOTE_ADDR", "") in _LOOPBACK and not forwarded
