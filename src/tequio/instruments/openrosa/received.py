"""What is known of answers besides the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """How a submission stands among those of its number."""

    KEPT = "kept"
    # The same number came before with other content: both are kept, and a person looks.
    CONFLICT = "conflict"
    # Its correction came before it: kept, and the correction stands.
    LATE = "late"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with the answers."""

    name: str
    type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """Who sent it, when, under which number, and what came with it."""

    organisation_id: UUID
    instance_id: str
    at: datetime
    device: str
    # None where it was filled in here, in a browser.
    device_id: UUID | None
    # The number of the answers whose place these take.
    replaces: str = ""
    standing: Standing = Standing.KEPT
    files: tuple[SentFile, ...] = ()
