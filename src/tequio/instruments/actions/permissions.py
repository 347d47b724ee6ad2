"""Bringing the permission for somebody else's text, and then the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.access.vault import key_of
from tequio.audit.record import record
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.instruments import definitions
from tequio.instruments.definitions import Instrument
from tequio.instruments.form_policies import permissions_visible_to
from tequio.instruments.models import OwnForm, TextPermission
from tequio.instruments.xlsform.making import Made

LARGEST: Final = 5 * 1024 * 1024
# What a paper may be, by its first bytes.
PAPERS: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What a permission says."""

    by: str
    covers: str
    until: date | None = None
    paper: bytes = field(default=b"", repr=False)


def shell_of(slug: str) -> Instrument:
    """Return the shell that a text may fill here: never one that a woman answers."""
    found = definitions.shipped().get(slug)
    if found is None or not found.instrument.is_shell or not found.instrument.asks_a_man:
        raise not_visible()
    return found.instrument


@transaction.atomic
def permit(*, by: User, slug: str, given: Given) -> TextPermission:
    """Keep a permission with its paper, sealed."""
    require_everywhere(by, Permission.TEXT_PERMIT)
    shell = shell_of(slug)
    kind = next((one for magic, one in PAPERS.items() if given.paper.startswith(magic)), "")
    if not kind or len(given.paper) > LARGEST:
        raise DomainError(
            _("El permiso tiene que ser un PDF, un PNG o un JPG de hasta 5 MB."),
            hint=_("Si está en papel, tómale una foto."),
        )
    if given.until is not None and given.until < clock.today(by.organisation.timezone):
        raise DomainError(_("Ese permiso ya terminó. Pide uno que valga hoy."))
    row = TextPermission(
        id=ids.new_id(),
        organisation_id=by.organisation_id,
        slug=shell.slug,
        given_by=squeeze(given.by)[:200],
        covers=squeeze(given.covers)[:300],
        until=given.until,
        paper_type=kind,
        brought_by=by,
    )
    key = key_of(by.organisation_id)
    row.sealed_paper = key.seal(given.paper, bound_to=_place(row))
    row.save()
    # The texts of an earlier permission stand under the new one.
    OwnForm.objects.filter(
        organisation=by.organisation_id, permission__slug=shell.slug, retired_at__isnull=True
    ).update(permission=row)
    record("text.permit", by=by, subject=row)
    return row


@transaction.atomic
def bring_text(*, by: User, permission_id: UUID, made: Made) -> OwnForm:
    """Keep a text under its permission; it is asked when whoever coordinates begins to use it."""
    require_everywhere(by, Permission.TEXT_PERMIT)
    row = pick(permissions_visible_to(by).select_for_update(of=("self",)), pk=permission_id)
    if not row.stands:
        raise Conflict(_("El permiso para usar este texto ya terminó."))
    form = made.form
    if form is None or not made.may_be_kept:
        raise DomainError(_("El formulario todavía tiene errores."))
    known = OwnForm.objects.filter(organisation=by.organisation_id, form_id=row.slug)
    same = known.filter(sha256=made.sha256).first()
    if same is not None:
        return same
    text = OwnForm.objects.create(
        organisation_id=by.organisation_id,
        form_id=row.slug,
        version=form.version[:100],
        title=shell_of(row.slug).name.es[:200],
        sheets=made.sheets,
        xml=form.xml,
        sha256=made.sha256,
        said=[[one.weight.value, one.sheet, one.cell, one.text] for one in made.problems],
        permission=row,
        brought_by=by,
    )
    record("text.bring", by=by, subject=row)
    return text


def next_version(by: User, slug: str) -> str:
    """Return the version of the text that is brought now: one after the last."""
    known = OwnForm.objects.filter(organisation=by.organisation_id, form_id=slug)
    return str(known.count() + 1)


@transaction.atomic
def withdraw(*, by: User, permission_id: UUID) -> TextPermission:
    """Say that a permission holds no more: its texts are asked of nobody from this moment."""
    require_everywhere(by, Permission.TEXT_PERMIT)
    row = pick(permissions_visible_to(by).select_for_update(of=("self",)), pk=permission_id)
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        record("text.withdraw", by=by, subject=row)
    return row


@transaction.atomic
def open_paper(*, by: User, permission_id: UUID) -> tuple[bytes, str]:
    """Return the paper of a permission; who opened it stays in the log."""
    row = pick(permissions_visible_to(by), pk=permission_id)
    record("text.open", by=by, subject=row)
    key = key_of(row.organisation_id)
    return key.open(bytes(row.sealed_paper), bound_to=_place(row)), row.paper_type


def _place(row: TextPermission) -> str:
    return f"{row.organisation_id}|instruments.textpermission|{row.pk}|paper|1"
