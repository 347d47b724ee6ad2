"""Leaving a letter by hand. Whoever leaves it sees «entregada», and never again what it says."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require
from tequio.audit.record import record
from tequio.core.errors import DomainError
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.letters.models import Receipt


@transaction.atomic
def leave(*, by: User, kind: Kind, says: Mapping[str, object], folio: str = "") -> Receipt:
    """Put a letter by hand into the slot. Neither the log nor the receipt says of whom it is."""
    require(by, Permission.LETTER_LEAVE)
    try:
        put = slot.deposit(
            organisation_id=by.organisation_id,
            kind=kind,
            folio=folio,
            says={**says, "left_by": by.login, "left_by_name": by.name},
        )
    except slot.TooLong as error:
        raise DomainError(
            _("La carta es demasiado larga; no se entregó nada."),
            hint=_("Quédate con lo más importante, o deja dos cartas."),
        ) from error
    if not put:
        raise no_wall()
    record("letter.leave", by=by)
    return Receipt.objects.create(organisation_id=by.organisation_id, by=by)


def no_wall() -> DomainError:
    """Return the refusal where nobody may keep what is said of a partner."""
    return DomainError(
        _("Tu organización no tiene dónde guardar lo que se dice de ella, y no se guarda."),
        hint=_("No lo anotes en otro lado. Si hay peligro, sigue «En peligro ahora»."),
    )
