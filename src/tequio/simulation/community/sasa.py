"""Three years of the four phases in another neighbourhood: one that could not go on at first."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

import numpy as np
from django.db import transaction

from tequio.access.models import User
from tequio.core import clock
from tequio.network.actions import committees, communities, cycle, demands, learning
from tequio.network.models import Community
from tequio.network.queries.communities import phase_page
from tequio.network.rules.cycle import Look
from tequio.simulation.arrivals import ZONE
from tequio.simulation.community import deeds, words
from tequio.simulation.community.story import WEEKS, pass_phase, survey
from tequio.simulation.evenings import moment

_SURVEYS: Final = {6: 0, 60: 1, 112: 2, 155: 3}
_ASKED: Final = 120
_SEEN: Final = (
    (14, "knowledge", 3, "El poder que llevo dentro", 17, "Nunca me lo habían preguntado."),
    (33, "attitudes", 2, "Cartel en la tortillería", 35, "Eso es cosa de cada casa."),
    (44, "attitudes", 3, "Plática en la cancha", 28, "Mi papá lo hacía y no estaba bien."),
    (52, "attitudes", 4, "Radio bocina", 60, "Los señores se quedaron a oír."),
    (58, "attitudes", 4, "Tarde de juego", 22, "Ella también puede decir que no."),
    (70, "skills", 3, "Ensayo de apoyo", 15, "Primero escucho y luego pregunto."),
    (92, "skills", 4, "Ensayo de apoyo", 19, "Supe decirle a dónde ir sin presionarla."),
    (125, "behaviour", 4, "Junta de cuadra", 24, "Tocamos entre tres y preguntamos la hora."),
)
_NEEDS: Final = (
    (47, "streets", "Que pase la patrulla cuando se le llama", 21, 33),
    (49, "learning", "Pláticas a la hora en que se puede venir", 13, 25),
    (55, "men", "Que también haya pláticas para hombres", 9, 18),
)


def tell(by: User, *, seed: int) -> Community:
    """Write three years of `sasa`."""
    rng = np.random.default_rng([seed, 37])
    first = clock.today(ZONE) - timedelta(weeks=WEEKS)
    with transaction.atomic():
        with clock.at(moment(first, time(12, 0))):
            community = communities.begin(
                by=by,
                beginning=communities.Beginning(
                    name=words.SASA,
                    model_slug="sasa",
                    started_on=first,
                    signed_by="Paty Reséndiz (persona inventada)",
                    signed_as="Promotora, equipo de comunidad",
                    municipality=words.MUNICIPALITY,
                ),
            )
        for week in range(WEEKS + 1):
            with clock.at(moment(first + timedelta(weeks=week), time(16, 0))):
                _week(by, community, week, rng)
    return community


def _week(by: User, community: Community, week: int, rng: np.random.Generator) -> None:
    today = clock.today(ZONE)
    if week in _SURVEYS:
        survey(by, community, _SURVEYS[week], _ASKED, rng)
    for since, domain, score, activity, how_many, heard in _SEEN:
        if since == week:
            seen = cycle.Seen(today, activity, how_many, domain, score, heard)
            cycle.see(by=by, community_id=community.pk, seen=seen)
    for since, theme, what, how_many, _votes in _NEEDS:
        if since == week:
            voiced = demands.Voiced(theme, what, "street", today, how_many=how_many)
            demands.voice(by=by, community_id=community.pk, voiced=voiced)
    if week == 20:
        _not_yet(by, community, today)
    if week in {29, 61, 110}:
        pass_phase(by, community, today)
    if week == 96:
        _organise(by, community, today)
    if week == 152:
        found = learning.Found(
            today,
            "Se habla más del tema, y quien apoya lo hace sin que el equipo lo sepa",
            "sightings",
            "Son pocas anotaciones y las hizo el equipo; no dice cuánta violencia hay.",
        )
        learning.find(by=by, community_id=community.pk, found=found)


def _not_yet(by: User, community: Community, today: date) -> None:
    """They wanted to go on before they had talked among themselves; the review says so."""
    page = phase_page(by, community.pk)
    looks = {
        one.criterion.key: Look(not one.short and one.criterion.key != "ourselves", deeds.WHAT_SEEN)
        for one in page.criteria
    }
    review = communities.Review(today, looks, "El equipo")
    communities.review_phase(by=by, community_id=community.pk, review=review)


def _organise(by: User, community: Community, today: date) -> None:
    opened = demands.gather(
        by=by,
        community_id=community.pk,
        gathering=demands.Gathering(today, "La cancha", 38, 2, "older", 1),
    )
    votes = {
        row.pk: _NEEDS[n][4] for n, row in enumerate(community.demands.order_by("voiced_on", "pk"))
    }
    demands.close_assembly(
        by=by, assembly_id=opened.pk, votes=votes, second={}, minutes=deeds.MINUTES
    )
    made = committees.found(
        by=by, community_id=community.pk, name="Comité de la cancha", founded_on=today
    )
    committees.meet(
        by=by, committee_id=made.pk, held_on=today, present=8, spoke_of="Qué va primero."
    )
