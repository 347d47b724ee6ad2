"""The second person's word on a judgement of danger."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.survivors.actions import sheets
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Held, Risk


@transaction.atomic
def review(*, by: OpenWall, case_id: UUID, held: Held, words: str) -> None:
    """Put a second name under a judgement. The first person's own name does not count twice."""
    _held, risk = sheets.pick(by, case_id, held.id, Risk)
    if risk.reviewed_by:
        raise DomainError(_("Otra persona ya la leyó."))
    read = replace(risk, reviewed_by=by.user.login, reviewed_on=sheets.today(by), review=words)
    sheets.rewrite(by=by, case_id=case_id, held=held, body=read)
