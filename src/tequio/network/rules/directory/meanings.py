"""Which need a service meets, by the words in which a file describes it; a person corrects it."""

from __future__ import annotations

import re
from typing import Final

from tequio.core.text import fold

_SIGNS: Final = tuple(
    (need, re.compile(pattern))
    for need, pattern in (
        ("talk", r"\blineas? de|escucha|consejo psicologic|orientacion|acompañamiento"),
        ("danger", r"24/7|24 horas|emergencia|\b911\b|en crisis"),
        ("health", r"\bsalud\b(?! mental)|hospital|clinica|\bmedic[oa]"),
        ("mind", r"mental|psicolog|psiquiatr|cisame|en crisis"),
        ("drink", r"adiccion|alcohol|\bcapa\b|sustancias|\baa\b"),
        ("legal", r"juridic|\blegal|abogad|defensor|justicia para las mujeres"),
        ("protection", r"denuncia|fiscal|ministerio publico|victimas|justicia para las mujeres"),
        ("refuge", r"refugio|albergue|casa de (acogida|emergencia|transicion)"),
        ("children", r"\bniñ|adolescen|infan|\bdif\b"),
        ("money", r"emple|microcredito|ahorro|ingreso|capacitacion laboral"),
        ("papers", r"registro civil|\bactas?\b|tramite|apoyos? (social|economic)"),
        ("learning", r"escuela|taller|educacion|alfabetiza|\binea\b"),
        ("language", r"lengua indigena|interprete|traductor"),
        ("men", r"masculin|hombres que|reeducacion de"),
    )
)
# Where whoever runs from violence sleeps; a hospital that calls itself shelter is asked about.
_REFUGE: Final = re.compile(r"\brefugios?\b|casas? de (acogida|emergencia|transicion)")
# What a street looks like in a sentence.
_STREET: Final = re.compile(
    r"\b(calle|avenida|av|calzada|calz|callejon|privada|cerrada|andador|boulevard|blvd|carretera|"
    r"prolongacion|retorno)\b\.? [^.;]{2,50}?(\d|\besquina\b|\bentre\b)|\bcol(onia|\.) ?[a-zñ]|"
    r"\bc\.? ?p\.? ?\d{5}|\b(mz|manzana|lt|lote)\b\.? ?\d|# ?\d"
)
_TORN: Final = re.compile(r"@|\d{7,}|(?:\d[\s-]?){7,}")


def needs_of(*texts: str) -> tuple[str, ...]:
    """Return the needs that some words speak of."""
    said = fold(" ".join(texts))
    return tuple(need for need, pattern in _SIGNS if pattern.search(said))


def is_refuge(*texts: str) -> bool:
    """Tell whether some words speak of a place where women and children hide."""
    return _REFUGE.search(fold(" ".join(texts))) is not None


def is_torn(name: str) -> bool:
    """Tell whether a name is the rest of a line that was cut: digits, mails, half a word."""
    letters = sum(letter.isalpha() for letter in name)
    return _TORN.search(name) is not None or letters < 4 or name.count("(") != name.count(")")


def names_a_street(text: str) -> bool:
    """Tell whether a sentence says where something is."""
    return _STREET.search(fold(text)) is not None
