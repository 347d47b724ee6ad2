"""Sentences about mixed models, MMRM and analysis of covariance."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "mixed.definition": {
        "es": "Modelo de medidas repetidas (MMRM): compara los grupos en cada visita usando todo "
        "lo que contestó cada persona, también de quienes faltaron a alguna visita. Supone que, "
        "dado lo que sí contestaron, lo que falta se parece a lo de personas semejantes que sí "
        "siguieron.",
        "en": "Model for repeated measures (MMRM): it compares the groups at each visit with "
        "everything that each person answered, also those who missed a visit. It assumes that, "
        "given what they did answer, what is missing is like that of similar people who stayed.",
    },
    "mixed.too_few_people": {
        "es": "No se puede calcular: contestaron muy pocas personas ({n}) y hacen falta al menos "
        "{needed}. Cuéntalo como relato, sin cifra de efecto.",
        "en": "This cannot be computed: very few people answered ({n}) and at least {needed} are "
        "needed. Tell it as a story, without a figure for the effect.",
    },
    "mixed.nobody_answered": {
        "es": "No se puede calcular: nadie contestó esta medida en ninguna visita. Revisa que la "
        "columna sea la correcta.",
        "en": "This cannot be computed: nobody answered this measure at any visit. Check that "
        "the column is the right one.",
    },
    "mixed.people_without_answer": {
        "es": "Quedaron fuera personas sin ninguna respuesta en esta medida: {n}. El modelo nada "
        "sabe de ellas; mira quiénes son en la tabla de pérdidas.",
        "en": "People without any answer to this measure were left out: {n}. The model knows "
        "nothing of them; see who they are in the table of losses.",
    },
    "mixed.people_without_covariate": {
        "es": "Quedaron fuera personas sin el dato inicial o sin alguna de las variables de "
        "ajuste: {n}. Completa esos datos o quita la variable del plan.",
        "en": "People without the baseline or without one of the adjustment variables were left "
        "out: {n}. Complete those data or take the variable out of the plan.",
    },
    "mixed.rows_left_out": {
        "es": "Quedaron fuera renglones sin respuesta o sin alguna variable de ajuste: {n}.",
        "en": "Rows without an answer or without an adjustment variable were left out: {n}.",
    },
    "mixed.wave_empty": {
        "es": "Nadie contestó en la visita {wave}; esa visita no entra y de ella no hay cifra.",
        "en": "Nobody answered at visit {wave}; that visit does not enter and has no figure.",
    },
    "mixed.wave_refused": {
        "es": "De la visita {wave} no hay cifra, porque nadie contestó en ella o no existe en los "
        "datos. Usa otra visita.",
        "en": "There is no figure for visit {wave}, because nobody answered at it or it is not "
        "in the data. Use another visit.",
    },
    "mixed.one_arm": {
        "es": "Hay un solo grupo ({arm}), así que no hay con quién comparar. Se puede decir "
        "cuánto cambió, no cuánto se debe al programa.",
        "en": "There is a single group ({arm}), so there is nobody to compare with. One can say "
        "how much changed, not how much is due to the programme.",
    },
    "mixed.no_such_arm": {
        "es": "No hay respuestas del grupo {arm}; no hay cifra de él.",
        "en": "There are no answers from the group {arm}; it has no figure.",
    },
    "mixed.no_variance": {
        "es": "No se puede calcular: los datos casi no varían una vez descontado lo que explica "
        "el modelo, así que no hay con qué medir la duda. Revisa si la medida se copió o si "
        "todas las personas dieron la misma respuesta.",
        "en": "This cannot be computed: the data hardly vary once what the model explains is "
        "taken away, so there is nothing to measure the doubt with. Check whether the measure "
        "was copied, or whether everybody gave the same answer.",
    },
    "mixed.too_many_columns": {
        "es": "No se puede calcular: el modelo pide {columns} efectos y sólo hay {n} respuestas. "
        "Quita variables de ajuste o junta visitas.",
        "en": "This cannot be computed: the model asks for {columns} effects and there are only "
        "{n} answers. Take out adjustment variables or join visits.",
    },
    "mixed.not_estimable": {
        "es": "Esta comparación no se puede separar con estos datos: en alguna celda no hay "
        "nadie, o un grupo coincide por completo con otra variable (por ejemplo, cada sede tiene "
        "un solo grupo). Quita esa variable o compara otra visita.",
        "en": "These data cannot tell this comparison apart: some cell is empty, or a group "
        "coincides entirely with another variable (for example, each site has a single group). "
        "Take that variable out or compare another visit.",
    },
    "mixed.redundant_columns": {
        "es": "Efectos del modelo que repiten a otros o que no tienen datos, y que se quitaron: "
        "{n}. Las cifras que dependían de ellos no se dan.",
        "en": "Effects of the model that repeat others or have no data, and were taken out: {n}. "
        "Figures that depended on them are not given.",
    },
    "mixed.simpler_covariance": {
        "es": "Con estos datos no se pudo ajustar la covarianza {asked}; se usó una más simple, "
        "{used}. Con ella el error estándar depende de que esa forma sea cierta.",
        "en": "The {asked} covariance could not be fitted to these data; a simpler one was used, "
        "{used}. With it the standard error depends on that shape being true.",
    },
    "mixed.not_converged": {
        "es": "No se puede calcular: el ajuste no llegó a una respuesta estable ni con la "
        "covarianza más simple. Suele pasar con muy pocas personas por visita; junta visitas o "
        "usa el análisis de una sola visita (ANCOVA).",
        "en": "This cannot be computed: the fit did not settle on an answer even with the "
        "simplest covariance. It often happens with very few people per visit; join visits or "
        "use the analysis of one visit (ANCOVA).",
    },
    "mixed.error_by_circle": {
        "es": "El intervalo sale de repetir el cálculo sin un grupo cada vez ({n} grupos): cuenta "
        "con que los de un mismo grupo se parecen, y con que se pierde más a quien contó más. Si "
        "alguien dejó de contestar por algo que nunca contó, la cifra misma se mueve, y eso no lo "
        "trae ningún intervalo.",
        "en": "The interval comes from repeating the computation without one group at a time ({n} "
        "groups): it allows for those of a group being alike, and for losing more of those who "
        "told of more. If somebody stopped answering for something never told, the figure itself "
        "moves, and no interval holds that.",
    },
    "mixed.error_by_person": {
        "es": "El intervalo sale de repetir el cálculo sin una persona cada vez: cuenta con que se "
        "pierde más a quien contó más. El plan no dice quién estuvo en qué grupo; si los de un "
        "grupo cambian juntos, la duda es algo mayor. Y si alguien dejó de contestar por algo que "
        "nunca contó, la cifra misma se mueve, y eso no lo trae ningún intervalo.",
        "en": "The interval comes from repeating the computation without one person at a time: it "
        "allows for losing more of those who told of more. The plan does not say who was in which "
        "group; if those of a group change together, the doubt is somewhat larger. And if somebody "
        "stopped answering for something never told, the figure itself moves, and no interval "
        "holds that.",
    },
    "mixed.error_few_circles": {
        "es": "Son muy pocos grupos ({n}) para ver cuánto difieren entre sí; hacen falta "
        "{needed}. El intervalo sale de repetir el cálculo sin una persona cada vez, y si los de "
        "un grupo cambian juntos, la duda es mayor. Si alguien dejó de contestar por algo que "
        "nunca contó, la cifra misma se mueve, y eso no lo trae ningún intervalo.",
        "en": "There are too few groups ({n}) to see how much they differ; {needed} are needed. "
        "The interval comes from repeating the computation without one person at a time, and if "
        "those of a group change together, the doubt is larger. If somebody stopped answering for "
        "something never told, the figure itself moves, and no interval holds that.",
    },
    "mixed.error_of_the_model": {
        "es": "El cálculo descansa en tan pocas respuestas que no se puede repetir sin alguna de "
        "ellas. El intervalo es el del modelo, que suele salir angosto cuando se pierde más a "
        "quien contó más.",
        "en": "The computation rests on so few answers that it cannot be repeated without some of "
        "them. The interval is that of the model, which tends to be too narrow where those who "
        "told of more are lost.",
    },
    "mixed.variance_at_zero": {
        "es": "La variación entre {level} salió 0: con estos datos no se distingue del azar. No "
        "prueba que no exista, sobre todo si son pocos.",
        "en": "The variation between {level} came out as 0: these data cannot tell it from "
        "chance. That does not prove that there is none, above all if they are few.",
    },
    "mixed.few_groups": {
        "es": "Grupos en el nivel {level}: {n}. Con menos de {needed} el intervalo descansa en "
        "supuestos que no se pueden revisar; acompáñalo del análisis por aleatorización.",
        "en": "Groups at the level {level}: {n}. With fewer than {needed} the interval rests on "
        "assumptions that cannot be checked; show the randomisation analysis beside it.",
    },
    "mixed.one_group": {
        "es": "No se puede calcular: en el nivel {level} hay un solo grupo, y con uno no se ve "
        "cuánto varían los grupos.",
        "en": "This cannot be computed: there is a single group at the level {level}, and one "
        "does not show how much groups vary.",
    },
    "mixed.level_dropped": {
        "es": "El nivel {level} no se distingue de otro en estos datos (cada grupo tiene un solo "
        "renglón, o un solo grupo dentro) y se quitó del modelo.",
        "en": "The level {level} cannot be told from another in these data (each group has a "
        "single row, or a single group inside) and was taken out of the model.",
    },
    "mixed.level_alone": {
        "es": "No se puede calcular: en el nivel {level} cada grupo tiene un solo renglón, así "
        "que no se ve cuánto se parecen los de un mismo grupo. Usa el análisis de covarianza.",
        "en": "This cannot be computed: each group of the level {level} has a single row, so "
        "one cannot see how alike those of one group are. Use analysis of covariance.",
    },
    "mixed.high_leverage": {
        "es": "Personas que por sí solas fijan un efecto del modelo: {n}. El error robusto no "
        "está definido para ellas y se usó el habitual.",
        "en": "People who set an effect of the model by themselves: {n}. The robust error is not "
        "defined for them and the usual one was used.",
    },
    "mixed.one_period": {
        "es": "No se puede calcular: un diseño escalonado necesita al menos dos periodos, y hay "
        "uno.",
        "en": "This cannot be computed: a stepped-wedge design needs at least two periods, and "
        "there is one.",
    },
    "mixed.wedge_model": {
        "es": "El diseño escalonado compara antes y después dentro de cada grupo, descontando lo "
        "que cambió en cada periodo para todos. Supone que el efecto es el mismo desde el "
        "primer día y en todos los grupos.",
        "en": "The stepped-wedge design compares before and after within each cluster, taking "
        "away what changed for all in each period. It assumes that the effect is the same from "
        "the first day and in every cluster.",
    },
}
