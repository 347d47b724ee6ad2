"""Where each figure comes from: who published it, of when it is, under which terms, by which way.

What is said here stands on every page that shows a figure, and in the file beside the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Source:
    """One set of data as it was published."""

    slug: str
    title: str | Promise
    publisher: str
    of_when: str | Promise
    licence: str | Promise
    by_way_of: str
    note: str | Promise = ""


_OPEN = _("Datos abiertos: uso libre con crédito")
_CONTEXT = "github.com/cuentadesanti/pobreza-marginacion, 28ce4e5f8daa (14.07.2026), CC-BY-4.0"

SOURCES: Final[Mapping[str, Source]] = {
    source.slug: source
    for source in (
        Source(
            "conapo-2020",
            _("Componentes del índice de marginación por municipio"),
            "CONAPO, con el Censo de Población y Vivienda 2020 del INEGI",
            _("2020"),
            _OPEN,
            _CONTEXT,
            _("El índice mismo no viene en estos datos: se muestran las partes que lo forman."),
        ),
        Source(
            "coneval-2020",
            _("Pobreza y carencias sociales por municipio"),
            "CONEVAL",
            _("2020"),
            _OPEN,
            _CONTEXT,
            _("El ingreso y parte de las carencias se estiman con un modelo, no se cuentan."),
        ),
        Source(
            "inegi-2020",
            _("Hablantes de lengua indígena y características del empleo"),
            "INEGI, Censo de Población y Vivienda 2020",
            _("2020"),
            _OPEN,
            _CONTEXT,
        ),
        Source(
            "homicides",
            _("Muertes por homicidio registradas, por municipio"),
            "INEGI",
            _("2019 a 2021"),
            _OPEN,
            _CONTEXT,
            _("Todas las personas, hombres y mujeres: no son feminicidios."),
        ),
        Source(
            "files",
            _("Carpetas de investigación por violencia familiar, por municipio y mes"),
            "SESNSP",
            _("enero de 2015 a diciembre de 2022"),
            _OPEN,
            "github.com/fdealbam/Violencia-Familiar, b00abce36ecc (27.01.2023)",
            _("El SESNSP corrige años pasados: otra publicación puede dar otro número."),
        ),
        Source(
            "calls",
            _("Llamadas al 911 por violencia familiar, por estado y mes"),
            "SESNSP",
            _("enero de 2019 a octubre de 2020"),
            _OPEN,
            "github.com/MarcelaGuerra/violencia_familiar_covidmx, 453dc2aaacc9 (10.12.2020)",
            _("Llamadas, no personas: de un hecho pueden llamar varias, y de muchos nadie llama."),
        ),
        Source(
            "survey",
            _("Encuesta Nacional sobre la Dinámica de las Relaciones en los Hogares (ENDIREH)"),
            "INEGI",
            _("2016"),
            _("INEGI: libre uso con crédito. Aquí solo hay totales por estado"),
            "github.com/ginajimrios92/endireh_2021, a6ba94b0ec9a (05.09.2022)",
            _("Hay una encuesta de 2021 que todavía no está aquí."),
        ),
        Source(
            "geometry",
            _("Límites simplificados de municipios y estados"),
            "Diego Valle-Jones (mxmaps), con la cartografía del INEGI",
            _("2015"),
            _("BSD de tres cláusulas; crédito al INEGI"),
            "github.com/diegovalle/mxmaps, 798708f6770a (30.03.2026)",
        ),
    )
}
