"""Issuing a certificate of attendance, and voiding one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock, ids
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.programmes.models import Enrolment
from tequio.programmes.policies import enrolments_visible_to
from tequio.reports import vault, wording
from tequio.reports.counted import counted
from tequio.reports.models import Certificate
from tequio.reports.policies import certificates_visible_to
from tequio.reports.queries import full_name


@transaction.atomic
def issue(*, by: User, enrolment_id: UUID, signed_name: str, signed_as: str) -> Certificate:
    """Issue a certificate of what he attended until today. Nobody writes its words."""
    require_everywhere(by, Permission.CERTIFICATE_ISSUE)
    enrolment = pick(
        enrolments_visible_to(by).select_related("participant", "edition"), pk=enrolment_id
    )
    signed_name, signed_as = squeeze(signed_name), squeeze(signed_as)
    if not (signed_name and signed_as):
        raise DomainError(
            _("Falta quién firma la constancia o su cargo."), hint=_("Escribe los dos.")
        )
    name = full_name(by, enrolment.participant)
    if not name:
        raise DomainError(
            _("No se sabe el nombre de esta persona, y una constancia lo lleva."),
            hint=_("Escríbelo en su página, como aparece en su identificación."),
        )
    certificate = _counted(by, enrolment, signed_name, signed_as)
    certificate.sealed_name = vault.seal_name(certificate, name)
    certificate.save(force_insert=True)
    slot.deposit(
        organisation_id=by.organisation_id,
        kind=Kind.LETTER_ISSUED,
        folio=enrolment.participant.folio,
        says={"attended": certificate.attended, "held": certificate.held},
    )
    record("certificate.issue", by=by, subject=certificate)
    return certificate


def _counted(by: User, enrolment: Enrolment, signed_name: str, signed_as: str) -> Certificate:
    found = counted(by, enrolment.participant, enrolment.edition)
    if not found.dose.held:
        raise DomainError(
            _("No hay nada que hacer constar: no hubo sesiones mientras estuvo en el grupo."),
            hint=_("Pasa primero las listas de su grupo."),
        )
    return Certificate(
        organisation_id=by.organisation_id,
        folio=ids.new_folio(),
        participant=enrolment.participant,
        edition=enrolment.edition,
        wording=wording.NEWEST,
        attended=found.dose.attended,
        held=found.dose.held,
        made_up=found.dose.made_up,
        unrecorded=found.dose.unrecorded,
        first_on=found.first_on,
        last_on=found.last_on,
        issued_on=clock.today(by.organisation.timezone),
        issued_by=by.login,
        signed_name=signed_name,
        signed_as=signed_as,
    )


@transaction.atomic
def void(*, by: User, certificate_id: UUID, reason: str) -> Certificate:
    """Say that a certificate no longer holds. Its line stays; the check page says so."""
    require_everywhere(by, Permission.CERTIFICATE_ISSUE)
    certificate = pick(
        certificates_visible_to(by).select_for_update(of=("self",)), pk=certificate_id
    )
    if certificate.voided_at is not None:
        raise DomainError(
            _("Esta constancia ya estaba anulada."), hint=_("No hace falta nada más.")
        )
    if reason not in Certificate.VoidReason.values:
        raise DomainError(_("Falta por qué se anula."), hint=_("Elige un motivo de la lista."))
    certificate.voided_at = clock.now()
    certificate.voided_by = by.login
    certificate.void_reason = reason
    certificate.save(update_fields=["voided_at", "voided_by", "void_reason"])
    record("certificate.void", by=by, subject=certificate, detail={"reason": reason})
    return certificate


@transaction.atomic
def note_print(*, by: User, certificate: Certificate) -> None:
    """Write that the paper with a man's name left the system."""
    record("certificate.print", by=by, subject=certificate)
