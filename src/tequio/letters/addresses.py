"""Where letters for a wall go: published by the wall, written on paper for who lends its own.

An address is a turn of keys and its public half. Who has it can deposit and can read nothing, so
it may be told over the telephone; its last characters tell a slip of the pen.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tequio.access.models import Organisation
from tequio.letters.models import Address, Slot

_CHECK = 4
_GROUP = 6
# Base 32 has neither nought, one nor eight.
_HEARD_AS = str.maketrans("018", "OIB")


class NotAnAddress(ValueError):
    """The text is too short, has other characters, or does not agree with its check."""


@dataclass(frozen=True, slots=True)
class Written:
    """An address as it stands on paper."""

    organisation_id: UUID
    epoch: int
    public: bytes

    def text(self) -> str:
        """Return it in groups that can be read aloud."""
        body = self.organisation_id.bytes + self.epoch.to_bytes(4, "big") + self.public
        letters = base64.b32encode(body + _check(body)).decode().rstrip("=")
        return " ".join(letters[n : n + _GROUP] for n in range(0, len(letters), _GROUP))

    @classmethod
    def read(cls, typed: str) -> Written:
        """Read what somebody typed or pasted, or raise :class:`NotAnAddress`."""
        letters = "".join(typed.upper().split()).replace("-", "")
        letters = letters.translate(_HEARD_AS)
        try:
            raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
        except ValueError as error:
            raise NotAnAddress("These are not the characters of an address.") from error
        body, check = raw[:-_CHECK], raw[-_CHECK:]
        if len(body) != 52 or _check(body) != check:
            raise NotAnAddress("The address does not agree with its check.")
        return cls(UUID(bytes=body[:16]), int.from_bytes(body[16:20], "big"), body[20:])


def publish(*, organisation: Organisation, epoch: int, public: bytes, opens: bool = False) -> None:
    """Say where letters for a wall go from now on, to everybody whose letters it keeps.

    `opens` is said once, when the wall is founded: then the organisation's own letters go there,
    unless it has agreed on something else.
    """
    Address.objects.update_or_create(
        organisation=organisation, defaults={"epoch": epoch, "public": public}
    )
    if opens and not Slot.objects.filter(organisation=organisation, held_by="allied").exists():
        Slot.objects.update_or_create(
            organisation=organisation,
            defaults={
                "held_by": Slot.Holder.OWN,
                "holder": organisation,
                "epoch": epoch,
                "public": public,
                **NO_ALLY,
            },
        )
    Slot.objects.filter(holder=organisation).update(epoch=epoch, public=public)


def astray(*, organisation: Organisation, epoch: int, public: bytes) -> bool:
    """Tell whether letters for a wall go, or are said to go, to another key than its own."""
    here = Address.objects.filter(organisation=organisation, epoch=epoch, public=public)
    slots = Slot.objects.filter(holder=organisation).exclude(epoch=epoch, public=public)
    return not here.exists() or slots.exists()


NO_ALLY: Mapping[str, object] = {
    "ally_name": "",
    "signed_on": None,
    "signed_by": "",
    "signed_by_ally": "",
    "ends_on": None,
}


def address_of(organisation_id: UUID) -> Written | None:
    """Return the address of an organisation's own wall, if it has one."""
    found = Address.objects.filter(pk=organisation_id).first()
    return Written(found.pk, found.epoch, bytes(found.public)) if found else None


def _check(body: bytes) -> bytes:
    return hashlib.sha256(b"tequio address v1\0" + body).digest()[:_CHECK]
