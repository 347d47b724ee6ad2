"""Writing down what a gathering said of its place, and taking it off again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.territory import places
from tequio.territory.models import Gathering
from tequio.territory.policies import gatherings_visible_to


@dataclass(frozen=True, slots=True)
class Heard:
    """When, where and among how many it was said, and what."""

    held_on: date
    way: str
    present: int
    who: str
    where: str = ""
    work: str = ""
    insecurity: str = ""
    school: str = ""
    problems: str = ""


@transaction.atomic
def write(*, by: User, municipality: str, heard: Heard) -> Gathering:
    """Keep what was said, with its day and how many were there."""
    require_everywhere(by, Permission.CONTEXT_WRITE)
    if places.find(municipality) is None:
        raise not_visible()
    said = [text.strip() for text in (heard.work, heard.insecurity, heard.school, heard.problems)]
    if not any(said):
        raise DomainError(
            _("No hay nada de lo que dijo la asamblea."),
            hint=_("Escribe al menos una de las cuatro cosas que se preguntan."),
        )
    if heard.held_on > clock.today(by.organisation.timezone):
        raise DomainError(_("Ese día todavía no llega."), hint=_("Revisa la fecha de la asamblea."))
    work, insecurity, school, problems = said
    row = Gathering.objects.create(
        organisation_id=by.organisation_id,
        municipality=municipality,
        held_on=heard.held_on,
        way=heard.way,
        present=heard.present,
        who=squeeze(heard.who),
        where=squeeze(heard.where),
        work=work,
        insecurity=insecurity,
        school=school,
        problems=problems,
        written_by=by,
    )
    record("gathering.write", by=by, subject=row)
    return row


@transaction.atomic
def withdraw(*, by: User, gathering_id: UUID, why: str) -> Gathering:
    """Take what was said off the diagnosis, and say why."""
    require_everywhere(by, Permission.CONTEXT_WRITE)
    row = pick(gatherings_visible_to(by).select_for_update(), pk=gathering_id)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_why = squeeze(why)
    if not row.withdrawn_why:
        raise DomainError(_("Falta decir por qué se quita."), hint=_("Una frase basta."))
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record("gathering.withdraw", by=by, subject=row)
    return row
