"""Pesos and centavos: read as people type them, kept as whole centavos, written with commas."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError

_TYPED: Final = re.compile(r"\$?\s*(?P<pesos>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d{1,2}))?")
# More than this in one line is a slip of the finger.
_MOST: Final = 100_000_000_00


def cents(typed: str) -> int:
    """Read «1,250.50» or «$1250» as centavos; refuse what could mean two things."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        raise DomainError(
            _("Esa cantidad no se entiende."),
            hint=_("Escríbela con números, como 1,250 o 1250.50."),
        )
    whole = int(found["pesos"].replace(",", "")) * 100
    value = whole + int((found["cents"] or "0").ljust(2, "0"))
    if value > _MOST:
        raise DomainError(_("Esa cantidad es demasiado grande. Revisa los ceros."))
    return value


def pesos(value: int) -> str:
    """Return «$1,250.50», and «-$80» for less than nothing; whole pesos stand without centavos."""
    sign, amount = ("-" if value < 0 else ""), abs(value)
    rest = f".{amount % 100:02}" if amount % 100 else ""
    return f"{sign}${amount // 100:,}{rest}"


def written(value: int, currency: str) -> str:
    """Return an amount in its own currency: «$1,250» are pesos, «USD 1,250.50» says which."""
    plain = pesos(value)
    if currency == "MXN":
        return plain
    return f"{currency}\u00a0{plain.replace('$', '')}"
