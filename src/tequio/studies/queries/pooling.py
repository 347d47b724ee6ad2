"""What several organisations say together, and what of ours would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from evidencia import Note, Refusal
from evidencia.pooling import (
    Packet,
    PooledDesign,
    Together,
    make_packet,
    read_packet,
    sign_packet,
    together,
)
from tequio.access.models import User
from tequio.access.policies import pick
from tequio.circles.retention.figures import language
from tequio.core.errors import DomainError
from tequio.studies import data_vault, pool_vault
from tequio.studies import recipe as recipes
from tequio.studies.models import DataSet, PoolAgreement, PoolPacket
from tequio.studies.policies.pooling import agreements_visible_to, packets_visible_to, shareable
from tequio.studies.rules import pooling as rules

# Answers worked out last; sums of sums, and nobody's rows.
_MOST_KEPT: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class OpenPool:
    """An agreement with its packets, and what they say together."""

    agreement: PoolAgreement
    design: PooledDesign
    packets: tuple[PoolPacket, ...]
    own: PoolPacket | None
    answer: Together | None
    # Why there is none, where there are packets enough.
    refused: Note | None


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """What would leave, exactly: the sums, and the file before its signature is by us."""

    data_set: DataSet
    packet: Packet
    outside: int
    text: str


def agreements(user: User) -> list[PoolAgreement]:
    """Return the agreements, the newest first, each with how many packets it has."""
    rows = agreements_visible_to(user).order_by("-made_at", "pk")
    ours = Count("packets", filter=Q(packets__own=True))
    return list(rows.annotate(n_packets=Count("packets"), n_ours=ours))


def one(user: User, agreement_id: UUID) -> PoolAgreement:
    """Return one agreement."""
    return pick(agreements_visible_to(user), pk=agreement_id)


def pool(user: User, agreement_id: UUID) -> OpenPool:
    """Return an agreement with what everybody's packets say together."""
    agreement = one(user, agreement_id)
    packets = tuple(packets_visible_to(user).filter(agreement=agreement).order_by("label"))
    answer, refused = None, None
    if len(packets) > 1:
        try:
            answer = _together(_Sums(agreement, packets))
        except Refusal as said:
            refused = said.note
    own = next((packet for packet in packets if packet.own), None)
    return OpenPool(agreement, design_of(agreement), packets, own, answer, refused)


def agreement_file(user: User, agreement_id: UUID) -> tuple[PoolAgreement, str]:
    """Return an agreement as the file for the others. The caller has checked who asks."""
    agreement = one(user, agreement_id)
    terms = rules.Terms(
        code=agreement.code,
        title=agreement.title,
        instrument=agreement.instrument,
        version=agreement.version,
        measure=agreement.measure,
        design=design_of(agreement),
    )
    return agreement, rules.as_file(terms, pool_vault.open_key(agreement))


def data_sets(user: User, agreement: PoolAgreement) -> list[DataSet]:
    """Return the published rows of ours that hold what was agreed, the newest first."""
    rows = shareable(user).select_related("study", "plan").order_by("-built_at", "pk")
    return [row for row in rows if column_of(agreement, row) is not None]


def column_of(agreement: PoolAgreement, data_set: DataSet) -> str | None:
    """Return in which column of these rows the agreed measure stands, if they have its moments."""
    recipe = recipes.read(data_set.plan.recipe)
    if not set(design_of(agreement).waves) <= set(recipe.waves):
        return None
    wanted = (agreement.instrument, agreement.measure)
    found = (each.name for each in recipe.outcomes if (each.instrument, each.measure) == wanted)
    return next(found, None)


def packet_of(user: User, agreement: PoolAgreement, data_set_id: UUID) -> Packet:
    """Sum up some rows of ours as the agreement says.

    Raises
    ------
    DomainError
        If these rows do not answer the agreed question, or too few men would be told of.
    """
    return preview(user, agreement, data_set_id).packet


def preview(user: User, agreement: PoolAgreement, data_set_id: UUID) -> Preview:
    """Return exactly what would leave of some rows of ours."""
    rows = shareable(user).select_related("study", "plan", "kept")
    data_set = pick(rows, pk=data_set_id)
    column = column_of(agreement, data_set)
    if column is None:
        raise DomainError(
            _("Estos datos no contestan la pregunta del acuerdo."),
            hint=_("Hacen falta la misma medida y los mismos momentos."),
        )
    design = design_of(agreement)
    laid = rules.table(data_vault.open_rows(data_set.kept), column, design)
    try:
        packet = make_packet(design, agreement.label, laid.outcome, laid.arm)
    except Refusal as refused:
        raise DomainError(refused.note.text(language())) from refused
    text = sign_packet(packet, pool_vault.signer(agreement))
    return Preview(data_set, packet, laid.outside, text)


def opened(agreement: PoolAgreement, packet: PoolPacket) -> Packet:
    """Return the sums of one packet, checked again."""
    text = pool_vault.open_packet(agreement.organisation_id, packet)
    return read_packet(text, pool_vault.verifier(agreement))


def design_of(agreement: PoolAgreement) -> PooledDesign:
    """Return the design of an agreement, as all of them have it."""
    return PooledDesign.from_mapping(agreement.design)


class _Sums:
    """The packets of an agreement, the same as any others with the same fingerprints."""

    def __init__(self, agreement: PoolAgreement, packets: Sequence[PoolPacket]) -> None:
        self.agreement, self.packets = agreement, packets
        self.key = (agreement.pk, *(packet.sha256 for packet in packets))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sums) and self.key == other.key


@lru_cache(maxsize=_MOST_KEPT)
def _together(sums: _Sums) -> Together:
    return together([opened(sums.agreement, packet) for packet in sums.packets])
