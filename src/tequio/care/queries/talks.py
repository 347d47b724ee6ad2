"""Scheduled talks as pages show them. What is asked stands only on one that has begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, QuerySet
from django.urls import reverse

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.care import rules, vault
from tequio.care.models import Talk
from tequio.care.policies import talks_visible_to
from tequio.core.questions import the
from tequio.letters import agenda
from tequio.letters.talks import BY_CODE, Subject
from tequio.people.models import Participant

MOST = 12


@dataclass(frozen=True, slots=True)
class DueTalk:
    """A talk that may be had now."""

    talk_id: UUID
    folio: str
    alias: str
    due_on: date
    overdue: bool
    begun: bool
    url: str


@dataclass(frozen=True, slots=True)
class TalkPage:
    """One talk: its subjects once it has begun, and what was noted at its end."""

    talk: Talk
    subjects: tuple[Subject, ...]
    note: str
    may_lead: bool
    may_begin: bool


def talks_due(user: User, day: date) -> QuerySet[Talk]:
    """Return the talks that this person may have in these days, the oldest first."""
    return _due_until(user, day + rules.AHEAD)


def _due_until(user: User, last: object) -> QuerySet[Talk]:
    rows = talks_visible_to(user, Permission.REVIEW_JUDGE).filter(outcome="", due_on__lte=last)
    return rows.select_related("participant").order_by("due_on", "participant__alias_key", "pk")


_FIRST_TALKS = Scoped(lambda user: _due_until(user, the("last", DateField()))[:MOST])


def due_talks(user: User, day: date) -> tuple[DueTalk, ...]:
    """Return what Hoy shows of them."""
    if user.scope(Permission.REVIEW_JUDGE) is None:
        return ()
    found = _FIRST_TALKS.ask(user, last=day + rules.AHEAD)
    return tuple(as_due(talk, day) for talk in found)


def as_due(talk: Talk, day: date) -> DueTalk:
    """Return a talk as a list shows it."""
    return DueTalk(
        talk_id=talk.pk,
        folio=talk.participant.folio,
        alias=talk.participant.alias,
        due_on=talk.due_on,
        overdue=talk.due_on < day,
        begun=talk.opened_at is not None,
        url=reverse("care:talk", kwargs={"talk_id": talk.pk}),
    )


def talk_page(user: User, talk: Talk, day: date) -> TalkPage:
    """Return one talk as the person may see it."""
    codes = agenda.subjects_of(talk.pk) if talk.opened_at else ()
    leads = talks_visible_to(user, Permission.REVIEW_JUDGE).filter(pk=talk.pk).exists()
    return TalkPage(
        talk=talk,
        subjects=tuple(BY_CODE[code] for code in codes if code in BY_CODE),
        note=_note(talk),
        may_lead=leads and not talk.outcome,
        may_begin=rules.may_begin(talk.due_on, day),
    )


def talks_of(man: Participant) -> list[Talk]:
    """Return the talks with one man that are over, the newest first."""
    return list(man.talks.exclude(outcome="").order_by("-ended_at", "-pk"))


def _note(talk: Talk) -> str:
    if talk.sealed is None:
        return ""
    body = vault.unseal(talk.organisation_id, "talk", talk.pk, bytes(talk.sealed))
    return str(body["note"])
