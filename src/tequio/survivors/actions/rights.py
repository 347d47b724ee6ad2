"""Her requests about her data: written down, and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.errors import Conflict
from tequio.core.workdays import business_day_after, public_holidays
from tequio.survivors.actions import sheets
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import BadSheet, DataRequest
from tequio.survivors.rules.sheets.rights import TO_ANSWER


def until(received: date) -> date:
    """Return the last day on which she has to be answered."""
    return business_day_after(
        received, TO_ANSWER, public_holidays({received.year, received.year + 1})
    )


@transaction.atomic
def receive(*, by: OpenWall, case_id: UUID, right: str, on: date, asks: str) -> UUID:
    """Write down what she asked; from that day the term runs."""
    if on > sheets.today(by):
        raise BadSheet(_("Esa fecha todavía no llega."))
    body = DataRequest(right=right, on=on, until=until(on), asks=asks.strip())
    return sheets.write(by=by, case_id=case_id, body=body)


@transaction.atomic
def answer(*, by: OpenWall, case_id: UUID, sheet_id: UUID, answer: str, words: str) -> None:
    """Write down what she was answered."""
    held, body = sheets.pick(by, case_id, sheet_id, DataRequest)
    if body.answer:
        raise Conflict(
            _("Ya se le contestó."), hint=_("Si pide algo más, anota una solicitud nueva.")
        )
    said = replace(body, answer=answer, answered_on=sheets.today(by), words=words.strip())
    sheets.rewrite(by=by, case_id=case_id, held=held, body=said)
