"""What a sealed link holds, and how it is told apart from nothing by whoever has its secret.

A man's and a woman's look alike in every respect: one address, one table, one weight.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from tequio.core.sealing import Key, SealBroken, Stored
from tequio.network.rules.referrals import THEIRS, WITH_REASON, Reason

# With its frame, exactly one step of `core.sealing`: all slips weigh the same.
SIZE: Final = 4092
SECRET: Final = 16
_LETTERS: Final = 26
# Which half of the stock a row belongs to; only the organisation's key tells.
HALVES: Final = ("outside", "walled")


class TooLong(ValueError):
    """What was to be shown does not fit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other organisation said, on which day, and why where it could not."""

    state: str
    on: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """Exactly what they see, and what they answered."""

    asked_by: str
    to: str
    call: str
    what_for: str
    shown: tuple[tuple[str, str], ...]
    until: date
    state: str = "sent"
    answers: tuple[Answer, ...] = ()

    def answered(self, answer: Answer) -> Slip:
        """Return it with one answer more; the same answer again changes nothing."""
        if answer.state == self.state:
            return self
        if answer.state not in THEIRS.get(self.state, ()):
            raise ValueError(answer.state)
        if answer.state in WITH_REASON and answer.why not in Reason.values:
            raise ValueError(answer.why)
        return replace(self, state=answer.state, answers=(*self.answers, answer))


def written(secret: bytes) -> str:
    """Return a secret as it stands in the address: letters and digits that a person can read."""
    return base64.b32encode(secret).decode().rstrip("=").lower()


def secret_of(text: str) -> bytes | None:
    """Return the secret in an address, or None for what is none."""
    if len(text) != _LETTERS:
        return None
    try:
        return base64.b32decode(text.upper() + "======")
    except ValueError:
        return None


def digest_of(secret: bytes) -> str:
    """Return under what a row is found. From it nobody comes back to the secret."""
    return hashlib.sha256(b"tequio slip|find|" + secret).hexdigest()


def seal(secret: bytes, row: UUID, slip: Slip) -> bytes:
    """Seal a slip under its own secret, bound to its row."""
    plain = json.dumps(_plain(slip), ensure_ascii=False).encode()
    if len(plain) > SIZE:
        raise TooLong(f"A slip holds {SIZE} bytes.")
    return _key(secret).seal(plain.ljust(SIZE), bound_to=_place(row))


def unseal(secret: bytes, row: UUID, sealed: Stored) -> Slip | None:
    """Return what lies in a row, or None where this secret opens nothing."""
    try:
        body = json.loads(_key(secret).open(sealed, bound_to=_place(row)))
    except SealBroken:
        return None
    return _read(body)


def mark_of(marker: bytes, row: UUID) -> bytes:
    """Return the mark by which whoever took a row knows it again; to others it is noise."""
    return hmac.new(marker, b"tequio slip|mine|" + row.bytes, hashlib.sha256).digest()


def half(key: Key, rows: Sequence[UUID], which: str) -> list[UUID]:
    """Return one half of a month's stock, drawn with the organisation's key."""
    drawn = sorted(rows, key=lambda row: key.blind_index(str(row), purpose="slip"))
    middle = len(drawn) // 2
    return drawn[:middle] if which == HALVES[0] else drawn[middle:]


def _key(secret: bytes) -> Key:
    return Key.from_master(hashlib.sha256(b"tequio slip|seal|" + secret).digest(), stream="walled")


def _place(row: UUID) -> str:
    return f"network.slip|{row}|sealed|1"


def _plain(slip: Slip) -> dict[str, Any]:
    return {
        "asked_by": slip.asked_by,
        "to": slip.to,
        "call": slip.call,
        "what_for": slip.what_for,
        "shown": slip.shown,
        "until": slip.until.isoformat(),
        "state": slip.state,
        "answers": [[one.state, one.on.isoformat(), one.why] for one in slip.answers],
    }


def _read(body: dict[str, Any]) -> Slip:
    return Slip(
        asked_by=body["asked_by"],
        to=body["to"],
        call=body["call"],
        what_for=body["what_for"],
        shown=tuple((label, value) for label, value in body["shown"]),
        until=date.fromisoformat(body["until"]),
        state=body["state"],
        answers=tuple(
            Answer(state, date.fromisoformat(on), why) for state, on, why in body["answers"]
        ),
    )
