"""A back-up that was put back brings nobody back: who was erased since is erased again.

The list of erasures lies outside the database (core.erased). The clock compares it with the men
who are there, from the first second after the site has started.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

import structlog
from django.db import transaction

from tequio.access.models import Organisation
from tequio.audit.record import SYSTEM, record
from tequio.circles.actions.groups import last_position
from tequio.circles.models import Membership
from tequio.core import erased
from tequio.core.erased import Line
from tequio.people.models import Participant
from tequio.reports.rights import erasing, listed
from tequio.reports.rights.erasing import Asked

log = structlog.get_logger(__name__)
_BATCH: Final = 2000


def forget_again() -> int:
    """Erase anew whoever stands in the list and is there; return how many."""
    by_house: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in erased.read(listed.folder()):
        by_house[line.organisation][line.who] = line
    count = 0
    for organisation in Organisation.objects.filter(pk__in=list(by_house)):
        known = by_house[str(organisation.pk)]
        for key, line in _back(organisation.pk, known):
            _erase_again(organisation.pk, key, line)
            count += 1
    if count:
        log.warning("erased_again", total=count)
    return count


def _back(organisation: UUID, known: dict[str, Line]) -> Sequence[tuple[UUID, Line]]:
    keys = Participant.objects.filter(organisation=organisation).values_list("pk", flat=True)
    found = []
    for key in keys.iterator(chunk_size=_BATCH):
        line = known.get(listed.name_of(organisation, key))
        if line is not None:
            found.append((key, line))
    return found


@transaction.atomic
def _erase_again(organisation: UUID, key: UUID, line: Line) -> None:
    participant = Participant.objects.select_for_update(of=("self",)).get(pk=key)
    on = date.fromisoformat(line.on)
    # The copy knows him as he was on its day; that he left his groups was written later.
    places = Membership.objects.filter(participant=participant, ended_on=None)
    for place in places.select_related("group"):
        place.ended_on = on
        place.ended_at_session = max(last_position(place.group, on), place.joined_at_session)
        place.save(update_fields=["ended_on", "ended_at_session"])
    detail = {"reason": line.reason, "again": True}
    record(
        "participant.forget",
        by=None,
        organisation_id=organisation,
        subject=participant,
        detail=detail,
    )
    erasing.erase(participant, Asked(line.reason), on=on, erased_by=SYSTEM)
