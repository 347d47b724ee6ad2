"""The coded answers in words, for forms and for reading them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.core.text import join_names
from tequio.people.rules.answers import NOT_SAID
from tequio.people.rules.finishing import Gap

Choices = tuple[tuple[str, str | Promise], ...]
_NOT_SAID: Final = (NOT_SAID, _("Prefiere no decir"))

YES_NO: Final[Choices] = (("yes", _("Sí")), ("no", _("No")))
YES_NO_NOT_SAID: Final[Choices] = (*YES_NO, _NOT_SAID)
AUTHORITY: Final[Choices] = (
    ("family_court", _("Un juzgado familiar")),
    ("criminal_court", _("Un juzgado penal")),
    ("prosecutor", _("Una fiscalía o ministerio público")),
    ("child_protection", _("El DIF o una procuraduría de protección")),
    ("other", _("Otra autoridad")),
)
MARITAL: Final[Choices] = (
    ("single", _("Soltero")),
    ("married", _("Casado")),
    ("cohabiting", _("En unión libre")),
    ("separated", _("Separado")),
    ("divorced", _("Divorciado")),
    ("widowed", _("Viudo")),
    _NOT_SAID,
)
LIVES: Final[Choices] = (
    ("yes", _("Sí")),
    ("no", _("No")),
    ("no_partner", _("No tiene pareja")),
    _NOT_SAID,
)
SCHOOLING: Final[Choices] = (
    ("none", _("No fue a la escuela")),
    ("primary_unfinished", _("Primaria sin terminar")),
    ("primary", _("Primaria")),
    ("secondary_unfinished", _("Secundaria sin terminar")),
    ("secondary", _("Secundaria")),
    ("high_unfinished", _("Preparatoria sin terminar")),
    ("high", _("Preparatoria o carrera técnica")),
    ("degree_unfinished", _("Licenciatura sin terminar")),
    ("degree", _("Licenciatura")),
    ("postgraduate", _("Maestría o doctorado")),
    _NOT_SAID,
)
WORKING: Final[Choices] = (
    ("yes", _("Sí")),
    ("no", _("No, y busca trabajo")),
    ("not_seeking", _("No, y no busca")),
    _NOT_SAID,
)
WORK_HOURS: Final[Choices] = (
    ("morning", _("Mañanas")),
    ("afternoon", _("Tardes")),
    ("evening", _("Noches")),
    ("overnight", _("Madrugadas")),
    ("saturday", _("Sábados")),
    ("sunday", _("Domingos")),
    ("changing", _("Cambia cada semana")),
)
LANGUAGE: Final[Choices] = (
    ("spa", _("Español")),
    ("nah", _("Náhuatl")),
    ("yua", _("Maya")),
    ("mix", _("Mixteco")),
    ("zap", _("Zapoteco")),
    ("tzh", _("Tseltal")),
    ("tzo", _("Tsotsil")),
    ("oto", _("Otomí")),
    ("toc", _("Totonaco")),
    ("maz", _("Mazateco")),
    ("lsm", _("Lengua de señas mexicana")),
    ("other", _("Otra lengua")),
)
READS: Final[Choices] = (
    ("yes", _("Lee sin problema")),
    ("some", _("Lee con ayuda")),
    ("no", _("No lee")),
)
DISABILITY: Final[Choices] = (
    ("seeing", _("Ver")),
    ("hearing", _("Oír")),
    ("walking", _("Caminar o subir escalones")),
    ("remembering", _("Recordar o concentrarse")),
    ("communicating", _("Hablar o entender a otros")),
    ("self_care", _("Vestirse o cuidarse solo")),
)
RELATION: Final[Choices] = (
    ("mother", _("Su mamá")),
    ("father", _("Su papá")),
    ("grandparent", _("Una abuela o un abuelo")),
    ("relative", _("Otra persona de su familia")),
    ("legal_guardian", _("Su tutora o tutor legal")),
    ("institution", _("La institución que lo cuida")),
)
USES_VIOLENCE: Final[Choices] = (
    ("no", _("No")),
    ("yes", _("Sí")),
    ("unknown", _("No se sabe")),
)
GAPS: Final[Mapping[Gap, str | Promise]] = {
    "route": _("cómo llegó"),
    "motive": _("qué espera"),
    "age": _("si ya cumplió 18 años"),
    "limits": _("que entendió los límites de la confidencialidad"),
    "programme": _("que acepta participar y que se guarde su registro"),
    "guardian": _("la firma de una persona adulta responsable"),
    "violence": _("confirmar que quien firma no ejerce violencia en su casa"),
    "psychologist": _("qué psicóloga o psicólogo lo atiende"),
    "assent": _("que él mismo diga que quiere venir"),
}
ELSEWHERE: Final = "elsewhere"


def say(choices: Choices, code: str) -> str:
    """Return a code in words; one of another version comes back as it is, an empty one empty."""
    return str(dict(choices).get(code, code))


def say_all(choices: Choices, codes: Iterable[str]) -> str:
    """Return several codes in words, in the order of the list."""
    chosen = set(codes)
    return ", ".join(str(label) for code, label in choices if code in chosen)


def gaps(missing: Sequence[Gap]) -> str:
    """Return what is missing as part of a sentence."""
    return join_names([str(GAPS[gap]) for gap in missing])
