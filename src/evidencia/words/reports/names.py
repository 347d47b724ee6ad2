"""How a report calls designs, methods and the strategies of an estimand."""

from __future__ import annotations

from typing import Final

from evidencia.words.table import Texts

_DESIGNS: Final = {
    "single_arm": ("Un solo grupo, antes y después", "One group, before and after"),
    "parallel": ("Dos grupos a la vez", "Two groups at once"),
    "cluster_parallel": ("Comunidades o grupos enteros", "Whole communities or groups"),
    "waitlist": ("Lista de espera", "Waiting list"),
    "stepped_wedge": ("Entrada escalonada", "Stepped wedge"),
    "repeated_cross_section": ("Encuestas repetidas", "Repeated surveys"),
}
_METHODS: Final = {
    "mmrm": ("Medidas repetidas (MMRM)", "Repeated measures (MMRM)"),
    "mixed": ("Modelo mixto", "Mixed model"),
    "ancova": ("Ajuste por el inicio (ANCOVA)", "Adjusted for the start (ANCOVA)"),
    "gee": ("Ecuaciones GEE", "Estimating equations (GEE)"),
    "gee_ratio": ("GEE, como razón", "GEE, as a ratio"),
    "ordinal_gee": ("GEE ordinal", "Ordinal GEE"),
    "cox": ("Riesgos proporcionales (Cox)", "Proportional hazards (Cox)"),
    "log_rank": ("Prueba log-rank", "Log-rank test"),
    "discrete_hazard": ("Riesgo por sesión", "Hazard by session"),
    "stepped_wedge": ("Modelo de entrada escalonada", "Stepped-wedge model"),
    "stepped_wedge_steady": (
        "Escalonada, sin lo propio de cada periodo",
        "Stepped wedge, without what is a period's own",
    ),
    "cross_section": ("Encuestas repetidas", "Repeated cross-sections"),
    "within": ("Parte que ya lo tuvo (Kaplan–Meier)", "Share that had it (Kaplan–Meier)"),
    "half": ("Mediana (Kaplan–Meier)", "Median (Kaplan–Meier)"),
    "change": ("Cambio desde el inicio", "Change from the start"),
    "two_proportions": ("Diferencia de proporciones", "Difference of proportions"),
    "complete_case": ("Sólo quienes contestaron", "Only those who answered"),
    "ipw": ("Pesos por quedarse (IPW)", "Weights for staying (IPW)"),
    "mi": ("Imputación múltiple", "Multiple imputation"),
    "mi_normal": ("Imputación múltiple", "Multiple imputation"),
    "mi_chained": ("Imputación encadenada", "Chained imputation"),
    "jump_to_reference": (
        "Quien falta, como el otro grupo",
        "Missing as in the other group",
    ),
    "copy_reference": ("Quien falta, copia al otro grupo", "Missing copy the other group"),
    "copy_increments": (
        "Quien falta, cambia como el otro",
        "Missing change as the other group",
    ),
    "returns_to_baseline": ("Quien falta, vuelve al inicio", "Missing return to the start"),
    "delta": ("Ajuste delta", "Delta adjustment"),
    "lee_bounds": ("Cotas de Lee", "Lee bounds"),
    "extreme_bounds": ("Valores extremos", "Extreme values"),
    "lee_bounds_low": ("Cotas de Lee, la baja", "Lee bounds, lower"),
    "lee_bounds_high": ("Cotas de Lee, la alta", "Lee bounds, upper"),
    "extreme_bounds_low": ("Valores extremos, la baja", "Extreme values, lower"),
    "extreme_bounds_high": ("Valores extremos, la alta", "Extreme values, upper"),
    "cr2": ("Errores por grupo (CR2)", "Clustered errors (CR2)"),
    "wild_bootstrap": ("Remuestreo de grupos", "Wild cluster bootstrap"),
    "randomisation": ("Repetir la lotería", "Randomisation inference"),
    "cluster_means": ("Un dato por grupo", "One figure per cluster"),
    "individual": ("Persona por persona", "Person by person"),
    "dose_response": ("Según sesiones (descriptivo)", "By sessions (descriptive)"),
    "cace": ("Entre quienes sí vinieron", "Among those who came"),
}
_STRATEGIES: Final = {
    "treatment_policy": (
        "se cuenta igual: importa lo que pasó, viniera o no",
        "counted all the same: what happened matters, whether he came or not",
    ),
    "hypothetical": (
        "se estima qué habría pasado si no ocurriera",
        "what would have happened otherwise is estimated",
    ),
    "composite": ("cuenta como mal resultado", "counts as a bad outcome"),
    "while_on_treatment": ("se mira sólo hasta entonces", "only the time until then counts"),
    "principal_stratum": (
        "se mira sólo a quienes no les pasaría",
        "only those to whom it would not happen",
    ),
}

_RULES: Final = {
    "no_lottery": ("Los grupos no se formaron por lotería", "No lottery formed the groups"),
    "single_arm": ("No hay con quién comparar", "There is nobody to compare with"),
    "spans": ("El intervalo incluye mejoría y daño", "The interval holds benefit and harm"),
    "reversed": ("Una comprobación dice lo contrario", "A check says the opposite"),
    "fragile": ("Una comprobación cambia la conclusión", "A check changes the conclusion"),
    "untested": ("Faltan personas y no hay comprobación", "People are missing, without a check"),
    "tips_early": (
        "Se cae si a quienes faltan les fue 0.2 desviaciones peor",
        "It goes away if those missing did 0.2 deviations worse",
    ),
    "lost": ("Falta más de 20 % al final", "More than 20 % missing at the end"),
    "half_lost": ("Falta más de la mitad", "More than half is missing"),
    "gap": ("Faltan 5 puntos más en un grupo", "5 points more missing in one group"),
    "may_be_trivial": ("Puede ser menor de lo que importa", "May be less than what matters"),
    "few_clusters": ("Menos de 10 grupos o comunidades", "Fewer than 10 clusters"),
    "few_people": ("Menos de 50 personas", "Fewer than 50 people"),
    "many_questions": (
        "Al corregir por el número de preguntas, el azar basta",
        "Corrected for the number of questions, chance is enough",
    ),
    "own_account": (
        "Violencia contada sólo por quien pudo ejercerla",
        "Violence told only by whoever may have used it",
    ),
}

TEXTS: Texts = {
    f"reports.{kind}.{slug}": {"es": spanish, "en": english}
    for kind, names in (
        ("designs", _DESIGNS),
        ("method", _METHODS),
        ("strategy", _STRATEGIES),
        ("rule", _RULES),
    )
    for slug, (spanish, english) in names.items()
}
