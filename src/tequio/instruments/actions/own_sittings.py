"""Filling in an organisation's own form in a browser: begun, kept on the way, finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require
from tequio.access.vault import key_of
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict
from tequio.instruments import offered, own_answers
from tequio.instruments.form_policies import forms_visible_to, sittings_of
from tequio.instruments.models import OwnSitting
from tequio.instruments.openrosa.received import Received
from tequio.instruments.stores import Filled


@transaction.atomic
def begin(*, by: User, own_form_id: UUID) -> OwnSitting:
    """Begin an answer, or go on with the one that this person left half-way."""
    require(by, Permission.ASSESSMENT_ASK)
    form = pick(forms_visible_to(by), pk=own_form_id)
    before = sittings_of(by).filter(form=form).order_by("started_at", "pk").last()
    if before is not None:
        return before
    if not form.may_be_asked:
        raise Conflict(
            _("El permiso para usar este texto ya terminó."),
            hint=_("Quien coordina puede traer uno nuevo en la biblioteca de cuestionarios."),
        )
    if not form.in_use:
        raise Conflict(_("Este formulario no está en uso."))
    return OwnSitting.objects.create(organisation_id=by.organisation_id, form=form, by=by)


@transaction.atomic
def keep(*, by: User, sitting_id: UUID, body: Mapping[str, Any]) -> None:
    """Keep what was answered so far, sealed. No line in the log for each answer."""
    row = pick(sittings_of(by).select_for_update(of=("self",)), pk=sitting_id)
    plain = json.dumps(body, ensure_ascii=False).encode()
    row.draft = key_of(row.organisation_id).seal(plain, bound_to=_place(row))
    row.save(update_fields=["draft"])


@transaction.atomic
def finish(*, by: User, sitting_id: UUID, filled: Filled) -> None:
    """Seal the whole answer among the others of this form, and throw away what was on the way."""
    rows = sittings_of(by).select_related("form").select_for_update(of=("self",))
    row = pick(rows, pk=sitting_id)
    own_answers.take(
        offered.read_form(bytes(row.form.xml)),
        filled.xml,
        Received(
            organisation_id=row.organisation_id,
            instance_id=f"uuid:{filled.instance_id}",
            at=clock.now(),
            device="",
            device_id=None,
        ),
    )
    record("form.answer", by=by, subject=row.form)
    row.delete()


def draft_of(row: OwnSitting) -> dict[str, Any] | None:
    """Open what was kept on the way. The caller has checked who reads."""
    if row.draft is None:
        return None
    plain = key_of(row.organisation_id).open(bytes(row.draft), bound_to=_place(row))
    found: dict[str, Any] = json.loads(plain)
    return found


def _place(row: OwnSitting) -> str:
    return f"{row.organisation_id}|instruments.ownsitting|{row.pk}|draft|{row.form_id}"
