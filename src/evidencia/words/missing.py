"""Sentences about who left and what cannot be known because of it."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # Notes: what must be read beside the number.
    "missing.nobody_left": {
        "es": "No falta ninguna respuesta, así que no hay nada que corregir por salidas.",
        "en": "No answer is missing, so there is nothing to correct for leaving.",
    },
    "missing.arms_differ": {
        "es": "Los grupos no respondieron por igual: la diferencia es de {points} puntos "
        "porcentuales. Quienes quedan en un grupo pueden no parecerse a quienes quedan en el otro.",
        "en": "The arms did not answer equally: the difference is {points} percentage points. "
        "Those who remain in one arm may not be like those who remain in the other.",
    },
    "missing.leavers_differ": {
        "es": "Quienes se fueron eran distintos desde el inicio en: {names}. La diferencia pasa "
        "de {limit} desviaciones estándar. Mira los análisis de sensibilidad antes de concluir.",
        "en": "Those who left differed from the start in: {names}. The difference is above "
        "{limit} standard deviations. Look at the sensitivity analyses before concluding.",
    },
    "missing.gap_without_number": {
        "es": "Diferencias iniciales que no se pudieron calcular, por falta de personas o de "
        "variación: {n}.",
        "en": "Baseline differences that could not be computed, for lack of people or of "
        "variation: {n}.",
    },
    "missing.positivity": {
        "es": "Hay personas que casi no tenían posibilidad de quedarse: la probabilidad más baja "
        "entre quienes respondieron es {probability}. Unas pocas hablan por muchas; no te apoyes "
        "sólo en esta cifra.",
        "en": "Some people had almost no chance of staying: the lowest probability among those "
        "who answered is {probability}. A few speak for many; do not lean on this figure alone.",
    },
    "missing.low_effective_n": {
        "es": "Por los pesos desiguales, las {n} respuestas pesan como {effective}. El resultado "
        "es menos firme de lo que parece.",
        "en": "Because the weights are unequal, the answers ({n}) count as {effective}. The "
        "result is less firm than it looks.",
    },
    "missing.weights_truncated": {
        "es": "Pesos recortados por ser extremos: {n}. Recortar reduce el ruido y deja un poco "
        "de sesgo.",
        "en": "Weights cut back for being extreme: {n}. Cutting reduces noise and leaves a "
        "little bias.",
    },
    "missing.mostly_imputed": {
        "es": "En la medición {wave} falta el {percent} % de los valores. La cifra depende más "
        "de los supuestos que de los datos.",
        "en": "At measurement {wave}, {percent} % of the values are missing. The figure depends "
        "more on the assumptions than on the data.",
    },
    "missing.few_imputations": {
        "es": "Se hicieron pocas imputaciones ({m}): repetir con otra semilla puede cambiar la "
        "cifra. Usa 50 o más.",
        "en": "Few imputations were made ({m}): another seed may change the figure. Use 50 or "
        "more.",
    },
    "missing.column_left_out": {
        "es": "Para imputar en {arm} no se usaron todas las características iniciales; no "
        "variaban o repetían a otra. Fuera: {n}.",
        "en": "Not all baseline characteristics were used to impute in {arm}; they did not vary "
        "or repeated another. Left out: {n}.",
    },
    "missing.no_tipping": {
        "es": "Dentro de los cambios probados (de {low} a {high}) la conclusión no cambia.",
        "en": "Within the shifts tried (from {low} to {high}) the conclusion does not change.",
    },
    "missing.tipping": {
        "es": "La conclusión cambia si los valores que faltan fueran, en promedio, {delta} "
        "distintos de lo que predicen los datos. Pregúntate si eso es creíble.",
        "en": "The conclusion changes if the missing values were, on average, {delta} away from "
        "what the data predict. Ask whether that is believable.",
    },
    "missing.nothing_to_shift": {
        "es": "No hay valores imputados que mover: la cifra es la misma en todos los cambios.",
        "en": "There are no imputed values to shift: the figure is the same at every shift.",
    },
    "missing.reference_rubin": {
        "es": "Con imputación basada en el grupo de referencia, la regla de Rubin da un error "
        "estándar más amplio que el de muestreo repetido: es prudente.",
        "en": "With reference-based imputation, Rubin's rule gives a wider standard error than "
        "repeated sampling would: it is cautious.",
    },
    "missing.monotonicity": {
        "es": "Los límites de Lee suponen que el grupo que le tocó a alguien sólo pudo empujar su "
        "respuesta en un sentido: a responder más o a responder menos, igual para todas las "
        "personas. Eso no se puede comprobar. Y hablan sólo de quienes responderían en "
        "cualquiera de los dos grupos.",
        "en": "Lee's bounds suppose that the arm could push answering in one direction only: "
        "towards answering or away from it, the same for everybody. That cannot be checked. And "
        "they speak only of those who would answer in either arm.",
    },
    "missing.bounds_not_interval": {
        "es": "Entre los dos límites cabe todo lo que pudo pasar con lo que falta, con valores "
        "entre {low} y {high}. Faltan: {n}.",
        "en": "Between the two bounds lies everything that could have happened with what is "
        "missing, with values between {low} and {high}. Missing: {n}.",
    },
    # Refusals: why there is no number.
    "missing.nobody": {
        "es": "No hay cifra porque no hay personas. Revisa el archivo.",
        "en": "There is no figure because there are no people. Check the file.",
    },
    "missing.too_few": {
        "es": "No hay cifra: hay muy pocas respuestas ({n}) y este cálculo pide al menos {need}. "
        "Junta grupos, usa menos características iniciales, o presenta sólo las cuentas.",
        "en": "There is no figure: there are too few answers ({n}) and this calculation needs at "
        "least {need}. Merge groups, use fewer baseline characteristics, or show the counts only.",
    },
    "missing.too_few_at_wave": {
        "es": "No hay cifra: en la medición {wave} de {arm} las respuestas son {n} y hacen falta "
        "al menos {need}. Usa un solo modelo para todos los grupos, menos características "
        "iniciales, o presenta sólo las cuentas.",
        "en": "There is no figure: at measurement {wave} of {arm} the answers are {n} and at least "
        "{need} are needed. Use one model for all arms, fewer baseline characteristics, or show "
        "the counts only.",
    },
    "missing.wave_empty": {
        "es": "No hay cifra: en la medición {wave} nadie respondió en {arm}. Imputarla sería "
        "inventarla; quita esa medición del análisis.",
        "en": "There is no figure: at measurement {wave} nobody answered in {arm}. Imputing it "
        "would be inventing it; take that measurement out of the analysis.",
    },
    "missing.no_variance": {
        "es": "No hay cifra: los valores no varían, y sin variación no se puede decir qué tan "
        "segura es una diferencia.",
        "en": "There is no figure: the values do not vary, and without variation nothing can be "
        "said about how sure a difference is.",
    },
    "missing.one_arm": {
        "es": "No hay diferencia que estimar: hace falta gente con respuesta en los dos grupos "
        "que se comparan.",
        "en": "There is no difference to estimate: people with answers are needed in both arms "
        "that are compared.",
    },
    "missing.separation": {
        "es": "No hay cifra: las características iniciales predicen sin error quién respondió, y "
        "entonces no hay con quién comparar a quienes se fueron. Usa menos características.",
        "en": "There is no figure: the baseline characteristics predict without error who "
        "answered, so there is nobody to stand for those who left. Use fewer characteristics.",
    },
    "missing.not_randomised": {
        "es": "Los límites de Lee sólo valen cuando un sorteo formó los grupos. Aquí no lo hubo, "
        "así que no se calculan.",
        "en": "Lee's bounds hold only when a lottery formed the arms. There was none here, so "
        "they are not computed.",
    },
    "missing.singular": {
        "es": "No hay cifra: las columnas del modelo se repiten unas a otras y no se pueden "
        "separar. Quita las características que digan lo mismo.",
        "en": "There is no figure: the columns of the model repeat each other and cannot be told "
        "apart. Take out the characteristics that say the same.",
    },
}
