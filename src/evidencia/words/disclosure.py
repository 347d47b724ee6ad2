"""Sentences about disclosure control: what may leave, rounded or not at all."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "disclosure.rule": {
        "es": "Aquí no aparece ninguna cuenta de {threshold} personas o menos; lo demás está "
        "redondeado a múltiplos de {base}, y los totales suman sólo lo que se ve. Un asterisco "
        "no quiere decir cero: quiere decir que no se publica.",
        "en": "No count of {threshold} people or fewer appears here; the rest is rounded to "
        "multiples of {base}, and totals add up only what is shown. An asterisk does not mean "
        "zero: it means not published.",
    },
    "disclosure.hidden_cells": {
        "es": "Casillas que no se publican para que nadie pueda reconocer a una persona: "
        "{n} de {cells}.",
        "en": "Cells not published so that nobody can recognise a person: {n} of {cells}.",
    },
    "disclosure.nothing_left": {
        "es": "De este cuadro no se puede publicar ninguna casilla: los grupos son demasiado "
        "chicos. Junta categorías, o espera a tener más personas.",
        "en": "No cell of this table can be published: the groups are too small. Merge "
        "categories, or wait until there are more people.",
    },
    "disclosure.complement": {
        "es": "Casillas grandes que tampoco se publican, porque restando de los totales que "
        "otros conocen se sabría una chica: {n}.",
        "en": "Large cells that are not published either, because a small one could be found "
        "by subtracting from totals that others know: {n}.",
    },
    "disclosure.small_margin": {
        "es": "Renglones o columnas cuyo total ya conocido es de {threshold} personas o menos: "
        "{n}. Callar casillas no los protege más de lo que ya dice ese total; júntalos con otros.",
        "en": "Rows or columns whose total, already known, is {threshold} people or fewer: {n}. "
        "Hiding cells protects them no more than that total does; merge them with others.",
    },
    "disclosure.dominance": {
        "es": "Casillas que no se publican porque más de {percent} % viene de una sola "
        "organización o familia: {n}.",
        "en": "Cells not published because more than {percent} % comes from a single "
        "organisation or family: {n}.",
    },
    "disclosure.differencing": {
        "es": "Casillas que no se publican porque, comparadas con lo ya publicado, dejarían ver "
        "a un grupo chico: {n}.",
        "en": "Cells not published because, compared with what is already published, they "
        "would show a small group: {n}.",
    },
    "disclosure.already_released": {
        "es": "Este cuadro ya se publicó para este periodo y no cambia. Lo que se corrija entra "
        "en el periodo siguiente.",
        "en": "This table has already been published for this period and does not change. "
        "Corrections enter the next period.",
    },
    "disclosure.too_few": {
        "es": "No se publica: serían {threshold} personas o menos, y alguien podría reconocerlas.",
        "en": "Not published: it would be {threshold} people or fewer, and somebody could "
        "recognise them.",
    },
    "disclosure.nearly_everybody": {
        "es": "No se publica el porcentaje: diría lo mismo de casi todas las personas del grupo, "
        "y quien conozca a una sabría su respuesta.",
        "en": "The percentage is not published: it would say the same of nearly everybody in "
        "the group, and whoever knows one of them would know the answer.",
    },
    "disclosure.denominator": {
        "es": "No se da porcentaje ni promedio porque hay menos de {needed} personas: una sola "
        "lo movería demasiado, y se la podría reconocer.",
        "en": "No percentage or mean is given because there are fewer than {needed} people: a "
        "single one would move it too much, and could be recognised.",
    },
    "disclosure.order": {
        "es": "No se dan mínimo, máximo ni mediana con menos de {needed} personas: serían el "
        "dato de alguien.",
        "en": "No minimum, maximum or median is given with fewer than {needed} people: it would "
        "be somebody's own figure.",
    },
    "disclosure.extreme": {
        "es": "El mínimo y el máximo son el dato de una persona; se da en su lugar el valor que "
        "separa a más de {threshold} personas.",
        "en": "The minimum and the maximum are one person's figure; the value that sets more "
        "than {threshold} people apart is given instead.",
    },
    "disclosure.too_many_variables": {
        "es": "Un cuadro que se publica cruza a lo más {most} variables, y éste cruza {n}. "
        "Quita una: con más cruces se puede reconocer a las personas.",
        "en": "A published table crosses at most {most} variables, and this one crosses {n}. "
        "Remove one: with more crossings people can be recognised.",
    },
    "disclosure.not_on_the_menu": {
        "es": "«{variable}» no está entre las variables que pueden publicarse. La lista es fija "
        "para que nadie compare cortes hechos a su gusto.",
        "en": "“{variable}” is not among the variables that may be published. The list is fixed "
        "so that nobody compares slices of their own making.",
    },
    "disclosure.period": {
        "es": "«{period}» no es un periodo de publicación. Se publica por mes (2026-07), por "
        "trimestre (2026-Q3) o por año (2026).",
        "en": "“{period}” is not a period of publication. Publication is by month (2026-07), by "
        "quarter (2026-Q3) or by year (2026).",
    },
    "disclosure.survivor_period": {
        "es": "«{period}» no es un periodo de publicación. Lo que dicen las mujeres se publica "
        "por trimestre (2026-Q3) o por año (2026), para que nadie lo ate a una fecha.",
        "en": "“{period}” is not a period of publication. What women say is published by quarter "
        "(2026-Q3) or by year (2026), so that nobody ties it to a date.",
    },
    "disclosure.cannot_protect": {
        "es": "Este cuadro no se publica: junto con lo ya publicado dejaría ver a un grupo chico, "
        "aunque se callen todas sus casillas.",
        "en": "This table is not published: together with what is already published it would "
        "show a small group, even with all its cells hidden.",
    },
    "disclosure.ledger_broken": {
        "es": "El registro de publicaciones no cuadra en el renglón {line}: alguien lo cambió o "
        "está incompleto. No publiques nada hasta recuperar la copia buena.",
        "en": "The ledger of releases does not add up at line {line}: somebody changed it or it "
        "is incomplete. Publish nothing until the good copy is back.",
    },
}
