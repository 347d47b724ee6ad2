"""Whom the public page of the demonstration names: services that somebody of the team called."""

from __future__ import annotations

from typing import Final

from tequio.access.models import User
from tequio.letters.actions import services
from tequio.letters.models import PublicService

_CALLED: Final = (
    services.Said(
        kind=PublicService.Kind.TALK,
        name="Línea Jacaranda (inventada)",
        what_for="Hablar con una psicóloga, una vez o varias",
        telephone="55 5555 0107",
        hours="Todos los días, de 8 a 22 h",
        cost="Gratis",
    ),
    services.Said(
        kind=PublicService.Kind.LEGAL,
        name="Abogadas del Barrio (inventadas)",
        what_for="Medidas de protección, pensión, custodia",
        telephone="55 5555 0108",
        hours="Lunes a viernes, de 10 a 18 h",
        cost="Gratis la primera vez",
        place="Portales, cerca del mercado",
    ),
    services.Said(
        kind=PublicService.Kind.REFUGE,
        name="Red de refugios (inventada)",
        what_for="Un lugar seguro con tus hijas e hijos, hasta por tres meses",
        telephone="55 5555 0104",
        hours="Las 24 horas",
        cost="Gratis",
    ),
)
# Written down and not called yet: the team sees it, and nobody else.
_NOT_YET: Final = services.Said(
    kind=PublicService.Kind.PAPERS,
    name="Ventanilla de actas (inventada)",
    what_for="Copias de actas sin costo",
    telephone="55 5555 0109",
    hours="Lunes a viernes, de 9 a 14 h",
    cost="Gratis",
)


def tell(by: User) -> None:
    """Write them down, and call all but one."""
    for said in _CALLED:
        services.verify(by=by, service_id=services.add(by=by, said=said).pk)
    services.add(by=by, said=_NOT_YET)
