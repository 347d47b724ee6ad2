"""Sentences about plans and data files."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # What is wrong in the file of the plan.
    "plan.not_toml": {
        "es": "El plan no se puede leer como TOML: {detail}. Revisa comillas y corchetes.",
        "en": "The plan cannot be read as TOML: {detail}. Check quotes and brackets.",
    },
    "plan.not_utf8": {
        "es": "El plan no es un archivo de texto en UTF-8. Guárdalo de nuevo como texto.",
        "en": "The plan is not a text file in UTF-8. Save it again as text.",
    },
    "plan.no_file": {
        "es": "No existe el archivo {path}. Revisa la ruta.",
        "en": "There is no file {path}. Check the path.",
    },
    "plan.unknown_key": {
        "es": "Línea {line}: no existe la clave «{key}» en [{table}]. ¿Quisiste decir «{nearest}»? "
        "Se puede: {choices}.",
        "en": "Line {line}: there is no key “{key}” in [{table}]. Did you mean “{nearest}”? "
        "There is: {choices}.",
    },
    "plan.unknown_table": {
        "es": "Línea {line}: no existe la tabla [{key}]. ¿Quisiste decir [{nearest}]?",
        "en": "Line {line}: there is no table [{key}]. Did you mean [{nearest}]?",
    },
    "plan.unknown_value": {
        "es": "Línea {line}: «{value}» no vale para «{key}». ¿Quisiste decir «{nearest}»? "
        "Se puede: {choices}.",
        "en": "Line {line}: “{value}” is not a value of “{key}”. Did you mean “{nearest}”? "
        "It may be: {choices}.",
    },
    "plan.not_text": {
        "es": "Línea {line}: «{key}» debe ser un texto entre comillas.",
        "en": "Line {line}: “{key}” must be a text in quotes.",
    },
    "plan.not_whole": {
        "es": "Línea {line}: «{key}» debe ser un número entero, sin comillas.",
        "en": "Line {line}: “{key}” must be a whole number, without quotes.",
    },
    "plan.not_number": {
        "es": "Línea {line}: «{key}» debe ser un número, sin comillas.",
        "en": "Line {line}: “{key}” must be a number, without quotes.",
    },
    "plan.not_yes_no": {
        "es": "Línea {line}: «{key}» debe ser true o false, sin comillas.",
        "en": "Line {line}: “{key}” must be true or false, without quotes.",
    },
    "plan.not_texts": {
        "es": "Línea {line}: «{key}» debe ser una lista de textos entre corchetes, sin vacíos "
        "ni repetidos.",
        "en": "Line {line}: “{key}” must be a list of texts in square brackets, none empty or "
        "repeated.",
    },
    "plan.not_label": {
        "es": "Línea {line}: «{key}» debe ser un texto entre comillas, o un número entero.",
        "en": "Line {line}: “{key}” must be a text in quotes, or a whole number.",
    },
    "plan.not_labels": {
        "es": "Línea {line}: «{key}» debe ser una lista de textos o enteros entre corchetes, sin "
        "vacíos ni repetidos.",
        "en": "Line {line}: “{key}” must be a list of texts or whole numbers in square brackets, "
        "none empty or repeated.",
    },
    "plan.not_numbers": {
        "es": "Línea {line}: «{key}» debe ser una lista de números entre corchetes, sin repetir.",
        "en": "Line {line}: “{key}” must be a list of numbers in square brackets, without repeats.",
    },
    "plan.not_table": {
        "es": "Línea {line}: «{key}» debe ser una tabla, escrita [{key}].",
        "en": "Line {line}: “{key}” must be a table, written [{key}].",
    },
    "plan.not_tables": {
        "es": "Línea {line}: «{key}» debe ser una o más tablas, escritas [[{key}]].",
        "en": "Line {line}: “{key}” must be one or more tables, written [[{key}]].",
    },
    "plan.out_of_range": {
        "es": "Línea {line}: «{key}» debe estar entre {low} y {high}.",
        "en": "Line {line}: “{key}” must lie between {low} and {high}.",
    },
    "plan.no_outcome": {
        "es": "El plan no dice qué se mide. Escribe al menos una tabla [[outcome]] con «name».",
        "en": "The plan does not say what is measured. Write at least one table [[outcome]] "
        "with “name”.",
    },
    "plan.missing_key": {
        "es": "Línea {line}: a [{table}] le falta «{key}».",
        "en": "Line {line}: [{table}] lacks “{key}”.",
    },
    # Plans that cannot be.
    "plan.repeated_outcome": {
        "es": "Línea {line}: la medida «{name}» está dos veces. Deja una, o cambia el nombre.",
        "en": "Line {line}: the outcome “{name}” is there twice. Keep one, or rename it.",
    },
    "plan.needs_column": {
        "es": "El diseño {design} necesita «{key}» en [data]: di qué columna es.",
        "en": "The design {design} needs “{key}” in [data]: say which column it is.",
    },
    "plan.arm_without_comparison": {
        "es": "Línea {line}: el diseño {design} no compara brazos, y el plan da «{key}». "
        "Quítalo, o elige otro diseño.",
        "en": "Line {line}: the design {design} does not compare arms, and the plan gives "
        "“{key}”. Remove it, or choose another design.",
    },
    "plan.method_without_cluster": {
        "es": "Línea {line}: «cluster_method» no tiene sentido sin «cluster» en [data].",
        "en": "Line {line}: “cluster_method” makes no sense without “cluster” in [data].",
    },
    "plan.control_without_arm": {
        "es": "Línea {line}: «control» no tiene sentido sin «arm» en [data].",
        "en": "Line {line}: “control” makes no sense without “arm” in [data].",
    },
    "plan.baseline_not_first": {
        "es": "Línea {line}: la línea base de «{outcome}» es «{wave}», pero la primera medición "
        "es «{first}». Lo que se mide después del inicio ya no es línea base.",
        "en": "Line {line}: the baseline of “{outcome}” is “{wave}”, but the first wave is "
        "“{first}”. What is measured after the start is no longer a baseline.",
    },
    "plan.which_informant": {
        "es": "Línea {line}: los datos tienen varios informantes, y el plan no dice de quién es el "
        "reporte que cuenta en «{outcome}». Escribe «informant» en [[outcome]]; los demás se "
        "muestran al lado, nunca mezclados.",
        "en": "Line {line}: the data have several informants, and the plan does not say whose "
        "report counts in “{outcome}”. Write “informant” in [[outcome]]; the others are shown "
        "beside it, never mixed.",
    },
    "plan.time_without_event": {
        "es": "Línea {line}: «{outcome}» es un tiempo y necesita «event»: la columna con 1 "
        "(ocurrió) o 0 (aún no se sabe).",
        "en": "Line {line}: “{outcome}” is a time and needs “event”: the column with 1 (it "
        "happened) or 0 (not known yet).",
    },
    "plan.event_without_time": {
        "es": 'Línea {line}: «event» sólo va con kind = "time_to_event", y «{outcome}» es {kind}.',
        "en": 'Line {line}: “event” only goes with kind = "time_to_event", and “{outcome}” is '
        "{kind}.",
    },
    "plan.one_column_twice": {
        "es": "La columna «{column}» tiene dos papeles en el plan: {first} y {second}. "
        "Cada columna tiene uno.",
        "en": "The column “{column}” has two roles in the plan: {first} and {second}. Each "
        "column has one.",
    },
    "plan.too_few_waves": {
        "es": "El diseño {design} necesita al menos 2 mediciones en «waves», o una línea base.",
        "en": "The design {design} needs at least 2 waves in “waves”, or a baseline.",
    },
    # What is wrong in the data.
    "data.no_file": {
        "es": "No existe el archivo de datos {path}. Revisa la ruta.",
        "en": "There is no data file {path}. Check the path.",
    },
    "data.unknown_format": {
        "es": "No se sabe leer «{suffix}». Se puede: {choices}.",
        "en": "“{suffix}” cannot be read. It may be: {choices}.",
    },
    "data.unreadable": {
        "es": "El archivo {path} no se pudo leer: {detail}",
        "en": "The file {path} could not be read: {detail}",
    },
    "data.empty": {
        "es": "El archivo de datos no tiene renglones.",
        "en": "The data file has no rows.",
    },
    "data.repeated_header": {
        "es": "La columna «{column}» está dos veces en el archivo de datos. Cambia un nombre.",
        "en": "The column “{column}” is in the data file twice. Rename one.",
    },
    "data.no_column": {
        "es": "El plan pide la columna «{column}» ({role}) y los datos no la tienen. "
        "¿Quisiste decir «{nearest}»?",
        "en": "The plan asks for the column “{column}” ({role}) and the data do not have it. "
        "Did you mean “{nearest}”?",
    },
    "data.empty_cell": {
        "es": "Renglón {row}, columna «{column}»: la celda está vacía y hace falta ({role}). "
        "Celdas así: {n}.",
        "en": "Row {row}, column “{column}”: the cell is empty and is needed ({role}). "
        "Cells like this: {n}.",
    },
    "data.not_a_number": {
        "es": "Renglón {row}, columna «{column}»: «{value}» no es un número. Celdas así: {n}. "
        "Deja vacío lo que falta.",
        "en": "Row {row}, column “{column}”: “{value}” is not a number. Cells like this: {n}. "
        "Leave empty what is missing.",
    },
    "data.not_allowed": {
        "es": "Renglón {row}, columna «{column}»: {value} no puede ser un valor de tipo {kind}. "
        "Celdas así: {n}.",
        "en": "Row {row}, column “{column}”: {value} cannot be a value of kind {kind}. Cells "
        "like this: {n}.",
    },
    "data.duplicate": {
        "es": "Renglones {first} y {row}: la persona «{unit}» tiene dos respuestas en la medición "
        "«{wave}»{informant}. Deja la buena. Repeticiones así: {n}.",
        "en": "Rows {first} and {row}: the unit “{unit}” has two answers at wave “{wave}”"
        "{informant}. Keep the right one. Repeats like this: {n}.",
    },
    "data.unknown_wave": {
        "es": "Renglón {row}, columna «{column}»: la medición «{value}» no está en «waves» "
        "({choices}). Renglones así: {n}. Agrégala al plan o quita los renglones.",
        "en": "Row {row}, column “{column}”: the wave “{value}” is not in “waves” ({choices}). "
        "Rows like this: {n}. Add it to the plan or remove the rows.",
    },
    "data.no_wave": {
        "es": "El plan pide la medición «{wave}» y los datos no tienen ninguna respuesta en ella.",
        "en": "The plan asks for the wave “{wave}” and the data hold no answer in it.",
    },
    "data.unknown_control": {
        "es": "Ningún renglón tiene «{control}» en la columna «{column}», que el plan da como "
        "comparación. Hay: {choices}. ¿Quisiste decir «{nearest}»?",
        "en": "No row has “{control}” in the column “{column}”, which the plan gives as the "
        "control. There is: {choices}. Did you mean “{nearest}”?",
    },
    "data.which_control": {
        "es": "El plan no dice cuál valor de «{column}» es la comparación, y no se adivina. "
        "Hay: {choices}. Escribe «control» en [data].",
        "en": "The plan does not say which value of “{column}” is the control, and it is not "
        "guessed. There is: {choices}. Write “control” in [data].",
    },
    "data.unknown_arm": {
        "es": "Renglón {row}, columna «{column}»: el brazo «{value}» no está en el plan "
        "({choices}). ¿Quisiste decir «{nearest}»? Renglones así: {n}.",
        "en": "Row {row}, column “{column}”: the arm “{value}” is not in the plan ({choices}). "
        "Did you mean “{nearest}”? Rows like this: {n}.",
    },
    "data.arm_spelt_twice": {
        "es": "Columna «{column}»: «{first}» y «{second}» parecen el mismo brazo escrito de dos "
        "formas (renglón {row}). Deja una.",
        "en": "Column “{column}”: “{first}” and “{second}” look like the same arm written in two "
        "ways (row {row}). Keep one.",
    },
    "data.one_arm": {
        "es": "Todos los renglones tienen «{value}» en la columna «{column}»: no hay con quién "
        "comparar. Si es así, el diseño es single_arm.",
        "en": "All rows have “{value}” in the column “{column}”: there is nobody to compare "
        "with. If that is so, the design is single_arm.",
    },
    "data.changes": {
        "es": "Renglones {first} y {row}: «{column}» cambia para la misma persona («{unit}»), y "
        "debería ser la misma siempre ({role}). Personas así: {n}.",
        "en": "Rows {first} and {row}: “{column}” changes for the same unit (“{unit}”), and it "
        "should always be the same ({role}). Units like this: {n}.",
    },
    "data.cluster_in_two_arms": {
        "es": "El conglomerado «{cluster}» está en dos brazos. Así no se asignaron conglomerados: "
        "revisa la columna «{column}».",
        "en": "The cluster “{cluster}” is in two arms. Clusters were not assigned like this: "
        "check the column “{column}”.",
    },
    "data.no_informant": {
        "es": "El plan dice que cuenta lo que reporta «{informant}» en «{outcome}», y los datos "
        "no tienen ese informante. Hay: {choices}.",
        "en": "The plan says that the report of “{informant}” counts in “{outcome}”, and the "
        "data do not have that informant. There is: {choices}.",
    },
    "data.nothing_observed": {
        "es": "La columna «{column}» no tiene ningún valor.",
        "en": "The column “{column}” has no value at all.",
    },
    # What the reading settled by itself, said beside the numbers.
    "data.waves_in_order": {
        "es": "El plan no da el orden de las mediciones; se tomó éste: {waves}.",
        "en": "The plan does not give the order of the waves; this one was taken: {waves}.",
    },
    "data.control_by_its_name": {
        "es": "El plan no dice cuál es la comparación; se tomó «{control}» por su nombre.",
        "en": "The plan does not say which arm is the control; “{control}” was taken by its name.",
    },
    "data.units_without_covariate": {
        "es": "Personas sin dato en «{column}»: {n}. En los modelos se puso la media de los demás, "
        "con una columna que lo marca; nadie se quitó.",
        "en": "Units without a value in “{column}”: {n}. The models take the mean of the others, "
        "with a column that marks it; nobody was removed.",
    },
}
