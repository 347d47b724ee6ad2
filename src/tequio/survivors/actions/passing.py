"""Going on with a referral of hers: its link, what they answered on it, and taking it all back.

The link stands in a table outside, among as many others that look alike (`network.rules.slips`);
which of them is hers is known here alone.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.network.actions import slips
from tequio.network.queries.slips import answers
from tequio.network.rules import referrals as engine
from tequio.network.rules.slips import Slip
from tequio.survivors import words
from tequio.survivors.actions import sheets
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import answers as answering
from tequio.survivors.rules import standing
from tequio.survivors.rules.sheets import Body, Held, Referral, Shared, Step

# What needs no words of hers: she comes by herself.
_NOTHING: Final = "nothing"


def preview(
    *, by: OpenWall, case_id: UUID, referral: Referral, shared: Sequence[Shared], call: str
) -> Slip:
    """Return exactly what they will see; what she did not allow is refused here already."""
    there = [held.body for held in sheets.all_of(by, case_id)]
    _refuse_without_her_yes(by, there)
    if not referral.is_open:
        raise DomainError(_("Esta canalización ya terminó: no se comparte nada más."))
    if referral.agreed_until < sheets.today(by):
        raise DomainError(
            _("Su permiso ya se acabó: no se comparte nada."), hint=_("Pregúntale otra vez.")
        )
    chosen = set(referral.data) - {_NOTHING}
    if {one.code for one in shared} - chosen or any(not one.value.strip() for one in shared):
        raise DomainError(
            _("Solo se comparte lo que ella eligió, y nada vacío."),
            hint=_("Si cambió de idea, cambia primero la hoja con ella."),
        )
    return Slip(
        asked_by=by.user.organisation.name,
        to=referral.to,
        call=call.strip(),
        what_for=words.word(words.PURPOSES, referral.purpose),
        shown=tuple((words.word(words.DATA, one.code), one.value.strip()) for one in shared),
        until=min(referral.agreed_until, sheets.today(by) + engine.LONGEST),
    )


@transaction.atomic
def issue(*, by: OpenWall, case_id: UUID, held: Held, shared: Sequence[Shared], call: str) -> None:
    """Make the link that she agreed to, after she saw what is on it."""
    referral = _referral(held)
    slip = preview(by=by, case_id=case_id, referral=referral, shared=shared, call=call)
    slips.withdraw(secret=referral.secret)
    secret = slips.take(
        organisation_id=by.wall.organisation_id,
        which="walled",
        markers=_markers(by),
        slip=slip,
    )
    body = replace(referral, shared=tuple(shared), secret=secret)
    sheets.rewrite(by=by, case_id=case_id, held=held, body=body)


@transaction.atomic
def go_on(*, by: OpenWall, case_id: UUID, held: Held, step: Step) -> None:
    """Write what happened. With the last step nothing is shared any more."""
    _write(by, case_id, held, _referral(held), [step])


@transaction.atomic
def take_in(*, by: OpenWall, case_id: UUID, held: Held) -> None:
    """Write what they answered on the link."""
    referral = _referral(held)
    new = unread(referral)
    if not new:
        raise DomainError(_("No hay nada nuevo en la liga."))
    _write(by, case_id, held, referral, new)


@transaction.atomic
def escort(*, by: OpenWall, case_id: UUID, held: Held, who: str, on: date) -> None:
    """Write who went along with her, and when."""
    if on > sheets.today(by):
        raise DomainError(_("Esa fecha todavía no llega. Anota lo que ya pasó."))
    body = replace(_referral(held), escort=who.strip(), escorted_on=on)
    sheets.rewrite(by=by, case_id=case_id, held=held, body=body)


@transaction.atomic
def take_back_all(*, by: OpenWall, case_id: UUID, on: date) -> None:
    """End every referral that is open: she does not want anything shared any more."""
    for held in sheets.all_of(by, case_id):
        if isinstance(held.body, Referral) and held.body.is_open:
            day = max(on, held.body.steps[-1].on)
            _write(by, case_id, held, held.body, [Step(engine.State.REVOKED, day)])


def withdraw_links(bodies: Sequence[Body]) -> None:
    """Make the links of a case noise, because the case goes."""
    for body in bodies:
        if isinstance(body, Referral):
            slips.withdraw(secret=body.secret)


def unread(referral: Referral) -> list[Step]:
    """Return what they answered on the link and nobody wrote down yet."""
    return answering.unread(referral, answers(referral.secret))


def _write(
    by: OpenWall, case_id: UUID, held: Held, referral: Referral, new: Sequence[Step]
) -> None:
    body = replace(referral, steps=(*referral.steps, *new))
    if not body.is_open:
        slips.withdraw(secret=referral.secret)
        body = replace(body, shared=(), secret="")
    sheets.rewrite(by=by, case_id=case_id, held=held, body=body)


def _refuse_without_her_yes(by: OpenWall, there: Sequence[Body]) -> None:
    said = standing.last_words(there).get("share")
    today = sheets.today(by)
    if said is None or said.decision != "given" or (said.until and said.until < today):
        raise DomainError(
            _("Ella no ha dicho que sí a compartir con otra organización, o ya se acabó."),
            hint=_("Pregúntaselo en «Lo que ella decidió», y después haz la liga."),
        )


def _markers(by: OpenWall) -> list[bytes]:
    """Return by what this wall knows its links again: first by its newest key."""
    turns = [by.current, *(turn for turn in by.pairs if turn != by.current)]
    return [
        hmac.new(by.pairs[turn].private, b"tequio slip|mine", sha256).digest() for turn in turns
    ]


def _referral(held: Held) -> Referral:
    if not isinstance(held.body, Referral):
        raise TypeError(held.body.KIND)
    return held.body
