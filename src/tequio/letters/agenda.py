"""Scheduled talks as the wall sees them: what will be asked, of how many others, until it is fixed.

The room of care schedules them for every man. Here nothing says which were drawn and which were
exchanged (docs/adr/0071).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from tequio.letters import talks
from tequio.letters.men import Asked
from tequio.letters.models import Agenda


class Row(NamedTuple):
    """One talk to schedule."""

    id: UUID
    organisation_id: UUID
    participant_id: UUID
    due_on: date


def schedule(rows: Iterable[Row]) -> None:
    """Draw what is asked in each of these talks and write it down."""
    Agenda.objects.bulk_create(
        [
            Agenda(
                id=row.id,
                organisation_id=row.organisation_id,
                participant_id=row.participant_id,
                due_on=row.due_on,
                subjects=talks.draw(),
            )
            for row in rows
        ],
        batch_size=500,
    )


def fix(agenda_id: UUID) -> tuple[str, ...]:
    """Say that the talk has begun, and return what is asked in it. It changes no more."""
    Agenda.objects.filter(pk=agenda_id, fixed=False).update(fixed=True)
    return subjects_of(agenda_id)


def subjects_of(agenda_id: UUID) -> tuple[str, ...]:
    """Return what was asked in a talk that has begun; nothing of one that has not."""
    found = Agenda.objects.filter(pk=agenda_id, fixed=True).values_list("subjects", flat=True)
    return tuple(next(iter(found), ()))


def put_off(agenda_id: UUID, due_on: date) -> None:
    """Move a talk that did not take place to another day; what is asked stays as it is."""
    Agenda.objects.filter(pk=agenda_id).update(due_on=due_on)


def drop(agenda_ids: Sequence[UUID]) -> None:
    """Take away talks that will not be: he left."""
    Agenda.objects.filter(pk__in=agenda_ids, fixed=False).delete()


def coming(organisation_id: UUID, participant_id: UUID) -> list[Asked]:
    """Return a man's talks that nobody has begun, the next one first."""
    rows = Agenda.objects.filter(
        organisation=organisation_id, participant_id=participant_id, fixed=False
    ).order_by("due_on", "pk")
    return [Asked(row.pk, row.due_on, tuple(row.subjects)) for row in rows]


def cover(organisation_id: UUID, agenda_id: UUID, asked: str) -> int:
    """Return how many other men are asked about the same in the days around a talk."""
    talk = Agenda.objects.filter(organisation=organisation_id, pk=agenda_id).first()
    if talk is None:
        return 0
    around = timedelta(days=talks.plan().cover_days)
    others = Agenda.objects.filter(
        organisation=organisation_id,
        due_on__gte=talk.due_on - around,
        due_on__lte=talk.due_on + around,
    ).exclude(participant_id=talk.participant_id)
    rows = others.values_list("participant_id", "subjects")
    return len({man for man, subjects in rows if asked in subjects})


def exchange(organisation_id: UUID, agenda_id: UUID, asked: str, keep: Iterable[str] = ()) -> bool:
    """Put a subject into a talk that nobody has begun; False where somebody just began it.

    One update of one column. Where the subject stands there already nothing is written.
    """
    rows = Agenda.objects.filter(organisation=organisation_id, pk=agenda_id, fixed=False)
    talk = rows.first()
    if talk is None:
        return False
    after = talks.exchanged(talk.subjects, asked, keep=keep)
    if after == talk.subjects:
        return True
    return bool(rows.filter(subjects=talk.subjects).update(subjects=after))
