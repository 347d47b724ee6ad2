"""Of whom and of when an account counts, and the two ways in which a count may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from evidencia import publishing
from tequio.programmes.models import Site
from tequio.reports.accounts.blocks import HIDDEN
from tequio.reports.accounts.periods import Period

SPACE: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Scope:
    """One organisation, one closed period, and one site or all of them."""

    organisation_id: UUID
    zone: str
    period: Period
    site: Site | None = None

    @property
    def after(self) -> datetime:
        """The moment at which the period was over, where the organisation is."""
        return datetime.combine(
            self.period.last_on + timedelta(days=1), time.min, ZoneInfo(self.zone)
        )

    @property
    def before(self) -> datetime:
        """The moment at which it began."""
        return datetime.combine(self.period.first_on, time.min, ZoneInfo(self.zone))


def people(n: int) -> str:
    """Return a number of people as it may be published, or an asterisk."""
    found = publishing.count(n).value
    return HIDDEN if found is None else f"{found:,.0f}"


def share(k: int, n: int) -> str:
    """Return a share of people as it may be published, or an asterisk."""
    found = publishing.percentage(k, n).value if n else None
    return HIDDEN if found is None else f"{found:.0f}{SPACE}%"


def of_people(n: int, words: str) -> str:
    """Return a denominator in words; `words` holds %(n)s."""
    if not n:
        return _("Nadie en este periodo.")
    found = people(n)
    return words % {"n": _("muy pocos para publicar cuántos") if found == HIDDEN else found}


def too_few() -> str:
    """Say why a number is not there that somebody could work out."""
    return _("No se publica: son muy pocos")


def rule() -> str:
    """Return how counts of people are protected, for the foot of every account."""
    policy = publishing.PUBLIC
    return _(
        "Las cuentas de personas se redondean a múltiplos de %(base)s. Un asterisco (*) está donde "
        "son %(threshold)s o menos, o ninguna, para que nadie se reconozca. No hay porcentajes "
        "entre menos de %(from)s personas."
    ) % {"base": policy.base, "threshold": policy.threshold, "from": policy.percent_from}
