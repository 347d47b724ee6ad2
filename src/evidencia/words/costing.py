"""Sentences about what an effect costs."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "costing.no_comparison": {
        "es": "Sin un grupo con el que comparar no se sabe cuánto de lo que cambió se debe al "
        "programa: no hay costo por efecto.",
        "en": "Without a group to compare with nobody knows how much of the change is due to the "
        "programme: there is no cost per effect.",
    },
    "costing.ratio_scale": {
        "es": "El efecto es una razón y no una diferencia por persona: un costo no se puede "
        "dividir entre él.",
        "en": "The effect is a ratio and not a difference per person: a cost cannot be divided by "
        "it.",
    },
    "costing.no_standard_error": {
        "es": "El costo salió de una muestra y el efecto no trae su error estándar: no se pueden "
        "juntar sus dos incertidumbres.",
        "en": "The cost was sampled and the effect comes without its standard error: their two "
        "uncertainties cannot be joined.",
    },
    "costing.no_cost": {
        "es": "No hay costos anotados, o no entró nadie: no hay cuánto costó cada persona.",
        "en": "No costs were written, or nobody entered: there is no cost of each person.",
    },
    "costing.too_few": {
        "es": "Hacen falta al menos dos personas, o dos grupos, de cada lado.",
        "en": "It takes at least two people, or two groups, on each side.",
    },
    "costing.not_told_apart": {
        "es": "El intervalo del efecto incluye el cero: dividir el costo entre él daría cualquier "
        "número. Se dice cuánto costó de más y qué balance deja, con su intervalo.",
        "en": "The interval of the effect includes zero: dividing the cost by it could give any "
        "number. What it cost beyond the comparison and the balance are said, with their interval.",
    },
    "costing.harm": {
        "es": "El efecto va en contra de lo que se busca: no hay costo por efecto, hay un daño "
        "que además costó.",
        "en": "The effect goes against what is sought: there is no cost per effect, there is harm "
        "that also cost money.",
    },
    "costing.saves": {
        "es": "Costó lo mismo o menos que la comparación y logró más: no hay nada que dividir.",
        "en": "It cost the same as the comparison or less and achieved more: there is nothing to "
        "divide.",
    },
    "costing.cost_not_told_apart": {
        "es": "No se distingue si costó más o menos que la comparación: no se divide.",
        "en": "Whether it cost more or less than the comparison cannot be told: it is not divided.",
    },
    "costing.counted_cost": {
        "es": "El costo se contó y no salió de una muestra: el intervalo lleva solo lo incierto "
        "del efecto.",
        "en": "The cost was counted and not sampled: the interval holds the uncertainty of the "
        "effect alone.",
    },
    "costing.worth_is_chosen": {
        "es": "Cuánto vale cada unidad lo eligió quien pregunta; no es un dato.",
        "en": "What one unit is worth was chosen by whoever asks; it is not a datum.",
    },
}
