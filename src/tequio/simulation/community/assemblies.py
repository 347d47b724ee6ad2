"""What two assemblies of an invented neighbourhood of Iztapalapa said of their place."""

from __future__ import annotations

from datetime import timedelta

from tequio.access.models import User
from tequio.core import clock
from tequio.simulation.arrivals import ZONE
from tequio.territory.actions import gatherings
from tequio.territory.actions.gatherings import Heard

PLACE = "09007"


def tell(by: User) -> None:
    """Write both down: one at the beginning, one after two years."""
    today = clock.today(ZONE)
    first = Heard(
        held_on=today - timedelta(days=1060),
        way="assembly",
        present=31,
        who="Vecinas y vecinos de la colonia, y dos maestras",
        where="Colonia Las Peñas (inventada)",
        work="Comercio en el tianguis, limpieza y obra. Casi todas, además, cuidan a alguien.",
        insecurity="El andador de la barranca después de las ocho; el camión de la madrugada.",
        school="Dejan la secundaria a los 14 para trabajar, o por un embarazo. Falta transporte.",
        problems="El agua llega dos veces por semana. No hay luz en el andador.",
    )
    second = Heard(
        held_on=today - timedelta(days=318),
        way="walk",
        present=17,
        who="El comité y mujeres de los círculos",
        where="Colonia Las Peñas (inventada)",
        insecurity="Ya hay luz en el andador; ahora lo que preocupa es la parada del camión.",
        problems="El centro de salud cierra a las dos. No hay quien reciba denuncias cerca.",
    )
    for heard in (first, second):
        gatherings.write(by=by, municipality=PLACE, heard=heard)
