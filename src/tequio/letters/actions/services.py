"""What the public page says of services: written by staff, shown once somebody called there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.letters.models import PublicService
from tequio.letters.policies import services_visible_to


@dataclass(frozen=True, slots=True)
class Said:
    """What a service is, as it was typed."""

    kind: str
    name: str
    what_for: str
    telephone: str
    hours: str
    cost: str
    place: str = ""


@transaction.atomic
def add(*, by: User, said: Said) -> PublicService:
    """Add a service. It is shown to nobody until somebody has called there."""
    require_everywhere(by, Permission.SERVICE_EDIT)
    service = PublicService(organisation_id=by.organisation_id)
    _put(service, said)
    service.save(force_insert=True)
    record("service.add", by=by, subject=service)
    return service


@transaction.atomic
def change(*, by: User, service_id: UUID, said: Said) -> PublicService:
    """Change a service; whoever changed it calls there again before it is shown."""
    require_everywhere(by, Permission.SERVICE_EDIT)
    service = _one(by, service_id)
    _put(service, said)
    service.verified_on, service.verified_by = None, ""
    service.save()
    record("service.change", by=by, subject=service)
    return service


@transaction.atomic
def verify(*, by: User, service_id: UUID) -> PublicService:
    """Say that one has called there today and that all of it is right."""
    require_everywhere(by, Permission.SERVICE_EDIT)
    service = _one(by, service_id)
    service.verified_on = clock.today(by.organisation.timezone)
    service.verified_by = by.name
    service.save(update_fields=["verified_on", "verified_by"])
    record("service.verify", by=by, subject=service)
    return service


@transaction.atomic
def remove(*, by: User, service_id: UUID) -> None:
    """Take a service away."""
    require_everywhere(by, Permission.SERVICE_EDIT)
    service = _one(by, service_id)
    record("service.remove", by=by, subject=service)
    service.delete()


def _one(by: User, service_id: UUID) -> PublicService:
    return pick(services_visible_to(by).select_for_update(of=("self",)), pk=service_id)


def _put(service: PublicService, said: Said) -> None:
    if said.kind == PublicService.Kind.REFUGE and said.place:
        raise DomainError(
            _("De un lugar donde quedarse no se escribe la dirección."),
            hint=_("Deja vacío dónde está: se llega por teléfono."),
        )
    for name in ("kind", "name", "what_for", "telephone", "hours", "cost", "place"):
        setattr(service, name, squeeze(getattr(said, name)))
