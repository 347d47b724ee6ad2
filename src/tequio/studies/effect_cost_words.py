"""The sentences that set an effect beside its cost: a quotient only where there may be one."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from django.utils.translation import gettext as _

from evidencia.costing import Economic
from tequio.core.money import written
from tequio.studies.queries.effect_costs import Priced
from tequio.studies.rules.findings import language


def headline(one: Priced, currency: str) -> str:
    """Say what one unit cost; where it may not be said, what each man cost and no more."""
    found = one.economic
    if found is None:
        return _("No se puede poner un costo junto a esto")
    if found.per_effect is None:
        return _("Cada hombre que entró costó %(cost)s; no hay costo por efecto") % {
            "cost": _money(found.cost, currency)
        }
    words = {
        "per": _money(found.per_effect, currency),
        "low": _money(found.per_low, currency),
        "high": _money(found.per_high, currency),
    }
    if one.binary:
        return _("%(per)s por cada hombre de diferencia a favor (de %(low)s a %(high)s)") % words
    return _("%(per)s por cada punto de diferencia a favor (de %(low)s a %(high)s)") % words


def said(one: Priced, currency: str) -> Iterator[str]:
    """Yield what stands under it: why there is no quotient, what is uncertain, and the balance."""
    if one.economic is None:
        yield one.why_not
        return
    yield from (note.text(language()) for note in one.economic.notes)
    yield from _balances(one.economic, currency, binary=one.binary)


def _balances(found: Economic, currency: str, *, binary: bool) -> Iterator[str]:
    if binary:
        balance = _(
            "Si cada hombre de diferencia valiera %(worth)s, el balance por hombre que entró "
            "sería de %(value)s; cabe entre %(low)s y %(high)s."
        )
    else:
        balance = _(
            "Si cada punto valiera %(worth)s, el balance por hombre que entró sería de %(value)s; "
            "cabe entre %(low)s y %(high)s."
        )
    for one in found.benefits:
        yield balance % {
            "worth": _money(one.worth, currency),
            "value": _money(one.value, currency),
            "low": _money(one.ci_low, currency),
            "high": _money(one.ci_high, currency),
        }


def _money(units: float | None, currency: str) -> str:
    if units is None or not isfinite(units):
        return _("sin límite")
    # No cents: an estimate is not that sure.
    return written(round(units) * 100, currency)
