"""Who works on both sides of the wall, and by which exception: the whole team may read it."""

from __future__ import annotations

from dataclasses import dataclass

from tequio.access import separation
from tequio.access.models import DutyException, User
from tequio.core import clock


@dataclass(frozen=True, slots=True)
class BothSides:
    """Somebody who does works that exclude each other."""

    user: User
    exception: DutyException | None

    @property
    def shut(self) -> bool:
        """Tell whether the door of the wall stays shut for them."""
        return self.exception is None


def on_both_sides(by: User) -> list[BothSides]:
    """Return everybody of the organisation who works on both sides."""
    today = clock.today(by.organisation.timezone)
    people = User.objects.filter(organisation=by.organisation_id, is_active=True)
    people = people.prefetch_related("grants", "duty_exceptions__signed_by").order_by("name", "pk")
    return [
        BothSides(
            user, next((one for one in user.duty_exceptions.all() if one.holds_on(today)), None)
        )
        for user in people
        if separation.exclude_each_other(user.roles)
    ]


def exceptions_of(by: User) -> list[DutyException]:
    """Return every exception that still runs, the soonest to end first."""
    today = clock.today(by.organisation.timezone)
    rows = DutyException.objects.filter(user__organisation=by.organisation_id, ended_at=None)
    rows = rows.filter(ends_on__gte=today).select_related("user", "signed_by")
    return list(rows.order_by("ends_on", "pk"))
