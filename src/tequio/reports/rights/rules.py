"""The days that the law gives, and where a request stands.

Ley Federal de Protección de Datos Personales en Posesión de los Particulares (DOF 20-03-2025, in
force since 21-03-2025): twenty business days to answer from the day of receipt, fifteen more to
carry out what was granted from the day of the answer, each extended once by as much where it is
justified. The numbers are those of the articles on the exercise of ARCO rights as commonly cited;
no lawyer of the project has compared them with the gazette (docs: «Qué se guarda»).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tequio.core.workdays import business_day_after

TO_ANSWER: Final = 20
TO_CARRY_OUT: Final = 15
_WORD: Final = re.compile(r"[^\W\d_][\w'-]*", re.UNICODE)
_ENDS: Final = frozenset('.!?¿¡\n:;«»"-—(')


class Stands(StrEnum):
    """Where a request stands."""

    WHO = "who"  # nobody looked yet who asks
    ANSWER = "answer"
    CARRY_OUT = "carry_out"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Request:
    """What the days are counted from."""

    received_on: date
    identified: bool
    extended: bool
    answered_on: date | None
    granted: bool
    carried_on: date | None


def stands(request: Request) -> Stands:
    """Return what has to be done next."""
    if request.answered_on is None:
        return Stands.ANSWER if request.identified else Stands.WHO
    if request.granted and request.carried_on is None:
        return Stands.CARRY_OUT
    return Stands.DONE


def due_on(request: Request, off: Collection[date]) -> date | None:
    """Return the last day for what has to be done next; None when nothing has to be."""
    match stands(request):
        case Stands.WHO | Stands.ANSWER:
            days = TO_ANSWER * (2 if request.extended else 1)
            return business_day_after(request.received_on, days, off)
        case Stands.CARRY_OUT:
            return business_day_after(request.answered_on or request.received_on, TO_CARRY_OUT, off)
    return None


def may_be_names(text: str, own: Iterable[str]) -> tuple[str, ...]:
    """Return words that look like names of others: capitals within a sentence, not his own.

    It helps whoever reads and decides nothing: names written small are not found.
    """
    his = {word.casefold() for name in own for word in name.split()}
    found = []
    for match in _WORD.finditer(text):
        before = text[: match.start()].rstrip(" ")
        begins = not before or before[-1] in _ENDS
        word = match[0]
        if word[0].isupper() and not begins and word.casefold() not in his and len(word) > 1:
            found.append(word)
    return tuple(dict.fromkeys(found))
