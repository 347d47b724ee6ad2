"""What an invented neighbourhood says and does in three years. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

RBC: Final = "Colonia Las Peñas (inventada)"
SASA: Final = "Cerro del Sol (inventado)"
MUNICIPALITY: Final = "09007"

# Name, kind, what they do, for which needs, since which week, and how far they go along.
STAKEHOLDERS: Final = (
    (
        "Comedor comunitario Las Peñas",
        "group",
        "Da de comer a 90 personas y presta su salón",
        ("talk",),
        0,
        "leads",
    ),
    (
        "Centro de Salud T-II Las Peñas",
        "health",
        "Consulta, salud mental los martes",
        ("health", "mind"),
        2,
        "helps",
    ),
    (
        "LUNA Iztapalapa (inventada)",
        "women",
        "Asesoría legal y psicológica gratuita",
        ("legal", "protection", "mind"),
        3,
        "committed",
    ),
    (
        "Primaria Vicente Guerrero (inventada)",
        "education",
        "Escuela de 420 niñas y niños",
        ("children",),
        5,
        "listens",
    ),
    (
        "Abogadas del Oriente (inventada)",
        "organisation",
        "Acompañan denuncias y pensiones",
        ("legal", "papers"),
        6,
        "committed",
    ),
    (
        "Parroquia de la Candelaria",
        "faith",
        "Reúne a la gente los domingos",
        ("talk",),
        9,
        "listens",
    ),
    (
        "Cooperativa de costureras Aguja y Sol",
        "business",
        "Trabajo en casa y tanda",
        ("money",),
        14,
        "helps",
    ),
    (
        "Agencia del Ministerio Público",
        "justice",
        "Recibe denuncias",
        ("protection",),
        20,
        "against",
    ),
    (
        "Traductoras de náhuatl del Cerro (inventada)",
        "group",
        "Acompañan y traducen en oficinas",
        ("language",),
        124,
        "helps",
    ),
)
# From, with, how, since which week; None is ourselves.
TIES: Final = (
    (None, 0, "works", 2),
    (None, 2, "works", 11),
    (None, 4, "works", 18),
    (0, 1, "refers", 4),
    (0, 4, "works", 8),
    (1, 2, "refers", 10),
    (4, 2, "works", 12),
    (5, 0, "works", 16),
    (4, 7, "wants", 24),
    (6, 0, "works", 40),
    (1, 4, "refers", 70),
    (8, 0, "works", 126),
    (1, 8, "refers", 132),
    (3, 4, "works", 140),
)
# A tie that is over, and who goes along more than before: which, since which week, why.
ENDS: Final = ((6, 0, "works", 146),)
CHANGES: Final = ((7, "listens", 150, "Cambió de titular y vino a la asamblea"),)
# With whom, what, since which week and for how many; signed by both in the first week.
AGREEMENTS: Final = (
    (2, "Dos citas a la semana para quien mande la red", 56, 130, "Coordinadora de LUNA"),
    (4, "Acompañar a denunciar de dos en dos", 60, 104, "Directora"),
    (1, "Un turno sin cita los martes", 110, 56, "Directora del centro"),
    (8, "Traducir en las reuniones del centro de salud", 128, 52, "Quien coordina"),
)
# Provider, service, for what, number, cost, what to bring.
SERVICES: Final = (
    (
        "LUNA Iztapalapa (inventada)",
        "Asesoría legal para mujeres",
        ("legal", "protection"),
        "55 5555 0101",
        "Gratis",
        "Nada. Si tienes papeles, tráelos.",
    ),
    (
        "Centro de Salud T-II Las Peñas",
        "Consulta de salud mental",
        ("mind", "health"),
        "55 5555 0102",
        "Gratis",
        "Tu CURP, si la tienes.",
    ),
    (
        "Abogadas del Oriente (inventada)",
        "Pensión y guarda de hijas e hijos",
        ("legal", "papers"),
        "55 5555 0103",
        "Cuota de recuperación",
        "Acta de nacimiento de tus hijas e hijos.",
    ),
)


@dataclass(frozen=True, slots=True)
class Need:
    """A demand of the story: when it was voiced, and how many hands it got."""

    week: int
    theme: str
    what: str
    where: str
    place: str
    how_many: int | None
    quotation: str
    votes: int


NEEDS: Final = (
    Need(
        30,
        "justice",
        "Que en la agencia tomen la denuncia el mismo día",
        "circle",
        "Agencia del Ministerio Público",
        14,
        "Fui tres veces y me dijeron que regresara.",
        41,
    ),
    Need(
        33,
        "streets",
        "Luz en el paradero y en las escaleras",
        "street",
        "Paradero de la calle Pirul",
        27,
        "De noche no se ve quién viene.",
        41,
    ),
    Need(
        38,
        "money",
        "Trabajo que se pueda hacer con las niñas y los niños cerca",
        "circle",
        "",
        11,
        "Sin dinero propio no hay a dónde ir.",
        33,
    ),
    Need(
        41,
        "language",
        "Que en el centro de salud haya quien hable náhuatl",
        "street",
        "Centro de salud",
        None,
        "Mi mamá no les entiende y ya no vuelve.",
        12,
    ),
    Need(
        44,
        "children",
        "Un lugar donde dejarlos mientras se hace el trámite",
        "assembly",
        "",
        8,
        "",
        19,
    ),
    Need(
        96,
        "men",
        "Que haya a dónde mandar a los hombres que quieren cambiar",
        "committee",
        "",
        6,
        "Mi hijo quiere dejar de gritar y no hay dónde.",
        24,
    ),
    Need(
        104,
        "services",
        "Que el directorio diga la verdad: dos teléfonos no contestan",
        "circle",
        "",
        9,
        "Llamé y ya no existe.",
        30,
    ),
)
