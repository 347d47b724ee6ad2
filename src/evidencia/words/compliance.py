"""Sentences about uptake: effect on compliers, and outcome by dose."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "compliance.assumptions": {
        "es": "Es el efecto en quienes participan porque se les ofreció un lugar, no en todos. "
        "Vale si el lugar se sorteó, si el sorteo no cambia nada por otro camino y si nadie "
        "hace lo contrario de lo que le tocó.",
        "en": "This is the effect on those who take part because they were offered a place, not "
        "on everybody. It holds if places were drawn by lottery, if the lottery changes nothing "
        "in another way, and if nobody does the opposite of what was drawn.",
    },
    "compliance.weak": {
        "es": "No se da un efecto en quienes participan, porque el sorteo casi no cambió quién "
        "participó (F = {f}; se pide {minimum} o más). Con tan poca diferencia el número se "
        "inclina hacia la comparación ingenua. Use la comparación según el sorteo.",
        "en": "No effect on those who take part is given, because the lottery hardly changed who "
        "took part (F = {f}; {minimum} or more is asked). With so little difference the number "
        "leans towards the naive comparison. Use the comparison as drawn.",
    },
    "compliance.reversed": {
        "es": "No se da un efecto en quienes participan, porque participaron menos quienes "
        "salieron sorteados. Revise cómo están codificadas la asignación y la participación.",
        "en": "No effect on those who take part is given, because those drawn took part less. "
        "Check how assignment and participation are coded.",
    },
    "compliance.no_uptake": {
        "es": "No se puede estimar el efecto de participar, porque la participación es igual "
        "para todas las personas.",
        "en": "The effect of taking part cannot be estimated, because participation is the same "
        "for everybody.",
    },
    "compliance.one_arm": {
        "es": "No se puede comparar: todas las personas, o todas las de cada bloque, tienen la "
        "misma asignación.",
        "en": "There is no comparison: everybody, or everybody in each block, has the same "
        "assignment.",
    },
    "compliance.one_cluster": {
        "es": "No hay manera de saber cuánto varía el resultado entre grupos, porque sólo hay uno.",
        "en": "There is no way to know how much the result varies between clusters, because "
        "there is only one.",
    },
    "compliance.one_cluster_per_arm": {
        "es": "Un brazo tiene un solo grupo: no se puede separar el efecto del programa de lo "
        "propio de ese grupo. Hacen falta al menos dos grupos por brazo.",
        "en": "One arm has a single cluster: the effect of the programme cannot be told from "
        "what is peculiar to that cluster. It needs at least two clusters in each arm.",
    },
    "compliance.few_clusters": {
        "es": "Los grupos son pocos ({n}). Con menos de 30 el intervalo puede salir más angosto "
        "de lo que debería.",
        "en": "The clusters are few ({n}). Below 30 the interval may be narrower than it should "
        "be.",
    },
    "compliance.too_few": {
        "es": "No se puede estimar porque hay más cosas que calcular que personas o grupos. "
        "Personas: {n}. Quite covariables o junte bloques.",
        "en": "There is no estimate because there is more to compute than people or clusters. "
        "People: {n}. Leave out covariates or join blocks.",
    },
    "compliance.no_variance": {
        "es": "El resultado no varía entre las personas comparadas, así que no hay margen de "
        "error que calcular. Revise la columna.",
        "en": "The outcome does not vary among the people compared, so there is no margin of "
        "error to compute. Check the column.",
    },
    "compliance.per_unit": {
        "es": "La participación no es sólo sí o no: el efecto es por unidad de dosis, promedio "
        "de los tramos que el sorteo movió.",
        "en": "Participation is not just yes or no: the effect is per unit of dose, an average "
        "over the stretches that the lottery moved.",
    },
    "compliance.crossed_over": {
        "es": "Personas que participaron sin haber salido sorteadas: {n}. El efecto es el de "
        "quienes cambian según el sorteo; no incluye a quienes participarían de todos modos.",
        "en": "People who took part without having been drawn: {n}. The effect is that of those "
        "whom the lottery moves; those who would take part anyway are not included.",
    },
    "compliance.read_the_set": {
        "es": "La diferencia en participación no es muy grande (F = {f}). Lea el intervalo de "
        "Anderson–Rubin y no el simétrico, que puede quedar corto.",
        "en": "The difference in participation is not very large (F = {f}). Read the interval of "
        "Anderson–Rubin and not the symmetric one, which may be too short.",
    },
    "compliance.set_everything": {
        "es": "Los datos no descartan ningún efecto, ni bueno ni malo: el sorteo casi no cambió "
        "quién participó. No sabemos.",
        "en": "The data rule out no effect, good or bad: the lottery hardly changed who took "
        "part. We do not know.",
    },
    "compliance.set_two_rays": {
        "es": "Los efectos posibles son los de {low} o menos y los de {high} o más; los datos "
        "sólo descartan lo de en medio, porque el sorteo casi no cambió quién participó.",
        "en": "The possible effects are {low} or less and {high} or more; the data only rule out "
        "what lies between, because the lottery hardly changed who took part.",
    },
    "compliance.set_ray": {
        "es": "Los datos ponen un solo límite al efecto ({limit}); hacia el otro lado no hay "
        "ninguno.",
        "en": "The data set a single limit to the effect ({limit}); towards the other side there "
        "is none.",
    },
    "compliance.dose_descriptive": {
        "es": "Es una descripción, no un efecto: quienes vinieron más ya eran distintos de "
        "quienes vinieron menos, y el resultado también pudo cambiar cuánto vinieron. No diga "
        "que cada sesión produce esta diferencia.",
        "en": "This is a description, not an effect: those who came more were already different "
        "from those who came less, and the outcome may also have changed how much they came. Do "
        "not say that each session produces this difference.",
    },
    "compliance.same_dose": {
        "es": "No se puede describir el resultado según la dosis, porque todas las personas "
        "comparables recibieron la misma.",
        "en": "The outcome cannot be described by dose, because all the people who can be "
        "compared had the same one.",
    },
}
