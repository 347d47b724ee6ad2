"""Answers to own forms go after their time, with the files that came with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from tequio.core import clock
from tequio.instruments import own_answers
from tequio.instruments.models import Attachment, OwnSitting, Submission

# As long as a study of three years and its report need them.
STAY: Final = timedelta(days=5 * 365)
# As long as a draft of a man's answers stays.
DRAFTS_STAY: Final = timedelta(days=30)
_AT_ONCE: Final = 500


def forget_answers() -> int:
    """Erase what is older; the receipts stay, which hold nothing, so that nothing comes twice."""
    forgotten = 0
    while rows := list(Submission.objects.filter(received_at__lt=clock.now() - STAY)[:_AT_ONCE]):
        with transaction.atomic():
            keys = [row.pk for row in rows]
            theirs = Attachment.objects.filter(submission__in=keys)
            files = list(theirs.select_related("submission"))
            theirs.delete()
            Submission.objects.filter(pk__in=keys).delete()
        own_answers.erase_files(files)
        forgotten += len(rows)
    return forgotten


def forget_drafts() -> int:
    """Erase what was begun in a browser and never finished."""
    gone, _each = OwnSitting.objects.filter(started_at__lt=clock.now() - DRAFTS_STAY).delete()
    return gone
