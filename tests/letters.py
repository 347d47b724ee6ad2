"""A slot for tests whose letters can be read: outside tests only a wall can."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tequio.access.models import Organisation
from tequio.core.keys import KeyPair
from tequio.letters import addresses
from tequio.letters.models import Letter


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where an organisation's letters go, with the key."""

    organisation: Organisation
    pair: KeyPair

    def read(self) -> list[dict[str, Any]]:
        """Open every letter, the oldest first."""
        found = [json.loads(self.pair.open(row.sealed)) for row in Letter.objects.all()]
        return sorted(found, key=lambda body: body["at"])

    def kinds(self) -> list[str]:
        """Return what kinds of letters lie there."""
        return [body["kind"] for body in self.read()]


def open_slot(organisation: Organisation) -> Mailbox:
    """Give an organisation a slot of its own."""
    pair = KeyPair.make()
    addresses.publish(organisation=organisation, epoch=1, public=pair.public, opens=True)
    return Mailbox(organisation, pair)
