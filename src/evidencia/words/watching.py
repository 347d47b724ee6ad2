"""Sentences about shares that are looked at again and again."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "watching.definition": {
        "es": "Los límites valen para todas las veces que alguien mira, juntas: si todo va como "
        "se supuso, en menos de 5 de cada 100 programas saldrán alguna vez de lo supuesto. Un "
        "intervalo de los de siempre, mirado cada semana, daría la alarma por azar muchas más "
        "veces.",
        "en": "The limits hold for all the times that somebody looks, together: if everything goes "
        "as assumed, in fewer than 5 of 100 programmes will they ever leave what was assumed. An "
        "ordinary interval, looked at every week, would raise the alarm by chance far more often.",
    },
    "watching.nobody": {
        "es": "Todavía no hay a quién contar.",
        "en": "There is nobody to count yet.",
    },
    "watching.missing": {
        "es": "De {missing} de {n} nadie anotó la respuesta. El límite de abajo los cuenta como "
        "no y el de arriba como sí.",
        "en": "Of {missing} of {n} nobody wrote the answer. The lower limit counts them as no and "
        "the upper one as yes.",
    },
    "watching.moved": {
        "es": "La parte cambió en el camino: ninguna sola cifra explica todos los meses. Mira "
        "desde cuándo.",
        "en": "The share changed on the way: no single figure explains all months. Look since "
        "when.",
    },
    "watching.groups": {
        "es": "Quienes comparten grupo se parecen: aquí hacen falta {effect} para decir lo que "
        "diría una sola persona por su lado. Es una aproximación.",
        "en": "People who share a group are alike: here it takes {effect} of them to tell what one "
        "person alone would tell. It is an approximation.",
    },
    "watching.below": {
        "es": "Está por debajo de lo que el azar explica: se supuso {target} y, mirado tantas "
        "veces como se ha mirado, la verdad está entre {low} y {high}.",
        "en": "It is below what chance explains: {target} was assumed and, looked at as often as "
        "it was, the truth lies between {low} and {high}.",
    },
    "watching.above": {
        "es": "Está por encima de lo que el azar explica: se supuso {target} y la verdad está "
        "entre {low} y {high}.",
        "en": "It is above what chance explains: {target} was assumed and the truth lies between "
        "{low} and {high}.",
    },
    "watching.open": {
        "es": "No se sabe si se cumple lo supuesto ({target}): la verdad puede estar entre {low} "
        "y {high}, y eso lo incluye.",
        "en": "It is not known whether what was assumed ({target}) holds: the truth may lie "
        "between {low} and {high}, which includes it.",
    },
    "watching.below_and_moved": {
        "es": "Estuvo por debajo de lo que el azar explica (se supuso {target}) y después cambió; "
        "lo de hasta hoy, junto, está entre {low} y {high}.",
        "en": "It was below what chance explains ({target} was assumed) and changed since; all "
        "until today, together, lies between {low} and {high}.",
    },
    "watching.above_and_moved": {
        "es": "Estuvo por encima de lo que el azar explica (se supuso {target}) y después cambió; "
        "lo de hasta hoy, junto, está entre {low} y {high}.",
        "en": "It was above what chance explains ({target} was assumed) and changed since; all "
        "until today, together, lies between {low} and {high}.",
    },
    "watching.open_and_moved": {
        "es": "La parte cambió mucho en el camino; se supuso {target} y lo de hasta hoy, junto, "
        "está entre {low} y {high}. Lo supuesto ya no describe lo que pasa.",
        "en": "The share changed much on the way; {target} was assumed and all until today, "
        "together, lies between {low} and {high}. What was assumed no longer describes it.",
    },
    "watching.no_target": {
        "es": "Nadie ha escrito qué se supone, así que nada se compara: la verdad está entre "
        "{low} y {high}.",
        "en": "Nobody has written what is assumed, so nothing is compared: the truth lies between "
        "{low} and {high}.",
    },
}
