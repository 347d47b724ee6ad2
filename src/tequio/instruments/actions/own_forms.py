"""Bringing a form of the organisation's own, and taking it out of use; nothing of it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.instruments.form_policies import forms_visible_to
from tequio.instruments.models import OwnFile, OwnForm
from tequio.instruments.offered import File
from tequio.instruments.xlsform.making import Made


@dataclass(frozen=True, slots=True)
class Rights:
    """By which right it is asked, in a word and in a sentence."""

    kind: str
    said: str = ""


@transaction.atomic
def bring(*, by: User, made: Made, files: Sequence[File] = ()) -> OwnForm:
    """Keep a form that was read without errors; it is not asked until somebody publishes it."""
    require_everywhere(by, Permission.FORM_BRING)
    form = made.form
    if form is None or not made.may_be_kept:
        raise DomainError(_("El formulario todavía tiene errores."))
    before = _before(by, form.id, form.version)
    if before is not None and before.published_at is None:
        before.delete()
    elif before is not None and before.sha256 == made.sha256:
        return before
    elif before is not None:
        raise Conflict(
            _("Ya hay un formulario «%(id)s» con la versión «%(version)s», y es distinto.")
            % {"id": form.id, "version": form.version},
            hint=_("Cambia «version» en la hoja «settings»: una versión en uso no cambia."),
        )
    row = OwnForm.objects.create(
        organisation_id=by.organisation_id,
        form_id=form.id[:200],
        version=form.version[:100],
        title=(form.title or form.id)[:200],
        sheets=made.sheets,
        xml=form.xml,
        sha256=made.sha256,
        said=[[one.weight.value, one.sheet, one.cell, one.text] for one in made.problems],
        brought_by=by,
    )
    OwnFile.objects.bulk_create(
        OwnFile(form=row, name=one.name, type=one.type, data=one.data) for one in files
    )
    record("form.bring", by=by, subject=row)
    return row


@transaction.atomic
def publish(*, by: User, own_form_id: UUID, rights: Rights) -> OwnForm:
    """Begin to use a form; from now on it never changes."""
    require_everywhere(by, Permission.FORM_BRING)
    row = pick(forms_visible_to(by).select_for_update(of=("self",)), pk=own_form_id)
    if row.published_at is not None:
        raise Conflict(_("Este formulario ya estaba en uso. Nada cambió."))
    if not row.may_be_asked:
        raise Conflict(_("El permiso para usar este texto ya terminó."))
    if rights.kind not in OwnForm.Rights.values:
        raise DomainError(_("Falta decir por qué pueden usar este formulario."))
    if rights.kind != OwnForm.Rights.OURS and not squeeze(rights.said):
        raise DomainError(_("Falta decir qué licencia tiene, o quién dio permiso y cuándo."))
    row.rights, row.rights_said = rights.kind, squeeze(rights.said)[:300]
    row.published_at = clock.now()
    row.save(update_fields=["rights", "rights_said", "published_at"])
    record("form.publish", by=by, subject=row)
    return row


def _before(by: User, form_id: str, version: str) -> OwnForm | None:
    rows = OwnForm.objects.select_for_update().filter(organisation=by.organisation_id)
    return rows.filter(form_id=form_id, version=version).first()


@transaction.atomic
def retire(*, by: User, own_form_id: UUID) -> OwnForm:
    """Ask it of nobody from now on; what was answered stays."""
    require_everywhere(by, Permission.FORM_BRING)
    row = pick(forms_visible_to(by).select_for_update(of=("self",)), pk=own_form_id)
    if row.retired_at is None:
        row.retired_at = clock.now()
        row.save(update_fields=["retired_at"])
        record("form.retire", by=by, subject=row)
    return row


@transaction.atomic
def give_out(*, by: User, own_form_id: UUID) -> OwnForm:
    """Return a form for downloading; who took it stays in the log."""
    row = pick(forms_visible_to(by), pk=own_form_id)
    record("form.export", by=by, subject=row)
    return row
