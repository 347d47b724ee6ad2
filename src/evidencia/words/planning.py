"""Sentences about sample size, power, lotteries and simulated studies."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # What a design can and cannot find.
    "planning.can_find": {
        "es": "Si la diferencia verdadera es de {effect} o mayor, este estudio la encontraría "
        "{times} de cada 100 veces.",
        "en": "If the true difference is {effect} or larger, this study would find it "
        "{times} times out of 100.",
    },
    "planning.can_find_share": {
        "es": "Si la proporción baja de {control} a {programme} de cada 100, o más, este estudio "
        "lo encontraría {times} de cada 100 veces.",
        "en": "If the share falls from {control} to {programme} out of 100, or further, this "
        "study would find it {times} times out of 100.",
    },
    "planning.cannot_find": {
        "es": "Una diferencia menor puede quedar confundida con el azar. No encontrarla no "
        "querrá decir que no exista.",
        "en": "A smaller difference may be lost in chance. Not finding it will not mean that it "
        "does not exist.",
    },
    "planning.power_of": {
        "es": "Si la diferencia verdadera es de {effect}, este estudio la encontraría {times} de "
        "cada 100 veces y la dejaría pasar {misses}.",
        "en": "If the true difference is {effect}, this study would find it {times} times out "
        "of 100 and miss it {misses}.",
    },
    "planning.false_alarms": {
        "es": "Si el programa no cambiara nada, este estudio diría {times} de cada 100 veces que "
        "sí cambió algo; lo acordado son {agreed}.",
        "en": "If the programme changed nothing, this study would say {times} times out of 100 "
        "that it did; {agreed} is what was agreed.",
    },
    "planning.below_known_effects": {
        "es": "Los programas parecidos, medidos por lo que dicen las parejas y con un grupo de "
        "comparación, han cambiado entre 0 y {known} desviaciones. Este estudio sólo ve a partir "
        "de {effect}: no puede decir si el programa sirve. Puede contar cómo se cumple, o juntar "
        "sus datos con los de otras organizaciones.",
        "en": "Programmes like this one, measured by what partners say and with a comparison "
        "group, have changed things by 0 to {known} standard deviations. This study sees only "
        "from {effect} upwards: it cannot say whether the programme works. It can tell how well "
        "it is delivered, or pool its data with other organisations.",
    },
    "planning.single_arm": {
        "es": "Sin grupo de comparación, lo que se encuentre será un cambio, no un efecto del "
        "programa: antes y después también cambian quienes no reciben nada.",
        "en": "Without a comparison group, what is found will be a change, not an effect of the "
        "programme: people who receive nothing change between before and after too.",
    },
    "planning.attrition": {
        "es": "De {entering} personas que entran, se espera tener la última respuesta de "
        "{staying}. La cuenta supone que se van al azar; si no es así, el resultado puede "
        "estar torcido aunque alcancen las personas.",
        "en": "Of {entering} people who enter, the last answer of {staying} is expected. The "
        "calculation takes it that those who leave do so at random; otherwise the result may be "
        "bent even with enough people.",
    },
    "planning.clustering": {
        "es": "Como las personas de un mismo grupo se parecen, {staying} respuestas valen aquí "
        "como {effective} de personas sin relación entre sí.",
        "en": "As people of the same group resemble each other, {staying} answers are worth "
        "{effective} from unrelated people here.",
    },
    "planning.few_clusters": {
        "es": "Grupos o sitios: {n}. Con menos de {enough} la cuenta es frágil: un solo grupo raro "
        "cambia el resultado. Lo que más ayuda es tener más grupos, no más personas en cada uno.",
        "en": "Groups or sites: {n}. With fewer than {enough} the calculation is fragile: a single "
        "odd group changes the result. What helps most is more groups, not more people in each.",
    },
    "planning.misreporting": {
        "es": "Como no todo se cuenta, una diferencia verdadera se verá {percent} % más chica.",
        "en": "As not everything is told, a true difference will look {percent} % smaller.",
    },
    "planning.monte_carlo": {
        "es": "Cifra de {runs} estudios simulados; por eso puede moverse {error} puntos hacia "
        "cada lado.",
        "en": "A figure from {runs} simulated studies; so it may move by {error} points either "
        "way.",
    },
    "planning.unanswered": {
        "es": "Estudios simulados que no dieron resultado, por ejemplo porque no quedó nadie: "
        "{n} de {runs}. Cuentan como que no encontraron la diferencia.",
        "en": "Simulated studies that gave no result, for example because nobody was left: "
        "{n} of {runs}. They count as not having found the difference.",
    },
    "planning.misleading": {
        "es": "En promedio el estudio daría {estimate} y la verdad es {truth}: lo que se cuenta "
        "mal, o quién se va, tuerce el resultado. Tener más personas no lo corrige.",
        "en": "On average the study would give {estimate} and the truth is {truth}: what is "
        "misreported, or who leaves, bends the result. More people do not correct it.",
    },
    # Why there is no number.
    "planning.too_few_people": {
        "es": "No hay cuenta posible: quedarían {n} personas y hacen falta al menos {needed}.",
        "en": "No calculation is possible: {n} people would be left and at least {needed} are "
        "needed.",
    },
    "planning.too_few_clusters": {
        "es": "No hay cuenta posible: con {n} grupos o sitios no se distingue el programa del "
        "lugar. Hacen falta al menos {needed}.",
        "en": "No calculation is possible: with {n} groups or sites the programme cannot be told "
        "from the place. At least {needed} are needed.",
    },
    "planning.not_even_all": {
        "es": "Ni siquiera si la proporción bajara a cero lo encontraría este estudio {times} de "
        "cada 100 veces. Hacen falta más personas, o una pregunta sobre algo más frecuente.",
        "en": "Not even if the share fell to zero would this study find it {times} times out of "
        "100. More people are needed, or a question about something more common.",
    },
    "planning.more_people_do_not_help": {
        "es": "Con estos grupos no se llega, por muchas personas que haya en cada uno: a lo más "
        "se encontraría {times} de cada 100 veces. Hacen falta más grupos.",
        "en": "With these groups it cannot be reached, however many people are in each: at most "
        "it would be found {times} times out of 100. More groups are needed.",
    },
    # The lottery.
    "planning.no_lottery_needed": {
        "es": "No hace falta sorteo: hay lugar para todas las personas de la lista ({n}). Nadie "
        "debe esperar sólo para poder comparar.",
        "en": "No lottery is needed: there is room for everybody on the list ({n}). Nobody "
        "should wait merely so that a comparison can be made.",
    },
    "planning.lottery_right": {
        "es": "El sorteo cuadra. La semilla es la que se comprometió el {committed}, antes de "
        "cerrar la lista el {closed}; con ella cualquiera obtiene este mismo resultado. "
        "Personas en el sorteo: {n}. Fuera del sorteo, con lugar inmediato: {exempt}.",
        "en": "The lottery adds up. The seed is the one committed to on {committed}, before the "
        "list was closed on {closed}; with it anybody gets this same result. People in the "
        "lottery: {n}. Outside it, with an immediate place: {exempt}.",
    },
    "planning.lottery_no_beacon": {
        "es": "No se mezcló ningún número público posterior al cierre: quien guardaba la "
        "semilla pudo probar listas distintas antes de cerrar. La próxima vez acuerden uno, por "
        "ejemplo un premio mayor de la Lotería Nacional.",
        "en": "No public number from after the closing was mixed in: whoever kept the seed could "
        "have tried different lists before closing. Next time agree on one, for example the "
        "first prize of the national lottery.",
    },
    "planning.lottery_wrong_seed": {
        "es": "El sorteo no cuadra: la semilla no es la que se comprometió.",
        "en": "The lottery does not add up: the seed is not the one committed to.",
    },
    "planning.lottery_wrong_list": {
        "es": "El sorteo no cuadra: la lista no es la que se cerró.",
        "en": "The lottery does not add up: the list is not the one that was closed.",
    },
    "planning.lottery_wrong_result": {
        "es": "El sorteo no cuadra: «{code}» tiene otro resultado que el que da la semilla.",
        "en": "The lottery does not add up: “{code}” has another result than the seed gives.",
    },
    "planning.lottery_wrong_order": {
        "es": "El sorteo no cuadra: el compromiso ({committed}) no es anterior al cierre de la "
        "lista ({closed}).",
        "en": "The lottery does not add up: the commitment ({committed}) is not earlier than the "
        "closing of the list ({closed}).",
    },
    "planning.lottery_unreadable": {
        "es": "El archivo no es un sorteo que se pueda leer: {why}.",
        "en": "The file is not a lottery that can be read: {why}.",
    },
}
