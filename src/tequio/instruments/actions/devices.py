"""Giving telephones the right to fetch forms and to send answers, and taking it away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
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
from tequio.instruments.device_policies import devices_visible_to
from tequio.instruments.models import Device
from tequio.instruments.openrosa import tokens


@dataclass(frozen=True, slots=True)
class Given:
    """A device and its token, which nobody sees again."""

    device: Device
    token: str = field(repr=False)


@transaction.atomic
def add(*, by: User, label: str) -> Given:
    """Give a telephone the right to collect; its token is returned this once."""
    require_everywhere(by, Permission.DEVICE_MANAGE)
    label = squeeze(label)
    if not label:
        raise DomainError(_("Falta cómo se llama el teléfono."))
    token = tokens.new()
    device = Device(
        organisation_id=by.organisation_id,
        label=label,
        digest=tokens.digest(token),
        created_by=by,
    )
    device.save(force_insert=True)
    record("device.add", by=by, subject=device)
    return Given(device, token)


@transaction.atomic
def renew(*, by: User, device_id: UUID) -> Given:
    """Give a telephone a new token; the old one opens nothing from now on."""
    require_everywhere(by, Permission.DEVICE_MANAGE)
    device = _one(by, device_id)
    if device.revoked_at is not None:
        raise DomainError(
            _("Ese teléfono ya no tiene permiso."), hint=_("Agrégalo otra vez con otro nombre.")
        )
    token = tokens.new()
    device.digest = tokens.digest(token)
    device.save(update_fields=["digest"])
    record("device.renew", by=by, subject=device)
    return Given(device, token)


@transaction.atomic
def revoke(*, by: User, device_id: UUID) -> None:
    """Take the right away. What it sent stays."""
    require_everywhere(by, Permission.DEVICE_MANAGE)
    device = _one(by, device_id)
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        device.save(update_fields=["revoked_at"])
        record("device.revoke", by=by, subject=device)


def seen(*, by: Device, today: date) -> None:
    """Write down the day on which a telephone asked for forms; once a day."""
    if by.seen_on != today:
        Device.objects.filter(pk=by.pk).update(seen_on=today)


def _one(by: User, device_id: UUID) -> Device:
    return pick(devices_visible_to(by).select_for_update(of=("self",)), pk=device_id)
