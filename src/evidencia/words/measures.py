"""Sentences about measures: agreement, change, reliability and several studies."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # Agreement.
    "measures.no_pairs": {
        "es": "No hay parejas de respuestas que comparar: en ninguna contestaron las dos "
        "personas. Sin respuesta de alguna: {missing}.",
        "en": "There are no pairs of answers to compare: in none did both people answer. "
        "Without an answer from one of them: {missing}.",
    },
    "measures.one_category": {
        "es": "Todas las respuestas son la misma, así que el acuerdo no dice nada. Si había más "
        "respuestas posibles, escríbalas en las categorías.",
        "en": "All answers are the same, so agreement says nothing. If more answers were "
        "possible, list them in the categories.",
    },
    "measures.one_answer": {
        "es": "No se calcula kappa porque las dos personas dieron siempre la misma respuesta; "
        "lea el acuerdo observado.",
        "en": "Kappa is not computed because both people always gave the same answer; read the "
        "observed agreement.",
    },
    "measures.few_pairs": {
        "es": "Las parejas de respuestas son pocas ({n}); los intervalos son aproximados.",
        "en": "The pairs of answers are few ({n}); the intervals are rough.",
    },
    "measures.pairs_missing": {
        "es": "Parejas que quedaron fuera porque una persona no contestó: {n}. Quienes no "
        "contestan pueden ser quienes no coincidirían.",
        "en": "Pairs left out because one person did not answer: {n}. Those who do not answer "
        "may be those who would not agree.",
    },
    "measures.kappa_paradox": {
        "es": "Kappa ({kappa}) es mucho menor que PABAK ({pabak}) porque casi todas las "
        "respuestas son iguales. Lea por separado el acuerdo en el sí y en el no.",
        "en": "Kappa ({kappa}) is much lower than PABAK ({pabak}) because nearly all answers are "
        "the same. Read agreement on yes and on no separately.",
    },
    "measures.kappa_at_the_edge": {
        "es": "Kappa está en su extremo y su error habitual sería cero; el intervalo viene del "
        "acuerdo observado (Wilson).",
        "en": "Kappa is at its extreme and its usual error would be zero; the interval comes "
        "from the observed agreement (Wilson).",
    },
    # Misreporting.
    "measures.not_identified": {
        "es": "Los datos no dicen cuánto se oculta. Cada renglón muestra qué sería cierto si se "
        "ocultara esa cantidad; ninguno es la estimación.",
        "en": "The data do not say how much is hidden. Each row shows what would be true if that "
        "much were hidden; none of them is the estimate.",
    },
    "measures.independent_errors": {
        "es": "Se supone que las dos personas callan o se equivocan cada una por su lado. Si "
        "callan los mismos hechos, la frecuencia verdadera es mayor que la mostrada.",
        "en": "The two people are taken to keep silent or err each on their own. If they keep "
        "silent about the same events, the true frequency is higher than shown.",
    },
    "measures.contradicted": {
        "es": "Las respuestas no son compatibles con ninguno de los supuestos. Pruebe otros.",
        "en": "The answers are not compatible with any of the assumptions. Try others.",
    },
    "measures.clipped": {
        "es": "La cuenta sale fuera de 0 a 100 % y se dejó en el extremo: el supuesto apenas "
        "cabe en los datos.",
        "en": "The calculation falls outside 0 to 100 % and was left at the end: the assumption "
        "hardly fits the data.",
    },
    "measures.says_nothing": {
        "es": "Con sensibilidad {sensitivity} y especificidad {specificity} una respuesta no "
        "informa más que echar una moneda. Deben sumar más de 1.",
        "en": "With sensitivity {sensitivity} and specificity {specificity} an answer informs no "
        "more than tossing a coin. They must add up to more than 1.",
    },
    "measures.sign_changes": {
        "es": "Según cuánto se oculte en cada brazo, la diferencia cambia de signo. Con estas "
        "respuestas no sabemos cuál brazo está mejor.",
        "en": "Depending on how much is hidden in each arm, the difference changes sign. With "
        "these answers we do not know which arm is better off.",
    },
    # Change.
    "measures.nobody_twice": {
        "es": "No se puede hablar de cambio porque nadie tiene las dos mediciones. Con una o "
        "ninguna: {missing}.",
        "en": "Change cannot be spoken of because nobody has both measurements. With one or "
        "none: {missing}.",
    },
    "measures.no_variance": {
        "es": "Las personas no difieren entre sí en esta medida, así que no se puede calcular. "
        "Revise la columna.",
        "en": "People do not differ from one another on this measure, so it cannot be computed. "
        "Check the column.",
    },
    "measures.sd_from_data": {
        "es": "La desviación estándar ({sd}) se tomó de estos mismos datos. Si hay una "
        "publicada para personas parecidas, es mejor usar esa.",
        "en": "The standard deviation ({sd}) was taken from these same data. If there is a "
        "published one for similar people, better use that.",
    },
    "measures.low_reliability": {
        "es": "La confiabilidad de la medida es baja ({reliability}): sólo cambios muy grandes "
        "de una persona se distinguen del error.",
        "en": "The reliability of the measure is low ({reliability}): only very large changes of "
        "a person can be told from error.",
    },
    "measures.nobody_before": {
        "es": "Nadie dijo que le pasara antes, así que no hay de qué dejar. Un cero al empezar "
        "también puede ser silencio.",
        "en": "Nobody said that it happened before, so there is nothing to stop. A zero at the "
        "beginning may also be silence.",
    },
    "measures.some_started": {
        "es": "Personas que no lo decían antes y sí después: {n}. Puede ser que empezara o que "
        "antes se callara. Se cuentan aparte y deben mostrarse.",
        "en": "People who did not say it before and do after: {n}. It may have begun, or been "
        "kept silent before. They are counted apart and must be shown.",
    },
    # Reliability.
    "measures.too_few_people": {
        "es": "Con tan pocas personas no hay un número honesto. Personas con todo contestado: "
        "{n}. Hacen falta 3 como mínimo, y conviene que sean 30 o más.",
        "en": "With so few people there is no honest number. People with everything answered: "
        "{n}. It needs 3 at the least, and better 30 or more.",
    },
    "measures.constant_item": {
        "es": "Preguntas que todas las personas contestaron igual: {items}. No pueden decir si "
        "la escala es consistente; quítelas o revise la captura.",
        "en": "Questions that everybody answered alike: {items}. They cannot tell whether the "
        "scale is consistent; leave them out or check the data entry.",
    },
    "measures.sum_constant": {
        "es": "La suma de las preguntas no varía entre personas, así que no hay consistencia "
        "que calcular. Quizá algunas preguntas van al revés.",
        "en": "The sum of the questions does not vary between people, so there is no consistency "
        "to compute. Perhaps some questions are reversed.",
    },
    "measures.reversed_items": {
        "es": "Preguntas que van en sentido contrario a las demás: {items}. Inviértalas si así "
        "están redactadas, y vuelva a calcular.",
        "en": "Questions that go against the others: {items}. Reverse them if they are worded "
        "that way, and compute again.",
    },
    "measures.few_people_scale": {
        "es": "Las personas son pocas ({n}); con menos de 30 la confiabilidad es una idea "
        "aproximada.",
        "en": "The people are few ({n}); below 30 a reliability is a rough idea.",
    },
    "measures.few_people_retest": {
        "es": "Las personas medidas dos veces son pocas ({n}); con menos de 50 la estabilidad "
        "es una idea aproximada.",
        "en": "The people measured twice are few ({n}); below 50 stability is a rough idea.",
    },
    "measures.rows_missing": {
        "es": "Personas que quedaron fuera porque les falta alguna respuesta: {n}.",
        "en": "People left out because they lack an answer: {n}.",
    },
    "measures.two_items": {
        "es": "Omega necesita tres preguntas o más. Con dos use alfa.",
        "en": "Omega needs three questions or more. With two use alpha.",
    },
    "measures.fewer_than_items": {
        "es": "Hay muy pocas personas ({n}) para tantas preguntas ({items}). Hacen falta más "
        "personas que preguntas.",
        "en": "There are too few people ({n}) for so many questions ({items}). It needs more "
        "people than questions.",
    },
    "measures.redundant_item": {
        "es": "Una pregunta se deduce por completo de las otras. Quítela y vuelva a calcular.",
        "en": "One question follows entirely from the others. Leave it out and compute again.",
    },
    "measures.heywood": {
        "es": "No hay un omega honesto: según el modelo la pregunta {item} no tendría error "
        "propio, lo que no es posible. Suele pasar con pocas personas o preguntas repetidas. "
        "Use alfa.",
        "en": "There is no honest omega: by the model question {item} would have no error of its "
        "own, which is impossible. It tends to happen with few people or repeated questions. "
        "Use alpha.",
    },
    "measures.no_common_factor": {
        "es": "Las preguntas no tienen nada en común que se pueda medir, así que no hay un "
        "omega honesto.",
        "en": "The questions have nothing in common that can be measured, so there is no honest "
        "omega.",
    },
    "measures.more_than_one_factor": {
        "es": "Las preguntas parecen medir más de una cosa (p {p}). Omega y alfa resumen una "
        "suma; revise si conviene separar subescalas.",
        "en": "The questions seem to measure more than one thing (p {p}). Omega and alpha "
        "summarise one sum; check whether to keep subscales apart.",
    },
    "measures.nothing_moved": {
        "es": "Entre una medición y otra nadie cambió, o todas las personas cambiaron lo mismo. "
        "No hay error que medir. Personas: {n}. Revise que no se hayan copiado las respuestas.",
        "en": "Between one measurement and the next nobody changed, or everybody changed by the "
        "same. There is no error to measure. People: {n}. Check that answers were not copied.",
    },
    # Several studies.
    "measures.one_study": {
        "es": "Hacen falta dos estudios o más para combinarlos. Estudios: {n}.",
        "en": "It takes two studies or more to combine them. Studies: {n}.",
    },
    "measures.few_studies": {
        "es": "Los estudios son pocos ({n}): casi no se sabe cuánto difieren entre sí. Lea el "
        "intervalo de predicción con cuidado.",
        "en": "The studies are few ({n}): it is hardly known how much they differ. Read the "
        "prediction interval with care.",
    },
    "measures.knapp_widened": {
        "es": "Los estudios se parecen más de lo que el azar permitiría; se usó el error más "
        "ancho de los dos posibles.",
        "en": "The studies are more alike than chance would allow; the wider of the two possible "
        "errors was used.",
    },
}
