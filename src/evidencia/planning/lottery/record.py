"""A finished lottery as a file that anybody can check."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from evidencia.planning.lottery.draw import (
    ALGORITHM,
    Lottery,
    Person,
    Place,
    commit,
    draw,
    list_digest,
)
from evidencia.words import Note, Refusal


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was published about a lottery.

    Attributes
    ----------
    lottery
        The closed list and what was agreed.
    commitment, committed_on
        What was published first, and the day (``"2026-07-01"``).
    list_sha256, closed_on
        The closed list, and the day.
    seed, beacon
        Made public after the closing.
    result
        In the order of the list.
    """

    lottery: Lottery
    commitment: str
    committed_on: str
    list_sha256: str
    closed_on: str
    seed: str
    beacon: str
    result: tuple[Place, ...]

    @classmethod
    def of(
        cls,
        lottery: Lottery,
        *,
        seed: str,
        committed_on: str,
        closed_on: str,
        beacon: str = "",
    ) -> Record:
        """Draw a lottery and record it.

        Raises
        ------
        ValueError
            If the commitment is not earlier than the closing.
        """
        if date.fromisoformat(committed_on) >= date.fromisoformat(closed_on):
            raise ValueError("The commitment must be published on a day before the list closes.")
        return cls(
            lottery,
            commit(seed),
            committed_on,
            list_digest(lottery.people),
            closed_on,
            seed,
            beacon,
            draw(lottery, seed, beacon),
        )


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a lottery adds up, with the sentence that says so and what to mind."""

    right: bool
    notes: tuple[Note, ...]


def write(record: Record, path: Path) -> None:
    """Write a record as JSON, readable by anybody."""
    path.write_text(as_text(record), encoding="utf-8")


def as_text(record: Record) -> str:
    """Return a record as JSON."""
    lottery = record.lottery
    facts = {
        "algorithm": ALGORITHM,
        "title": lottery.title,
        "commitment": record.commitment,
        "committed_on": record.committed_on,
        "list_sha256": record.list_sha256,
        "closed_on": record.closed_on,
        "seats": None if lottery.seats is None else dict(lottery.seats),
        "block_size": lottery.block_size,
        "max_delay_days": lottery.max_delay_days,
        "beacon": record.beacon,
        "seed": record.seed,
        "list": [asdict(person) for person in lottery.people],
        "result": [asdict(place) for place in record.result],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def read(path: Path) -> Record:
    """Read a record, without judging it.

    Raises
    ------
    Refusal
        If the file is not a lottery.
    """
    try:
        return of_text(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        raise Refusal(Note.of("planning.lottery_unreadable", why=str(wrong))) from wrong


def of_text(text: str) -> Record:
    """Read what :func:`as_text` wrote, without judging it.

    Raises
    ------
    Refusal
        If the text is not a lottery.
    """
    try:
        facts = json.loads(text)
        if facts["algorithm"] != ALGORITHM:
            raise ValueError(f"algorithm {facts['algorithm']!r}")
        lottery = Lottery(
            str(facts["title"]),
            tuple(Person(**person) for person in facts["list"]),
            facts["max_delay_days"],
            facts["seats"],
            facts["block_size"],
        )
        return Record(
            lottery,
            str(facts["commitment"]),
            date.fromisoformat(facts["committed_on"]).isoformat(),
            str(facts["list_sha256"]),
            date.fromisoformat(facts["closed_on"]).isoformat(),
            str(facts["seed"]),
            str(facts["beacon"]),
            tuple(Place(**place) for place in facts["result"]),
        )
    except (ValueError, KeyError, TypeError) as wrong:
        raise Refusal(Note.of("planning.lottery_unreadable", why=str(wrong))) from wrong


def verify(record: Record) -> Verification:
    """Repeat a lottery from its seed and compare."""
    wrong = _wrong(record)
    if wrong is not None:
        return Verification(False, (wrong,))
    people = record.lottery.people
    exempt = len(people) - len(record.lottery.drawn)
    notes = [
        Note.of(
            "planning.lottery_right",
            committed=record.committed_on,
            closed=record.closed_on,
            n=len(record.lottery.drawn),
            exempt=exempt,
        )
    ]
    if not record.beacon:
        notes.append(Note.of("planning.lottery_no_beacon"))
    return Verification(True, tuple(notes))


def _wrong(record: Record) -> Note | None:
    try:
        commitment = commit(record.seed)
    except ValueError:
        commitment = ""
    if commitment != record.commitment:
        return Note.of("planning.lottery_wrong_seed")
    if record.committed_on >= record.closed_on:
        return Note.of(
            "planning.lottery_wrong_order", committed=record.committed_on, closed=record.closed_on
        )
    if list_digest(record.lottery.people) != record.list_sha256:
        return Note.of("planning.lottery_wrong_list")
    right = draw(record.lottery, record.seed, record.beacon)
    told = {place.code: place for place in record.result}
    for place in right:
        if told.get(place.code) != place:
            return Note.of("planning.lottery_wrong_result", code=place.code)
    if len(record.result) != len(right):
        extra = sorted(set(told) - {place.code for place in right}) or [record.result[-1].code]
        return Note.of("planning.lottery_wrong_result", code=extra[0])
    return None
