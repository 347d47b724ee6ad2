"""Looking men up. Names never leave the vault for this: equal indexes are enough."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tequio.access.models import User
from tequio.core.errors import DomainError
from tequio.core.ids import parse_folio
from tequio.core.text import fold
from tequio.people import vault
from tequio.people.models import Identity, NameSound, Participant
from tequio.people.policies import may_identify, visible_to
from tequio.people.rules import sounds


def search(user: User, text: str) -> QuerySet[Participant]:
    """Find by folio, by the beginning of an alias, by how a name sounds, or by telephone."""
    # No name holds a NUL, and PostgreSQL takes none.
    text = text.replace("\0", "").strip()
    if not text:
        return Participant.objects.none()
    organisation_id = user.organisation_id
    key = fold(text)
    # A range and not LIKE: the index serves it on both databases.
    wanted = Q(alias_key__gte=key, alias_key__lt=key + "\uffff")
    name, phone = (
        vault.name_index(organisation_id, text),
        vault.phone_index(organisation_id, text),
    )
    if name:
        wanted |= Q(identity__name_index=name)
    if sounding := vault.sound_indexes(organisation_id, text, ""):
        wanted |= Q(pk__in=_sounding(organisation_id, sounding, len(sounds.keys(text))))
    if phone:
        wanted |= Q(identity__phone_index=phone)
    with suppress(DomainError):  # Then it is a name, an alias or a telephone.
        wanted |= Q(folio=parse_folio(text))
    return visible_to(user).filter(wanted).order_by("alias_key", "folio")


def _sounding(
    organisation_id: UUID, indexes: frozenset[str], words: int
) -> QuerySet[NameSound, UUID]:
    """Return the men whose name sounds so: each further word has to agree with another one."""
    return (
        NameSound.objects.filter(organisation=organisation_id, index__in=indexes)
        .values("participant")
        .annotate(agree=Count("pk"))
        .filter(agree__gte=max(words - 1, 1))
        .values_list("participant", flat=True)
    )


def who_is(user: User, participant: Participant) -> vault.Who | None:
    """Return the man's identity, or None where the reader may not know or nothing is known."""
    if not may_identify(user, participant):
        return None
    identity = Identity.objects.filter(participant=participant).first()
    return vault.unseal(identity) if identity else None


def by_codes(organisation_id: UUID, codes: Iterable[str]) -> dict[str, Participant]:
    """Return the men already known under the numbers of an outside register, by number."""
    wanted = {vault.code_index(organisation_id, code): code for code in codes if code}
    found = Identity.objects.filter(
        organisation=organisation_id, code_index__in=list(wanted)
    ).select_related("participant")
    return {wanted[identity.code_index]: identity.participant for identity in found}


def by_names(organisation_id: UUID, names: Iterable[str]) -> dict[str, list[Participant]]:
    """Return the men already known under the same names, by name; several may share one."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(vault.name_index(organisation_id, name), name)
    wanted.pop("", None)
    found: dict[str, list[Participant]] = {}
    rows = Identity.objects.filter(organisation=organisation_id, name_index__in=list(wanted))
    for identity in rows.select_related("participant"):
        found.setdefault(wanted[identity.name_index], []).append(identity.participant)
    return found
