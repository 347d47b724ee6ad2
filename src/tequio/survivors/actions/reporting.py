"""Whether an authority is told of what she said: one member decides, another looks at it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.survivors import log
from tequio.survivors.actions import sheets
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Held, Report


@transaction.atomic
def decide(*, by: OpenWall, case_id: UUID, said: Report) -> UUID:
    """Write a decision; it waits for a second person, and holds meanwhile."""
    made = sheets.write(by=by, case_id=case_id, body=said)
    log.write("report.decide", by=by, case_id=case_id)
    return made


@transaction.atomic
def review(
    *, by: OpenWall, case_id: UUID, sheet_id: UUID, version: int, verdict: str, words: str
) -> None:
    """Say as a second person whether it was rightly decided."""
    held, report = sheets.pick(by, case_id, sheet_id, Report)
    if report.verdict:
        raise Conflict(_("Otra persona ya la revisó."), hint=_("Abre la página otra vez."))
    if report.decided_by == by.user.login:
        raise DomainError(
            _("La revisa otra persona del equipo, no quien la decidió."),
            hint=_("Pídele a alguien más que la lea hoy."),
        )
    if verdict == "again" and not words.strip():
        raise DomainError(
            _("Falta decir por qué hay que decidirlo otra vez."), hint=_("Una frase basta.")
        )
    after = replace(
        report,
        verdict=verdict,
        reviewed_by=by.user.login,
        reviewed_at=clock.now(),
        review=words.strip(),
    )
    read = Held(held.id, version, held.body)
    sheets.rewrite(by=by, case_id=case_id, held=read, body=after)
    log.write("report.review", by=by, case_id=case_id)
