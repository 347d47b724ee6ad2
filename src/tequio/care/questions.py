"""The questions of the minimum diagnosis, in steps that fit on a telephone, and their answers.

They are ours and not an instrument: nothing is scored, so answers are words and never numbers.
Scales that others own or that are meant for women are not shown to a man (reference, domain §3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION: Final = "1"
Words = str | Promise
Choices = Sequence[tuple[str, Words]]
NOT_SAID: Final = "not_said"
_NOT_SAID: Final = (NOT_SAID, _("Prefiere no decir"))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked; `hint` helps to ask it."""

    code: str
    label: Words
    choices: Choices
    hint: Words = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One screen."""

    slug: str
    title: Words
    lead: Words
    questions: tuple[Question, ...] = ()


TIMES: Final[Choices] = (
    ("never", _("No")),
    ("earlier", _("Hace más de un año")),
    ("year", _("En el último año")),
    ("month", _("En el último mes")),
    _NOT_SAID,
)
LAST: Final[Choices] = (
    ("week", _("Esta semana")),
    ("month", _("En el último mes")),
    ("year", _("En el último año")),
    ("earlier", _("Hace más de un año")),
    ("unknown", _("No recuerda")),
)
SAID: Final[Choices] = (
    ("yes", _("Sí ha usado")),
    ("no", _("Dice que no")),
    _NOT_SAID,
)

_DANGER: Final = (
    Question(
        "threats",
        _("¿Ha amenazado con matar o lastimar a alguien, o con matarse?"),
        TIMES,
        _("También con quitar o llevarse a las hijas o los hijos."),
    ),
    Question(
        "weapons",
        _("¿Hay un arma?"),
        (
            ("none", _("No")),
            ("at_hand", _("Tiene una o puede conseguirla")),
            ("threatened", _("Amenazó con ella")),
            ("used", _("La ha usado")),
            _NOT_SAID,
        ),
        _("De fuego, un cuchillo, un machete, o algo que ha usado como arma."),
    ),
    Question(
        "strangulation",
        _("¿Ha apretado el cuello de alguien, o le ha tapado la boca o la nariz?"),
        TIMES,
        _("Aunque no haya dejado marca. Se pregunta siempre, con estas palabras."),
    ),
)
_BETWEEN: Final = (
    Question(
        "separation",
        _("¿Se están separando, o se separaron hace poco?"),
        (
            ("no", _("No")),
            ("talked", _("Se ha hablado de eso")),
            ("now", _("Está pasando ahora")),
            ("half_year", _("En los últimos seis meses")),
            _NOT_SAID,
        ),
    ),
    Question(
        "custody",
        _("¿Hay un cambio o un pleito por la custodia o las visitas?"),
        (("no", _("No")), ("coming", _("Viene pronto")), ("now", _("Ahora mismo")), _NOT_SAID),
    ),
    Question(
        "jealousy",
        _("¿Cela, vigila, revisa el teléfono o no acepta que la relación termine?"),
        TIMES,
    ),
)
_HEALTH: Final = (
    Question(
        "suicide",
        _("¿Ha pensado en quitarse la vida?"),
        (
            ("no", _("No")),
            ("before", _("Antes, ahora no")),
            ("now", _("Sí, en estos días")),
            ("plan", _("Sí, y ha pensado cómo")),
            _NOT_SAID,
        ),
        _("Preguntar no le mete la idea. Si dice que sí, no lo dejes solo."),
    ),
    Question(
        "alcohol",
        _("¿Toma o consume algo?"),
        (
            ("no", _("No")),
            ("some", _("Sí, y dice que no le trae problemas")),
            ("problem", _("Sí, y le trae problemas")),
            ("with_violence", _("Sí, y así ha usado violencia")),
            _NOT_SAID,
        ),
    ),
    Question(
        "psychosis",
        _("¿Oye voces, se siente perseguido, o ha perdido contacto con lo que pasa?"),
        (
            ("no", _("No")),
            ("treated", _("Sí, y está en tratamiento")),
            ("before", _("Antes, ahora no")),
            ("now", _("Sí, en estos días")),
            _NOT_SAID,
        ),
    ),
    Question(
        "trauma",
        _("De niño, ¿vivió o vio violencia en su casa?"),
        (
            ("no", _("No")),
            ("lived", _("La vivió")),
            ("saw", _("La vio")),
            ("both", _("La vivió y la vio")),
            _NOT_SAID,
        ),
    ),
)
NEEDS: Final[Choices] = (
    ("none", _("Nada por ahora")),
    ("therapy", _("Psicoterapia")),
    ("addiction", _("Ayuda para dejar de tomar o consumir")),
    ("psychiatry", _("Atención psiquiátrica")),
    ("medical", _("Atención médica")),
    ("legal", _("Orientación legal")),
    ("work", _("Trabajo o ingreso")),
    ("housing", _("Dónde vivir")),
    ("parenting", _("Aprender a cuidar y criar")),
    ("language", _("Que sea en su lengua")),
    ("access", _("Apoyo por una discapacidad")),
    ("letters", _("Apoyo para leer o escribir")),
)

WHAT: Final = Step(
    "que",
    _("Qué violencia ha usado"),
    _("Con sus palabras. Nombrar lo que hizo no es quién es."),
    (Question("said", _("¿Ha usado violencia alguna vez?"), SAID),),
)
WHOM: Final = Step("quien", _("Contra quién"), _("Una relación, nunca un nombre."))
WHEN: Final = Step("cuando", _("La última vez"), _("De cada una, cuándo fue la más reciente."))
DANGER: Final = Step(
    "peligro",
    _("Señales de peligro"),
    _("Se preguntan todas, una por una. Ninguna decide por sí sola."),
    _DANGER,
)
BETWEEN: Final = Step(
    "relacion",
    _("Cómo está la relación"),
    _("Los cambios en la pareja son momentos de cuidado."),
    _BETWEEN,
)
HEALTH: Final = Step("salud", _("Cómo está él"), _("Para saber qué necesita y con quién."), _HEALTH)
NEEDED: Final = Step(
    "necesidades",
    _("Qué necesita"),
    _("Lo que él pide y lo que ustedes ven."),
    (Question("needs", _("¿Qué necesita?"), NEEDS, several=True),),
)
CHECK: Final = Step("revisar", _("Revisar y terminar"), _("Todavía puedes cambiar lo que sea."))

STEPS: Final = (WHAT, WHOM, WHEN, DANGER, BETWEEN, HEALTH, NEEDED, CHECK)
BY_SLUG: Final[Mapping[str, Step]] = {step.slug: step for step in STEPS}
# Steps with a box for words of his; each is kept under the step's own name.
WITH_WORDS: Final = frozenset({"cuando", "peligro", "relacion", "salud", "necesidades"})

REASONS: Final[Choices] = (
    ("violence", _("La violencia que cuenta")),
    ("recent", _("Fue hace poco o va en aumento")),
    ("threats", _("Amenazas")),
    ("weapons", _("Un arma")),
    ("strangulation", _("Apretó el cuello")),
    ("separation", _("Separación o custodia")),
    ("jealousy", _("Celos o vigilancia")),
    ("suicide", _("Suicidio")),
    ("alcohol", _("Alcohol o drogas")),
    ("psychosis", _("Su salud mental")),
    ("minimises", _("Le quita importancia o culpa a otros")),
    ("absences", _("Dejó de venir")),
    ("support", _("Tiene apoyo y lo usa")),
    ("responsibility", _("Reconoce y se hace cargo")),
    ("stopped", _("Lleva tiempo sin usarla")),
    ("unknown", _("Falta información")),
)
MEASURES: Final[Choices] = (
    ("none", _("Seguir como va")),
    ("talk", _("Hablar a solas con él")),
    ("calls", _("Llamarle más seguido")),
    ("individual", _("Sesiones individuales")),
    ("retiro", _("Repasar su plan de retiro")),
    ("weapon_out", _("Que el arma salga de su alcance")),
    ("refer", _("Canalizar a otro servicio")),
    ("supervision", _("Llevarlo a supervisión")),
    ("authority", _("Avisar a la autoridad")),
)
TRACKS: Final[Choices] = (
    ("group", _("Grupo de reflexión")),
    ("workshop", _("Taller")),
    ("individual", _("Psicoterapia individual")),
    ("addiction", _("Alcohol o drogas")),
    ("psychiatry", _("Psiquiatría")),
    ("medical", _("Atención médica")),
    ("legal", _("Orientación legal")),
    ("social", _("Trabajo, ingreso o vivienda")),
    ("parenting", _("Crianza")),
    ("peers", _("Un par a quien llamar")),
)


def word(choices: Choices, code: str) -> str:
    """Say an answer aloud; an unknown code comes back as it is."""
    return next((str(label) for known, label in choices if known == code), code)


def words(choices: Choices, codes: Sequence[str]) -> list[str]:
    """Say several answers aloud."""
    return [word(choices, code) for code in codes]
