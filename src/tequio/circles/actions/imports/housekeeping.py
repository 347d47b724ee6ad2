"""The clock of the sealed files: a register stays no longer than somebody may need to look back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from tequio.circles.models import RegisterImport
from tequio.core import clock

# A file that was never imported, failed or was taken back, is a copy without use.
UNUSED: Final = timedelta(days=30)
# One that was imported can be compared with what is on the pages for a year.
IMPORTED: Final = timedelta(days=365)


@transaction.atomic
def forget_old_files() -> int:
    """Erase what has outlived its clock. What was imported stays; drafts go whole."""
    now, states = clock.now(), RegisterImport.State
    RegisterImport.objects.filter(state=states.DRAFT, created_at__lt=now - UNUSED).delete()
    over = Q(state=states.DONE, finished_at__lt=now - IMPORTED) | Q(
        state__in=[states.UNDONE, states.CANCELLED, states.FAILED], finished_at__lt=now - UNUSED
    )
    old = RegisterImport.objects.filter(over, sealed_file__isnull=False)
    for register in old.only("pk"):
        register.problems.all().delete()
    return old.update(sealed_file=None, sealed_name=None, sealed_choices=None)
