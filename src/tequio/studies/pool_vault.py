"""Sealing and opening the key of an agreement and the packets: bound each to its own row."""

from __future__ import annotations

from uuid import UUID

from evidencia.pooling import HmacSigner, HmacVerifier
from tequio.access.vault import key_of
from tequio.studies.models import PoolAgreement, PoolPacket


def seal_key(organisation_id: UUID, agreement_id: UUID, key: bytes) -> bytes:
    """Seal the key that was exchanged in person."""
    bound_to = _place(organisation_id, "agreement", agreement_id, "key")
    return key_of(organisation_id).seal(key, bound_to=bound_to)


def open_key(agreement: PoolAgreement) -> bytes:
    """Return the key of an agreement. The caller has checked who asks."""
    bound_to = _place(agreement.organisation_id, "agreement", agreement.pk, "key")
    return key_of(agreement.organisation_id).open(agreement.sealed_key, bound_to=bound_to)


def signer(agreement: PoolAgreement) -> HmacSigner:
    """Return what signs our packet."""
    return HmacSigner(agreement.code, open_key(agreement))


def verifier(agreement: PoolAgreement) -> HmacVerifier:
    """Return what tells whether a packet was signed with the key of this agreement."""
    return HmacVerifier({agreement.code: open_key(agreement)})


def seal_packet(organisation_id: UUID, packet_id: UUID, text: str) -> bytes:
    """Seal a packet as it was sent or came."""
    bound_to = _place(organisation_id, "packet", packet_id, "text")
    return key_of(organisation_id).seal(text.encode(), bound_to=bound_to)


def open_packet(organisation_id: UUID, packet: PoolPacket) -> str:
    """Return a packet, letter by letter as it was sent or came."""
    bound_to = _place(organisation_id, "packet", packet.pk, "text")
    return key_of(organisation_id).open(packet.sealed, bound_to=bound_to).decode()


def _place(organisation_id: UUID, table: str, row: UUID, field: str) -> str:
    return f"{organisation_id}|studies.pool{table}|{row}|{field}|1"
