"""The directory of the demonstration is cared for: somebody calls again, and says what failed."""

from __future__ import annotations

from datetime import date
from typing import Final

from tequio.access.models import User
from tequio.network.actions import services
from tequio.network.models import Service
from tequio.network.policies.services import visible_to
from tequio.simulation.community import words

# A call every twenty weeks keeps a service within its half year.
_EVERY: Final = 20
_FAILS: Final = {33: "no_answer", 71: "cost", 150: "no_answer"}


# What came later: a refuge that is reached by telephone alone, a service in another language, and
# one that nobody has called yet.
_LATER: Final = {
    100: services.Said(
        provider="Red de refugios (inventada)",
        name="Refugio para mujeres, sus hijas e hijos",
        needs=("refuge", "danger", "children"),
        telephones="55 5555 0104",
        what_for="Un lugar seguro hasta por tres meses, con comida y escuela",
        refuge=True,
        cost="Gratis",
        hours="Las 24 horas",
        how_to_ask="Por teléfono; ahí te dicen cómo llegar",
        children="yes",
        safe_to_call="Contestan «buenas tardes» y no devuelven llamadas",
        state="09",
    ),
    128: services.Said(
        provider="Traductoras de náhuatl del Cerro (inventada)",
        name="Acompañar y traducir en oficinas",
        needs=("language", "papers"),
        telephones="55 5555 0105",
        cost="Gratis",
        languages=("Español", "Náhuatl"),
        accessibility="Van a donde estés",
        hours="Lunes a viernes de 10:00 a 18:00",
        children="yes",
        state="09",
        municipality=words.MUNICIPALITY,
    ),
    157: services.Said(
        provider="Centro de atención a las adicciones (inventado)",
        name="Consulta y grupo para dejar de beber",
        needs=("drink",),
        telephones="55 5555 0106",
        eligibility="De 15 años o más",
        minimum_age=15,
        state="09",
        municipality=words.MUNICIPALITY,
    ),
}
_UNCHECKED: Final = 157


def keep(by: User, week: int, on: date, *, first: int) -> None:
    """Call every service when it is time; now and then one does not answer."""
    if week > first and (week - first) % _EVERY == 0:
        for one in visible_to(by).filter(status=Service.Status.ACTIVE).exclude(needs=[]):
            services.verify(by=by, service_id=one.pk)
    if week in _LATER:
        added = services.add(by=by, said=_LATER[week])
        if week != _UNCHECKED:
            services.verify(by=by, service_id=added.pk)
    what = _FAILS.get(week)
    failing = visible_to(by).order_by("search", "pk").first() if what else None
    if what and failing is not None:
        services.report(by=by, service_id=failing.pk, what=what, on=on)
