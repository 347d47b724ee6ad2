"""Sentences about attendance, dose and staying."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # Definitions: what a figure opens when somebody asks "what is this?".
    "dose.definition": {
        "es": "Reuniones a las que vino cada persona, entre las que le tocaban hasta hoy. "
        "Si una reunión cubrió varias sesiones del programa, también se cuentan las sesiones.",
        "en": "Meetings that each person came to, out of those expected of him so far. "
        "If a meeting covered several programme sessions, the sessions are counted too.",
    },
    "fraction.definition": {
        "es": "Sesiones del programa a las que vino, divididas entre las que le tocaban hasta "
        "hoy. No entra lo anterior a su llegada ni lo posterior a una salida acordada.",
        "en": "Programme sessions that he came to, divided by those expected of him so far. "
        "Nothing before he joined or after an agreed end enters.",
    },
    "threshold.definition": {
        "es": "Personas que vinieron a {comparison} {percent} % de las sesiones que les "
        "tocaban, entre todas las que tenían al menos una reunión.",
        "en": "People who came to {comparison} {percent} % of the sessions expected of them, "
        "out of all who had at least one meeting.",
    },
    "comparison.more_than": {"es": "más del", "en": "more than"},
    "comparison.at_least": {"es": "al menos el", "en": "at least"},
    "interval.definition": {
        "es": "Intervalo de Wilson al {level} %: lo que el azar puede mover la proporción si "
        "estas personas fueran una muestra de otras parecidas. No incluye lo que falta por "
        "anotar.",
        "en": "Wilson interval at {level} %: how far chance may move the share if these people "
        "were a sample of others like them. It does not include what was not recorded.",
    },
    "bounds.definition": {
        "es": "Entre estos dos valores queda la cifra verdadera, sea lo que sea que haya "
        "pasado en las marcas que faltan. No es un intervalo de confianza: con más personas "
        "no se angosta; con mejores registros, sí.",
        "en": "The true figure lies between these two values, whatever happened in the marks "
        "that are missing. It is not a confidence interval: more people do not narrow it; "
        "better records do.",
    },
    "survival.definition": {
        "es": "De cada 100 personas, cuántas siguen viniendo después de cada reunión "
        "(Kaplan–Meier). De quienes aún no se sabe, se cuenta sólo el tramo que se sabe.",
        "en": "Out of every 100 people, how many still come after each meeting "
        "(Kaplan–Meier). Those not known yet count only for the stretch that is known.",
    },
    "departure.definition": {
        "es": "Se cuenta que alguien dejó de venir cuando sus faltas seguidas al final del "
        "registro son {quiet_after} o más; su salida se pone en la última reunión a la que "
        "vino (0 si no vino a ninguna), contando desde la primera que le tocaba. Una marca que "
        "nadie anotó cuenta como falta. Si sus faltas al final son menos, sigue: se sabe de él "
        "hasta {quiet_after} reuniones antes de la última que le tocaba, porque una salida "
        "posterior todavía no podría verse. Quien no ha tenido {quiet_after} reuniones no "
        "entra en la curva.",
        "en": "Somebody counts as having stopped coming when his misses in a row at the end of "
        "the record are {quiet_after} or more; he leaves at the last meeting that he came to "
        "(0 if he came to none), counted from the first expected of him. A mark that nobody "
        "recorded counts as a miss. With fewer misses at the end he is still coming: he is "
        "followed up to {quiet_after} meetings before the last one expected of him, because "
        "a later departure could not be seen yet. Whoever has not had {quiet_after} meetings "
        "is not in the curve.",
    },
    "gone_quiet.definition": {
        "es": "Personas cuyas faltas seguidas, contadas desde la última reunión que les tocaba "
        "hacia atrás, son {after} o más. Una marca que nadie anotó no interrumpe la cuenta.",
        "en": "People whose misses in a row, counted back from the last meeting expected of "
        "them, are {after} or more. A mark that nobody recorded does not break the count.",
    },
    "funnel.joined": {"es": "Entraron al grupo", "en": "Joined the group"},
    "funnel.came_once": {"es": "Vinieron al menos una vez", "en": "Came at least once"},
    "funnel.from_25": {
        "es": "Vinieron al menos al 25 % de las sesiones",
        "en": "Came to at least 25 % of the sessions",
    },
    "funnel.from_50": {
        "es": "Vinieron al menos al 50 % de las sesiones",
        "en": "Came to at least 50 % of the sessions",
    },
    "funnel.over_75": {
        "es": "Vinieron a más del 75 % de las sesiones",
        "en": "Came to more than 75 % of the sessions",
    },
    "funnel.came_last": {"es": "Vinieron a la última sesión", "en": "Came to the last session"},
    # Notes: what must be read beside the number.
    "few_people": {
        "es": "Son muy pocas personas ({n}): una sola cambia la cifra. Léela como relato, no "
        "como tendencia.",
        "en": "Very few people ({n}): a single one changes the figure. Read it as a story, not "
        "as a trend.",
    },
    "no_spread_of_one": {
        "es": "Con una sola persona no hay desviación estándar.",
        "en": "With a single person there is no standard deviation.",
    },
    "never_expected": {
        "es": "Personas sin ninguna reunión todavía, fuera de estas cuentas: {n}.",
        "en": "People without any meeting yet, outside these counts: {n}.",
    },
    "unknown_marks": {
        "es": "Asistencias que nadie anotó: {n}. Cuentan como falta en la cifra principal; el "
        "rango dice qué cambiaría si todas hubieran venido.",
        "en": "Attendances that nobody recorded: {n}. They count as a miss in the main "
        "figure; the range says what would change if all of them had come.",
    },
    "unattributed_marks": {
        "es": "Asistencias anotadas sin decir de quién: {n}. Por eso un hueco no se distingue "
        "de una falta; el rango dice hasta dónde podría subir la cifra.",
        "en": "Attendances recorded without saying whose: {n}. So a gap cannot be told from "
        "an absence; the range says how far the figure could rise.",
    },
    "unattributed_surplus": {
        "es": "Asistencias sin nombre que no caben en estas personas: {n}. Son de otras que no "
        "están en la lista, o están repetidas.",
        "en": "Nameless attendances that do not fit these people: {n}. They belong to others "
        "who are not on the list, or are repeated.",
    },
    "departure.unattributed": {
        "es": "Asistencias anotadas sin decir de quién: {n}. Aquí cuentan como si no fueran de "
        "nadie de la lista: algunas salidas pueden no serlo, o ser más tarde.",
        "en": "Attendances recorded without saying whose: {n}. Here they count as nobody's on "
        "the list: some departures may not be one, or may be later.",
    },
    "departure.unsettled": {
        "es": "Personas cuya salida, o su momento, depende de una asistencia que nadie anotó: {n}.",
        "en": "People whose departure, or its time, hinges on an attendance that nobody "
        "recorded: {n}.",
    },
    "departure.too_early": {
        "es": "Personas con menos de {quiet_after} reuniones, de las que aún no se puede "
        "saber: {n}.",
        "en": "People with fewer than {quiet_after} meetings, too early to tell: {n}.",
    },
    "departure.never_came": {
        "es": "Personas que no vinieron nunca: {n}. Están en la curva, en la reunión 0.",
        "en": "People who never came: {n}. They are in the curve, at meeting 0.",
    },
    "not_expected_at_last": {
        "es": "Personas a las que ya no les tocaba la última sesión: {n}. Cuentan como que no "
        "vinieron a ella.",
        "en": "People who were no longer expected at the last session: {n}. They count as not "
        "having come to it.",
    },
    "survival.no_events": {
        "es": "Nadie ha dejado de venir: la curva se queda en 100 %. El límite inferior dice "
        "cuánto podría bajar por azar.",
        "en": "Nobody has stopped coming: the curve stays at 100 %. The lower limit says how "
        "low it might be by chance.",
    },
    "survival.reached_zero": {
        "es": "La curva llega a 0 en {time}. Ahí la fórmula de Greenwood no da un intervalo; "
        "se conserva el límite superior anterior, que es prudente.",
        "en": "The curve reaches 0 at {time}. Greenwood's formula gives no interval there; the "
        "upper limit from before is kept, which is cautious.",
    },
    "survival.zero_too_soon": {
        "es": "La curva llegó a 0 en {time} porque en ese momento se observaba a muy pocas "
        "personas, aunque otras seguían después: {n}. No la uses así.",
        "en": "The curve reached 0 at {time} because very few people were under observation "
        "then, although others went on later: {n}. Do not use it like this.",
    },
    "survival.no_median": {
        "es": "No hay mediana: al final de lo observado, más de la mitad seguía viniendo.",
        "en": "There is no median: at the end of what was observed, more than half still came.",
    },
    "waiting.no_median": {
        "es": "No hay mediana de la espera: mientras se observó, la tuvo menos de la mitad.",
        "en": "There is no median of the wait: while it was observed, fewer than half had it.",
    },
    "waiting.not_followed": {
        "es": "A nadie se le ha visto {time} días todavía: no se sabe cuántas personas lo tienen "
        "para entonces.",
        "en": "Nobody was seen for {time} days yet: how many have it by then is not known.",
    },
    # Refusals: why there is no number.
    "refusal.nobody": {
        "es": "No hay cifra porque no hay personas con reuniones. Anota al menos una "
        "asistencia y vuelve a mirar.",
        "en": "There is no figure because nobody has had a meeting. Record at least one "
        "attendance and look again.",
    },
    "refusal.nobody_followed": {
        "es": "No hay curva porque no hay personas de las que se sepa lo suficiente. Espera a "
        "tener más reuniones anotadas.",
        "en": "There is no curve because nobody has been followed for long enough. Wait until "
        "more meetings are recorded.",
    },
}
