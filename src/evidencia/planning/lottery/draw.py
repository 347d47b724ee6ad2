"""The draw: SHA-256 and sorting."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from evidencia.words import Note, Refusal

ALGORITHM = "evidencia-lottery-1"
SHORTEST_SEED = 20
"""Characters: twenty throws of a die are 51 bits, more than anybody tries in an afternoon."""

Start = Literal["now", "later", "exempt"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list.

    Attributes
    ----------
    code
        A code, never a name: the list is published.
    stratum
        Site or group within which the lottery is drawn.
    exempt
        Why the lottery does not decide (``"mandated"``, ``"high_risk"``…); empty for the rest.
    """

    code: str
    stratum: str = ""
    exempt: str = ""

    def __post_init__(self) -> None:
        if not self.code:
            raise ValueError("Everybody on the list needs a code.")
        for text in (self.code, self.stratum, self.exempt):
            if text != text.strip() or any(unicodedata.category(c) == "Cc" for c in text):
                raise ValueError(f"{text!r} holds a tab, a line feed or space at an end.")
            if not unicodedata.is_normalized("NFC", text):
                raise ValueError(f"{text!r} is not in Unicode form NFC.")


@dataclass(frozen=True, slots=True)
class Lottery:
    """What is agreed before the draw.

    Attributes
    ----------
    title
        Which lottery: another title is another draw.
    people
        In the order of the list.
    max_delay_days
        The longest that anybody waits; recorded, because waiting is the cost of the comparison.
    seats
        Places to start now in each stratum; None for blocks.
    block_size
        People per block; None for seats.

    Raises
    ------
    ValueError
        If codes repeat, or both or neither of `seats` and `block_size` are given, or `seats`
        leaves out a stratum.
    Refusal
        If there is room for everybody.
    """

    title: str
    people: tuple[Person, ...]
    max_delay_days: int
    seats: Mapping[str, int] | None = None
    block_size: int | None = None

    def __post_init__(self) -> None:
        if len({p.code for p in self.people}) != len(self.people):
            raise ValueError("A code appears twice on the list.")
        if (self.seats is None) == (self.block_size is None):
            raise ValueError("Give either seats for each stratum, or a block size.")
        if self.max_delay_days < 1:
            raise ValueError("max_delay_days is at least one day.")
        if "\n" in self.title:
            raise ValueError("The title is a single line.")
        if self.block_size is not None and self.block_size < 2:
            raise ValueError("A block holds at least two people.")
        if self.seats is not None:
            self._check_seats(self.seats)

    def _check_seats(self, seats: Mapping[str, int]) -> None:
        strata = {p.stratum for p in self.drawn}
        if strata - set(seats) or any(n < 0 for n in seats.values()):
            raise ValueError("seats needs a number, not negative, for each stratum of the list.")
        waiting = [s for s in strata if sum(p.stratum == s for p in self.drawn) > seats[s]]
        if not waiting:
            raise Refusal(Note.of("planning.no_lottery_needed", n=len(self.people)))

    @property
    def drawn(self) -> tuple[Person, ...]:
        """Return those for whom the lottery decides."""
        return tuple(p for p in self.people if not p.exempt)


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody got.

    Attributes
    ----------
    code
        Of the person.
    start
        ``"now"``, ``"later"`` (within `max_delay_days`) or ``"exempt"`` (now, outside the draw).
    rank
        Place in his stratum or block, from 1; 0 for those exempt. Whoever waits is called in this
        order when a seat falls free.
    """

    code: str
    start: Start
    rank: int


def digest(*lines: str) -> str:
    """Return SHA-256 of lines joined by line feeds, in lower-case hexadecimal."""
    return sha256("\n".join(lines).encode("utf-8")).hexdigest()


def commit(seed: str) -> str:
    """Return the commitment to a seed, to be published before the list is closed.

    Raises
    ------
    ValueError
        If the seed is short enough to be guessed from its commitment.
    """
    if len(seed) < SHORTEST_SEED or "\n" in seed:
        raise ValueError(
            f"A seed is one line of at least {SHORTEST_SEED} characters; throw a die that often."
        )
    return digest(ALGORITHM, seed)


def list_digest(people: Sequence[Person]) -> str:
    """Return the digest of a closed list, to be published with it."""
    lines = "".join(f"{p.code}\t{p.stratum}\t{p.exempt}\n" for p in people)
    return sha256(lines.encode("utf-8")).hexdigest()


def draw(lottery: Lottery, seed: str, beacon: str = "") -> tuple[Place, ...]:
    """Return what everybody gets, in the order of the list.

    Parameters
    ----------
    lottery
        The closed list and what was agreed.
    seed
        The one committed to.
    beacon
        A public number from after the closing, on one line.
    """
    commit(seed)  # refuses a seed that nobody could have committed to
    wait = str(lottery.max_delay_days)
    key = digest(ALGORITHM, seed, list_digest(lottery.people), beacon, lottery.title, wait)
    places = {p.code: Place(p.code, "exempt", 0) for p in lottery.people if p.exempt}
    for stratum in sorted({p.stratum for p in lottery.drawn}):
        members = [p.code for p in lottery.drawn if p.stratum == stratum]
        size = lottery.block_size or len(members)
        for start in range(0, len(members), size):
            block = sorted(members[start : start + size], key=lambda code: digest(key, code))
            now = len(block) // 2 if lottery.seats is None else lottery.seats[stratum]
            for rank, code in enumerate(block, 1):
                places[code] = Place(code, "now" if rank <= now else "later", rank)
    return tuple(places[p.code] for p in lottery.people)
