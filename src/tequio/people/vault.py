"""Sealing and opening an identity; the only code that sees a name in clear."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from tequio.access.vault import key_of
from tequio.core.text import fold, squeeze
from tequio.people.models import Identity, NameSound, Participant
from tequio.people.rules import sounds


@dataclass(frozen=True, slots=True)
class Who:
    """Who a participant is. Every part may be empty: an alias is enough to begin."""

    given_names: str = ""
    surnames: str = ""
    phone: str = ""
    birth_year: int | None = None
    outside_code: str = ""

    @property
    def full_name(self) -> str:
        """Given names and surnames, as spoken."""
        return squeeze(f"{self.given_names} {self.surnames}")


def seal(participant: Participant, who: Who) -> Identity:
    """Return an unsaved identity row for a participant."""
    organisation_id = participant.organisation_id
    key = key_of(organisation_id)
    body = json.dumps(asdict(who), ensure_ascii=False).encode()
    return Identity(
        participant=participant,
        organisation_id=organisation_id,
        sealed=key.seal(body, bound_to=_place(organisation_id, participant.pk)),
        name_index=name_index(organisation_id, who.full_name),
        phone_index=phone_index(organisation_id, who.phone),
        code_index=code_index(organisation_id, who.outside_code),
    )


def sounds_of(participant: Participant, who: Who) -> list[NameSound]:
    """Return the unsaved rows by which his name is found however it is spelt."""
    organisation_id = participant.organisation_id
    return [
        NameSound(participant=participant, organisation_id=organisation_id, index=index)
        for index in sorted(sound_indexes(organisation_id, who.given_names, who.surnames))
    ]


def unseal(identity: Identity) -> Who:
    """Return who the participant is. The caller has checked that the reader may know."""
    key = key_of(identity.organisation_id)
    place = _place(identity.organisation_id, identity.participant_id)
    return Who(**json.loads(key.open(bytes(identity.sealed), bound_to=place)))


def name_index(organisation_id: UUID, name: str) -> str:
    """Return the index of a name, the same whichever order its words come in."""
    words = " ".join(sorted(fold(name).split()))
    return key_of(organisation_id).blind_index(words, purpose="name") if words else ""


def sound_indexes(organisation_id: UUID, given_names: str, surnames: str) -> frozenset[str]:
    """Return the indexes of how a name sounds, one for each pair of its words."""
    key = key_of(organisation_id)
    return frozenset(
        key.blind_index(pair, purpose=f"sound-{sounds.VERSION}")
        for pair in sounds.pairs(given_names, surnames)
    )


def phone_index(organisation_id: UUID, phone: str) -> str:
    """Return the index of a telephone by its last ten digits, as Mexico dials them."""
    digits = "".join(c for c in phone if c.isdigit())[-10:]
    return key_of(organisation_id).blind_index(digits, purpose="phone") if digits else ""


def code_index(organisation_id: UUID, code: str) -> str:
    """Return the index of the number that an outside register gives him."""
    plain = fold(code)
    return key_of(organisation_id).blind_index(plain, purpose="code") if plain else ""


def _place(organisation_id: UUID, participant_id: UUID) -> str:
    return f"{organisation_id}|people.identity|{participant_id}|who|1"


def seal_part(organisation_id: UUID, place: str, value: object) -> bytes:
    """Seal one field of one row; `place` is ``table|row|field`` and opens nowhere else."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return key_of(organisation_id).seal(body, bound_to=f"{organisation_id}|{place}|1")


def open_part(organisation_id: UUID, place: str, sealed: bytes | memoryview) -> Any:
    """Return what :func:`seal_part` sealed for the same place."""
    bound_to = f"{organisation_id}|{place}|1"
    return json.loads(key_of(organisation_id).open(bytes(sealed), bound_to=bound_to))
