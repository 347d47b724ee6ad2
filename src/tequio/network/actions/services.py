"""The directory by hand: adding, changing, checking, saying that something failed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import fold, squeeze
from tequio.network.lookup import search_line
from tequio.network.models import Failure, Opening, Phone, Provider, Service
from tequio.network.needs import NEEDS, Need
from tequio.network.policies.services import visible_to
from tequio.network.rules.directory import hours, telephones
from tequio.network.rules.directory.drafts import SENTENCES
from tequio.network.rules.directory.meanings import names_a_street

# After these nobody is sent there until a person of ours has looked.
GRAVE: Final = frozenset({"wrong", "closed", "harm"})
_TEXTS: Final = (
    "name", "what_for", "eligibility", "cost", "how_to_ask", "bring", "accessibility",
    "safe_to_call", "address", "locality",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A service as it was typed."""

    provider: str
    name: str
    needs: tuple[str, ...]
    telephones: str = ""
    what_for: str = ""
    status: str = "active"
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    cost: str = ""
    how_to_ask: str = ""
    bring: str = ""
    languages: tuple[str, ...] = field(default=())
    accessibility: str = ""
    children: str = ""
    safe_to_call: str = ""
    refuge: bool = False
    address: str = ""
    locality: str = ""
    state: str = ""
    municipality: str = ""
    hours: str = ""


@transaction.atomic
def add(*, by: User, said: Said) -> Service:
    """Add a service. No woman sees it until somebody has checked it."""
    require_everywhere(by, Permission.DIRECTORY_WRITE)
    service = Service(organisation_id=by.organisation_id)
    _put(by, service, said)
    record("directory.add", by=by, subject=service)
    return service


@transaction.atomic
def change(*, by: User, service_id: UUID, said: Said) -> Service:
    """Change a service. Somebody checks it again before it is shown."""
    require_everywhere(by, Permission.DIRECTORY_WRITE)
    service = _one(by, service_id)
    service.verified_on, service.verified_by = None, ""
    _put(by, service, said)
    record("directory.change", by=by, subject=service)
    return service


@transaction.atomic
def verify(*, by: User, service_id: UUID) -> Service:
    """Say that one has called there today and that all of it is right; failures are settled."""
    require_everywhere(by, Permission.DIRECTORY_WRITE)
    service = _one(by, service_id)
    if not service.needs:
        raise DomainError(
            _("Falta para qué sirve este servicio."),
            hint=_("Corrígelo y elige al menos una necesidad; luego compruébalo."),
        )
    if Need.REFUGE in service.needs and not service.phones.exists():
        raise DomainError(
            _("Falta un teléfono: de un lugar donde quedarse no se muestra la dirección."),
            hint=_("Corrígelo y escribe a dónde se llama; luego compruébalo."),
        )
    today = clock.today(by.organisation.timezone)
    service.verified_on, service.verified_by = today, by.name
    service.failures_open, service.withheld = 0, False
    service.save(update_fields=["verified_on", "verified_by", "failures_open", "withheld"])
    service.failures.filter(settled_on=None).update(settled_on=today, settled_by=by.name)
    record("directory.verify", by=by, subject=service)
    return service


@transaction.atomic
def report(*, by: User, service_id: UUID, what: str, on: date) -> Failure:
    """Say that a service failed; anyone of ours may. It sinks, or is shown to nobody."""
    require(by, Permission.DIRECTORY_READ)
    service = _one(by, service_id)
    if what not in Failure.What.values:
        raise DomainError(_("Falta qué falló. Elige una de la lista."))
    if on > clock.today(by.organisation.timezone):
        raise DomainError(_("Esa fecha todavía no llega. Anota cuándo pasó."))
    made = Failure.objects.create(service=service, what=what, on=on, reported_by=by)
    service.failures_open += 1
    service.withheld = service.withheld or what in GRAVE
    service.save(update_fields=["failures_open", "withheld"])
    record("directory.fail", by=by, subject=service, detail={"what": what})
    return made


def _provider_of(organisation_id: UUID, name: str) -> Provider:
    """Return who gives services under a name; make it the first time."""
    name = squeeze(name)
    found, _made = Provider.objects.get_or_create(
        organisation_id=organisation_id, name_key=fold(name), defaults={"name": name}
    )
    return found


def _one(by: User, service_id: UUID) -> Service:
    found = visible_to(by).select_for_update(of=("self",)).select_related("provider")
    return pick(found, pk=service_id)


def _put(by: User, service: Service, said: Said) -> None:
    if said.refuge and (said.address or said.locality or said.municipality):
        raise DomainError(
            _("De un refugio no se escribe dónde está."),
            hint=_("Deja vacíos la dirección, la colonia y el municipio: se llega por teléfono."),
        )
    if said.refuge and any(names_a_street(getattr(said, name)) for name in SENTENCES):
        raise DomainError(
            _("Una de las frases dice dónde está el refugio."),
            hint=_("Quita la calle, la colonia o el número: se llega por teléfono."),
        )
    for name in _TEXTS:
        setattr(service, name, squeeze(getattr(said, name)))
    for name in ("status", "minimum_age", "maximum_age", "children", "refuge", "state"):
        setattr(service, name, getattr(said, name))
    service.municipality = said.municipality
    service.needs = [need for need in NEEDS if need in said.needs]
    service.languages = [squeeze(one) for one in said.languages if squeeze(one)]
    service.provider = _provider_of(by.organisation_id, said.provider)
    service.search = search_line(service, service.provider.name)
    service.changed_at = clock.now()
    found = telephones.read(said.telephones)
    if said.telephones.strip() and not found.numbers:
        raise DomainError(
            _("No se reconoció ningún teléfono."),
            hint=_("Escribe los 10 dígitos, con lada y sin 01. Si son varios, sepáralos con coma."),
        )
    openings = hours.read(said.hours)
    service.hours = "" if openings else squeeze(said.hours)
    service.save()
    service.openings.all().delete()
    Opening.objects.bulk_create(
        Opening(service=service, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in openings
    )
    service.phones.all().delete()
    Phone.objects.bulk_create(
        Phone(
            service=service,
            number=number,
            extension="" if n else found.extension,
            position=n,
        )
        for n, number in enumerate(found.numbers)
    )
