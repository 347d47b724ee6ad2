"""The community in the table: what its addresses hold, and what is sent to them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tests.factories import communities, literacy
from tests.factories.access import UserFactory

from tequio.access.models import User
from tequio.network.actions import services, stakeholders
from tequio.network.models import DirectoryImport

# What of an address belongs to an organisation: one set for each part of the room.
_STAKEHOLDERS: Final[frozenset[str]] = frozenset({"stakeholder_id", "tie_id", "agreement_id"})
_SERVICES: Final[frozenset[str]] = frozenset({"entry_id", "brought_id"})
_REFERRALS: Final[frozenset[str]] = frozenset({"passing_id"})
_LITERACY: Final[frozenset[str]] = frozenset({"literacy_id", "encounter_id"})
_DEMANDS: Final[frozenset[str]] = frozenset(
    {"action_id", "assembly_id", "committee_id", "member_id"}
)
_CYCLE: Final[frozenset[str]] = frozenset({"community_id", "finding_id", "round_id"})
KEYS: Final = _STAKEHOLDERS | _SERVICES | _REFERRALS | _LITERACY | _DEMANDS | _CYCLE

# Pages for anybody, without an account.
OPEN: Final[frozenset[str]] = frozenset(
    {"network:slip", "network:near", "network:near-of-the-house"}
)

# What is sent where nothing would only be refused.
SENT: Final[dict[str, dict[str, Any]]] = {}


def things(by: User, how_many: int = 0) -> dict[str, object]:
    """Return one of each for an organisation, or so many of what a page lists."""
    parts = (_network(by), _directory(by), _literacy(by), _referrals(by))
    house = by.organisation
    found = communities.many(house, how_many) if how_many else communities.things(house)
    return {**found, **{name: key for part in parts for name, key in part.items()}}


def _network(by: User) -> dict[str, object]:
    promoter = UserFactory.create(organisation=by.organisation, roles=["promoter"])
    one, other = (
        stakeholders.add(by=promoter, who=stakeholders.Who(name, "health"))
        for name in ("Centro de Salud", "DIF")
    )
    day = date(2026, 11, 2)
    agreed = stakeholders.Agreed("Dos citas por semana", day)
    return {
        "stakeholder_id": one.pk,
        "tie_id": stakeholders.tie(
            by=promoter,
            source_id=one.pk,
            target_id=other.pk,
            kind="works",
            observed_on=day,
            told_by="La directora",
        ).pk,
        "agreement_id": stakeholders.agree(by=promoter, stakeholder_id=one.pk, said=agreed).pk,
    }


def _directory(by: User) -> dict[str, object]:
    promoter = UserFactory.create(organisation=by.organisation, roles=["promoter"])
    said = services.Said("Casa Abierta", "Asesoría", ("legal",), "5512345678")
    brought = DirectoryImport.objects.create(
        organisation=by.organisation, name="lista.csv", state="done", started_by=promoter
    )
    return {"entry_id": services.add(by=promoter, said=said).pk, "brought_id": brought.pk}


def _literacy(by: User) -> dict[str, object]:
    promoter = literacy.promoter_of(by.organisation)
    circle = literacy.circle_of(promoter)
    return {
        "literacy_id": circle.pk,
        "encounter_id": literacy.meeting_of(promoter, circle).pk,
    }


def _referrals(by: User) -> dict[str, object]:
    coordinator = UserFactory.create(organisation=by.organisation, roles=["coordinator"])
    return {"passing_id": literacy.referral_of(coordinator).pk}
