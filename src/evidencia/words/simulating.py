"""Sentences of the page that lies beside a simulated programme."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    "simulating.title": {
        "es": "Programa simulado: {model}",
        "en": "Simulated programme: {model}",
    },
    "simulating.invented": {
        "es": "Nadie de estos archivos existe. Los sorteó una computadora con los números de la "
        "tabla de abajo. No son datos de ninguna organización, y de ellos no se aprende si un "
        "programa funciona: sirven para probar métodos de análisis contra una verdad conocida.",
        "en": "Nobody in these files exists. A computer drew them with the numbers of the table "
        "below. They are no data of any organisation, and nothing can be learnt from them about "
        "whether a programme works: they are for trying methods of analysis against a known "
        "truth.",
    },
    "simulating.harm": {
        "es": "Escenario: el programa hace daño. La violencia de todo tipo aumenta con las "
        "sesiones.",
        "en": "Scenario: the programme does harm. Violence of every type rises with sessions.",
    },
    "simulating.null": {
        "es": "Escenario: el programa no cambia nada. Aun así la violencia baja después del "
        "ingreso, porque los hombres llegan en crisis; y lo que ellos cuentan baja más, porque "
        "cuentan menos.",
        "en": "Scenario: the programme changes nothing. Violence still falls after entry, "
        "because men come in a crisis; and what they tell falls further, because they tell less.",
    },
    "simulating.benefit": {
        "es": "Escenario: el programa ayuda. La violencia de todo tipo disminuye con las sesiones.",
        "en": "Scenario: the programme helps. Violence of every type falls with sessions.",
    },
    "simulating.displacement": {
        "es": "Escenario: la violencia física y la sexual disminuyen con las sesiones, y la "
        "psicológica, el control y la económica aumentan.",
        "en": "Scenario: physical and sexual violence fall with sessions; psychological and "
        "economic violence and control rise.",
    },
    "simulating.informative": {
        "es": "Quien deja de venir no es cualquiera: se van antes los hombres con más violencia "
        "reciente, sin empleo, con problemas de alcohol, con menos escuela y más jóvenes.",
        "en": "Who stops coming is not just anybody: men with more recent violence, without "
        "work, with alcohol problems, with less schooling and younger ones leave sooner.",
    },
    "simulating.at_random": {
        "es": "En esta corrida dejan de venir al azar.",
        "en": "In this run men stop coming at random.",
    },
    "simulating.answers": {
        "es": "Los hombres cuentan cada vez menos de lo que pasa conforme asisten. A las parejas "
        "se les encuentra menos, y se les pierde más, donde hay más violencia. Lo que dice cada "
        "quien va en su propio renglón y nunca se junta.",
        "en": "Men tell less and less of what happens as they attend. Partners are found less "
        "often, and lost more often, where there is more violence. What each one says has its "
        "own row and is never pooled.",
    },
    "simulating.funnel": {
        "es": "SUPUESTO: los pasos anteriores a la primera sesión se publicaron para mujeres y "
        "hombres juntos; aquí se usan para hombres. Los dos resúmenes de 2010 no coinciden en el "
        "último paso (3,022 o 3,699 personas); esta corrida usa el de idioma: {ending}.",
        "en": "ASSUMPTION: the steps before the first session were published for women and men "
        "together; here they are used for men. The two abstracts of 2010 disagree on the last "
        "step (3,022 or 3,699 people); this run uses the one in: {ending}.",
    },
    "simulating.english": {"es": "inglés (3,022)", "en": "English (3,022)"},
    "simulating.spanish": {"es": "español (3,699)", "en": "Spanish (3,699)"},
    "simulating.truth": {
        "es": "En la carpeta truth está lo que nadie sabría. Analiza primero y ábrela después.",
        "en": "The folder truth holds what nobody would know. Analyse first, open it afterwards.",
    },
    "simulating.run": {
        "es": "Semilla: {seed}. Hombres: {men}. Escenario: {scenario}. numpy {numpy}. Con la misma "
        "semilla, los mismos números y esta versión de numpy salen los mismos archivos, byte por "
        "byte.",
        "en": "Seed: {seed}. Men: {men}. Scenario: {scenario}. numpy {numpy}. The same seed, the "
        "same numbers and this version of numpy give the same files, byte for byte.",
    },
    "simulating.hash": {
        "es": "Huella de todos los archivos juntos (SHA-256): {hash}",
        "en": "Fingerprint of all files together (SHA-256): {hash}",
    },
    "simulating.files": {
        "es": "| archivo | qué es cada renglón | SHA-256 |",
        "en": "| file | what each row is | SHA-256 |",
    },
    "simulating.numbers": {
        "es": "| número | valor | unidad | fuente | confirmado |",
        "en": "| number | value | unit | source | confirmed |",
    },
    "simulating.yes": {"es": "sí", "en": "yes"},
    "simulating.no": {"es": "no", "en": "no"},
    "simulating.enquiries": {
        "es": "una persona que pasó la detección y hasta dónde llegó",
        "en": "a person who was screened and the furthest step",
    },
    "simulating.people": {
        "es": "un hombre que vino al menos una vez",
        "en": "a man who came at least once",
    },
    "simulating.sessions": {"es": "una sesión de un grupo", "en": "a session of a group"},
    "simulating.attendance": {
        "es": "un hombre en una sesión",
        "en": "a man at a session",
    },
    "simulating.rounds": {
        "es": "lo que dijo un hombre en la ronda inicial; solo quien vino",
        "en": "what a man said in the opening round; only those who came",
    },
    "simulating.answers_file": {
        "es": "lo que contestó él, o ella, en una medición (T0 a T4): 1 sí, 0 no",
        "en": "what he, or she, answered at a wave (T0 to T4): 1 yes, 0 no",
    },
    "simulating.truth_courses": {
        "es": "después de cuántas sesiones se fue un hombre, y cuánto tiende a la violencia",
        "en": "after how many sessions a man left, and how much he tends to violence",
    },
    "simulating.truth_waves": {
        "es": "lo que pasó antes de una medición, y lo que habría pasado sin el programa",
        "en": "what happened before a wave, and what would have without the programme",
    },
    "simulating.truth_rounds": {
        "es": "lo que pasó desde la última vez que vino",
        "en": "what happened since he last came",
    },
    "simulating.truth_weeks": {
        "es": "una semana con un tipo de violencia; la 1 empieza con la primera sesión",
        "en": "a week with a type of violence; 1 begins with the first session",
    },
    "simulating.truth_effects": {
        "es": "lo que el programa cambió de verdad: diferencia de proporciones",
        "en": "what the programme truly changed: a difference of shares",
    },
    "simulating.parameters": {
        "es": "un número de la tabla de abajo",
        "en": "a number of the table below",
    },
    "simulating.evaluate": {
        "es": "Para ver qué diría una evaluación: ./tequio evaluate {folder}/answers.csv --plan "
        "{folder}/PLAN.toml --out {folder}/evaluation",
        "en": "To see what an evaluation would say: ./tequio evaluate {folder}/answers.csv --plan "
        "{folder}/PLAN.toml --out {folder}/evaluation",
    },
    # The plan that lies beside the tables.
    "simulating.plan_question": {
        "es": "¿Hay menos violencia seis meses después del programa que antes de empezar?",
        "en": "Is there less violence six months after the programme than before it began?",
    },
    "simulating.plan_population": {
        "es": "Hombres inventados que vinieron al menos una vez",
        "en": "Invented men who came at least once",
    },
    "simulating.plan_treatment": {
        "es": "El programa, sin grupo con quién comparar",
        "en": "The programme, with nobody to compare with",
    },
    "simulating.plan_variable": {
        "es": "Violencia por tipo en los últimos meses, según él y según ella, por separado",
        "en": "Violence by type in the last months, as he says and as she says, apart",
    },
    "simulating.plan_summary": {
        "es": "Diferencia de proporciones entre T4 y T0",
        "en": "Difference of shares between T4 and T0",
    },
    "simulating.psychological": {"es": "violencia psicológica", "en": "psychological violence"},
    "simulating.control": {"es": "control", "en": "control"},
    "simulating.economic": {"es": "violencia económica", "en": "economic violence"},
    "simulating.physical": {"es": "violencia física", "en": "physical violence"},
    "simulating.sexual": {"es": "violencia sexual", "en": "sexual violence"},
}
