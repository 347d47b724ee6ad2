"""An open wall: who opened it, and the keys, in memory for the length of one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tequio.access.models import User
from tequio.core.keys import KeyPair
from tequio.core.sealing import SealBroken
from tequio.survivors.models import Wall


@dataclass(frozen=True, slots=True)
class OpenWall:
    """What an action behind the wall is done by: a member, with every turn of the wall's keys."""

    user: User
    wall: Wall
    # By the id of the turn; the newest is `current`.
    pairs: Mapping[UUID, KeyPair] = field(repr=False)
    current: UUID
    closes_at: datetime

    def pair_of(self, epoch_id: UUID) -> KeyPair:
        """Return the key pair of one turn, or raise :class:`SealBroken`."""
        try:
            return self.pairs[epoch_id]
        except KeyError as error:
            raise SealBroken("No key of this wall opens that.") from error
