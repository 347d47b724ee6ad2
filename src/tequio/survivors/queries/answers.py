"""What other organisations answered on the links of a case, before anybody wrote it down.

It is looked at when her case is opened, and nowhere else: a list is made of covers, and a link is
told of by the sheet alone (ADR 0068).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tequio.network.queries.slips import answers_of
from tequio.network.rules import referrals as engine
from tequio.network.rules.slips import Slip
from tequio.survivors import words
from tequio.survivors.rules.sheets import Held, Referral, Step


@dataclass(frozen=True, slots=True)
class Answered:
    """The last word of one place, in words."""

    sheet_id: UUID
    to: str
    said: str
    why: str
    on: date


def unread(referral: Referral, slip: Slip | None) -> list[Step]:
    """Return the answers that may follow what is written down."""
    state, new = referral.state, []
    for one in slip.answers if slip else ():
        if engine.may_follow(state, one.state):
            why = str(engine.Reason(one.why).label) if one.why else ""
            new.append(Step(one.state, max(one.on, referral.steps[-1].on), why))
            state = one.state
    return new


def answered(held: Sequence[Held]) -> list[Answered]:
    """Return what was answered on the links of a case and nobody has written down."""
    rows = [(one.id, one.body) for one in held if isinstance(one.body, Referral)]
    linked = [(key, body) for key, body in rows if body.secret and body.is_open]
    if not linked:
        return []
    slips = answers_of(body.secret for _key, body in linked)
    found = []
    for key, body in linked:
        for last in unread(body, slips.get(body.secret))[-1:]:
            said = words.word(words.REFERRAL_STATES, last.state)
            found.append(Answered(key, body.to, said, last.words, last.on))
    return found
