"""Which calls are due, computed from attendance and from the calls that were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, UUIDField

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick
from tequio.access.scoped import Scoped
from tequio.circles.absences import Record, missing, records
from tequio.circles.models import Group, Membership
from tequio.core import clock
from tequio.core.questions import Question, the
from tequio.outreach import rules, vault
from tequio.outreach.models import Call, Emergency, Step
from tequio.outreach.policies import (
    calls_visible_to,
    groups_called_by,
    places_called_by,
)
from tequio.outreach.queries.emergencies import reaching_for, window_of, windows
from tequio.people.models import Participant
from tequio.programmes import definitions
from tequio.programmes.definitions import Intervention

_REFUSED = frozenset({"refused", "withdrawn"})


@dataclass(frozen=True, slots=True)
class DueCall:
    """A man whom somebody has to call, and about which meeting."""

    membership_id: UUID
    participant_id: UUID
    session_id: UUID
    folio: str
    alias: str
    group_name: str
    group_id: UUID
    missed_on: date
    missed: int
    never_came: bool
    step: str
    first: date
    last: date
    tries: int
    # He did not want to be called: somebody talks with him when he comes.
    refuses_calls: bool
    late: bool

    @property
    def step_label(self) -> str:
        """The step in words."""
        return str(Step(self.step).label)


@dataclass(frozen=True, slots=True)
class Made:
    """A call that was made, as a list and a man's page show it."""

    call_id: UUID
    membership_id: UUID
    alias: str
    on: date
    step: str
    step_label: str
    outcome: str
    outcome_label: str
    by: str
    missed_on: date | None
    next_on: date | None
    note: str
    may_void: bool


@dataclass(frozen=True, slots=True)
class Absent:
    """A man's run of absences with the step that it asks for."""

    record: Record
    run: rules.Run
    step: str


_CALLED = Scoped(lambda user: missing(groups_called_by(user)))
_OF_GROUP = Question(lambda: missing(Group.objects.filter(pk=the("group", UUIDField()))))


def absent(
    places: Iterable[tuple[Any, ...]], day: date, emergencies: Sequence[Emergency]
) -> list[Absent]:
    """Return the men of these places whose last meetings ask for something."""
    found = records(places, day=day)
    return [one for record in found if (one := _absent(record, emergencies)) is not None]


def _absent(record: Record, emergencies: Sequence[Emergency]) -> Absent | None:
    days = windows(emergencies)
    run = rules.run(record.meetings, forgiven=partial(_forgiven, days, record.site_id))
    if run.last is None:
        return None
    step = rules.step_of(len(run.counted), steps_of(record.model_slug, record.model_version))
    if run.last in run.forgiven:
        care = any(
            one.care_calls and window_of(one).covers(record.site_id, run.last.on)
            for one in emergencies
        )
        step = Step.CARE if care else ""
    return Absent(record, run, step)


def _forgiven(days: Iterable[rules.Window], site_id: UUID, on: date) -> bool:
    return any(window.covers(site_id, on) for window in days)


def steps_of(slug: str, version: str) -> tuple[tuple[str, int], ...]:
    """Return after how many absences the model asks for what; ours where it says nothing."""
    found = definitions.find(slug, version)
    return rules.DEFAULT_STEPS if found is None else _steps(found.model)


def _steps(model: Intervention) -> tuple[tuple[str, int], ...]:
    said = model.absence
    known = {"review": said.review_after, "talk": said.talk_after, "call": said.call_after}
    return tuple(
        (step, known[step].value if known[step] else ours)  # type: ignore[union-attr]
        for step, ours in rules.DEFAULT_STEPS
    )


def due_calls(
    user: User, day: date, emergencies: Sequence[Emergency] | None = None
) -> list[DueCall]:
    """Return whom this person has to call by that day, what is longest overdue first."""
    if user.scope(Permission.CALL_MAKE) is None:
        return []
    if emergencies is None:
        emergencies = reaching_for(user, day)
    places = _CALLED.ask(user, day=day, since=day - rules.WITHIN)
    asked = [one for one in absent(places, day, emergencies) if one.step and not one.run.told]
    tried = _tried([one.record.membership_id for one in asked])
    calls = [call for one in asked if (call := _due(one, tried, day)) is not None]
    return sorted(calls, key=lambda call: (rules.urgency(call.step, call.last), call.alias))


def _due(one: Absent, tried: Mapping[tuple[UUID, UUID], rules.Tried], day: date) -> DueCall | None:
    last = one.run.last
    if last is None or last.on < day - rules.WITHIN:
        return None
    due = rules.due(last.on, tried.get((one.record.membership_id, last.session_id)))
    if due is None or not due.now(day):
        return None
    record = one.record
    return DueCall(
        membership_id=record.membership_id,
        participant_id=record.participant_id,
        session_id=last.session_id,
        folio=record.folio,
        alias=record.alias,
        group_name=record.group_name,
        group_id=record.group_id,
        missed_on=last.on,
        missed=len(one.run.counted),
        never_came=not one.run.ever_came,
        step=str(one.step),
        first=due.first,
        last=due.last,
        tries=due.tries,
        refuses_calls=record.contact in _REFUSED,
        late=due.late(day),
    )


def _tried(places: Sequence[UUID]) -> dict[tuple[UUID, UUID], rules.Tried]:
    """Return what the last call about each absence left open, and how many there were."""
    if not places:
        return {}
    found: dict[tuple[UUID, UUID], rules.Tried] = {}
    rows = Call.objects.filter(membership__in=places, voided_at__isnull=True).order_by(
        "made_at", "pk"
    )
    for place, session, next_on in rows.values_list("membership_id", "session_id", "next_on"):
        before = found.get((place, session))
        found[place, session] = rules.Tried(next_on, before.tries + 1 if before else 1)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """One man's place, with what a call to him is about."""

    membership: Membership
    absent: Absent | None
    tries: int
    missed_on: date | None
    session_id: UUID | None
    step: str
    refuses_calls: bool
    calls: tuple[Made, ...]
    today: date

    @property
    def missed(self) -> int:
        """Absences in a row that count."""
        return len(self.absent.run.counted) if self.absent else 0


def place_of(user: User, membership_id: UUID) -> Place:
    """Return a man's place that this person may call about, or 404."""
    membership = pick(places_called_by(user), pk=membership_id)
    today = clock.today(membership.group.site.timezone)
    places = _OF_GROUP.ask(group=membership.group_id, day=today, since=today - rules.WITHIN)
    found = [
        one
        for one in absent(places, today, reaching_for(user, today))
        if one.record.membership_id == membership.pk
    ]
    one = found[0] if found else None
    last = one.run.last if one else None
    made = calls_of(user, membership.participant)
    return Place(
        membership=membership,
        absent=one,
        tries=sum(1 for call in made if last and call.missed_on == last.on),
        missed_on=last.on if last else None,
        session_id=last.session_id if last else None,
        step=str(one.step) if one else "",
        refuses_calls=one is not None and one.record.contact in _REFUSED,
        calls=made,
        today=today,
    )


def calls_of(user: User, participant: Participant) -> tuple[Made, ...]:
    """Return the calls to one man with their notes, the newest first; the caller logs it."""
    rows = calls_visible_to(user).filter(participant=participant)
    return tuple(_made(user, call) for call in _with_names(rows))


def recent_calls(user: User, most: int = 12) -> tuple[Made, ...]:
    """Return the last calls that this person made, to take one back or to add to it."""
    rows = calls_visible_to(user).filter(made_by=user)
    return tuple(_made(user, call, opened=False) for call in _with_names(rows)[:most])


def _with_names(rows: QuerySet[Call]) -> QuerySet[Call]:
    named = rows.filter(voided_at__isnull=True).select_related("made_by", "session", "participant")
    return named.order_by("-made_at", "-pk")


def _made(user: User, call: Call, *, opened: bool = True) -> Made:
    return Made(
        call_id=call.pk,
        membership_id=call.membership_id,
        alias=call.participant.alias,
        on=call.made_at.astimezone(ZoneInfo(user.organisation.timezone)).date(),
        step=call.step,
        step_label=call.get_step_display(),
        outcome=call.outcome,
        outcome_label=call.get_outcome_display(),
        by=call.made_by.name,
        missed_on=call.session.planned_on,
        next_on=call.next_on,
        note=vault.note_of(call) if opened else "",
        may_void=call.made_by_id == user.pk,
    )
