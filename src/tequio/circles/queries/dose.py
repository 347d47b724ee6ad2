"""What a man attended of his programme, and where there are seats: for the rooms below that ask."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.circles import rules
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.circles.policies import groups_visible_to
from tequio.people.models import Participant
from tequio.programmes import queries as programmes
from tequio.programmes import rules as programme_rules
from tequio.programmes.models import Edition
from tequio.programmes.offers import Seats
from tequio.programmes.rules import Dose, Held


def dose(user: User, participant: Participant, edition: Edition) -> Dose | None:
    """Return his dose in an edition; a session counts once, in his own group or made up elsewhere.

    None where he was in no group of it that this person may see.
    """
    visible = groups_visible_to(user).filter(edition=edition)
    places = Membership.objects.filter(participant=participant).select_related("group")
    own = list(places.filter(group__in=visible, visit=False))
    if not own:
        return None
    # Where he made a session up is not shown, only that he did.
    visits = list(places.filter(group__edition=edition, visit=True))
    held = list(
        Session.objects.filter(
            group__in={place.group_id for place in (*own, *visits)}, state=Session.State.HELD
        ).order_by("position")
    )
    marks = _marks([*own, *visits])
    return programme_rules.dose(
        [meeting for place in own for meeting in _meetings(place, held, marks)],
        [meeting for place in visits for meeting in _meetings(place, held, marks)],
    )


def seats(user: User) -> Sequence[Seats]:
    """Return the open groups that this person may see, with their seats."""
    groups = (
        groups_visible_to(user)
        .filter(closed_on__isnull=True, import_id__isnull=True)
        .select_related("edition")
        .annotate(
            taken=Count("memberships", filter=Q(memberships__ended_on__isnull=True), distinct=True),
            last_held=Max("sessions__position", filter=Q(sessions__state="held")),
        )
        .order_by("name", "pk")
    )
    return [_seats(group, group.taken, (group.last_held or 0) + 1) for group in groups]


def why_not(group: Group, *, taken: int, position_of_next: int) -> str:
    """Say in a sentence why nobody may come into a group now; nothing where somebody may."""
    entry = programmes.entry(group.edition)
    if programme_rules.room_left(taken, entry.largest) == 0:
        return _("El grupo está completo.")
    if not programme_rules.may_enter(
        entry.kind, position_of_next=position_of_next, late_until=entry.late_until
    ):
        return _("Es un grupo cerrado y ya avanzó: no entra nadie nuevo.")
    return ""


def _seats(group: Group, taken: int, position_of_next: int) -> Seats:
    closed = why_not(group, taken=taken, position_of_next=position_of_next)
    return Seats(
        group_id=group.pk,
        name=group.name,
        url=reverse("circles:group", args=[group.pk]),
        edition_id=group.edition_id,
        site_id=group.site_id,
        taken=taken,
        largest=programmes.entry(group.edition).largest,
        admits=not closed,
        why_not=closed,
    )


def _marks(places: Sequence[Membership]) -> dict[tuple[object, object], str]:
    rows = Attendance.objects.filter(membership__in=places)
    return {
        (membership, session): status
        for membership, session, status in rows.values_list("membership_id", "session_id", "status")
    }


def _meetings(
    place: Membership, held: Sequence[Session], marks: dict[tuple[object, object], str]
) -> list[Held]:
    found = []
    # A register may say what an empty cell in it means.
    gap = False if place.group.gaps == Group.Gaps.ABSENT else None
    for session in held:
        if session.group_id != place.group_id:
            continue
        status = marks.get((place.pk, session.pk), "")
        expected = rules.expected_at(
            session.position, joined_at=place.joined_at_session, ended_at=place.ended_at_session
        )
        if expected:
            came = status in rules.PRESENT_CODES if status else gap
            found.append(Held(session.number_from, session.number_to, came))
    return found
