"""Forgetting what was written, when its time is over. The clock acts; nobody is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from django.db import transaction

from tequio.audit.record import record
from tequio.core import clock
from tequio.people import keeping
from tequio.people.models import Intake

_BATCH: Final = 500


def forget_texts() -> int:
    """Erase the free texts that are older than ninety days, where no review is open."""
    before = clock.now() - keeping.TEXTS_STAY
    old = list(
        Intake.objects.filter(texts__isnull=False, texts_at__lte=before)
        .order_by("organisation_id")
        .only("pk", "organisation_id", "participant_id")
    )
    done = 0
    for start in range(0, len(old), _BATCH):
        done += _forget(old[start : start + _BATCH])
    return done + sum(erase(before, keeping.held) for erase in keeping.erasers())


@transaction.atomic
def _forget(intakes: Sequence[Intake]) -> int:
    waiting = keeping.held({intake.participant_id for intake in intakes})
    done = 0
    free = [intake for intake in intakes if intake.participant_id not in waiting]
    for organisation_id, group in groupby(free, key=lambda intake: intake.organisation_id):
        keys = [intake.pk for intake in group]
        done += Intake.objects.filter(pk__in=keys).update(
            texts=None, texts_at=None, texts_erased_at=clock.now()
        )
        record(
            "intake.forget_texts",
            by=None,
            organisation_id=organisation_id,
            detail={"count": len(keys)},
        )
    return done
