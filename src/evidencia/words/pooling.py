"""Sentences about pooling organisations without moving a row."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "pooling.definition": {
        "es": "Varias organizaciones juntas, sin que ningún renglón salga de ninguna: cada una "
        "envía sumas por grupo y por visitas contestadas, firmadas. El resultado es el mismo que "
        "si se hubieran juntado los datos, después de la misma regla de protección.",
        "en": "Several organisations together without any row leaving any of them: each sends "
        "sums by group and by visits answered, signed. The result is the same as if the data had "
        "been put together, after the same protection rule.",
    },
    "pooling.loss": {
        "es": "Para que nadie sea reconocible se quitaron respuestas: {lost} de {given}. Personas "
        "que conservaron sólo sus primeras visitas: {merged}; que quedaron fuera: {dropped}.",
        "en": "Answers were taken out so that nobody can be recognised: {lost} of {given}. People "
        "who kept only their first visits: {merged}; left out: {dropped}.",
    },
    "pooling.nothing_shown": {
        "es": "Este paquete no puede salir: con {n} personas, ningún grupo con las mismas visitas "
        "llega al mínimo de {threshold}. Junta visitas, o espera a tener más personas.",
        "en": "This packet cannot leave: with {n} people, no group with the same visits reaches "
        "the minimum of {threshold}. Join visits, or wait until there are more people.",
    },
    "pooling.not_a_packet": {
        "es": "El archivo no es un paquete de evidencia, o está incompleto. Pide que lo envíen "
        "de nuevo.",
        "en": "The file is not an evidence packet, or is incomplete. Ask for it to be sent again.",
    },
    "pooling.tampered": {
        "es": "La firma no corresponde: el paquete cambió después de firmarse, o quien firmó "
        "(llave {key}) no está entre las llaves conocidas. No se usó. Pide que lo envíen de nuevo "
        "y confirma la llave por otro medio.",
        "en": "The signature does not match: the packet changed after it was signed, or its "
        "signer (key {key}) is not among the known keys. It was not used. Ask for it again and "
        "confirm the key by other means.",
    },
    "pooling.version": {
        "es": "El paquete es de la versión {found} y aquí se lee la {known}. Actualiza quien "
        "tenga la anterior.",
        "en": "The packet is of version {found} and this reads {known}. Whoever has the older "
        "one should update.",
    },
    "pooling.not_plausible": {
        "es": "Las sumas de {organisation} no pueden venir de respuestas de personas, aunque la "
        "firma es buena. Hay un error al producirlas; no se usaron.",
        "en": "The sums of {organisation} cannot come from people's answers, although the "
        "signature is good. Something went wrong in making them; they were not used.",
    },
    "pooling.below_threshold": {
        "es": "El paquete de {organisation} muestra menos personas que el mínimo acordado. No se "
        "usó; bórralo y avísales.",
        "en": "The packet of {organisation} shows fewer people than the agreed minimum. It was "
        "not used; delete it and tell them.",
    },
    "pooling.other_design": {
        "es": "Los paquetes no responden a la misma pregunta: el de {organisation} se hizo con "
        "otro acuerdo. Sólo se juntan los que comparten medida, visitas, grupos y regla. Si "
        "cada quien midió distinto, usa el metaanálisis de sus resultados.",
        "en": "The packets do not answer the same question: that of {organisation} was made "
        "under another agreement. Only those that share measure, visits, groups and rule are "
        "pooled. If each measured differently, use meta-analysis of their results.",
    },
    "pooling.twice": {
        "es": "La organización {organisation} aparece dos veces; contaría doble. Deja un solo "
        "paquete.",
        "en": "The organisation {organisation} appears twice and would count double. Leave a "
        "single packet.",
    },
    "pooling.no_packets": {
        "es": "No hay paquetes que juntar.",
        "en": "There are no packets to pool.",
    },
    "pooling.one_organisation": {
        "es": "Hay una sola organización: el resultado es el suyo, no el de un conjunto.",
        "en": "There is a single organisation: the result is its own, not that of a group.",
    },
    "pooling.no_question": {
        "es": "Este acuerdo no pregunta nada que aquí se pueda contestar: hacen falta al menos dos "
        "visitas, y uno o dos grupos.",
        "en": "This agreement asks nothing that can be answered here: it takes at least two "
        "visits, and one or two groups.",
    },
    "pooling.arm_missing": {
        "es": "No tiene a nadie en el grupo «{arm}», así que por sí sola no compara.",
        "en": 'It has nobody in the group "{arm}", so by itself it compares nothing.',
    },
    "pooling.no_mean": {
        "es": "Con menos de dos organizaciones que tengan respuesta propia no se puede saber "
        "cuánto difieren.",
        "en": "With fewer than two organisations that have an answer of their own it cannot be "
        "known how much they differ.",
    },
}
