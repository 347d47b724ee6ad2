"""Sentences about the pages of a report."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # The first page.
    "reports.kicker": {"es": "Evaluación", "en": "Evaluation"},
    "reports.design.lottery": {
        "es": "{design}, por lotería · personas: {n} · mediciones: {waves}",
        "en": "{design}, by lottery · people: {n} · measurements: {waves}",
    },
    "reports.design.plain": {
        "es": "{design}, sin lotería · personas: {n} · mediciones: {waves}",
        "en": "{design}, without a lottery · people: {n} · measurements: {waves}",
    },
    "reports.design.single_arm": {
        "es": "{design} · personas: {n} · mediciones: {waves}",
        "en": "{design} · people: {n} · measurements: {waves}",
    },
    "reports.section.primary": {
        "es": "Lo que encontramos",
        "en": "What we found",
    },
    "reports.section.others": {"es": "Y también", "en": "And also"},
    "reports.strength.title": {
        "es": "Qué tan firme es cada hallazgo",
        "en": "How firm each finding is",
    },
    "reports.strength.legend": {
        "es": "Cuatro barras: evidencia fuerte. Una: muy débil. Ninguna: no sabemos. La regla está "
        "escrita: empieza en lo que el diseño permite y baja un escalón por cada razón para "
        "dudar. Nada la sube.",
        "en": "Four bars: strong evidence. One: very weak. None: we do not know. The rule is "
        "written down: it starts at what the design allows and goes down one step for each "
        "reason to doubt. Nothing raises it.",
    },
    "reports.strength.strong": {"es": "evidencia fuerte", "en": "strong evidence"},
    "reports.strength.moderate": {"es": "evidencia moderada", "en": "moderate evidence"},
    "reports.strength.weak": {"es": "evidencia débil", "en": "weak evidence"},
    "reports.strength.very_weak": {"es": "evidencia muy débil", "en": "very weak evidence"},
    "reports.strength.none": {"es": "sin evidencia suficiente", "en": "not enough evidence"},
    "reports.verdict.benefit": {"es": "Mejoró", "en": "Better"},
    "reports.verdict.probable_benefit": {
        "es": "Probablemente mejoró",
        "en": "Probably better",
    },
    "reports.verdict.probable_harm": {"es": "Daño probable", "en": "Probable harm"},
    "reports.verdict.maybe_benefit": {"es": "Quizá mejoró", "en": "Maybe better"},
    "reports.verdict.maybe_harm": {"es": "Posible daño", "en": "Possible harm"},
    "reports.verdict.one_type": {"es": "Bajó un tipo", "en": "One type fell"},
    "reports.verdict.small_benefit": {"es": "Mejoró poco", "en": "Slightly better"},
    "reports.verdict.no_difference_that_matters": {"es": "Casi igual", "en": "About equal"},
    "reports.verdict.harm": {"es": "Daño", "en": "Harm"},
    "reports.verdict.unknown": {"es": "No sabemos", "en": "We do not know"},
    "reports.verdict.change": {"es": "Sólo un cambio", "en": "Only a change"},
    "reports.verdict.sign_of_harm": {"es": "Señal de daño", "en": "Sign of harm"},
    "reports.verdict.descriptive": {"es": "Dato", "en": "Fact"},
    "reports.verdict.refused": {"es": "No hay cifra", "en": "No figure"},
    "reports.part.said": {"es": "Lo que se puede decir", "en": "What may be said"},
    "reports.part.must_not": {"es": "Lo que no se puede decir", "en": "What must not be said"},
    "reports.part.because": {"es": "Por qué no es más firme", "en": "Why it is not firmer"},
    "reports.part.why": {"es": "Por qué no hay cifra", "en": "Why there is no figure"},
    "reports.part.act": {"es": "Lo que toca hacer ahora", "en": "What to do now"},
    "reports.part.needed": {
        "es": "Qué haría falta para saber más",
        "en": "What it would take to know more",
    },
    "reports.mandatory": {"es": "Se lee siempre junto", "en": "Always read together"},
    # Sections.
    "reports.section.findings": {
        "es": "Hallazgo por hallazgo",
        "en": "Finding by finding",
    },
    "reports.section.flow": {"es": "Quiénes contestaron", "en": "Who answered"},
    "reports.section.baseline": {"es": "Cómo llegaron", "en": "How they arrived"},
    "reports.section.retention": {"es": "Quiénes siguieron viniendo", "en": "Who kept coming"},
    "reports.section.leavers": {"es": "Quiénes se fueron", "en": "Who left"},
    "reports.section.course": {"es": "Qué pasó con el tiempo", "en": "What happened over time"},
    "reports.section.forest": {
        "es": "El resultado principal y sus comprobaciones",
        "en": "The primary result and its checks",
    },
    "reports.section.tipping": {
        "es": "¿Y si a quienes faltan les fue peor?",
        "en": "What if those missing did worse?",
    },
    "reports.section.estimates": {"es": "Todas las cifras", "en": "All the figures"},
    "reports.section.agreement": {
        "es": "Dos respuestas, lado a lado",
        "en": "Two answers, side by side",
    },
    "reports.section.limits": {"es": "Límites", "en": "Limits"},
    "reports.section.rules": {"es": "Las reglas", "en": "The rules"},
    "reports.section.plan": {
        "es": "El plan, su huella y con qué se calculó",
        "en": "The plan, its hash and what computed this",
    },
    # Under the figures.
    "reports.flow.lead": {
        "es": "Por grupo y medición, según la pregunta con más respuestas de cada informante. Los "
        "conteos van redondeados a {base} y los de {threshold} o menos no se muestran.",
        "en": "By group and measurement, for the question with most answers of each informant. "
        "Counts are rounded to {base}, and those of {threshold} or fewer are not shown.",
    },
    "reports.flow.title": {"es": "Diagrama de flujo", "en": "Flow diagram"},
    "reports.flow.start": {"es": "empezaron: {n}", "en": "started: {n}"},
    "reports.flow.clusters": {
        "es": "comunidades o grupos: {n}",
        "en": "communities or groups: {n}",
    },
    "reports.flow.answered": {"es": "{wave}: contestaron {k}", "en": "{wave}: {k} answered"},
    "reports.flow.answered_once": {"es": "contestaron {k}", "en": "{k} answered"},
    "reports.flow.missing": {"es": "faltan {k}", "en": "{k} missing"},
    "reports.flow.everyone": {"es": "todas las personas", "en": "everybody"},
    "reports.baseline.lead": {
        "es": "Antes de empezar. La diferencia va en desviaciones estándar: de 0.10 o menos es "
        "poca. No hay prueba estadística: al principio la única diferencia posible es el azar o "
        "la forma de entrar.",
        "en": "Before the start. The difference is in standard deviations: 0.10 or less is little. "
        "There is no statistical test: at the start the only possible difference is chance or the "
        "way of entering.",
    },
    "reports.retention.lead": {
        "es": "De cada 100 personas, cuántas vinieron a más de ese número de sesiones. La banda es "
        "el intervalo al {level} %. Venir no es dejar de ejercer violencia.",
        "en": "Out of every 100 people, how many came to more than that many sessions. The band is "
        "the {level} % interval. Coming is not ceasing to use violence.",
    },
    "reports.retention.title": {"es": "Permanencia", "en": "Retention"},
    "reports.retention.axis": {"es": "sesiones a las que vinieron", "en": "sessions attended"},
    "reports.leavers.lead": {
        "es": "Quienes tienen respuesta final frente a quienes no. Si son distintos al llegar, "
        "mirar sólo a quienes se quedaron engaña.",
        "en": "Those with a final answer against those without. If they differ on arrival, looking "
        "only at those who stayed misleads.",
    },
    "reports.leavers.few": {
        "es": "Se fueron muy pocas personas para describirlas sin que alguien pueda reconocerlas.",
        "en": "Too few people left to describe them without somebody being recognised.",
    },
    "reports.course.lead": {
        "es": "Promedio de quienes contestaron en cada medición, con su intervalo al {level} %; "
        "sin modelo. Los informantes nunca se juntan.",
        "en": "Mean of those who answered at each measurement, with its {level} % interval; no "
        "model. Informants are never joined.",
    },
    "reports.course.title": {
        "es": "«{label}», según {informant}",
        "en": "“{label}”, according to {informant}",
    },
    "reports.course.untold": {"es": "«{label}»", "en": "“{label}”"},
    "reports.course.once": {"es": "una vez", "en": "once"},
    "reports.course.hidden": {
        "es": "No se dibujan promedios de {threshold} personas o menos.",
        "en": "Means of {threshold} people or fewer are not drawn.",
    },
    "reports.forest.lead": {
        "es": "Arriba, la cifra del plan. Abajo, la misma pregunta con otros supuestos. Si todas "
        "quedan del mismo lado de la línea, la conclusión se sostiene.",
        "en": "Above, the figure of the plan. Below, the same question under other assumptions. If "
        "all stay on the same side of the line, the conclusion holds.",
    },
    "reports.forest.better": {"es": "mejor con «{arm}»", "en": "better with “{arm}”"},
    "reports.forest.worse": {"es": "peor con «{arm}»", "en": "worse with “{arm}”"},
    "reports.forest.improved": {"es": "mejoría", "en": "improvement"},
    "reports.forest.worsened": {"es": "daño", "en": "harm"},
    "reports.forest.margin": {
        "es": "La banda gris es lo que no alcanza a importar ({smallest}).",
        "en": "The grey band is what does not matter ({smallest}).",
    },
    "reports.tipping.lead": {
        "es": "De izquierda a derecha se supone cada vez peor (o distinto) lo que pasó con quienes "
        "faltan en «{arm}». Donde la banda toca la línea de «sin diferencia», la conclusión "
        "desaparece.",
        "en": "From left to right, what happened to those missing in “{arm}” is assumed ever worse "
        "(or different). Where the band meets the line of “no difference”, the conclusion goes "
        "away.",
    },
    "reports.tipping.axis": {
        "es": "lo que se suma a los valores que faltan",
        "en": "what is added to the missing values",
    },
    "reports.tipping.point": {"es": "punto de vuelco: {point}", "en": "tipping point: {point}"},
    "reports.none": {"es": "sin diferencia", "en": "no difference"},
    "reports.agreement.lead": {
        "es": "Personas con las dos respuestas. Kappa mide el acuerdo más allá del azar; PABAK, el "
        "mismo corregido por lo raro o común de la respuesta. Dos informantes no permiten saber "
        "quién se equivoca.",
        "en": "People with both answers. Kappa measures agreement beyond chance; PABAK, the same "
        "corrected for how rare or common the answer is. Two informants do not tell who is "
        "mistaken.",
    },
    "reports.grid.lead": {
        "es": "Cuál sería la proporción verdadera si la respuesta de {second} detectara esa parte "
        "de lo que hay (filas) y acertara esa parte de lo que no hay (columnas). No se elige una.",
        "en": "What the true share would be if the answer of {second} detected that part of what "
        "there is (rows) and was right about that part of what there is not (columns). None is "
        "chosen.",
    },
    "reports.grid.impossible": {"es": "imposible", "en": "impossible"},
    "reports.limits.none": {
        "es": "El análisis no dejó avisos. Aun así valen los límites de cada hallazgo.",
        "en": "The analysis left no warnings. The limits of each finding still hold.",
    },
    "reports.limits.reported": {
        "es": "Lo que se mide es violencia reportada. Ningún cálculo convierte un reporte en un "
        "hecho.",
        "en": "What is measured is reported violence. No calculation turns a report into a fact.",
    },
    "reports.limits.true": {
        "es": "El plan pregunta por la violencia verdadera, y estas cifras son de reportes. "
        "Con lo que reporta la gente no se puede pasar de lo uno a lo otro; la tabla de "
        "detección, donde la hay, dice qué tanto podría cambiar.",
        "en": "The plan asks about true violence, and these figures are of reports. What people "
        "report does not lead from one to the other; the table of detection, where there is "
        "one, says how much might change.",
    },
    "reports.limits.counts": {
        "es": "Los conteos de las tablas van redondeados a {base}, los de {threshold} o menos no "
        "se muestran («<{least}») y sólo hay porcentajes con {percent} personas o más, para que "
        "nadie pueda ser reconocido.",
        "en": "Counts in the tables are rounded to {base}, those of {threshold} or fewer are not "
        "shown (“<{least}”) and there are percentages only from {percent} people on, so that "
        "nobody can be recognised.",
    },
    "reports.empty": {
        "es": "No hay datos para esta parte.",
        "en": "There are no data for this part.",
    },
    "reports.empty.tipping": {
        "es": "No se calculó: no falta nadie, o el plan no lo pidió.",
        "en": "Not computed: nobody is missing, or the plan did not ask for it.",
    },
    "reports.empty.forest": {
        "es": "No hay cifra principal. Las razones están en los límites.",
        "en": "There is no primary figure. The reasons are among the limits.",
    },
    "reports.empty.single_arm": {
        "es": "Este diseño no compara con nadie: lo que sigue son cambios, no efectos.",
        "en": "This design compares with nobody: what follows are changes, not effects.",
    },
    # Columns and small words.
    "reports.column.variable": {"es": "Característica", "en": "Characteristic"},
    "reports.column.everyone": {"es": "Todas", "en": "Everybody"},
    "reports.column.difference": {"es": "Diferencia (DE)", "en": "Difference (SD)"},
    "reports.column.missing": {"es": "Sin dato", "en": "Missing"},
    "reports.column.arm": {"es": "Grupo", "en": "Group"},
    "reports.column.informant": {"es": "Según", "en": "According to"},
    "reports.column.wave": {"es": "Medición", "en": "Measurement"},
    "reports.column.expected": {"es": "Se esperaban", "en": "Expected"},
    "reports.column.answered": {"es": "Contestaron", "en": "Answered"},
    "reports.column.lost": {"es": "Faltan", "en": "Missing"},
    "reports.column.returned": {"es": "Volvieron", "en": "Returned"},
    "reports.column.outcome": {"es": "Resultado", "en": "Outcome"},
    "reports.column.method": {"es": "Método", "en": "Method"},
    "reports.column.estimate": {"es": "Cifra", "en": "Figure"},
    "reports.column.interval": {"es": "Intervalo al {level} %", "en": "{level} % interval"},
    "reports.column.p": {"es": "p", "en": "p"},
    "reports.column.n": {"es": "Personas", "en": "People"},
    "reports.column.clusters": {"es": "Grupos", "en": "Clusters"},
    "reports.column.role": {"es": "Papel", "en": "Role"},
    "reports.column.stayed": {"es": "Se quedaron", "en": "Stayed"},
    "reports.column.left": {"es": "Se fueron", "en": "Left"},
    "reports.column.both": {"es": "Las dos dicen sí", "en": "Both say yes"},
    "reports.column.only": {"es": "Sólo {who}", "en": "Only {who}"},
    "reports.column.neither": {"es": "Ninguna", "en": "Neither"},
    "reports.column.sensitivity": {"es": "Detecta", "en": "Detects"},
    "reports.column.specificity": {"es": "acierta {percent} %", "en": "right {percent} %"},
    "reports.column.sessions": {"es": "Más de (sesiones)", "en": "More than (sessions)"},
    "reports.column.share": {"es": "Siguen", "en": "Still coming"},
    "reports.column.delta": {"es": "Se suma", "en": "Added"},
    "reports.column.adjusted": {"es": "p corregida", "en": "Corrected p"},
    "reports.caption.flow": {
        "es": "Respuestas por grupo, informante y medición",
        "en": "Answers by group, informant and measurement",
    },
    "reports.caption.baseline": {
        "es": "Características al llegar",
        "en": "Characteristics on arrival",
    },
    "reports.caption.attrition": {
        "es": "Cuántas personas faltan al final",
        "en": "How many people are missing at the end",
    },
    "reports.caption.leavers": {
        "es": "Quienes se quedaron y quienes se fueron",
        "en": "Those who stayed and those who left",
    },
    "reports.caption.course": {"es": "Promedios (personas)", "en": "Means (people)"},
    "reports.caption.estimates": {"es": "Cifras", "en": "Figures"},
    "reports.caption.retention": {"es": "Permanencia, en números", "en": "Retention in numbers"},
    "reports.caption.tipping": {
        "es": "Punto de vuelco, en números",
        "en": "Tipping point in numbers",
    },
    "reports.caption.grid": {
        "es": "Si la respuesta de {second} no fuera perfecta",
        "en": "If the answer of {second} were not perfect",
    },
    "reports.mean_sd": {"es": "{mean} (DE {sd})", "en": "{mean} (SD {sd})"},
    "reports.role.primary": {"es": "principal", "en": "primary"},
    "reports.role.sensitivity": {"es": "comprobación", "en": "check"},
    "reports.role.secondary": {"es": "secundaria", "en": "secondary"},
    "reports.role.descriptive": {"es": "descriptiva", "en": "descriptive"},
    "reports.column.rule": {"es": "Razón para dudar", "en": "Reason to doubt"},
    "reports.column.steps": {"es": "Baja", "en": "Lowers"},
    "reports.column.source": {"es": "De quién es la regla", "en": "Whose rule it is"},
    "reports.column.lottery": {"es": "Con lotería", "en": "With a lottery"},
    "reports.column.otherwise": {"es": "Sin lotería", "en": "Without"},
    "reports.column.design": {"es": "Diseño", "en": "Design"},
    "reports.steps.start": {"es": "ya en el inicio", "en": "already in the start"},
    "reports.steps.one": {"es": "un escalón", "en": "one step"},
    "reports.steps.all": {"es": "a «no sabemos»", "en": "to “we do not know”"},
    "reports.rules.ours": {"es": "nuestra", "en": "ours"},
    "reports.caption.starts": {
        "es": "Dónde empieza cada diseño",
        "en": "Where each design starts",
    },
    "reports.caption.rules": {"es": "Qué baja la firmeza", "en": "What lowers it"},
    # The plan.
    "reports.plan.question": {"es": "Pregunta", "en": "Question"},
    "reports.plan.design": {"es": "Diseño", "en": "Design"},
    "reports.plan.population": {"es": "Población", "en": "Population"},
    "reports.plan.treatment": {"es": "Qué se compara", "en": "What is compared"},
    "reports.plan.variable": {"es": "Qué se mide", "en": "What is measured"},
    "reports.plan.summary": {"es": "Cómo se resume", "en": "How it is summarised"},
    "reports.plan.events": {"es": "Qué pasa si…", "en": "What if…"},
    "reports.plan.plan_hash": {
        "es": "Huella del plan (SHA-256)",
        "en": "Hash of the plan (SHA-256)",
    },
    "reports.plan.data_hash": {
        "es": "Huella de los datos (SHA-256)",
        "en": "Hash of the data (SHA-256)",
    },
    "reports.plan.seed": {"es": "Semilla del azar", "en": "Random seed"},
    "reports.plan.versions": {"es": "Versiones", "en": "Versions"},
    "reports.plan.unsaid": {"es": "El plan no lo dice.", "en": "The plan does not say."},
    "reports.plan.lead": {
        "es": "Con el mismo plan, los mismos datos y la misma semilla, cualquiera obtiene estas "
        "mismas cifras. Si una huella cambia, el archivo cambió.",
        "en": "With the same plan, the same data and the same seed, anybody gets these same "
        "figures. If a hash changes, the file changed.",
    },
    "reports.page": {"es": "Página", "en": "Page"},
    "reports.of": {"es": "de", "en": "of"},
    "reports.contents": {"es": "Contenido", "en": "Contents"},
    "reports.progress.findings": {"es": "Hallazgos", "en": "Findings"},
    "reports.progress.figures": {"es": "Figuras", "en": "Figures"},
    "reports.progress.page": {"es": "Página", "en": "Page"},
    "reports.progress.paper": {"es": "Documento PDF", "en": "PDF document"},
}
