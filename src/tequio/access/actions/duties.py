"""Exceptions to the separation of duty: signed by two, one of them from outside; they run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import separation
from tequio.access.models import DutyException, User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze


@dataclass(frozen=True, slots=True)
class Outside:
    """The second person, who does not work in the organisation."""

    name: str
    office: str
    organisation: str


@transaction.atomic
def sign_exception(
    *, by: User, user_id: UUID, reason: str, outside: Outside, ends_on: date
) -> DutyException:
    """Let somebody work on both sides until a day, at most a year away."""
    require_everywhere(by, Permission.DUTY_EXCEPT)
    user = User.objects.filter(organisation=by.organisation_id, pk=user_id, is_active=True).first()
    if user is None:
        raise not_visible()
    if user.pk == by.pk:
        raise DomainError(
            _("Nadie firma su propia excepción."),
            hint=_("Que la firme otra persona con el rol de Dirección."),
        )
    today = clock.today(by.organisation.timezone)
    if not today < ends_on <= today + separation.LONGEST:
        raise DomainError(
            _("Una excepción dura cuando mucho un año."),
            hint=_("Elige un día entre mañana y dentro de un año; después se puede firmar otra."),
        )
    inside = squeeze(outside.organisation).casefold() == by.organisation.name.casefold()
    if inside:
        raise DomainError(
            _("La segunda persona tiene que ser de fuera de tu organización."),
            hint=_("Por ejemplo de una organización aliada, del consejo o de una universidad."),
        )
    made = DutyException.objects.create(
        user=user,
        reason=squeeze(reason),
        signed_on=today,
        signed_by=by,
        outside_name=squeeze(outside.name),
        outside_office=squeeze(outside.office),
        outside_organisation=squeeze(outside.organisation),
        ends_on=ends_on,
    )
    record("duty_exception.sign", by=by, subject=made, detail={"until": ends_on.isoformat()})
    return made


@transaction.atomic
def end_exception(*, by: User, exception_id: UUID) -> None:
    """Take an exception back before its day: the door shuts at the next click."""
    require_everywhere(by, Permission.DUTY_EXCEPT)
    rows = DutyException.objects.select_for_update(of=("self",)).filter(
        user__organisation=by.organisation_id, pk=exception_id
    )
    found = rows.select_related("user").first()
    if found is None:
        raise not_visible()
    if found.ended_at is None:
        found.ended_at = clock.now()
        found.save(update_fields=["ended_at"])
        record("duty_exception.end", by=by, subject=found)
