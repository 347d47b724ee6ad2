"""Taking something on until a day, and telling what happened with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.network.actions.days import happened
from tequio.network.models import Action, Committee, Demand, Meeting, Step
from tequio.network.policies.learning import (
    actions_visible_to,
    committees_visible_to,
    communities_visible_to,
    demands_visible_to,
)

_ENDS = {Step.Kind.DONE: Action.State.DONE, Step.Kind.DROPPED: Action.State.DROPPED}


@dataclass(frozen=True, slots=True)
class TakenOn:
    """An action as it was typed."""

    what: str
    owner: str
    due_on: date
    kind: str = Action.Kind.OWN
    demand_id: UUID | None = None
    committee_id: UUID | None = None
    meeting_id: UUID | None = None
    decides: str = ""
    about: str = ""
    on_the_wall: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What happened with an action, as it was typed."""

    kind: str
    on: date
    text: str
    evidence: str = ""
    new_day: date | None = None
    kept: str = ""


@transaction.atomic
def take_on(*, by: User, community_id: UUID, taken: TakenOn) -> Action:
    """Write down who does what until when. Without an owner and a day it is a wish."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    community = pick(communities_visible_to(by), pk=community_id)
    if not squeeze(taken.what) or not squeeze(taken.owner):
        raise DomainError(_("Falta qué se hará, o quién se encarga."))
    if taken.kind == Action.Kind.ADVOCACY and not squeeze(taken.decides):
        raise DomainError(
            _("Falta a quién se le pide."), hint=_("Escribe su cargo: quién puede decidirlo.")
        )
    demand, committee, meeting = _from_where(by, taken)
    if any(row is not None and row.community_id != community.pk for row in (demand, committee)):
        raise DomainError(_("Eso es de otra comunidad. Revisa de dónde sale esta acción."))
    _day_holds(by, taken.due_on, meeting)
    advocacy = taken.kind == Action.Kind.ADVOCACY
    made = Action.objects.create(
        organisation_id=by.organisation_id,
        community=community,
        demand=demand,
        committee=committee,
        meeting=meeting,
        kind=taken.kind,
        what=squeeze(taken.what),
        owner=squeeze(taken.owner),
        due_on=taken.due_on,
        on_the_wall=taken.on_the_wall,
        decides=squeeze(taken.decides) if advocacy else "",
        about=squeeze(taken.about) if advocacy else "",
        written_by=by,
    )
    record("community_action.take_on", by=by, subject=made, detail={"kind": made.kind})
    return made


def _from_where(by: User, taken: TakenOn) -> tuple[Demand | None, Committee | None, Meeting | None]:
    demand = pick(demands_visible_to(by), pk=taken.demand_id) if taken.demand_id else None
    committee = (
        pick(committees_visible_to(by), pk=taken.committee_id) if taken.committee_id else None
    )
    if taken.meeting_id is None:
        return demand, committee, None
    meetings = Meeting.objects.filter(committee__in=committees_visible_to(by))
    meeting = pick(meetings.select_related("committee"), pk=taken.meeting_id)
    return demand, meeting.committee, meeting


def _day_holds(by: User, due_on: date, meeting: Meeting | None) -> None:
    """What was agreed may be written late; it was never due before it was agreed."""
    since = meeting.held_on if meeting else clock.today(by.organisation.timezone)
    if due_on < since:
        raise DomainError(_("Ese día ya pasó. Pon para cuándo se cumple."))


@transaction.atomic
def tell(*, by: User, action_id: UUID, told: Told) -> Action:
    """Write what happened with an action, and let it stand as that leaves it."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(actions_visible_to(by).select_for_update(of=("self",)), pk=action_id)
    if told.kind not in Step.Kind.values or not squeeze(told.text):
        raise DomainError(_("Falta qué pasó. Escríbelo con pocas palabras y sin nombres."))
    happened(by, told.on)
    if found.finished_on is not None and told.kind not in {Step.Kind.PROMISE, Step.Kind.KEPT}:
        raise Conflict(_("Esta acción ya había terminado."))
    if told.kind == Step.Kind.DONE and not squeeze(told.evidence):
        raise DomainError(
            _("Falta con qué se comprueba que se cumplió."),
            hint=_("Di dónde está la foto, la lista o el oficio; sin nombres."),
        )
    _stand(found, told)
    Step.objects.create(
        action=found,
        kind=told.kind,
        on=told.on,
        text=squeeze(told.text),
        evidence=squeeze(told.evidence),
        written_by=by,
    )
    found.save()
    record("community_action.tell", by=by, subject=found, detail={"kind": told.kind})
    return found


def _stand(found: Action, told: Told) -> None:
    kind = Step.Kind(told.kind)
    if kind in _ENDS:
        found.state, found.finished_on = _ENDS[kind], told.on
    elif kind is Step.Kind.OBSTACLE:
        found.state = Action.State.STUCK
    elif kind is Step.Kind.PROGRESS:
        found.state = Action.State.PLANNED
    elif kind is Step.Kind.NEW_DAY:
        if told.new_day is None or told.new_day <= told.on:
            raise DomainError(_("Falta el día nuevo, y tiene que ser posterior."))
        found.due_on, found.state = told.new_day, Action.State.PLANNED
    else:
        _promise(found, told, kind)


def _promise(found: Action, told: Told, kind: Step.Kind) -> None:
    if found.kind != Action.Kind.ADVOCACY:
        raise DomainError(_("Solo se promete y se cumple en lo que se le pide a quien decide."))
    if kind is Step.Kind.PROMISE:
        found.promise, found.promised_for = squeeze(told.text), told.new_day
        found.kept = Action.Kept.WAITING
        return
    if not found.promise:
        raise DomainError(_("Todavía no se ha anotado ninguna promesa. Anótala primero."))
    if told.kept not in Action.Kept.values or not told.kept:
        raise DomainError(_("Falta si cumplió, cumplió en parte o no cumplió."))
    found.kept = told.kept
