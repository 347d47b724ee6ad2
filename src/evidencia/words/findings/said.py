"""What may be said beside a headline: numbers, limits, and what may never be left out."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # The numbers.
    "findings.number.difference": {
        "es": "Diferencia{at}: {size} (intervalo al {level} %: de {low} a {high}; personas: {n}).",
        "en": "Difference{at}: {size} ({level} % interval: {low} to {high}; people: {n}).",
    },
    "findings.number.points": {
        "es": "Diferencia{at}: {size} puntos porcentuales (intervalo al {level} %: de {low} a "
        "{high}; personas: {n}).",
        "en": "Difference{at}: {size} percentage points ({level} % interval: {low} to {high}; "
        "people: {n}).",
    },
    "findings.number.ratio": {
        "es": "Razón{at}: {size} (1 es igual; intervalo al {level} %: de {low} a {high}; "
        "personas: {n}).",
        "en": "Ratio{at}: {size} (1 is equal; {level} % interval: {low} to {high}; people: {n}).",
    },
    "findings.number.lower": {
        "es": "Aquí menos es mejor: por debajo de {zero} favorece a «{arm}».",
        "en": "Here less is better: below {zero} favours “{arm}”.",
    },
    "findings.number.higher": {
        "es": "Aquí más es mejor: por encima de {zero} favorece a «{arm}».",
        "en": "Here more is better: above {zero} favours “{arm}”.",
    },
    "findings.number.change_lower": {
        "es": "Aquí menos es mejor: por debajo de {zero} es mejoría.",
        "en": "Here less is better: below {zero} is an improvement.",
    },
    "findings.number.change_higher": {
        "es": "Aquí más es mejor: por encima de {zero} es mejoría.",
        "en": "Here more is better: above {zero} is an improvement.",
    },
    # What an interval leaves open.
    "findings.open.no_margin": {
        "es": "No se encontró diferencia, y eso no es lo mismo que «no hay diferencia»: caben "
        "diferencias de {low} a {high}. El plan no dijo cuál es la más pequeña que importa.",
        "en": "No difference was found, which is not the same as “there is no difference”: "
        "differences from {low} to {high} remain possible. The plan did not say which is the "
        "smallest that matters.",
    },
    "findings.open.margin": {
        "es": "No se encontró diferencia, y eso no es lo mismo que «la diferencia no importa»: "
        "caben diferencias de {low} a {high}, y la más pequeña que importa es {smallest}.",
        "en": "No difference was found, which is not the same as “the difference does not "
        "matter”: differences from {low} to {high} remain possible, and the smallest that "
        "matters is {smallest}.",
    },
    "findings.open.within": {
        "es": "Todo el intervalo, de {low} a {high}, cae por debajo de la diferencia más pequeña "
        "que importa ({smallest}).",
        "en": "The whole interval, {low} to {high}, is smaller than the smallest difference that "
        "matters ({smallest}).",
    },
    "findings.open.no_benefit": {
        "es": "Sí se descarta una mejoría que importe ({smallest} o más); no se descarta un daño.",
        "en": "An improvement that matters ({smallest} or more) is ruled out; harm is not.",
    },
    "findings.open.no_harm": {
        "es": "Sí se descarta un daño que importe ({smallest} o más); no se sabe si hay mejoría.",
        "en": "A harm that matters ({smallest} or more) is ruled out; whether there is an "
        "improvement is not known.",
    },
    # The sensitivity set, always beside the primary.
    "findings.sensitivity.agrees": {
        "es": "Comprobaciones de sensibilidad con la misma conclusión: {n} de {n}.",
        "en": "Sensitivity analyses with the same conclusion: {n} of {n}.",
    },
    "findings.sensitivity.weakens": {
        "es": "La conclusión depende de lo que se suponga: comprobaciones de sensibilidad que la "
        "cambian: {k} de {n}.",
        "en": "The conclusion depends on what is assumed: sensitivity analyses that change it: "
        "{k} of {n}.",
    },
    "findings.sensitivity.reverses": {
        "es": "Comprobaciones de sensibilidad que dan lo contrario: {k} de {n}. Por eso la "
        "conclusión es que no sabemos.",
        "en": "Sensitivity analyses that say the opposite: {k} of {n}. So the conclusion is that "
        "we do not know.",
    },
    "findings.sensitivity.absent": {
        "es": "Esta cifra va sin comprobaciones de sensibilidad: no sabemos si se sostiene con "
        "otros supuestos sobre quienes faltan.",
        "en": "This figure comes without sensitivity analyses: we do not know whether it holds "
        "under other assumptions about those missing.",
    },
    "findings.tipping.at": {
        "es": "La conclusión desaparece si a quienes faltan les hubiera ido {point} peor de lo "
        "que se supone.",
        "en": "The conclusion goes away if those missing did {point} worse than assumed.",
    },
    "findings.tipping.never": {
        "es": "La conclusión se sostiene aunque a quienes faltan les hubiera ido {most} peor de "
        "lo que se supone.",
        "en": "The conclusion holds even if those missing did {most} worse than assumed.",
    },
    # Mandatory sentences about violence.
    "findings.violence.physical_without_control": {
        "es": "La violencia física bajó y el control no. El control puede sostener el miedo sin "
        "un solo golpe: menos golpes no quiere decir más libertad ni más seguridad para ellas.",
        "en": "Physical violence fell and control did not. Control can keep fear alive without a "
        "single blow: fewer blows do not mean more freedom or more safety for the women.",
    },
    "findings.violence.control_unknown": {
        "es": "La violencia física bajó y del control no se sabe si bajó. Mientras no se sepa, "
        "menos golpes no puede leerse como más seguridad: el control puede sostener el miedo sin "
        "un solo golpe.",
        "en": "Physical violence fell, and whether control fell is not known. Until it is, fewer "
        "blows cannot be read as more safety: control can keep fear alive without a single blow.",
    },
    "findings.violence.control_not_measured": {
        "es": "La violencia física bajó y el control no se midió. Sin medirlo, menos golpes no "
        "puede leerse como más seguridad: el control puede sostener el miedo sin un solo golpe.",
        "en": "Physical violence fell and control was not measured. Without it, fewer blows "
        "cannot be read as more safety: control can keep fear alive without a single blow.",
    },
    "findings.violence.any": {
        "es": "Esta cifra junta varios tipos de violencia y no dice cuál cambió: la física puede "
        "bajar mientras el control sigue o crece.",
        "en": "This figure joins several types of violence and does not say which one changed: "
        "the physical may fall while control goes on or grows.",
    },
    "findings.types_not_measured": {
        "es": "De algunos tipos de violencia no sabemos nada, porque no se preguntó por ellos.",
        "en": "Of some types of violence we know nothing, because nobody asked about them.",
    },
    "findings.type.physical": {
        "es": "No se preguntó por la violencia física.",
        "en": "Physical violence was not asked about.",
    },
    "findings.type.psychological": {
        "es": "No se preguntó por la violencia psicológica.",
        "en": "Psychological violence was not asked about.",
    },
    "findings.type.control": {
        "es": "No se preguntó por el control (celos, vigilancia, aislamiento, dinero).",
        "en": "Control (jealousy, surveillance, isolation, money) was not asked about.",
    },
    "findings.type.sexual": {
        "es": "No se preguntó por la violencia sexual.",
        "en": "Sexual violence was not asked about.",
    },
    "findings.type.economic": {
        "es": "No se preguntó por la violencia económica.",
        "en": "Economic violence was not asked about.",
    },
    # Two informants, side by side.
    "findings.informants.differ": {
        "es": "Las respuestas de {first} y de {second} no dicen lo mismo de «{label}». Se dan las "
        "dos, una al lado de la otra: no se promedian ni se elige una.",
        "en": "The answers of {first} and of {second} do not say the same of “{label}”. Both are "
        "given, side by side: they are neither averaged nor chosen between.",
    },
    "findings.informants.awareness": {
        "es": "Que ellos reconozcan más mientras ellas reportan menos puede ser aprendizaje: la "
        "respuesta de ellos no se lee sola.",
        "en": "Men acknowledging more while women report less may be learning: the men's answer "
        "is not read alone.",
    },
    "findings.informants.only_his": {
        "es": "Ellos reportan mejoría y ellas no. Lo que vivieron ellas no lo puede decir la "
        "respuesta de ellos.",
        "en": "The men report an improvement and the women do not. What the women lived cannot "
        "be told by the men's answer.",
    },
    "findings.informants.agree": {
        "es": "Las respuestas de {first} y de {second} llevan a la misma conclusión sobre "
        "«{label}», cada una por su lado.",
        "en": "The answers of {first} and of {second} lead to the same conclusion about “{label}”, "
        "each on its own.",
    },
    # What a group waited.
    "findings.waiting.within": {
        "es": "«{label}»: a los {time} días o antes ya lo tenía {percent} % de {n} personas "
        "(intervalo al {level} %: de {low} a {high} %).",
        "en": "“{label}”: within {time} days {percent} % of {n} people had it ({level} % interval: "
        "{low} to {high} %).",
    },
    "findings.waiting.half": {
        "es": "La mitad de {n} personas lo tuvo a los {time} días o antes (intervalo al {level} %: "
        "de {low} a {high} días).",
        "en": "Half of {n} people had it within {time} days ({level} % interval: {low} to {high} "
        "days).",
    },
    "findings.waiting.half_open": {
        "es": "La mitad de {n} personas lo tuvo a los {time} días o antes (intervalo al {level} %: "
        "desde {low} días, sin límite hacia arriba).",
        "en": "Half of {n} people had it within {time} days ({level} % interval: from {low} days, "
        "without an upper limit).",
    },
    "findings.waiting.seen": {
        "es": "Quien llegó hace poco cuenta por los días que se le ha visto (Kaplan–Meier).",
        "en": "Whoever came lately counts for as long as was seen (Kaplan–Meier).",
    },
    # Attendance.
    "findings.attendance": {
        "es": "Personas de las que hay al menos una respuesta final: {k} de {n}.",
        "en": "People with at least one answer at the end: {k} of {n}.",
    },
    "findings.attendance.sessions_of": {
        "es": "Con «{arm}» vinieron a más de {time} sesiones: {percent} % de {n} (intervalo al "
        "{level} %: de {low} a {high} %).",
        "en": "With “{arm}”, came to more than {time} sessions: {percent} % of {n} ({level} % "
        "interval: {low} to {high} %).",
    },
    "findings.attendance.sessions": {
        "es": "Vinieron a más de {time} sesiones: {percent} % de {n} (intervalo al {level} %: de "
        "{low} a {high} %).",
        "en": "Came to more than {time} sessions: {percent} % of {n} ({level} % interval: {low} "
        "to {high} %).",
    },
}
