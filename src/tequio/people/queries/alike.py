"""Who might be the same man: asked before a new file is opened.

The answer shows folio, year of birth and municipality: enough for the man himself to say yes, and
nothing that tells somebody else where he has been.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.people import vault
from tequio.people.models import Identity, NameSound
from tequio.people.policies import visible_to
from tequio.people.queries.places import municipalities_of
from tequio.people.rules.likeness import Signs, strength
from tequio.people.vault import Who

SHOWN: Final = 8
# Beyond this many, the commonest names of the country: the page asks for more to go by.
_LOOKED_AT: Final = 60


@dataclass(frozen=True, slots=True)
class Alike:
    """A man who may be the same one."""

    folio: str
    birth_year: int | None
    municipality: str
    same_phone: bool
    same_name: bool


def alike(user: User, who: Who) -> list[Alike]:
    """Return the men who may be this one, the likeliest first."""
    require_everywhere(user, Permission.PERSON_CREATE)
    heard = _heard(user.organisation_id, who)
    same_name = _same(user.organisation_id, name_index=_name(user, who))
    same_phone = _same(
        user.organisation_id, phone_index=vault.phone_index(user.organisation_id, who.phone)
    )
    keys = {*same_phone, *same_name, *(key for key, _n in heard.most_common(_LOOKED_AT))}
    identities = Identity.objects.filter(
        participant__in=visible_to(user, Permission.PERSON_CREATE).filter(pk__in=keys)
    ).select_related("participant")
    ranked: list[tuple[int, Identity, int | None]] = []
    for identity in identities:
        year = vault.unseal(identity).birth_year
        key = identity.participant_id
        signs = Signs(key in same_phone, key in same_name, heard[key], who.birth_year, year)
        ranked.append((strength(signs), identity, year))
    ranked.sort(key=lambda found: (-found[0], found[1].participant.folio))
    shown = [found for found in ranked if found[0] > 0][:SHOWN]
    places = municipalities_of([identity.participant_id for _s, identity, _y in shown])
    return [
        Alike(
            folio=identity.participant.folio,
            birth_year=year,
            municipality=places.get(identity.participant_id, ""),
            same_phone=identity.participant_id in same_phone,
            same_name=identity.participant_id in same_name,
        )
        for _strength, identity, year in shown
    ]


def _name(user: User, who: Who) -> str:
    return vault.name_index(user.organisation_id, who.full_name)


def _heard(organisation_id: UUID, who: Who) -> Counter[UUID]:
    indexes = vault.sound_indexes(organisation_id, who.given_names, who.surnames)
    rows = NameSound.objects.filter(organisation=organisation_id, index__in=indexes)
    return Counter(rows.values_list("participant_id", flat=True)) if indexes else Counter()


def _same(organisation_id: UUID, **index: str) -> frozenset[UUID]:
    if not all(index.values()):
        return frozenset()
    rows = Identity.objects.filter(organisation=organisation_id, **index)
    return frozenset(rows.values_list("participant_id", flat=True)[:_LOOKED_AT])
