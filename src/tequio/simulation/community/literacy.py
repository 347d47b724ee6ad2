"""Circles of the demonstration: what was said in them, counted and without a name. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tequio.access.models import User
from tequio.core import clock
from tequio.network.actions import literacy
from tequio.network.actions.literacy import Opening, Told
from tequio.network.models import CircleOutcome, LiteracyMeeting
from tequio.simulation.arrivals import ZONE
from tequio.simulation.evenings import moment


@dataclass(frozen=True, slots=True)
class _Met:
    """A meeting: weeks ago, its guide, who came, what was said, what somebody learned."""

    weeks: int
    guide: str
    came: int
    children: int
    told: Told
    learned: tuple[tuple[str, str], ...] = ()
    done: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Circle:
    """A circle with its meetings and its shows of cards."""

    opening: Opening
    weeks: int
    meetings: tuple[_Met, ...]
    cards: tuple[tuple[str, str, tuple[int, int, int]], ...] = ()


_CIRCLES: Final = (
    _Circle(
        Opening(
            "Bugambilia",
            "money",
            "women",
            place="Salón del comedor, junto a la cocina",
            when="Jueves de cinco a siete",
        ),
        11,
        (
            _Met(
                10,
                "de-quien-es-el-dinero",
                13,
                6,
                Told(
                    words="gasto, quincena, ticket",
                    dialogue="El sobre cerrado les dio risa y luego silencio. Sumaron las horas de "
                    "cocinar y salieron más que una jornada.",
                    objective="Que cada una sepa qué papeles de dinero hay en su casa",
                    action="Preguntar en la ventanilla qué apoyos llegan a nombre de ella",
                ),
                (("knowledge", "Yo pensaba que pedirme el ticket era cuidarme."),),
            ),
            _Met(
                8,
                "un-guardadito",
                11,
                4,
                Told(
                    words="tanda, fiado, colchón",
                    dialogue="Hicieron la cuenta del préstamo de la esquina con frijoles.",
                    objective="Que ninguna firme sola un préstamo",
                    action="Escribir las reglas de la tanda",
                ),
                (("skills", "Ya sé cuánto cuesta de verdad el abono chiquito."),),
            ),
            _Met(6, "", 0, 0, Told(), why="weather"),
            _Met(
                2,
                "sacar-ficha",
                14,
                7,
                Told(
                    words="ficha, venga mañana",
                    objective="Que nadie vaya sola la primera vez",
                    action="Llamar a tres servicios y anotar quién contesta",
                ),
                (("behaviour", "Fuimos dos con ella y ahora sí la pasaron."),),
                done=False,
            ),
        ),
        (("start", "knowledge", (8, 4, 1)), ("start", "skills", (9, 3, 1))),
    ),
    _Circle(
        Opening(
            "Escuela que escucha",
            "services",
            "teachers",
            place="Biblioteca de la primaria",
            when="Último viernes, a la hora del consejo",
        ),
        20,
        (
            _Met(
                18,
                "escuchar-sin-interrogar",
                16,
                0,
                Told(
                    words="inquieto, recado, se cayó",
                    objective="Una persona de la escuela que todos saben que escucha",
                    action="Escribir la ruta en media hoja",
                ),
                (("attitudes", "Dejé de mandar recados a la casa."),),
            ),
        ),
        (
            ("start", "skills", (10, 5, 1)),
            ("end", "skills", (2, 6, 7)),
            ("start", "behaviour", (14, 2, 0)),
            ("end", "behaviour", (6, 5, 4)),
        ),
    ),
    _Circle(
        Opening("Los de la cancha", "own", "men", chosen="Lo que se dice en la banqueta"),
        9,
        (
            _Met(
                8,
                "lo-que-un-hombre-puede-hacer",
                9,
                3,
                Told(
                    words="compadre, metiche, chiste",
                    objective="Que ya no haga gracia",
                    action="Pegar en la cancha el teléfono donde piden ayuda los hombres",
                ),
                (("attitudes", "Reírme era darle permiso."),),
            ),
        ),
    ),
)


def tell(by: User, *, community_id: UUID | None = None) -> None:
    """Write the circles, each meeting on its day."""
    for circle in _CIRCLES:
        with transaction.atomic():
            _circle(by, circle, community_id)


def _circle(by: User, circle: _Circle, community_id: UUID | None) -> None:
    today = clock.today(ZONE)
    begun = today - timedelta(weeks=circle.weeks)
    opening = Opening(
        **{
            **{name: getattr(circle.opening, name) for name in Opening.__slots__},
            "community_id": community_id,
        }
    )
    with clock.at(moment(begun, time(12, 0))):
        row = literacy.open_circle(by=by, opening=opening, on=begun)
        for when, domain, cards in circle.cards:
            if when == CircleOutcome.Moment.START:
                literacy.count_outcome(
                    by=by, circle_id=row.pk, moment=when, domain=domain, on=begun, cards=cards
                )
    for met in circle.meetings:
        _meet(by, row.pk, met)
    ended = today - timedelta(weeks=1)
    for when, domain, cards in circle.cards:
        if when == CircleOutcome.Moment.END:
            literacy.count_outcome(
                by=by, circle_id=row.pk, moment=when, domain=domain, on=ended, cards=cards
            )


def _meet(by: User, circle_id: UUID, met: _Met) -> None:
    on = clock.today(ZONE) - timedelta(weeks=met.weeks)
    with clock.at(moment(on, time(20, 0))):
        row = literacy.plan_meeting(by=by, circle_id=circle_id, on=on, guide=met.guide)
        if met.why:
            literacy.not_held(by=by, meeting_id=row.pk, why=met.why)
            return
        said = met.told
        literacy.hold(
            by=by,
            meeting_id=row.pk,
            told=Told(
                came=met.came,
                children=met.children,
                words=said.words,
                dialogue=said.dialogue,
                objective=said.objective,
                action=said.action,
                action_due_on=on + timedelta(weeks=2),
            ),
        )
        for domain, words in met.learned:
            literacy.learn(by=by, meeting_id=row.pk, domain=domain, words=words)
    _keep(by, row, met)


def _keep(by: User, row: LiteracyMeeting, met: _Met) -> None:
    if met.done:
        on = row.on + timedelta(weeks=1)
        literacy.action_done(by=by, meeting_id=row.pk, on=on)
