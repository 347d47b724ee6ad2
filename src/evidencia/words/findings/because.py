"""Sentences about why a finding is as strong as it is: one per rule."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # Why this strength: one sentence per rule.
    "findings.because.no_lottery": {
        "es": "Los grupos no se formaron por lotería: podían ser distintos desde antes.",
        "en": "The groups were not formed by lottery: they may have differed from the start.",
    },
    "findings.because.single_arm": {
        "es": "No hay con quién comparar: el tiempo, el momento de crisis en que se llega y "
        "quiénes se quedan también mueven la cifra.",
        "en": "There is nobody to compare with: time, arriving at a moment of crisis and who "
        "stays also move the figure.",
    },
    "findings.because.spans": {
        "es": "El intervalo incluye mejoría y daño.",
        "en": "The interval holds both improvement and harm.",
    },
    "findings.because.reversed": {
        "es": "Al menos una comprobación de sensibilidad da lo contrario.",
        "en": "At least one sensitivity analysis says the opposite.",
    },
    "findings.because.fragile": {
        "es": "Al menos una comprobación de sensibilidad cambia la conclusión.",
        "en": "At least one sensitivity analysis changes the conclusion.",
    },
    "findings.because.untested": {
        "es": "Faltan personas y no hay comprobación de sensibilidad al lado.",
        "en": "People are missing and there is no sensitivity analysis beside it.",
    },
    "findings.because.tips_early": {
        "es": "Bastaría que a quienes faltan les hubiera ido apenas peor para que la conclusión "
        "desapareciera.",
        "en": "Had those missing done only slightly worse, the conclusion would go away.",
    },
    "findings.because.lost": {
        "es": "Falta la respuesta final de {percent} % de las personas; más de 20 % es mucho.",
        "en": "The final answer of {percent} % of the people is missing; more than 20 % is a lot.",
    },
    "findings.because.half_lost": {
        "es": "Falta más de la mitad: de la mayoría no sabemos.",
        "en": "More than half is missing: of most people we do not know.",
    },
    "findings.because.gap": {
        "es": "En un grupo faltan más que en el otro: {points} puntos de diferencia; más de 5 es "
        "mucho.",
        "en": "More are missing in one group than in the other: {points} points apart; more than "
        "5 is a lot.",
    },
    "findings.because.may_be_trivial": {
        "es": "El intervalo incluye diferencias demasiado pequeñas para importar.",
        "en": "The interval includes differences too small to matter.",
    },
    "findings.because.few_clusters": {
        "es": "Grupos o comunidades en la comparación: {n}. Con menos de 10, el azar pesa más de "
        "lo que el intervalo muestra.",
        "en": "Groups or communities in the comparison: {n}. With fewer than 10, chance weighs "
        "more than the interval shows.",
    },
    "findings.because.few_people": {
        "es": "Personas en el cálculo: {n}. Con menos de 50, lo que se alcanza a ver suele "
        "exagerar.",
        "en": "People in the estimate: {n}. With fewer than 50, what can be seen is usually "
        "exaggerated.",
    },
    "findings.because.many_questions": {
        "es": "Se hicieron muchas preguntas; al corregir por ello, el azar basta para explicarla.",
        "en": "Many questions were asked; once corrected for that, chance is enough to explain it.",
    },
    "findings.because.own_account": {
        "es": "Lo cuenta sólo quien pudo ejercer la violencia, y suele contar menos de la que "
        "hubo.",
        "en": "It is told only by whoever may have used the violence, who usually tells less than "
        "there was.",
    },
    "findings.because.no_number": {
        "es": "El análisis no dio ninguna cifra para este resultado.",
        "en": "The analysis gave no figure for this outcome.",
    },
}
