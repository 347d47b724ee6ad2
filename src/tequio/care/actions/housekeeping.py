"""The clock of what a man said in his own words: ninety days, unless a review of him is open."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction

from tequio.audit.record import record
from tequio.care import vault
from tequio.care.actions import referrals
from tequio.care.models import Diagnosis, Talk
from tequio.care.queries.pages import answers_of
from tequio.core import clock
from tequio.people.keeping import Hold

_BATCH = 200


def forget_words(before: datetime, held: Hold) -> int:
    """Erase the words of diagnoses that ended before that moment; what was coded stays."""
    rows = Diagnosis.objects.filter(
        state=Diagnosis.State.DONE, finished_at__lte=before, words_erased_at__isnull=True
    )
    keys = list(rows.values_list("pk", flat=True))
    done = 0
    for start in range(0, len(keys), _BATCH):
        done += _forget(keys[start : start + _BATCH], held)
    return done + _forget_notes(before, held) + referrals.forget_words(before, held)


@transaction.atomic
def _forget_notes(before: datetime, held: Hold) -> int:
    """Erase the notes of talks that ended before that moment; the outcome stays."""
    old = Talk.objects.filter(ended_at__lte=before, sealed__isnull=False)
    rows = list(old.values_list("pk", "participant_id"))
    waiting = held({man for _key, man in rows})
    free = [key for key, man in rows if man not in waiting]
    Talk.objects.filter(pk__in=free).update(sealed=None, words_erased_at=clock.now())
    return len(free)


@transaction.atomic
def _forget(keys: list[UUID], held: Hold) -> int:
    old = list(Diagnosis.objects.filter(pk__in=keys).order_by("organisation_id"))
    waiting = held({diagnosis.participant_id for diagnosis in old})
    free = [diagnosis for diagnosis in old if diagnosis.participant_id not in waiting]
    for diagnosis in free:
        coded = {name: said for name, said in answers_of(diagnosis).items() if name != "words"}
        place = (diagnosis.organisation_id, "diagnosis", diagnosis.pk)
        diagnosis.sealed = vault.seal(*place, coded)
        diagnosis.words_erased_at = clock.now()
    Diagnosis.objects.bulk_update(free, ["sealed", "words_erased_at"])
    for organisation_id, group in groupby(free, key=lambda one: one.organisation_id):
        detail = {"count": len(list(group))}
        record("diagnosis.forget_words", by=None, organisation_id=organisation_id, detail=detail)
    return len(free)
