"""What the pages of an evening show: whose turn it is, what was told, what is still empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible
from tequio.circles import sealed
from tequio.circles.models import Attendance, Membership, Session, Telling
from tequio.circles.policies import require, tellings_visible_to
from tequio.circles.rules import evening
from tequio.circles.rules.evening import After, Note, Round

_NOT_HERE = ("absent", "excused")


@dataclass(frozen=True, slots=True)
class Man:
    """One man of tonight, as far as the round and what comes after it know him."""

    membership_id: UUID
    folio: str
    alias: str
    status: str
    said: Round | None = None
    telling_id: UUID | None = None
    answered: bool = False
    after: bool = False
    visit: bool = False

    @property
    def waits(self) -> bool:
        """Whether his yes still waits for the words."""
        return self.said is not None and self.said.waits

    @property
    def here(self) -> bool:
        """Whether he is in the circle, as far as anybody said."""
        return self.status not in _NOT_HERE


@dataclass(frozen=True, slots=True)
class Last:
    """What this person wrote last, so that it can be taken back."""

    telling_id: UUID
    alias: str
    membership_id: UUID
    said: Round


@dataclass(frozen=True, slots=True)
class Turns:
    """The round: who is in it, whose turn it is, who comes after him."""

    men: tuple[Man, ...]
    current: Man | None
    following: Man | None
    last: Last | None

    @property
    def answered(self) -> int:
        """How many have had their turn."""
        return sum(man.answered for man in self.men)

    @property
    def waiting(self) -> tuple[Man, ...]:
        """Those whose yes has no words yet."""
        return tuple(man for man in self.men if man.waits)


def turns(
    user: User, session: Session, *, wanted: UUID | None = None, after: UUID | None = None
) -> Turns:
    """Return the round of a session; `wanted` is a man to look at, `after` the one who spoke."""
    require(user, Permission.ROUND_KEEP, session.group)
    told = _told(user, session)
    men = tuple(man for man in _men(session, told) if man.here)
    by_key = {man.membership_id: man for man in men}
    circle = [(man.membership_id, man.answered) for man in men]
    current = wanted if wanted in by_key else evening.next_turn(circle, after)
    following = evening.next_turn([(key, done or key == current) for key, done in circle], current)
    return Turns(
        men=men,
        current=by_key[current] if current else None,
        following=by_key[following] if following else None,
        last=_last(user, session, told, by_key),
    )


def men(user: User, session: Session) -> tuple[Man, ...]:
    """Return everybody who was expected, with what has been written of each."""
    require(user, Permission.ROUND_KEEP, session.group)
    return _men(session, _told(user, session))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form of one man begins with, and under which rows it was drawn."""

    man: Man
    after: After
    note: Note
    after_id: UUID | None
    note_id: UUID | None
    saved_at: datetime | None


def sheet(user: User, session: Session, membership_id: UUID) -> tuple[Sheet, tuple[Man, ...]]:
    """Return what was written of one man, and everybody else of that evening."""
    require(user, Permission.ROUND_KEEP, session.group)
    told = _told(user, session)
    everybody = _men(session, told)
    man = next((m for m in everybody if m.membership_id == membership_id), None)
    if man is None:
        raise not_visible()
    house = session.group.organisation_id
    his = {t.part: t for t in told if t.membership_id == membership_id}
    after, note = his.get(Telling.Part.AFTER), his.get(Telling.Part.NOTE)
    found = Sheet(
        man=man,
        after=sealed.open_after(house, after) if after else After(),
        note=sealed.open_note(house, note) if note else Note(),
        after_id=after.pk if after else None,
        note_id=note.pk if note else None,
        saved_at=max((t.received_at for t in (after, note) if t), default=None),
    )
    return found, everybody


def starts(session: Session) -> datetime | None:
    """Return when a session begins, where day and hour are known."""
    group = session.group
    if session.planned_on is None or group.starts_at is None:
        return None
    zone = ZoneInfo(group.site.timezone)
    return datetime.combine(session.planned_on, group.starts_at, tzinfo=zone)


def hours(session: Session) -> evening.Hours | None:
    """Return from when to when a sign-in may last for this session."""
    begins = starts(session)
    return evening.hours(begins, session.group.edition.minutes) if begins else None


def ends(session: Session) -> datetime | None:
    """Return when a session is planned to end."""
    begins = starts(session)
    return begins + timedelta(minutes=session.group.edition.minutes) if begins else None


def _told(user: User, session: Session) -> list[Telling]:
    standing = tellings_visible_to(user).filter(session=session, stands=True)
    return list(standing.order_by("received_at", "pk"))


def _men(session: Session, told: Sequence[Telling]) -> tuple[Man, ...]:
    house = session.group.organisation_id
    statuses = dict(
        Attendance.objects.filter(session=session).values_list("membership_id", "status")
    )
    rounds = {t.membership_id: t for t in told if t.part == Telling.Part.ROUND}
    afters = {t.membership_id for t in told if t.part == Telling.Part.AFTER}
    rows = _expected(session)
    return tuple(
        Man(
            key,
            folio,
            alias,
            statuses.get(key, ""),
            said=sealed.open_round(house, rounds[key]) if key in rounds else None,
            telling_id=rounds[key].pk if key in rounds else None,
            answered=key in rounds,
            after=key in afters,
            visit=visit,
        )
        for key, folio, alias, visit in rows
    )


def _expected(session: Session) -> list[tuple[UUID, str, str, bool]]:
    places = Membership.objects.filter(
        group=session.group_id, joined_at_session__lte=session.position
    ).exclude(ended_at_session__lt=session.position)
    rows = places.order_by("participant__alias_key", "participant__folio")
    return list(rows.values_list("pk", "participant__folio", "participant__alias", "visit"))


def _last(
    user: User, session: Session, told: Sequence[Telling], men: dict[UUID, Man]
) -> Last | None:
    mine = [
        t
        for t in told
        if t.by == user.login and t.part == Telling.Part.ROUND and t.membership_id in men
    ]
    if not mine:
        return None
    telling = mine[-1]
    man = men[telling.membership_id]
    return Last(telling.pk, man.alias, man.membership_id, man.said) if man.said else None
