"""Referrals of men as pages and lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.care import referring
from tequio.care.models import Referral
from tequio.care.policies import referrals_visible_to
from tequio.network.needs import LABELS
from tequio.network.queries.slips import answers_of
from tequio.network.rules.referrals import Reason, State
from tequio.people.models import Participant

_MOST = 12
# More open ones than anybody keeps in mind; they are opened each time that the list is shown.
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class DueReferral:
    """A referral of which nothing was heard: somebody calls. No sealed word."""

    folio: str
    alias: str
    state_label: str
    call_on: date
    overdue: bool
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A referral opened for its list; with what they answered and nobody wrote down yet."""

    referral: Referral
    to: str
    what_for: str
    answered: str = ""
    why: str = ""
    on: date | None = None


def open_referrals(user: User) -> QuerySet[Referral]:
    """Return those that have not ended, whom to call first."""
    rows = referrals_visible_to(user).filter(call_on__isnull=False)
    return rows.select_related("participant").order_by("call_on", "made_at", "pk")


def ended_referrals(user: User) -> QuerySet[Referral]:
    """Return those that have ended, the last first."""
    rows = referrals_visible_to(user).filter(call_on__isnull=True)
    return rows.select_related("participant").order_by("-made_at", "-pk")


_FIRST = Scoped(lambda user: open_referrals(user).defer("sealed")[:_MOST])


def referrals_due(user: User, day: date) -> QuerySet[Referral]:
    """Return those of which nothing was heard for too long."""
    return open_referrals(user).filter(call_on__lte=day)


def due_referrals(user: User, day: date) -> tuple[DueReferral, ...]:
    """Return the referrals of which nothing was heard for too long: call them."""
    if user.scope(Permission.REFERRAL_MAKE) is None:
        return ()
    return tuple(as_due(row, day) for row in _FIRST.ask(user) if (row.call_on or day) <= day)


def as_due(row: Referral, day: date) -> DueReferral:
    """Return a referral as a list shows it."""
    call_on = row.call_on or day
    return DueReferral(
        folio=row.participant.folio,
        alias=row.participant.alias,
        state_label=row.get_state_display(),
        call_on=call_on,
        overdue=call_on < day,
        url=reverse("care:referral", kwargs={"passing_id": row.pk}),
    )


def waiting(user: User) -> list[Line]:
    """Return those that have not ended: first what was answered and nobody has read.

    A no is known the day on which it is said, so that another place is asked the same day.
    """
    rows = [(row, referring.opened(row)) for row in open_referrals(user)[:_LOOKED_AT]]
    slips = answers_of(passed.secret for _row, passed in rows if passed.secret)
    lines = []
    for row, passed in rows:
        new = referring.unread(row.state, slips.get(passed.secret))
        state, on, why = new[-1] if new else ("", None, "")
        lines.append(
            Line(
                row,
                passed.to,
                str(LABELS[passed.what_for]),
                answered=str(State(state).label) if state else "",
                why=str(Reason(why).label) if why else "",
                on=on,
            )
        )
    return sorted(lines, key=lambda one: not one.answered)


def of_man(user: User, man: Participant) -> list[Line]:
    """Return his referrals, opened for who may read them."""
    return [line(row) for row in referrals_visible_to(user).filter(participant=man)]


def line(row: Referral) -> Line:
    """Open one. The caller has checked that the reader may know."""
    passed = referring.opened(row)
    return Line(row, passed.to, str(LABELS[passed.what_for]))
