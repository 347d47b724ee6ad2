"""Sentences about times to an event."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "hazards.no_events": {
        "es": "No se puede comparar porque nadie tuvo el suceso durante el seguimiento. "
        "Personas: {n}. Hace falta seguirlas más tiempo o contar un suceso más frecuente.",
        "en": "There is no comparison because nobody had the event during the follow-up. "
        "People: {n}. It needs a longer follow-up or a more frequent event.",
    },
    "hazards.one_group": {
        "es": "No se puede comparar porque todas las personas están en el mismo grupo. "
        "Revise la columna del grupo.",
        "en": "There is no comparison because everybody is in the same group. "
        "Check the column of the group.",
    },
    "hazards.nothing_to_compare": {
        "es": "No se puede comparar porque en ningún momento había personas de los dos grupos "
        "a quienes todavía pudiera pasarles, y sólo a algunas les pasó. Revise los estratos y "
        "las fechas.",
        "en": "There is no comparison because at no moment could the event still happen to "
        "people of both groups and happened only to some. Check the strata and the dates.",
    },
    "hazards.groups_apart": {
        "es": "Algunos grupos no coincidieron nunca en el mismo estrato y momento. La prueba "
        "compara sólo a los que sí coincidieron.",
        "en": "Some groups never met in the same stratum and moment. The test compares only "
        "those that did.",
    },
    "hazards.small_expected": {
        "es": "En un grupo se esperaban muy pocos sucesos ({expected}); con menos de 5 el valor "
        "p es aproximado. Léalo como una pista.",
        "en": "One group had very few expected events ({expected}); below 5 the p value is "
        "rough. Read it as a hint.",
    },
    "hazards.singular": {
        "es": "No se puede estimar el efecto de «{name}»: vale lo mismo para todas las personas "
        "comparables o se deduce de las otras variables. Quite esa variable o junte categorías.",
        "en": "The effect of “{name}” cannot be estimated: it is the same for all the people who "
        "can be compared, or follows from the other variables. Leave it out or join categories.",
    },
    "hazards.separation": {
        "es": "No hay una razón de riesgos honesta para «{name}»: los datos la llevan hacia "
        "infinito, porque de un lado casi nadie tuvo el suceso. Sucesos: {events}. Muestre las "
        "cuentas de cada lado, o la prueba de rangos, en lugar de una razón.",
        "en": "There is no honest hazard ratio for “{name}”: the data push it to infinity, "
        "because on one side hardly anybody had the event. Events: {events}. Show the counts of "
        "each side, or the log-rank test, instead of a ratio.",
    },
    "hazards.few_events": {
        "es": "Pocos sucesos para tantas variables: {events} sucesos y {covariates} variables. "
        "Con menos de 10 por variable las razones salen exageradas con facilidad.",
        "en": "Few events for so many variables: {events} events and {covariates} variables. "
        "With fewer than 10 per variable the ratios easily come out exaggerated.",
    },
    "hazards.one_cluster": {
        "es": "No hay manera de saber cuánto varía el resultado entre grupos, porque sólo hay "
        "uno. Hacen falta al menos dos, y conviene que sean muchos más.",
        "en": "There is no way to know how much the result varies between clusters, because "
        "there is only one. It needs at least two, and better many more.",
    },
    "hazards.one_cluster_per_arm": {
        "es": "No se da un efecto de «{name}»: uno de sus valores está en un solo grupo y no se "
        "puede separar de lo propio de ese grupo. Hacen falta al menos dos grupos por valor.",
        "en": "No effect of “{name}” is given: one of its values is found in a single cluster "
        "and cannot be told from what is peculiar to that cluster. It needs at least two "
        "clusters with each value.",
    },
    "hazards.clusters_and_covariates": {
        "es": "No hay un margen de error honesto: los grupos ({n}) no son más que las variables "
        "({covariates}). Quite variables o compare promedios de grupo.",
        "en": "There is no honest margin of error: the clusters ({n}) are no more than the "
        "covariates ({covariates}). Leave out covariates or compare cluster means.",
    },
    "hazards.few_clusters": {
        "es": "Los grupos son pocos ({n}). Con menos de 30 el intervalo puede salir más angosto "
        "de lo que debería; compárelo con un método para pocos grupos.",
        "en": "The clusters are few ({n}). Below 30 the interval may be narrower than it should "
        "be; compare it with a method for few clusters.",
    },
    "hazards.not_proportional": {
        "es": "La razón de riesgos de «{name}» cambia con el tiempo (p {p}): un solo número "
        "la promedia. Muestre también la diferencia de tiempo medio sin el suceso.",
        "en": "The hazard ratio of “{name}” changes with time (p {p}): a single number "
        "averages it. Show the difference in mean time without the event as well.",
    },
    "hazards.check_ignores_clusters": {
        "es": "La revisión de riesgos proporcionales no toma en cuenta los grupos; sus valores "
        "p salen algo pequeños.",
        "en": "The check of proportional hazards does not take the clusters into account; its p "
        "values come out somewhat small.",
    },
    "hazards.one_event_time": {
        "es": "No se puede revisar si la razón de riesgos cambia con el tiempo, porque los "
        "sucesos no se reparten en momentos distintos.",
        "en": "Whether the hazard ratio changes with time cannot be checked, because the events "
        "do not spread over different moments.",
    },
    "hazards.silent_periods": {
        "es": "Periodos que no dicen nada del efecto, porque en ellos no le pasó a nadie o les "
        "pasó a todos: {n}. Quedan fuera del ajuste; su riesgo es exactamente 0 o 1.",
        "en": "Periods that say nothing about the effect, because the event happened to nobody "
        "or to everybody: {n}. They are left out of the fit; their hazard is exactly 0 or 1.",
    },
    "hazards.horizon_too_far": {
        "es": "No se puede calcular el tiempo medio hasta {horizon}: nadie fue seguido más allá "
        "de {last} y algunas personas seguían sin el suceso. Elija un plazo de {last} o menos.",
        "en": "The mean time up to {horizon} cannot be computed: nobody was followed beyond "
        "{last} and some people were still without the event. Choose {last} or less.",
    },
    "hazards.no_variance": {
        "es": "El tiempo medio hasta {horizon} no tiene margen de error que se pueda calcular, "
        "porque nadie tuvo el suceso antes. Personas: {n}. Muestre la cuenta en su lugar.",
        "en": "The mean time up to {horizon} has no margin of error that can be computed, "
        "because nobody had the event before. People: {n}. Show the count instead.",
    },
    "hazards.few_events_mean": {
        "es": "El tiempo medio descansa en muy pocos sucesos ({events}); su intervalo es "
        "aproximado.",
        "en": "The mean time rests on very few events ({events}); its interval is rough.",
    },
    "hazards.horizon_from_data": {
        "es": "El plazo ({horizon}) se tomó de los datos: el más corto de los dos seguimientos "
        "más largos. Es mejor fijarlo en el plan, antes de mirar.",
        "en": "The horizon ({horizon}) was taken from the data: the shorter of the two longest "
        "follow-ups. It is better to fix it in the plan, before looking.",
    },
    "hazards.empty_arm": {
        "es": "No se puede comparar porque en «{arm}» no hay nadie. Revise cómo está escrito.",
        "en": "There is no comparison because there is nobody in “{arm}”. Check how it is spelled.",
    },
}
