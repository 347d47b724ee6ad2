"""Words of the learning cycle: groups of people, answers and scores, as a page says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
Options = tuple[tuple[str, Text], ...]

ANSWERS: Final[Options] = (
    ("yes", gettext_lazy("Sí")),
    ("no", gettext_lazy("No")),
    ("unsure", gettext_lazy("No sé")),
)
SCORES: Final[Options] = (
    ("1", gettext_lazy("1 · nada")),
    ("2", gettext_lazy("2")),
    ("3", gettext_lazy("3 · a medias")),
    ("4", gettext_lazy("4")),
    ("5", gettext_lazy("5 · mucho")),
)
TRAITS: Final[Mapping[str, tuple[Text, Options]]] = {
    "gender": (
        gettext_lazy("Es"),
        (
            ("woman", gettext_lazy("Mujer")),
            ("man", gettext_lazy("Hombre")),
            ("other", gettext_lazy("Otra respuesta")),
        ),
    ),
    "age": (
        gettext_lazy("Edad"),
        (
            ("18-29", gettext_lazy("18 a 29")),
            ("30-44", gettext_lazy("30 a 44")),
            ("45-59", gettext_lazy("45 a 59")),
            ("60+", gettext_lazy("60 o más")),
        ),
    ),
    "language": (
        gettext_lazy("¿Habla una lengua indígena?"),
        (("yes", gettext_lazy("Sí")), ("no", gettext_lazy("No"))),
    ),
    "disability": (
        gettext_lazy("¿Vive con una discapacidad?"),
        (("yes", gettext_lazy("Sí")), ("no", gettext_lazy("No"))),
    ),
}
_GROUPS: Final[Mapping[tuple[str, str], Text]] = {
    ("gender", "woman"): gettext_lazy("Mujeres"),
    ("gender", "man"): gettext_lazy("Hombres"),
    ("gender", "other"): gettext_lazy("Otra respuesta"),
    ("age", "18-29"): gettext_lazy("de 18 a 29 años"),
    ("age", "30-44"): gettext_lazy("de 30 a 44 años"),
    ("age", "45-59"): gettext_lazy("de 45 a 59 años"),
    ("age", "60+"): gettext_lazy("de 60 años o más"),
    ("language", "yes"): gettext_lazy("que hablan una lengua indígena"),
    ("language", "no"): gettext_lazy("que no hablan lengua indígena"),
    ("disability", "yes"): gettext_lazy("con discapacidad"),
    ("disability", "no"): gettext_lazy("sin discapacidad"),
}
CROSSED: Final[Mapping[tuple[str, str], Text]] = {
    ("gender", "age"): gettext_lazy("Por quiénes son y su edad"),
    ("gender", "language"): gettext_lazy("Por quiénes son y la lengua que hablan"),
    ("gender", "disability"): gettext_lazy("Por quiénes son y si viven con discapacidad"),
}


def group(traits: Iterable[tuple[str, str]]) -> str:
    """Return «Mujeres de 18 a 29 años»."""
    return " ".join(str(_GROUPS[trait]) for trait in traits)


def year(number: int) -> str:
    """Return «Año 2»."""
    return _("Año %(n)s") % {"n": number}
