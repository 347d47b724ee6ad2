"""What the access matrix needs of rights, erasures and public services: one of each in a house."""

from __future__ import annotations

from datetime import date

from tests.factories.people import ParticipantFactory

from tequio.access.models import User
from tequio.letters.models import PublicService
from tequio.reports.models import Erasure
from tequio.reports.rights import actions

KEYS = {"rights_id", "erasure_id", "service_id"}
# Open to whoever comes: the public page and the quick way out.
OPEN = {"access:leave-now", "letters:info", "letters:info-of-the-house"}


def things(by: User) -> dict[str, object]:
    """One of each; the file that was asked for is gathered and waits for nobody."""
    house = by.organisation
    man = ParticipantFactory.create(organisation=house)
    said = actions.Received("access", date(2026, 11, 2), "letter", "himself", "", man.folio)
    asked = actions.receive(by=by, said=said)
    actions.identify(by=by, request_id=asked.pk, identity="known")
    actions.make_file(by=by, request_id=asked.pk)
    erasure = Erasure.objects.create(
        organisation=house,
        folio="7K2M-9QX4",
        reason="asked",
        erased_on=date(2026, 11, 20),
        erased_by="maru",
    )
    service = PublicService.objects.create(
        organisation=house, kind="talk", name="X", what_for="X", telephone="1", hours="X", cost="X"
    )
    return {"rights_id": asked.pk, "erasure_id": erasure.pk, "service_id": service.pk}
