"""Every kind of letter, and within how many days somebody behind the wall attends to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What happened. Programme events go in for every man, whether or not a partner is known."""

    START = "start"
    NO_SHOW_AT_START = "no_show_at_start"
    DISCLOSURE = "disclosure"  # of physical, sexual or vicarious violence, or of a threat
    THIRD_ABSENCE = "third_absence"
    WITHDRAWAL = "withdrawal"
    EXCLUSION = "exclusion"
    RE_ENTRY = "re_entry"
    RISK_RAISED = "risk_raised"
    LETTER_ISSUED = "letter_issued"  # a certificate or a letter to a court
    END = "end"
    # By hand: what he says of her at intake, what somebody overheard, who asks to be called back.
    SHE_MAY_BE_OFFERED = "she_may_be_offered"
    HEARD = "heard"
    CALL_BACK = "call_back"
    REFERRAL = "referral"
    # Hers, and made behind the wall: what she answered waits to be read (letters/answers.py).
    ANSWERS = "answers"
    ANSWERS_URGENT = "answers_urgent"  # something in it that a person reads before anything else
    ANSWERS_STOPPED = "answers_stopped"  # she was not alone, or left the questions


@dataclass(frozen=True, slots=True)
class Clock:
    """When a letter has to be attended to, and when it escalates inside the wall."""

    within: timedelta
    escalates: timedelta


_DAY: Final = timedelta(days=1)
CLOCKS: Final[dict[Kind, Clock]] = {
    Kind.START: Clock(7 * _DAY, 14 * _DAY),
    Kind.NO_SHOW_AT_START: Clock(3 * _DAY, 7 * _DAY),
    Kind.DISCLOSURE: Clock(_DAY, 2 * _DAY),
    Kind.THIRD_ABSENCE: Clock(2 * _DAY, 4 * _DAY),
    Kind.WITHDRAWAL: Clock(2 * _DAY, 4 * _DAY),
    Kind.EXCLUSION: Clock(_DAY, 2 * _DAY),
    Kind.RE_ENTRY: Clock(7 * _DAY, 14 * _DAY),
    Kind.RISK_RAISED: Clock(_DAY, 2 * _DAY),
    Kind.LETTER_ISSUED: Clock(3 * _DAY, 7 * _DAY),
    Kind.END: Clock(7 * _DAY, 14 * _DAY),
    Kind.SHE_MAY_BE_OFFERED: Clock(7 * _DAY, 14 * _DAY),
    Kind.HEARD: Clock(_DAY, 2 * _DAY),
    Kind.CALL_BACK: Clock(_DAY, 2 * _DAY),
    Kind.REFERRAL: Clock(3 * _DAY, 7 * _DAY),
    Kind.ANSWERS: Clock(3 * _DAY, 7 * _DAY),
    Kind.ANSWERS_URGENT: Clock(_DAY, 2 * _DAY),
    Kind.ANSWERS_STOPPED: Clock(_DAY, 2 * _DAY),
}
# Of what she answered: no letter of these kinds comes in through the slot. Her page says until when
# somebody reads it, by the same clock as behind the wall.
OF_ANSWERS: Final = frozenset({Kind.ANSWERS, Kind.ANSWERS_URGENT, Kind.ANSWERS_STOPPED})
# Letters that are hers or about her by name: they wait for a person even if no case is linked.
BY_HAND: Final = frozenset({Kind.SHE_MAY_BE_OFFERED, Kind.HEARD, Kind.CALL_BACK, Kind.REFERRAL})
