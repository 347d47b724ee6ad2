"""The headline of a finding: the sentence that a director may read aloud.

By verdict and strength, with the verbs of GRADE guidelines 26 (Santesso et al. 2020). A headline
says "less" or "more" and never "better violence"; which of the two is good, the outcome says.
"""

from __future__ import annotations

from typing import Final

from evidencia.words.table import Language, Texts

_WAYS: Final[dict[str, dict[Language, str]]] = {
    "less": {"es": "menos", "en": "less"},
    "more": {"es": "más", "en": "more"},
}
# "<way>" is "less" or "more"; the code ends with it.
_HEADLINES: Final[Texts] = {
    "findings.benefit.strong": {
        "es": "Con «{arm}» hubo <way> «{label}» que con «{control}», según {informant}.",
        "en": "With “{arm}” there was <way> “{label}” than with “{control}”, according to "
        "{informant}.",
    },
    "findings.benefit.moderate": {
        "es": "Con «{arm}» probablemente hubo <way> «{label}» que con «{control}», según "
        "{informant}.",
        "en": "With “{arm}” there was probably <way> “{label}” than with “{control}”, according "
        "to {informant}.",
    },
    "findings.benefit.weak": {
        "es": "Con «{arm}» puede que haya habido <way> «{label}» que con «{control}», según "
        "{informant}. La evidencia es débil.",
        "en": "With “{arm}” there may have been <way> “{label}” than with “{control}”, according "
        "to {informant}. The evidence is weak.",
    },
    "findings.benefit.very_weak": {
        "es": "Los datos apuntan a <way> «{label}» con «{arm}» que con «{control}», según "
        "{informant}, pero la evidencia es muy débil: no alcanza para afirmarlo.",
        "en": "The data point to <way> “{label}” with “{arm}” than with “{control}”, according to "
        "{informant}, but the evidence is very weak: not enough to claim it.",
    },
    "findings.small_benefit": {
        "es": "Con «{arm}» hubo un poco <way> «{label}» que con «{control}», según {informant}: "
        "una diferencia menor que la más pequeña que importa.",
        "en": "With “{arm}” there was slightly <way> “{label}” than with “{control}”, according "
        "to {informant}: a difference smaller than the smallest that matters.",
    },
    "findings.change.better": {
        "es": "En {wave} hubo <way> «{label}» que en {baseline}, según {informant}. No sabemos si "
        "fue por el programa.",
        "en": "At {wave} there was <way> “{label}” than at {baseline}, according to {informant}. "
        "We do not know whether the programme did it.",
    },
    "findings.harm.strong": {
        "es": "Daño: con «{arm}» hubo <way> «{label}» que con «{control}», según {informant}.",
        "en": "Harm: with “{arm}” there was <way> “{label}” than with “{control}”, according to "
        "{informant}.",
    },
    "findings.harm.moderate": {
        "es": "Daño probable: con «{arm}» probablemente hubo <way> «{label}» que con «{control}», "
        "según {informant}.",
        "en": "Probable harm: with “{arm}” there was probably <way> “{label}” than with "
        "“{control}”, according to {informant}.",
    },
    "findings.harm.weak": {
        "es": "Posible daño: con «{arm}» puede que haya habido <way> «{label}» que con "
        "«{control}», según {informant}.",
        "en": "Possible harm: with “{arm}” there may have been <way> “{label}” than with "
        "“{control}”, according to {informant}.",
    },
    "findings.harm.very_weak": {
        "es": "Señal de daño: los datos apuntan a <way> «{label}» con «{arm}» que con "
        "«{control}», según {informant}. La evidencia es muy débil, pero un posible daño se "
        "atiende desde ahora.",
        "en": "Sign of harm: the data point to <way> “{label}” with “{arm}” than with "
        "“{control}”, according to {informant}. The evidence is very weak, but a possible harm "
        "is acted on now.",
    },
    "findings.change.worse": {
        "es": "Señal de daño: en {wave} hubo <way> «{label}» que en {baseline}, según "
        "{informant}. No sabemos si fue por el programa; hay que averiguarlo desde ahora.",
        "en": "Sign of harm: at {wave} there was <way> “{label}” than at {baseline}, according "
        "to {informant}. We do not know whether the programme did it; find out now.",
    },
}


def _both_ways(code: str) -> Texts:
    return {
        f"{code}.{way}": {
            language: text.replace("<way>", word[language])
            for language, text in _HEADLINES[code].items()
        }
        for way, word in _WAYS.items()
    }


def _untold(texts: Texts) -> Texts:
    """The same headlines where the data do not say who told: ``<code>.untold``."""
    return {
        f"{code}.untold": {
            language: text.replace(", según {informant}", "").replace(
                ", according to {informant}", ""
            )
            for language, text in said.items()
        }
        for code, said in texts.items()
    }


_TOLD: Final[Texts] = {
    **{full: text for code in _HEADLINES for full, text in _both_ways(code).items()},
    "findings.no_difference_that_matters": {
        "es": "«{label}», según {informant}, quedó casi igual con «{arm}» que con «{control}»: "
        "la diferencia es menor que la más pequeña que importa.",
        "en": "“{label}”, according to {informant}, ended almost the same with “{arm}” as with "
        "“{control}”: the difference is smaller than the smallest that matters.",
    },
    "findings.unknown": {
        "es": "No sabemos si con «{arm}» hay más o menos «{label}» que con «{control}», según "
        "{informant}.",
        "en": "We do not know whether with “{arm}” there is more or less “{label}” than with "
        "“{control}”, according to {informant}.",
    },
    "findings.unknown.reversed": {
        "es": "No sabemos si con «{arm}» hay más o menos «{label}» que con «{control}», según "
        "{informant}: según lo que se suponga de quienes faltan, el resultado se voltea.",
        "en": "We do not know whether with “{arm}” there is more or less “{label}” than with "
        "“{control}”, according to {informant}: depending on what is assumed of those missing, "
        "the result turns around.",
    },
    "findings.change.unclear": {
        "es": "No sabemos si «{label}» cambió entre {baseline} y {wave}, según {informant}.",
        "en": "We do not know whether “{label}” changed between {baseline} and {wave}, "
        "according to {informant}.",
    },
    "findings.refused": {
        "es": "No sabemos qué pasó con «{label}», según {informant}: no hay una cifra honesta "
        "que dar.",
        "en": "We do not know what happened with “{label}”, according to {informant}: there is "
        "no honest figure to give.",
    },
}

TEXTS: Texts = {**_TOLD, **_untold(_TOLD)}
