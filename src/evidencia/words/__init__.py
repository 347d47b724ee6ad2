"""The sentences that a number carries with it, in Spanish and in English.

A result never holds prose: it holds a :class:`Note`, a code with values, and the page asks for
the text in the reader's language. So a test can name the warning that it expects, and a
translator changes one table per subject, in the files beside this one. Sentences avoid number
agreement ("marcas: 1"), because one sentence must read well for 1 and for 1,339.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidencia.words import (
    analysing,
    clusters,
    compliance,
    costing,
    counts,
    disclosure,
    findings,
    hazards,
    measures,
    missing,
    mixed,
    planning,
    plans,
    pooling,
    reports,
    retention,
    simulating,
    watching,
)
from evidencia.words.table import Language, Texts, Value

__all__ = ["CODES", "Language", "Note", "Refusal", "Texts", "Value", "say"]

_TABLES: Final = (
    analysing.TEXTS,
    clusters.TEXTS,
    compliance.TEXTS,
    costing.TEXTS,
    counts.TEXTS,
    disclosure.TEXTS,
    findings.TEXTS,
    hazards.TEXTS,
    measures.TEXTS,
    missing.TEXTS,
    mixed.TEXTS,
    planning.TEXTS,
    plans.TEXTS,
    pooling.TEXTS,
    reports.TEXTS,
    retention.TEXTS,
    simulating.TEXTS,
    watching.TEXTS,
)
_TWICE = [code for code, n in Counter(code for t in _TABLES for code in t).items() if n > 1]
if _TWICE:
    raise ValueError(f"Two tables hold the same code: {', '.join(_TWICE)}.")

_TEXTS: Texts = MappingProxyType({code: said for t in _TABLES for code, said in t.items()})

CODES: frozenset[str] = frozenset(_TEXTS)


def say(code: str, language: Language = "es", /, **values: Value) -> str:
    """Return the sentence of `code` with its values filled in.

    Parameters
    ----------
    code
        One of :data:`CODES`.
    language
        ``"es"`` or ``"en"``.
    **values
        Values of the named placeholders. Integers get thousands separators (1,257).

    Raises
    ------
    ValueError
        If the code or the language is unknown, or a value is missing.
    """
    try:
        template = _TEXTS[code][language]
    except KeyError:
        raise ValueError(f"There is no sentence {code!r} in {language!r}; see CODES.") from None
    try:
        return template.format_map({name: _spell(value) for name, value in values.items()})
    except KeyError as missing:
        raise ValueError(f"The sentence {code!r} needs a value for {missing}.") from None


def _spell(value: Value) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,g}"


def p_value(p: float) -> str:
    """Return a p value with its sign, for a sentence: `= 0.012`; `< 0.001` and never `= 0`."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that must be read beside a number.

    Attributes
    ----------
    code
        One of :data:`CODES`; tests and pages compare this, never the prose.
    values
        Placeholder names with their values, in the order given.
    """

    code: str
    values: tuple[tuple[str, Value], ...] = ()

    def __post_init__(self) -> None:
        say(self.code, **dict(self.values))  # A note without its sentence is found here, at once.

    @classmethod
    def of(cls, code: str, /, **values: Value) -> Note:
        """Build a note from keywords: ``Note.of("few_people", n=3)``."""
        return cls(code, tuple(values.items()))

    def text(self, language: Language = "es") -> str:
        """Return the sentence in `language`."""
        return say(self.code, language, **dict(self.values))


class Refusal(Exception):
    """There is no honest number to give, and the note says why.

    Not a bug and not bad input: a page catches it and shows ``refusal.note.text(language)``
    where the figure would be.
    """

    def __init__(self, note: Note) -> None:
        super().__init__(note.text("en"))
        self.note = note
