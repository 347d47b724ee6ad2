"""Sentences about binary, count and ordinal outcomes."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # Notes: what must be read beside the number.
    "counts.few_clusters": {
        "es": "Las unidades que se repiten (personas o grupos) son pocas ({n}). El error ya está "
        "corregido para eso, pero léelo con cautela.",
        "en": "The units that repeat (people or clusters) are few ({n}). The error is already "
        "corrected for that, but read it with caution.",
    },
    "counts.few_events": {
        "es": "Del resultado menos frecuente hay pocos casos ({n}). Uno más o uno menos mueve la "
        "cifra.",
        "en": "There are few cases of the rarer outcome ({n}). One more or one less moves the "
        "figure.",
    },
    "counts.few_people": {
        "es": "Son muy pocas personas ({n}): una sola cambia la cifra. Léela como relato, no "
        "como prueba.",
        "en": "Very few people ({n}): a single one changes the figure. Read it as a story, not "
        "as proof.",
    },
    "counts.proportional_odds": {
        "es": "Se supone que el programa mueve por igual todos los escalones de la respuesta "
        "(momios proporcionales). Mira también la tabla de respuestas.",
        "en": "The programme is taken to move every step of the answer alike (proportional "
        "odds). Look at the table of answers too.",
    },
    "counts.empty_cell": {
        "es": "En uno de los lados el resultado pasó siempre o no pasó nunca. Por eso se da la "
        "diferencia con intervalo de Newcombe y prueba exacta de Fisher, sin razón de momios.",
        "en": "On one side the outcome happened always or never. So the difference is given with "
        "Newcombe's interval and Fisher's exact test, without an odds ratio.",
    },
    "counts.penalised": {
        "es": "Se usó la verosimilitud penalizada de Firth, que da un número finito también "
        "donde la respuesta se separa por completo. Supone personas independientes.",
        "en": "Firth's penalised likelihood was used, which gives a finite number even where the "
        "outcome separates completely. It takes people as independent.",
    },
    "counts.held_correlation": {
        "es": "El parecido dentro de las unidades salió más negativo de lo posible, cosa de azar "
        "con pocas unidades; se detuvo en el límite. La cifra sigue siendo válida.",
        "en": "The likeness within units came out more negative than is possible, which is "
        "chance with few units; it was held at the limit. The figure is still valid.",
    },
    # Refusals: why there is no number.
    "counts.separation": {
        "es": "El modelo no tiene cifra porque una columna separa por completo a quienes "
        "tuvieron el resultado de quienes no (por ejemplo, un lado donde no le pasó a nadie). Usa "
        "la verosimilitud penalizada o la diferencia de proporciones.",
        "en": "The model has no figure because a column separates completely those with the "
        "outcome from those without (for example, a side where it happened to nobody). Use the "
        "penalised likelihood or the difference of proportions.",
    },
    "counts.no_events": {
        "es": "No hay cifra porque el resultado no le pasó a nadie. Eso ya es la noticia: dilo "
        "con el número de personas ({n}).",
        "en": "There is no figure because the outcome happened to nobody. That is the news: say "
        "it with the number of people ({n}).",
    },
    "counts.all_events": {
        "es": "No hay cifra porque el resultado les pasó a todas las personas ({n}): no hay con "
        "quién comparar.",
        "en": "There is no figure because the outcome happened to everybody ({n}): there is "
        "nobody to compare with.",
    },
    "counts.empty_arm": {
        "es": "No hay cifra porque uno de los lados de la comparación no tiene personas con "
        "respuesta. Revisa los nombres de los grupos y quién contestó.",
        "en": "There is no figure because one side of the comparison has nobody with an answer. "
        "Check the names of the arms and who answered.",
    },
    "counts.no_convergence": {
        "es": "No hay cifra porque el modelo no encontró un resultado estable. Prueba con menos "
        "columnas, con otra liga o con correlación independiente.",
        "en": "There is no figure because the model found no stable result. Try fewer columns, "
        "another link or an independent correlation.",
    },
    "counts.too_few_clusters": {
        "es": "No hay cifra porque las unidades que se repiten ({n}) no son más que los "
        "coeficientes del modelo ({k}). Usa menos columnas o el análisis por grupo.",
        "en": "There is no figure because the units that repeat ({n}) are no more than the "
        "coefficients of the model ({k}). Use fewer columns or the analysis by cluster.",
    },
    "counts.few_people_refused": {
        "es": "No hay modelo porque son muy pocas personas ({n}); hacen falta al menos 5. "
        "Cuenta lo que pasó con cada una, sin porcentajes.",
        "en": "There is no model because there are very few people ({n}); at least 5 are needed. "
        "Tell what happened with each one, without percentages.",
    },
    "counts.one_level": {
        "es": "No hay cifra porque todas las personas dieron la misma respuesta ({n}).",
        "en": "There is no figure because everybody gave the same answer ({n}).",
    },
    "counts.singular": {
        "es": "No hay cifra porque una columna repite lo que ya dicen las demás, o no cambia de "
        "una persona a otra. Quítala.",
        "en": "There is no figure because a column repeats what the others already say, or does "
        "not change between people. Take it out.",
    },
    "counts.no_variance": {
        "es": "No hay cifra porque el modelo explica la respuesta sin error: no hay con qué "
        "medir la duda.",
        "en": "There is no figure because the model explains the outcome without error: there is "
        "nothing to measure the doubt with.",
    },
}
