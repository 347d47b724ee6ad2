"""Sentences about few clusters, permutation and stepped wedges."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # Notes: what must be read beside the number.
    "clusters.few": {
        "es": "Los grupos son pocos ({n}). El intervalo ya lo toma en cuenta, pero un solo grupo "
        "puede mover el resultado.",
        "en": "The clusters are few ({n}). The interval already takes it into account, but a "
        "single cluster may move the result.",
    },
    "clusters.few_treated": {
        "es": "Uno de los lados de la comparación tiene pocos grupos ({n}). Con menos de 4 ningún "
        "método protege del todo; dilo junto a la cifra.",
        "en": "One side of the comparison has few clusters ({n}). With fewer than 4 no method "
        "protects fully; say so beside the figure.",
    },
    "clusters.low_df": {
        "es": "La comparación se apoya en muy poca información (grados de libertad: {df}). Con "
        "menos de 4 el intervalo puede quedar corto; mira también la prueba por sorteo.",
        "en": "The comparison rests on very little information (degrees of freedom: {df}). "
        "Below 4 the interval may be too short; look at the randomisation test too.",
    },
    "clusters.monte_carlo": {
        "es": "El valor p viene de {n} sorteos al azar y no de todos los posibles; con otra "
        "semilla cambia un poco.",
        "en": "The p value comes from {n} random draws and not from all that are possible; "
        "with another seed it changes a little.",
    },
    "clusters.coarse": {
        "es": "Con estos grupos el valor p más chico que se puede obtener es {p}. Un resultado "
        "que no baja de 0.05 puede deberse sólo a eso.",
        "en": "With these clusters the smallest p value that can be had is {p}. A result that "
        "does not fall below 0.05 may be due to that alone.",
    },
    "clusters.unbounded": {
        "es": "El intervalo no tiene límite por al menos un lado: los grupos no alcanzan para "
        "descartar efectos muy grandes.",
        "en": "The interval has no limit on at least one side: the clusters are not enough to "
        "rule out very large effects.",
    },
    "clusters.negative_icc": {
        "es": "El parecido dentro de los grupos salió negativo, cosa de azar cuando es cercano a "
        "cero. Para planear usa 0 o el límite superior.",
        "en": "The likeness within clusters came out negative, which is chance when it is close "
        "to zero. For planning use 0 or the upper limit.",
    },
    # Refusals: why there is no number.
    "clusters.one_cluster": {
        "es": "No hay cifra porque todas las personas están en un mismo grupo: no se puede saber "
        "cuánto cambian los grupos entre sí. Hacen falta al menos dos de cada lado.",
        "en": "There is no figure because everybody is in the same cluster: how much clusters "
        "differ cannot be known. At least two on each side are needed.",
    },
    "clusters.one_per_arm": {
        "es": "No hay cifra porque uno de los lados de la comparación tiene menos de dos grupos. "
        "Lo que pasó en ese grupo no se distingue de lo que hizo el programa. Suma más grupos.",
        "en": "There is no figure because one side of the comparison has fewer than two clusters. "
        "What happened in that cluster cannot be told from what the programme did. Add clusters.",
    },
    "clusters.singular": {
        "es": "No hay cifra porque una columna repite lo que ya dicen las demás o los bloques "
        "(por ejemplo, un bloque entero con el mismo trato). Quita esa columna o esos bloques.",
        "en": "There is no figure because a column repeats what the others or the blocks already "
        "say (for example, every block under a single arm). Take that column or those blocks out.",
    },
    "clusters.no_variance": {
        "es": "No hay cifra porque el resultado no varía de un grupo a otro más allá del modelo: "
        "no hay con qué medir la duda. Revisa que la respuesta no sea la misma para todos.",
        "en": "There is no figure because the outcome does not vary between clusters beyond the "
        "model: there is nothing to measure the doubt with. Check that the answer is not the "
        "same for everybody.",
    },
    "clusters.too_small": {
        "es": "No hay cifra porque los datos son muy pocos para este modelo: filas {n}, "
        "coeficientes {k}. Usa un modelo con menos columnas o junta más datos.",
        "en": "There is no figure because the data are too few for this model: rows {n}, "
        "coefficients {k}. Use a model with fewer columns or gather more data.",
    },
    "clusters.no_assignment": {
        "es": "No hay prueba por sorteo porque dentro de los bloques no hay otra forma de "
        "repartir los grupos: cada bloque tiene un solo trato.",
        "en": "There is no randomisation test because within the blocks there is no other way "
        "to assign the clusters: every block has a single arm.",
    },
    "clusters.no_pairs": {
        "es": "No se puede medir el parecido dentro de los grupos: cada grupo tiene una sola "
        "persona, o hay menos de dos grupos.",
        "en": "The likeness within clusters cannot be measured: every cluster has one person, "
        "or there are fewer than two clusters.",
    },
}
