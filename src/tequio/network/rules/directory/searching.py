"""The line in which a service is found: its needs as marks, then its words, folded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tequio.core.text import fold

# What somebody types, and the need that is meant.
MEANS: Final = {
    "abogada": "legal", "abogado": "legal", "divorcio": "legal", "pension": "legal",
    "custodia": "legal", "demanda": "legal", "denuncia": "protection", "denunciar": "protection",
    "policia": "protection", "golpes": "protection", "orden": "protection",
    "amparo": "legal", "psicologa": "mind", "psicologo": "mind", "terapia": "mind",
    "ansiedad": "mind", "tristeza": "mind", "doctor": "health", "doctora": "health",
    "medico": "health", "medica": "health", "embarazo": "health", "refugio": "refuge",
    "albergue": "refuge", "dormir": "refuge", "quedarme": "refuge", "hijos": "children",
    "hijas": "children", "niños": "children", "niñas": "children", "guarderia": "children",
    "trabajo": "money", "empleo": "money", "dinero": "money", "comida": "papers",
    "acta": "papers", "actas": "papers", "ine": "papers", "beca": "papers", "apoyo": "papers",
    "alcohol": "drink", "drogas": "drink", "beber": "drink", "hablar": "talk", "ayuda": "talk",
    "urgente": "danger", "emergencia": "danger", "escuela": "learning", "curso": "learning",
    "taller": "learning", "nahuatl": "language", "mixteco": "language", "zapoteco": "language",
    "otomi": "language", "maya": "language", "interprete": "language",
    "pega": "protection", "pego": "protection", "golpea": "protection", "golpeo": "protection",
    "amenaza": "protection", "amenazo": "protection", "violencia": "protection",
    "maltrato": "protection", "maltrata": "protection", "acoso": "protection",
    "violacion": "protection", "violo": "protection", "separarme": "legal",
    "divorciarme": "legal", "divorciar": "legal", "corrio": "refuge",
    "miedo": "talk", "sola": "talk", "medicina": "health", "lastimada": "health",
    "niño": "children", "niña": "children", "hijo": "children", "hija": "children",
}  # fmt: skip
# Words that say nothing of what is looked for.
_EMPTY: Final = frozenset(
    "a al con de del donde el en la las lo los mi mis para por que quiero necesito busco un "
    "una y cerca servicio servicios esposo marido pareja novio ex me no tengo hay sin se muy "
    "alguien algun alguna habla hablan".split()
)


def mark(need: str) -> str:
    """Return how a need stands in the line; no typed word looks like it."""
    return f"#{need}#"


def line(needs: Iterable[str], *texts: str) -> str:
    """Return the line of one service."""
    return "".join(map(mark, needs)) + " " + fold(" ".join(filter(None, texts)))


def words(typed: str) -> list[str]:
    """Return the words that matter, folded; a few are enough."""
    found = fold(typed.replace("#", " ")).split()
    return [word for word in found if word not in _EMPTY and len(word) > 1][:6]
