"""An account that was issued, and one testimony beside its numbers, as staff would make them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tequio.access.models import User
from tequio.core import clock
from tequio.reports.accounts import actions, keeping, periods
from tequio.reports.accounts.actions import Wanted
from tequio.reports.accounts.keeping import Given

_TOLD: Final = (
    "Antes, cuando se oían gritos en la cuadra, subíamos el volumen. Ahora sabemos a dónde llamar "
    "y quién del comité va. Todavía nos da miedo, pero ya no nos quedamos solos."
)
_WORDS: Final = {
    "resumen": (
        "Este informe cuenta lo que hicimos y también lo que no sabemos. Lo escribimos para que "
        "cualquiera pueda preguntarnos por cada número."
    ),
    "quedaron": (
        "Muchos hombres no vuelven después de la primera sesión. Desde ahora se les llama al día "
        "siguiente de la primera falta, y no de la tercera."
    ),
}


def tell(coordinator: User, director: User, promoter: User) -> None:
    """Keep a testimony, and issue the account of the last period that is over."""
    today = clock.today(coordinator.organisation.timezone)
    told = keeping.keep(
        by=promoter,
        given=Given(
            given_by="community",
            words=_TOLD,
            called="Un vecino que coordina un comité",
            way="voice",
            uses=("funders", "public", "community"),
            agreed_on=today - timedelta(days=20),
            until=today + timedelta(days=700),
        ),
    )
    period = periods.closed(today)[0]
    made = actions.begin(by=director, wanted=Wanted("financiadora", period.key))
    actions.write(by=director, account_id=made.pk, words=_WORDS, quoted=[told.pk])
    actions.issue(by=director, account_id=made.pk)
    actions.begin(by=coordinator, wanted=Wanted("lo-que-sabemos", period.key))
