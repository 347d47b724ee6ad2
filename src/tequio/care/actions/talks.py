"""Scheduled talks: planned for every man alike, begun by opening them, and ended with a code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import Organisation, User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, pick
from tequio.audit.record import record
from tequio.care import rules, vault
from tequio.care.models import Talk
from tequio.care.policies import talks_visible_to
from tequio.circles.started import OnHisWay, on_their_way
from tequio.core import clock, ids
from tequio.core.errors import DomainError
from tequio.letters import agenda, talks

Outcome = Talk.Outcome
_DAYS_OF_A_WEEK: Final = 7
_BATCH: Final = 500


def plan_talks() -> int:
    """Plan what is to come in every organisation; done by the clock, once a day."""
    return sum(plan_for(organisation) for organisation in Organisation.objects.order_by("pk"))


@transaction.atomic
def plan_for(organisation: Organisation) -> int:
    """Plan the talks of an organisation's men, and take away those of men who left."""
    today = clock.today(organisation.timezone)
    there = on_their_way(organisation.pk)
    _let_go(organisation, {man.participant_id for man in there})
    made = [*_by_the_calendar(organisation, there, today), *_by_chance(organisation, there, today)]
    if made:
        Talk.objects.bulk_create(made, batch_size=_BATCH)
        agenda.schedule(
            agenda.Row(talk.pk, organisation.pk, talk.participant_id, talk.due_on) for talk in made
        )
        record("talk.plan", by=None, organisation_id=organisation.pk, detail={"count": len(made)})
    return len(made)


@transaction.atomic
def begin(*, by: User, talk_id: UUID) -> Talk:
    """Begin a talk: from now on what is asked in it stands, and it is shown."""
    talk = _held(by, talk_id)
    if not rules.may_begin(talk.due_on, clock.today(by.organisation.timezone)):
        raise DomainError(
            _("Esta plática todavía no toca."),
            hint=_("Se puede empezar desde una semana antes de su día."),
        )
    if talk.opened_at is None:
        agenda.fix(talk.pk)
        talk.opened_at, talk.opened_by = clock.now(), by
        talk.save(update_fields=["opened_at", "opened_by"])
        record("talk.begin", by=by, subject=talk.participant)
    return talk


@transaction.atomic
def end(*, by: User, talk_id: UUID, outcome: str, note: str = "") -> Talk:
    """Write what became of a talk; one to which he did not come waits for another week."""
    talk = _held(by, talk_id)
    if outcome not in Outcome.values or outcome == Outcome.LEFT:
        raise DomainError(_("Falta qué pasó con la plática."), hint=_("Elige uno de la lista."))
    if outcome == Outcome.DID_NOT_COME:
        _put_off(talk, clock.today(by.organisation.timezone))
    elif talk.opened_at is None:
        raise DomainError(
            _("Esta plática no ha empezado."), hint=_("Empiézala: así ves de qué se habla.")
        )
    else:
        talk.outcome, talk.ended_at = outcome, clock.now()
        if note.strip():
            body = {"note": note.strip()}
            talk.sealed = vault.seal(talk.organisation_id, "talk", talk.pk, body)
        talk.save(update_fields=["outcome", "ended_at", "sealed"])
    record("talk.end", by=by, subject=talk.participant, detail={"outcome": outcome})
    return talk


def _held(by: User, talk_id: UUID) -> Talk:
    """Return a talk that is not over and that the person may lead, locked."""
    allowed = talks_visible_to(by, Permission.REVIEW_JUDGE).filter(pk=talk_id)
    if not allowed.exists():
        pick(talks_visible_to(by), pk=talk_id)
        raise forbidden()
    rows = Talk.objects.select_for_update(of=("self",)).select_related("participant")
    talk = rows.get(pk=talk_id)
    if talk.outcome:
        raise DomainError(
            _("Esta plática ya terminó."), hint=_("Si algo te preocupa, abre una revisión.")
        )
    return talk


def _put_off(talk: Talk, today: date) -> None:
    talk.due_on = max(talk.due_on, today) + timedelta(days=_DAYS_OF_A_WEEK)
    talk.save(update_fields=["due_on"])
    agenda.put_off(talk.pk, talk.due_on)


def _let_go(organisation: Organisation, there: set[UUID]) -> None:
    waiting = Talk.objects.filter(organisation=organisation, outcome="")
    gone = [key for key, man in waiting.values_list("pk", "participant_id") if man not in there]
    Talk.objects.filter(pk__in=gone).update(outcome=Outcome.LEFT, ended_at=clock.now())
    agenda.drop(gone)


def _by_the_calendar(
    organisation: Organisation, there: Iterable[OnHisWay], today: date
) -> Iterator[Talk]:
    began: dict[UUID, list[tuple[date, int]]] = {}
    counted = Talk.objects.filter(organisation=organisation, week__isnull=False)
    for key, on, week in counted.values_list("participant_id", "began_on", "week"):
        if on is not None and week is not None:
            began.setdefault(key, []).append((on, week))
    for man in there:
        if man.first_on is None:
            continue
        known = rules.same_start(began.get(man.participant_id, ()), man.first_on)
        start = known.began_on or man.first_on
        for week in talks.plan().weeks:
            due_on = start + timedelta(weeks=week)
            if week not in known.weeks and due_on >= today:
                yield _talk(organisation, man.participant_id, due_on, start, week)


def _by_chance(
    organisation: Organisation, there: Iterable[OnHisWay], today: date
) -> Iterator[Talk]:
    plan = talks.plan()
    for man in there:
        if man.first_on is not None and talks.by_chance(plan.extra_per_week / _DAYS_OF_A_WEEK):
            after = talks.one_of(plan.extra_after_days)
            yield _talk(organisation, man.participant_id, today + timedelta(days=after))


def _talk(
    organisation: Organisation,
    man: UUID,
    due_on: date,
    began_on: date | None = None,
    week: int | None = None,
) -> Talk:
    return Talk(
        id=ids.new_id(),
        organisation=organisation,
        participant_id=man,
        due_on=due_on,
        began_on=began_on,
        week=week,
    )
