"""Registering men, correcting who they are, and opening their files."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record, record_read
from tequio.core import ids
from tequio.core.errors import DomainError
from tequio.core.text import fold, squeeze
from tequio.people.actions import identities
from tequio.people.models import Participant
from tequio.people.policies import visible_to
from tequio.people.vault import Who


@transaction.atomic
def register(*, by: User, alias: str, who: Who) -> Participant:
    """Open a file for a man: a folio, what the circle calls him, and his sealed identity."""
    require_everywhere(by, Permission.PERSON_CREATE)
    participant = _new(by.organisation_id, alias)
    participant.save()
    identities.keep([(participant, who)])
    record("participant.register", by=by, subject=participant)
    return participant


@transaction.atomic
def register_many(
    *, by: User, rows: Sequence[tuple[str, Who]], import_id: UUID | None = None
) -> list[Participant]:
    """Open many files at once; those of an import carry it, so that undoing it finds them."""
    require_everywhere(by, Permission.ATTENDANCE_IMPORT if import_id else Permission.PERSON_CREATE)
    made = [_new(by.organisation_id, alias, import_id) for alias, _who in rows]
    Participant.objects.bulk_create(made, batch_size=500)
    identities.keep([(man, who) for man, (_alias, who) in zip(made, rows, strict=True)])
    record(
        "participant.register_many",
        by=by,
        organisation_id=by.organisation_id,
        detail={"count": len(made), "import": str(import_id or "")},
    )
    return made


@transaction.atomic
def correct(*, by: User, folio: str, alias: str, who: Who) -> Participant:
    """Change what is known of a man; the audit log says that it changed, not from what."""
    require_everywhere(by, Permission.PERSON_CREATE)
    participant = pick(visible_to(by), folio=folio)
    participant.alias = _checked_alias(alias)
    participant.alias_key = _key(participant.alias)
    participant.save(update_fields=["alias", "alias_key"])
    identities.replace(participant, who)
    record("participant.correct", by=by, subject=participant)
    return participant


@transaction.atomic
def open_file(*, by: User, folio: str) -> Participant:
    """Return a man's file and write down who opened it (once per quarter of an hour)."""
    participant = pick(visible_to(by), folio=folio)
    record_read("participant.open", by=by, subject=participant)
    return participant


def _new(organisation_id: UUID, alias: str, import_id: UUID | None = None) -> Participant:
    checked = _checked_alias(alias)
    return Participant(
        organisation_id=organisation_id,
        folio=ids.new_folio(),
        alias=checked,
        alias_key=_key(checked),
        import_id=import_id,
    )


def _key(alias: str) -> str:
    # A letter may fold into several («ß», «ﷺ»): the column has its width on PostgreSQL.
    return fold(alias)[:60]


def _checked_alias(alias: str) -> str:
    alias = squeeze(alias)
    if not alias or len(alias) > 40:
        raise DomainError(
            _("Falta cómo le dicen en el grupo, o es más largo de 40 letras."),
            hint=_("Escribe un apodo o su primer nombre; el nombre completo va en su identidad."),
        )
    return alias
