"""Every kind of sheet that may lie in a case. A sheet checks itself when made and when read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tequio.survivors.rules.sheets.answering import Duty, Instruction, Report, Said
from tequio.survivors.rules.sheets.asking import Assessment
from tequio.survivors.rules.sheets.base import BadSheet, Body, Held
from tequio.survivors.rules.sheets.contacting import Channel, Contact, Hours, SafeContact
from tequio.survivors.rules.sheets.deciding import Consent, Link
from tequio.survivors.rules.sheets.inviting import Invitation
from tequio.survivors.rules.sheets.needing import (
    Attended,
    Child,
    GroupPlace,
    Measure,
    Service,
    WomensGroup,
)
from tequio.survivors.rules.sheets.passing import Referral, Shared, Step
from tequio.survivors.rules.sheets.protecting import (
    Breach,
    Factor,
    Looked,
    Order,
    Part,
    Plan,
    Risk,
)
from tequio.survivors.rules.sheets.rights import DataRequest
from tequio.survivors.rules.sheets.ways import Closure, Offer, Reopening, Try, Who

_ALL: Final[tuple[type[Body], ...]] = (
    Who,
    SafeContact,
    Contact,
    Consent,
    Link,
    Service,
    Child,
    Measure,
    GroupPlace,
    WomensGroup,
    Order,
    Plan,
    Risk,
    Referral,
    Offer,
    Closure,
    Reopening,
    Duty,
    Instruction,
    Report,
    DataRequest,
    Assessment,
    Invitation,
)
KINDS: Final[Mapping[str, type[Body]]] = {kind.KIND: kind for kind in _ALL}


def read(kind: str, says: Mapping[str, Any]) -> Body | None:
    """Return what lies on a sheet; None for a kind that belongs to another part of the room."""
    known = KINDS.get(kind)
    return known.from_body(says) if known else None


__all__ = [
    "KINDS",
    "Assessment",
    "Attended",
    "BadSheet",
    "Body",
    "Breach",
    "Channel",
    "Child",
    "Closure",
    "Consent",
    "Contact",
    "DataRequest",
    "Duty",
    "Factor",
    "GroupPlace",
    "Held",
    "Hours",
    "Instruction",
    "Invitation",
    "Link",
    "Looked",
    "Measure",
    "Offer",
    "Order",
    "Part",
    "Plan",
    "Referral",
    "Reopening",
    "Report",
    "Risk",
    "SafeContact",
    "Said",
    "Service",
    "Shared",
    "Step",
    "Try",
    "Who",
    "WomensGroup",
    "read",
]
