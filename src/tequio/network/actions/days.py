"""Days that are written down: what happened has happened, what is due is still to come."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.network.models import Community


def happened(by: User, day: date, community: Community | None = None) -> None:
    """Refuse a day that has not come, or that lies before the work with a community began."""
    if day > clock.today(by.organisation.timezone):
        raise DomainError(_("Esa fecha todavía no llega. Anota lo que ya pasó."))
    if community is not None and day < community.started_on:
        raise DomainError(
            _("Esa fecha es anterior al inicio del trabajo en esta comunidad."),
            hint=_("Revisa el año."),
        )
