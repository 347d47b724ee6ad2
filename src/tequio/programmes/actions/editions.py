"""Adopting and signing an edition of a model; keeping the list of sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.programmes.definitions import shipped
from tequio.programmes.models import Edition, Site
from tequio.programmes.policies import editions_visible_to
from tequio.programmes.queries import claims_nothing
from tequio.territory import places


@transaction.atomic
def adopt_edition(*, by: User, model_slug: str) -> Edition:
    """Take up a shipped model, unsigned; adopting it twice gives the same edition."""
    require_everywhere(by, Permission.EDITION_SIGN)
    found = shipped().get(model_slug)
    if found is None:
        raise not_visible()
    model = found.model
    edition, created = Edition.objects.get_or_create(
        organisation_id=by.organisation_id,
        model_slug=model.slug,
        model_version=model.version,
        defaults={
            "model_sha256": found.sha256,
            "name": model.name,
            "sessions_planned": model.sessions.count.value,
            "minutes": model.sessions.minutes.value,
        },
    )
    if created:
        record("edition.adopt", by=by, subject=edition)
    return edition


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The diagnosis that an edition cites: its name, its day, where it is kept, its place."""

    title: str
    on: date | None = None
    kept: str = ""
    place: str = ""


@transaction.atomic
def sign_edition(
    *,
    by: User,
    edition_id: UUID,
    signed_by: str,
    signed_as: str,
    diagnosis: Diagnosis | None = None,
) -> Edition:
    """Record that a named qualified person of the organisation answers for this edition."""
    require_everywhere(by, Permission.EDITION_SIGN)
    edition = pick(editions_visible_to(by).select_for_update(), pk=edition_id)
    if edition.signed_at is not None:
        raise DomainError(
            _("Esta edición ya está firmada por %(name)s.") % {"name": edition.signed_by},
            hint=_("Una edición firmada no cambia; para cambiarla, adopta una versión nueva."),
        )
    edition.signed_by, edition.signed_as = squeeze(signed_by), squeeze(signed_as)
    if not (edition.signed_by and edition.signed_as):
        raise DomainError(
            _("Falta el nombre o la formación de quien firma."),
            hint=_("Escribe los dos: quien firma responde por cómo se trabaja."),
        )
    _cite(edition, diagnosis)
    edition.signed_at = clock.now()
    edition.save()
    record("edition.sign", by=by, subject=edition)
    return edition


def _cite(edition: Edition, diagnosis: Diagnosis | None) -> None:
    """Write which diagnosis of the context this edition answers to; an old register has none."""
    if claims_nothing(edition):
        edition.diagnosis_title = _("No aplica: es un registro anterior")
        return
    title = squeeze(diagnosis.title) if diagnosis else ""
    if diagnosis is None or not title:
        raise DomainError(
            _("Falta el diagnóstico del contexto en que se apoya esta edición."),
            hint=_("Escribe cómo se llama y de cuándo es: el programa se diseña después de él."),
        )
    if diagnosis.on is not None and diagnosis.on > clock.today(edition.organisation.timezone):
        raise DomainError(_("El día del diagnóstico todavía no llega."), hint=_("Revisa la fecha."))
    edition.diagnosis_title = title
    edition.diagnosis_on = diagnosis.on
    edition.diagnosis_kept = squeeze(diagnosis.kept)
    edition.diagnosis_place = diagnosis.place if places.find(diagnosis.place) else ""


@transaction.atomic
def add_site(*, by: User, name: str, timezone: str) -> Site:
    """Add a place where the organisation works."""
    require_everywhere(by, Permission.SITE_MANAGE)
    name = squeeze(name)
    if timezone not in available_timezones():
        raise DomainError(
            _("«%(zone)s» no es una zona horaria.") % {"zone": timezone},
            hint=_("Elige una de la lista, por ejemplo America/Mexico_City."),
        )
    try:
        with transaction.atomic():
            site = Site.objects.create(
                organisation_id=by.organisation_id, name=name, timezone=timezone
            )
    except IntegrityError as error:
        raise DomainError(
            _("Ya hay una sede que se llama «%(name)s».") % {"name": name},
            hint=_("Usa esa sede, o escribe un nombre distinto."),
        ) from error
    record("site.add", by=by, subject=site)
    return site
