"""What the pages of one evening share: their header, their tabs, and how the circle is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.access import room
from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.access.rules.sessions import LOCKS_AFTER
from tequio.circles import rules
from tequio.circles.models import Session
from tequio.circles.policies import may
from tequio.circles.queries import evening
from tequio.circles.rules.evening import Round, Tap, device_time
from tequio.core import clock
from tequio.ui import circle as drawing
from tequio.ui.parts import Link

LARGEST_CIRCLE = 18


def frame(request: HttpRequest, session: Session, here: str) -> dict[str, object]:
    """Return what the header of each page of the evening needs, and open the evening."""
    user = signed_in(request)
    _open(request, user, session)
    tonight = room.evening_of(request)
    locks = tonight is not None and tonight.session_id == str(session.pk)
    tabs = [Link(_("Lista"), reverse("circles:session", args=[session.pk]), here == "list")]
    if may(user, Permission.ROUND_KEEP, session.group):
        tabs += [
            Link(_("Ronda"), reverse("circles:round", args=[session.pk]), here == "round"),
            Link(_("Después"), reverse("circles:after", args=[session.pk]), here == "after"),
            Link(_("Hoja"), reverse("circles:sheet", args=[session.pk]), here == "sheet"),
        ]
    return {
        "session": session,
        "group": session.group,
        "tabs": tabs if len(tabs) > 1 else [],
        "here": here,
        # Outside its hours a page ends like any other; then there is nothing to lock.
        "locks_after": LOCKS_AFTER if locks else 0,
    }


def _open(request: HttpRequest, user: User, session: Session) -> None:
    """From now on this sign-in lasts until the planned end, for whoever runs the group tonight."""
    hours = evening.hours(session)
    runs_it = any(f.pk == user.pk for f in session.group.facilitators.all())
    if hours is None or not runs_it or not hours.hold(clock.now()):
        return
    path = reverse("circles:session", args=[session.pk])
    room.begin(request, session.pk, until=int(hours.ends.timestamp()), path=path)


def tap_of(request: HttpRequest, number: UUID) -> Tap:
    """Return the number and the clock of the device that sent this."""
    return Tap(number, device_time(request.POST.get("at", ""), now=clock.now()))


def facilitator_seats(session: Session) -> list[drawing.Seat]:
    """Return the seats of those who run the group."""
    return [
        drawing.Seat(id=str(f.pk), label=f.name, short=rules.initials(f.name), facilitator=True)
        for f in session.group.facilitators.all()
    ]


def circle_of_turns(
    session: Session, turns: evening.Turns, attributes: dict[str, str]
) -> drawing.Circle:
    """Draw the circle of the round: each seat opens that man's turn."""
    facilitators = facilitator_seats(session)
    letters = drawing.short_names([man.alias for man in turns.men])
    seats = [
        _turn_seat(session, man, short, man == turns.current, attributes)
        for man, short in zip(turns.men, letters, strict=True)
    ]
    return drawing.Circle(
        id=f"round-{session.pk}",
        seats=seated(seats, facilitators),
        came=turns.answered,
        total=len(turns.men),
        lines=[_("ya tuvieron su turno")],
        label=_("La ronda de la sesión %(n)s") % {"n": session.position},
    )


def seated(
    seats: Sequence[drawing.Seat], facilitators: Sequence[drawing.Seat]
) -> list[drawing.Seat]:
    """Return everybody in the order of the ring: one facilitator on top, the others across."""
    half = (len(seats) + 1) // 2
    return [*facilitators[:1], *seats[:half], *facilitators[1:], *seats[half:]]


def word_of(said: Round | None) -> str:
    """Return what he said, in one or two words."""
    words = {
        "no": _("no"),
        "yes": _("sí"),
        "silent": _("prefiere no decir"),
        "not_alone": _("no está solo"),
    }
    return words[said.answer] if said else ""


def _turn_seat(
    session: Session,
    man: evening.Man,
    short: str,
    current: bool,
    attributes: dict[str, str],
) -> drawing.Seat:
    # The drawing tells that he spoke, and to nobody who looks over a shoulder what he said.
    sign = "…" if man.waits else "✓" if man.answered else ""
    state = _("faltan las palabras") if man.waits else _("ya habló") if man.answered else ""
    turn = _("es su turno") if current else ""
    link = f"{reverse('circles:round', args=[session.pk])}?quien={man.membership_id}"
    return drawing.Seat(
        id=str(man.membership_id),
        label=man.alias,
        short=short,
        state=drawing.SeatState.PRESENT if man.answered else drawing.SeatState.NOT_RECORDED,
        current=current,
        leads_to=link,
        sign=sign,
        says=": ".join(filter(None, [man.alias, turn or state])),
        attributes={"hx-get": link, **attributes},
    )
