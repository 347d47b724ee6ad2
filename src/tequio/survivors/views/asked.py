"""What every page behind the door needs: the day here, who is who, and errors put on their form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpRequest

from tequio.core import clock
from tequio.survivors.actions import cases, sheets
from tequio.survivors.actions.cases import OpenCase
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import members_of
from tequio.survivors.rules import standing
from tequio.survivors.rules.sheets import Held


def here(wall: OpenWall) -> datetime:
    """Return the moment where the organisation is."""
    return clock.here(wall.user.organisation.timezone)


def posted(request: HttpRequest) -> object:
    """Return what was sent, or None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def opened(wall: OpenWall, case_id: UUID) -> tuple[OpenCase, list[Held]]:
    """Open a case with its sheets in hand: one line in the log, one of this hour's sixty."""
    found = cases.read(by=wall, case_id=case_id)
    return found, sheets.in_hand(found)


def members(wall: OpenWall) -> dict[str, str]:
    """Return who can open this wall: name by login."""
    return dict(members_of(wall.wall).values_list("login", "name"))


def verified_by(held: list[Held], names: Mapping[str, str]) -> str:
    """Return who last verified her card, by name."""
    card = standing.card_of([one.body for one in held])
    return names.get(card.verified_by, card.verified_by) if card else ""


def status(form: forms.BaseForm) -> int:
    """Return 422 for a form that was sent and did not pass."""
    return 422 if form.is_bound and form.errors else 200
