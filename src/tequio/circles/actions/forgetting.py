"""Words have their time: after ninety days only the short answers stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.db import transaction

from tequio.audit.record import record
from tequio.circles import sealed
from tequio.circles.models import Telling
from tequio.core import clock
from tequio.people.concerns import has_open_review

KEPT_FOR: Final = timedelta(days=90)
# What somebody wrote over, while typing, has no use on the next day.
_DRAFTS_FOR: Final = timedelta(days=1)
_AT_ONCE: Final = 500


def forget_old_words() -> None:
    """Erase reflections and notes whose time is over, unless a review of the man is open."""
    forget_drafts()
    old = Telling.objects.filter(
        part__in=[Telling.Part.AFTER, Telling.Part.NOTE],
        received_at__lt=clock.now() - KEPT_FOR,
        sealed__isnull=False,
        forgotten_at__isnull=True,
    ).select_related("membership", "session__group")
    # All keys first: those that wait for a review would otherwise stand before the others.
    keys = list(old.order_by("received_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        _forget_some(list(old.filter(pk__in=keys[start : start + _AT_ONCE])))


def _forget_some(found: list[Telling]) -> None:
    kept = has_open_review({telling.membership.participant_id for telling in found})
    for telling in found:
        if telling.membership.participant_id not in kept:
            _forget(telling)


@transaction.atomic
def _forget(telling: Telling) -> None:
    house = telling.session.group.organisation_id
    if telling.part == Telling.Part.AFTER:
        short = replace(sealed.open_after(house, telling), reflection="", next_time="")
        telling.sealed = sealed.seal(house, telling.pk, short)
    else:
        telling.sealed = None
    telling.forgotten_at = clock.now()
    telling.save(update_fields=["sealed", "forgotten_at"])
    record(
        "telling.forget",
        by=None,
        subject=telling.session,
        organisation_id=house,
        detail={"part": str(telling.part)},
    )


def forget_drafts() -> None:
    """Erase what its own author wrote over on the same evening: that it was typed stays."""
    Telling.objects.filter(
        part__in=[Telling.Part.AFTER, Telling.Part.NOTE],
        ended_why=Telling.Ended.REPLACED,
        ended_at__lt=clock.now() - _DRAFTS_FOR,
        sealed__isnull=False,
    ).update(sealed=None)
