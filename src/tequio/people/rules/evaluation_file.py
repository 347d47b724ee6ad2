"""One answer as a row of the file that an evaluation reads: the same as the simulator writes."""

from __future__ import annotations

from datetime import date
from typing import Final

from tequio.instruments.definitions import Instrument
from tequio.instruments.exports import Answer
from tequio.instruments.rules.scoring import score

INSTRUMENT: Final = "conductas-el"
WAVES: Final = ("T0", "T1", "T2", "T3", "T4")
TYPES: Final = ("psychological", "control", "economic", "physical", "sexual")
HEADER: Final = ("man", "wave", "date", "informant", *TYPES)
INFORMANT: Final = "man"


def row(whole: Instrument, answer: Answer) -> tuple[str | int | date | None, ...]:
    """Return whether he tells of each type of violence; empty where it cannot be known."""
    told = (_told(whole, answer, kind) for kind in TYPES)
    return (answer.who, answer.wave, answer.on, INFORMANT, *told)


def _told(whole: Instrument, answer: Answer, kind: str) -> int | None:
    value = score(whole, whole.the_scale(f"{kind}_any"), answer.answers).value
    return None if value is None else int(value)
