"""A letter that was opened: what it says, when somebody has to have attended to it, whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from tequio.letters.kinds import BY_HAND, CLOCKS, OF_ANSWERS, Kind
from tequio.survivors.rules.covers import OFFER, OPEN, Cover

# What she may have asked to be told, by the letter that would tell it (words.TOLD).
TELLS: Final[Mapping[str, str]] = {
    Kind.START: "start",
    Kind.RE_ENTRY: "start",
    Kind.NO_SHOW_AT_START: "no_show",
    Kind.THIRD_ABSENCE: "absences",
    Kind.WITHDRAWAL: "leaves",
    Kind.EXCLUSION: "leaves",
    Kind.DISCLOSURE: "risk",
    Kind.RISK_RAISED: "risk",
    Kind.LETTER_ISSUED: "letter",
    Kind.END: "end",
}
_RUNNING: Final = (OPEN, OFFER)
_EMPTY: Final = '{"": ""}'
# Whoever could not be reached is tried again the next day.
AGAIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """What lies in a held letter. Moments are ISO, as they are sealed."""

    kind: str
    at: str
    due: str
    escalates: str
    organisation: str = ""
    folio: str = ""
    says: Mapping[str, Any] | None = None
    # Once it is past its last moment all members see it first, and the log says so once.
    escalated: bool = False
    taken_by: str = ""
    tries: tuple[Mapping[str, str], ...] = ()
    # Of a man whom no case names: what it said is gone, and its row stays like the others.
    blank: bool = False

    def as_body(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return asdict(self)

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Letter:
        """Read it; what a newer version added is ignored."""
        known = {name: body[name] for name in cls.__dataclass_fields__ if name in body}
        return replace(cls(**known), tries=tuple(known.get("tries", ())))

    @property
    def by_hand(self) -> bool:
        """Whether it waits for a person although no case is linked."""
        return self.kind in BY_HAND

    @property
    def of_answers(self) -> bool:
        """Whether it is about what she answered."""
        return self.kind in OF_ANSWERS

    @property
    def due_at(self) -> datetime:
        """Until when somebody attends to it."""
        return datetime.fromisoformat(self.due)

    def late(self, now: datetime) -> bool:
        """Tell whether that has passed."""
        return self.due_at < now

    def over(self, now: datetime) -> bool:
        """Tell whether it has waited so long that everybody sees it first."""
        return datetime.fromisoformat(self.escalates) < now


def blanked(letter: Letter) -> Letter:
    """Return a letter without its man and its words, that weighs what it weighed."""
    said = json.dumps(letter.says or {}, ensure_ascii=False).encode()
    filler = {"": " " * max(0, len(said) - len(_EMPTY))}
    return replace(letter, blank=True, folio=" " * len(letter.folio), says=filler)


def arrived(body: Mapping[str, Any]) -> Letter:
    """Return a letter as it came out of the slot, with its clock running from when it went in.

    Raises
    ------
    ValueError, KeyError, TypeError
        When it is no letter of ours: whoever has the public half may put in anything.
    """
    if not isinstance(body, dict):
        raise TypeError("A letter is a whole with names.")
    says = body.get("says", {})
    if not isinstance(says, dict) or not isinstance(body.get("folio", ""), str):
        raise TypeError("A letter says its things by their names.")
    at = datetime.fromisoformat(body["at"])
    if at.tzinfo is None:
        raise ValueError("A letter says at which moment it was put in.")
    kind = Kind(body["kind"])
    if kind in OF_ANSWERS:
        raise ValueError("What she answered does not come as a letter.")
    made = begun(kind, at, says)
    return replace(made, organisation=body.get("organisation", ""), folio=body.get("folio", ""))


def begun(kind: Kind, at: datetime, says: Mapping[str, Any]) -> Letter:
    """Return something that waits for a person, with its clock running from a moment on."""
    clock = CLOCKS[kind]
    return Letter(
        kind=kind.value,
        at=at.isoformat(),
        due=(at + clock.within).isoformat(),
        escalates=(at + clock.escalates).isoformat(),
        says=says,
    )


def matches(letter: Letter, covers: Iterable[tuple[UUID, Cover]]) -> list[UUID]:
    """Return the cases that this man's folio lies in. A closed case is nobody's business."""
    if not letter.folio:
        return []
    return [case for case, cover in covers if cover.state in _RUNNING and letter.folio in cover.men]


def running(covers: Iterable[tuple[UUID, Cover]]) -> list[UUID]:
    """Return the cases that a letter could be for."""
    return [case for case, cover in covers if cover.state in _RUNNING]
