"""Who keeps what women say: the own team, an ally by agreement, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import Organisation, User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.letters import addresses
from tequio.letters.addresses import NO_ALLY, NotAnAddress, Written
from tequio.letters.models import Address, Slot


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was signed with an ally."""

    signed_on: date
    signed_by: str
    signed_by_ally: str
    ends_on: date


@transaction.atomic
def keep_ourselves(*, by: User) -> None:
    """Send letters to the own women's team."""
    require_everywhere(by, Permission.SLOT_CHOOSE)
    own = addresses.address_of(by.organisation_id)
    if own is None:
        raise DomainError(
            _("Tu equipo de mujeres todavía no funda su muro."),
            hint=_("Lo hace una persona con el rol de Acompañamiento, en «Muro»."),
        )
    _choose(by, Slot.Holder.OWN, by.organisation, own.epoch, own.public, NO_ALLY)


@transaction.atomic
def lend_to_ally(*, by: User, address: str, agreement: Agreement) -> Slot:
    """Send letters to another organisation's wall, as agreed and until the agreement ends."""
    require_everywhere(by, Permission.SLOT_CHOOSE)
    ally, written = _ally(by, address)
    today = clock.today(by.organisation.timezone)
    if not agreement.signed_on <= today < agreement.ends_on:
        raise DomainError(
            _("El convenio tiene que estar firmado y no haber terminado."),
            hint=_("Revisa el día de la firma y el día en que termina."),
        )
    terms = {
        "ally_name": ally.name,
        "signed_on": agreement.signed_on,
        "signed_by": squeeze(agreement.signed_by),
        "signed_by_ally": squeeze(agreement.signed_by_ally),
        "ends_on": agreement.ends_on,
    }
    return _choose(by, Slot.Holder.ALLIED, ally, written.epoch, written.public, terms)


@transaction.atomic
def keep_nothing(*, by: User) -> None:
    """Collect no partner data at all."""
    require_everywhere(by, Permission.SLOT_CHOOSE)
    _choose(by, Slot.Holder.NONE, None, None, None, NO_ALLY)


def _ally(by: User, typed: str) -> tuple[Organisation, Written]:
    try:
        written = Written.read(typed)
    except NotAnAddress as error:
        raise DomainError(
            _("La dirección del buzón no está bien copiada."),
            hint=_("Pide que te la envíen otra vez, o léanla juntas por teléfono, grupo a grupo."),
        ) from error
    if written.organisation_id == by.organisation_id:
        raise DomainError(
            _("Esa es la dirección de tu propia organización."),
            hint=_("Elige «Nuestro equipo de mujeres»."),
        )
    known = Address.objects.filter(
        organisation=written.organisation_id, epoch=written.epoch, public=written.public
    )
    found = known.select_related("organisation").first()
    if found is None:
        raise DomainError(
            _("Nadie recibe cartas en esa dirección: es vieja, o de otra instalación."),
            hint=_("Pide la de hoy: está en «Buzón», detrás del muro de la organización aliada."),
        )
    return found.organisation, written


def _choose(
    by: User,
    held_by: Slot.Holder,
    holder: Organisation | None,
    epoch: int | None,
    public: bytes | None,
    terms: Mapping[str, object],
) -> Slot:
    slot, _made = Slot.objects.update_or_create(
        organisation=by.organisation,
        defaults={
            "held_by": held_by,
            "holder": holder,
            "epoch": epoch,
            "public": public,
            **terms,
        },
    )
    record("slot.choose", by=by, subject=by.organisation, detail={"held_by": str(held_by)})
    return slot
