"""A link as whoever gives it sees it, this once: address, picture and PIN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tequio.access.door import is_private
from tequio.instruments.actions.links import Given


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page and nowhere else."""

    address: str
    page: str
    code: str
    pin: str
    until: date
    qr: str
    # Where the site goes in the clear, a telephone cannot open it.
    secure: bool


def shown(request: HttpRequest, given: Given) -> Shown:
    """Return a link as the page shows it."""
    page = request.build_absolute_uri(reverse("instruments:one-time"))
    address = f"{page}#{given.code}"
    picture = segno.make(address, error="m", micro=False)
    return Shown(
        address=address,
        page=page,
        code=given.code,
        pin=f"{given.pin[:3]} {given.pin[3:]}",
        until=timezone.localtime(given.until).date(),
        qr=picture.svg_data_uri(scale=5, border=4, dark="#1F2A2E", light="#FFFFFF"),
        secure=request.is_secure() and is_private(request),
    )
