"""What is known of each municipality, with the words in which it is said and what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class How(StrEnum):
    """How a figure came about: it decides how firmly it may be said."""

    COUNTED = "counted"
    SAMPLED = "sampled"
    MODELLED = "modelled"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share of people or dwellings, in per cent."""

    key: str
    name: str | Promise
    among: str | Promise
    source: str
    how: How
    caution: str | Promise = ""
    said: str | Promise = ""


HOW_WORDS: Final[Mapping[How, str | Promise]] = {
    How.COUNTED: _("se contó"),
    How.SAMPLED: _("muestra"),
    How.MODELLED: _("modelo"),
}
HOW_MEANS: Final = _(
    "«Se contó»: casa por casa, en el censo. «Muestra»: se preguntó a una parte, grande. «Modelo»: "
    "se calculó y no se contó. El margen de los dos últimos no se publicó por municipio. «Trabajo "
    "precario» es por cuenta propia, sin pago, de jornal o de ayudante."
)

_PEOPLE = _("De cada 100 personas")
_FROM_THREE = _("De cada 100 personas de 3 años o más")
_FROM_FIFTEEN = _("De cada 100 personas de 15 años o más")
_HOMES = _("De cada 100 personas en viviendas")
_NOT_CAUSE = _("Que esto sea la causa de la violencia.")

INDICATORS: Final[Mapping[str, Indicator]] = {
    one.key: one
    for one in (
        Indicator(
            "schooling_lag", _("Rezago educativo"), _PEOPLE, "coneval-2020", How.SAMPLED,
            _("Que a la gente no le interese estudiar, ni que por eso haya violencia."),
            _("tienen rezago educativo"),
        ),
        Indicator(
            "poor", _("Ingreso que no alcanza para lo básico"), _PEOPLE, "coneval-2020",
            How.MODELLED,
            _("Que la pobreza cause la violencia: hay violencia en todos los ingresos."),
            _("viven con un ingreso que no alcanza para lo básico"),
        ),
        Indicator(
            "extremely_poor", _("Ingreso que no alcanza ni para comer"), _PEOPLE, "coneval-2020",
            How.MODELLED, _NOT_CAUSE,
        ),
        Indicator(
            "no_food", _("Carencia de alimentación"), _PEOPLE, "coneval-2020", How.MODELLED,
            _NOT_CAUSE,
        ),
        Indicator(
            "no_health", _("Sin acceso a servicios de salud"), _PEOPLE, "coneval-2020", How.SAMPLED,
            _("Que no haya dónde atenderse: mide afiliación, no clínicas."),
            _("no tienen acceso a servicios de salud"),
        ),
        Indicator(
            "no_social_security", _("Sin seguridad social"), _PEOPLE, "coneval-2020", How.MODELLED,
            _NOT_CAUSE,
        ),
        Indicator(
            "indigenous", _("Hablan una lengua indígena"), _FROM_THREE,
            "inegi-2020", How.COUNTED,
            _("Que quien no la habla no sea indígena: se preguntó por la lengua."),
            _("hablan una lengua indígena"),
        ),
        Indicator(
            "precarious_work", _("Trabajo precario"),
            _("De cada 100 personas ocupadas"), "inegi-2020", How.SAMPLED,
            _("Que sea la informalidad oficial: cuenta propia, sin pago, jornal y ayudantes."),
        ),
        Indicator(
            "illiterate", _("No saben leer ni escribir"), _FROM_FIFTEEN,
            "conapo-2020", How.COUNTED,
        ),
        Indicator(
            "no_basic_school", _("Sin educación básica completa"),
            _FROM_FIFTEEN, "conapo-2020", How.COUNTED,
        ),
        Indicator("no_drainage", _("Sin drenaje ni excusado"), _HOMES, "conapo-2020", How.COUNTED),
        Indicator("no_electricity", _("Sin energía eléctrica"), _HOMES, "conapo-2020", How.COUNTED),
        Indicator("no_water", _("Sin agua entubada"), _HOMES, "conapo-2020", How.COUNTED),
        Indicator("earth_floor", _("Con piso de tierra"), _HOMES, "conapo-2020", How.COUNTED),
        Indicator(
            "crowded", _("Con hacinamiento"), _("De cada 100 viviendas"), "conapo-2020", How.COUNTED
        ),
        Indicator(
            "small_places", _("En localidades de menos de 5 mil habitantes"), _PEOPLE,
            "conapo-2020", How.COUNTED,
        ),
        Indicator(
            "two_wages", _("Ganan menos de dos salarios mínimos"),
            _("De cada 100 personas ocupadas"), "conapo-2020", How.SAMPLED,
        ),
    )
}  # fmt: skip

# In the order of the page; the nine of marginalisation stand apart, as CONAPO publishes them.
SHOWN: Final = (
    "schooling_lag", "poor", "extremely_poor", "no_food", "no_health", "no_social_security",
    "precarious_work", "indigenous",
)  # fmt: skip
MARGINALISATION: Final = (
    "illiterate", "no_basic_school", "no_drainage", "no_electricity", "no_water", "earth_floor",
    "crowded", "small_places", "two_wages",
)  # fmt: skip
# Who reads a map chooses one of these; files come from the monthly counts.
FILES: Final = "files"
MAPPED: Final = (
    FILES,
    "schooling_lag",
    "poor",
    "no_health",
    "indigenous",
    "no_basic_school",
    "crowded",
)
