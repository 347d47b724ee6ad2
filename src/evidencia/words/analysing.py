"""Sentences about an analysis: what it left out, what it supposed, and how far it is."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "analysis.small_blocks": {
        "es": "Los bloques de la lotería son tantos para tan pocas personas que un modelo no puede "
        "llevar una columna por cada uno: no entran en los modelos. La prueba que repite la "
        "lotería sí los respeta.",
        "en": "The blocks of the lottery are so many for so few people that a model cannot carry a "
        "column for each: they do not enter the models. The test that repeats the lottery does "
        "respect them.",
    },
    # What the analysis must say beside its numbers.
    "analysis.no_comparison": {
        "es": "No hay con quién comparar: es un cambio en el tiempo. Parte habría ocurrido sin el "
        "programa, porque se entra en los peores momentos y porque se van quienes no mejoran.",
        "en": "There is nobody to compare with: this is a change over time. Part of it would have "
        "happened without the programme, because people enter at their worst and because those "
        "who do not improve leave.",
    },
    "analysis.no_start": {
        "es": "No hay cambio que contar porque no hay medición del inicio.",
        "en": "There is no change to count because nothing was measured at the start.",
    },
    "analysis.too_few_pairs": {
        "es": "Con respuesta al inicio y al final: {n}. Hacen falta al menos 2.",
        "en": "With an answer at the start and at the end: {n}. At least 2 are needed.",
    },
    "analysis.empty_arm": {
        "es": "No hay con quién comparar en esta medición: en un brazo no respondió nadie.",
        "en": "There is nobody to compare with at this wave: in one of the arms nobody answered.",
    },
    "analysis.told_by_the_arm": {
        "es": "Una sede, un bloque o una covariable es lo mismo que el brazo y no entra en los "
        "modelos: la diferencia entre brazos y la de esas sedes no se pueden separar.",
        "en": "A site, a block or a covariate is the same as the arm and does not enter the "
        "models: the difference between arms and that of those sites cannot be told apart.",
    },
    "analysis.weights_in_part": {
        "es": "Los ponderadores entran en MMRM, ANCOVA, GEE y mínimos cuadrados robustos; no en el "
        "modelo mixto con conglomerados, la imputación, las cotas ni la aleatorización.",
        "en": "The weights enter MMRM, ANCOVA, GEE and robust least squares; not the mixed model "
        "with clusters, imputation, bounds or randomisation.",
    },
    "analysis.without_clusters": {
        "es": "El error de esta cifra no toma en cuenta los conglomerados: su intervalo es más "
        "angosto de lo debido.",
        "en": "The error of this figure does not take the clusters into account: its interval is "
        "narrower than it should be.",
    },
    "analysis.reports_not_facts": {
        "es": "La pregunta es por la violencia y los datos son reportes: ninguna cifra de aquí los "
        "convierte en hechos. Mira qué tanto coinciden los informantes.",
        "en": "The question is about violence and the data are reports: no figure here turns them "
        "into facts. Look at how far the informants agree.",
    },
    "analysis.too_few_clusters": {
        "es": "Conglomerados: {n}. Para imputar y medir el error hacen falta al menos {need}.",
        "en": "Clusters: {n}. To impute and to measure the error at least {need} are needed.",
    },
    "analysis.all_the_same": {
        "es": "No hay cifra porque todos los valores son iguales: nada varía.",
        "en": "There is no figure because all values are the same: nothing varies.",
    },
    "analysis.nothing_missing": {
        "es": "En la última medición no falta ninguna respuesta: no hay nada que suponer.",
        "en": "No answer is missing at the last wave: there is nothing to suppose.",
    },
    "analysis.no_predictors": {
        "es": "No se pueden ponderar las respuestas porque el plan no da nada medido al inicio que "
        "anuncie quién se va. Agrega «baseline» o «covariates».",
        "en": "Answers cannot be weighted because the plan gives nothing measured at the start "
        "that foretells who leaves. Add “baseline” or “covariates”.",
    },
    "analysis.only_continuous": {
        "es": "Este supuesto sólo está definido para medidas continuas.",
        "en": "This assumption is only defined for continuous outcomes.",
    },
    "analysis.no_baseline_to_return_to": {
        "es": "No se puede suponer que quienes faltan volvieron a su inicio: no hay línea base en "
        "la misma escala que la medida.",
        "en": "Those missing cannot be supposed to have returned to their start: there is no "
        "baseline on the outcome's own scale.",
    },
    "analysis.no_spread": {
        "es": "No hay cuadrícula de supuestos porque al inicio nada varía, y no hay unidad en qué "
        "medirla.",
        "en": "There is no grid of assumptions because nothing varies at the start, and there is "
        "no unit to measure it in.",
    },
    "analysis.no_cluster_lost": {
        "es": "No se perdió ningún conglomerado entero: no hay cotas extremas que dar.",
        "en": "No whole cluster was lost: there are no extreme bounds to give.",
    },
    "analysis.no_exposure": {
        "es": "No se sabe qué conglomerado tenía ya el programa en cada medición.",
        "en": "It is not known which cluster already had the programme at each wave.",
    },
    "analysis.not_proportional": {
        "es": "La razón de riesgos no parece constante en el tiempo (p {p}): la cifra es un "
        "promedio de algo que cambia.",
        "en": "The hazard ratio does not seem constant over time (p {p}): the figure is an "
        "average of something that changes.",
    },
    "analysis.no_informant_overlap": {
        "es": "No hay personas de las que hablen a la vez {first} y {second}.",
        "en": "There is nobody of whom both {first} and {second} speak.",
    },
    # What the command says while it works.
    "progress.reading": {
        "es": "Se leen el plan y los datos",
        "en": "Reading the plan and the data",
    },
    "progress.describing": {
        "es": "Quiénes son y quiénes se fueron",
        "en": "Who they are and who left",
    },
    "progress.outcome": {"es": "Medida: {label}", "en": "Outcome: {label}"},
    "progress.outcome_by": {
        "es": "Medida: {label}, según {informant}",
        "en": "Outcome: {label}, as told by {informant}",
    },
    "progress.agreement": {
        "es": "Qué tanto coinciden los informantes",
        "en": "How far the informants agree",
    },
    "progress.findings": {"es": "Hallazgos en palabras", "en": "Findings in words"},
    "command.done": {"es": "Listo: {path}", "en": "Done: {path}"},
    "command.cannot_write": {
        "es": "No se puede usar {path}: {detail}. Elige otra carpeta.",
        "en": "{path} cannot be used: {detail}. Choose another folder.",
    },
}
