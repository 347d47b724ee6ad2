"""The wall in the access matrix: one founded wall in each organisation, open for its advocate.

To everybody else there is nothing there, whoever they are and whatever they ask.
"""

from __future__ import annotations

from tests.factories.survivors import filled_case, offer_of
from tests.walls import Walled

from tequio.core import clock
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.survivors.actions import asking, drafts, letters, rights, sheets, two_people
from tequio.survivors.models import Draft, HeldLetter
from tequio.survivors.rules.sheets import (
    GroupPlace,
    Link,
    Offer,
    Order,
    Referral,
    Report,
    Risk,
    Service,
)

ROOM = "survivors"
KINDS = {
    "sheet_id": Service,
    "order_id": Order,
    "referral_id": Referral,
    "risk_id": Risk,
    "link_id": Link,
    "place_id": GroupPlace,
}
KEYS = {
    "case_id",
    "offer_id",
    "circle_id",
    "request_id",
    "draft_id",
    "letter_id",
    "notice_id",
    "asked_id",
    "answered_id",
    *KINDS,
}


def things(walled: Walled) -> dict[str, object]:
    """One of each thing behind a wall."""
    by = walled.by
    filled = filled_case(by)
    day = sheets.today(by)
    offer = Offer(on=day, who=by.user.login, way="call", until=day)
    sheets.write(by=by, case_id=filled.case_id, body=offer)
    slot.deposit(organisation_id=by.user.organisation_id, kind=Kind.CALL_BACK, says={"words": "x"})
    letters.received(by)
    drafts.keep(by=by.user, path="/muro/", fields=())
    notice = Report(
        about="minors",
        decision="not_tell",
        state="09",
        why="x",
        decided_by=by.user.login,
        decided_at=clock.now(),
    )
    kept, held = Draft.objects.get(wall=by.wall), HeldLetter.objects.get(wall=by.wall)
    return {
        "case_id": filled.case_id,
        "circle_id": filled.group_id,
        "offer_id": offer_of(by, filled.case_id).id,
        "notice_id": sheets.write(by=by, case_id=filled.case_id, body=notice),
        "request_id": two_people.ask(by=by, case_id=filled.case_id, reason="x"),
        "draft_id": kept.pk,
        "asked_id": rights.receive(by=by, case_id=filled.case_id, right="access", on=day, asks="x"),
        "letter_id": held.pk,
        "answered_id": asking.begin(by=by, case_id=filled.case_id, slug="espacio-ella"),
        **{name: filled.of(kind).id for name, kind in KINDS.items()},
    }
