"""What a man's recap needs, read once for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, UUIDField

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.circles.models import Session
from tequio.core.questions import the
from tequio.desk.queries.people import Path, paths
from tequio.desk.queries.timeline import CAME, Fact, facts, way_steps
from tequio.desk.rules import Known
from tequio.outreach import rules as calling
from tequio.outreach.models import Outcome
from tequio.people.models import Identity, Participant
from tequio.people.policies import visible_to
from tequio.people.vault import Who, unseal
from tequio.programmes.states import State


@dataclass(frozen=True, slots=True)
class Summary:
    """One man's page before his history: who he is, his ways, and what the recap says."""

    who: Who | None
    paths: tuple[Path, ...]
    known: Known


def summary(user: User, participant: Participant) -> Summary:
    """Return what the page says first; a name only to who may know it."""
    ways = tuple(paths(user, participant.pk))
    steps = way_steps(user, participant)
    small = facts(user, participant)
    who, may_know = _identity(user, participant)
    last = steps[-1] if steps else None
    return Summary(
        who=who,
        paths=ways,
        known=_known(
            user,
            ways,
            small,
            state=str(State(last.to_state).label) if last else "",
            since=last.happened_on if last else None,
            has_phone=bool(who and who.phone) if may_know else None,
        ),
    )


def _identity(user: User, participant: Participant) -> tuple[Who | None, bool]:
    """Return who he is where the reader may know, in one question; and whether he may."""
    if user.scope(Permission.PERSON_IDENTIFY) is None:
        return None, False
    identity = _IDENTITY.one(user, man=participant.pk)
    return (unseal(identity), True) if identity else (None, False)


def _identities(user: User) -> QuerySet[Identity]:
    men = visible_to(user, Permission.PERSON_IDENTIFY).filter(pk=the("man", UUIDField()))
    return Identity.objects.filter(participant__in=men.order_by())


_IDENTITY = Scoped(_identities)


def _known(
    user: User,
    ways: Sequence[Path],
    small: Sequence[Fact],
    *,
    state: str,
    since: date | None,
    has_phone: bool | None,
) -> Known:
    zone = ZoneInfo(user.organisation.timezone)
    own = [way for way in ways if not way.membership.visit]
    ended = [way for way in own if way.membership.ended_on]
    gone = max(ended, key=lambda way: way.membership.ended_on or date.min, default=None)
    statuses = [status for way in own for _session, status in way.sessions]
    days = [s.planned_on for way in ways for s, status in way.sessions if status in CAME]
    calls = [fact for fact in small if fact.kind == "call"]
    asks = user.scope(Permission.CONSENT_RECORD) is not None
    return Known(
        groups=tuple(w.membership.group.name for w in own if not w.membership.ended_on),
        last_group=gone.membership.group.name if gone else "",
        last_ended_on=gone.membership.ended_on if gone else None,
        came=sum(status in CAME for status in statuses),
        held=len(statuses),
        unrecorded=statuses.count(""),
        last_came_on=max((day for day in days if day), default=None),
        missed_in_a_row=max((_missed(way) for way in own if not _over(way)), default=0),
        state=state,
        state_since=since,
        calls=len(calls) if user.scope(Permission.CALL_MAKE) else None,
        last_call=str(Outcome(calls[-1].code).label) if calls else "",
        last_call_on=calls[-1].at.astimezone(zone).date() if calls else None,
        certificates=sum(fact.kind == "certificate" for fact in small),
        has_phone=has_phone,
        agreements=sum(fact.kind == "consent" for fact in small) if asks else None,
    )


def _over(way: Path) -> bool:
    return way.membership.ended_on is not None


@dataclass(frozen=True, slots=True)
class _Met:
    session_id: UUID
    on: date
    status: str


def _missed(way: Path) -> int:
    met = [_Met(s.pk, _day(s), status) for s, status in way.sessions]
    return len(calling.run(met, forgiven=lambda _on: False).counted)


def _day(session: Session) -> date:
    return session.planned_on or date.min
