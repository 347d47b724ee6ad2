"""XLSForms as organisations write them: filled in as ODK Collect would, or refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from tequio.core.tabular import Sheet, write_workbook
from tequio.instruments.typed import wrong
from tequio.instruments.xform.asking import Asked, Asking
from tequio.instruments.xform.calls import Surroundings
from tequio.instruments.xform.filling import MOST_TIMES, Filling
from tequio.instruments.xform.marks import plain
from tequio.instruments.xlsform.book import Given
from tequio.instruments.xlsform.making import Made, make
from tequio.instruments.xlsform.outline import outline

YES_NO = [("sn", "si", "Sí"), ("sn", "no", "No")]
LETTERS = [("letras", one, one.upper()) for one in "abcdefgh"]


def made(
    survey: Sequence[dict[str, Any]],
    choices: Sequence[tuple[str, ...]] = (),
    media: frozenset[str] = frozenset(),
) -> Made:
    columns = tuple(dict.fromkeys(column for row in survey for column in row))
    rows = (columns, *(tuple(row.get(column) for column in columns) for row in survey))
    sheets = [Sheet(name="survey", rows=rows)]
    if choices:
        sheets.append(Sheet(name="choices", rows=(("list_name", "name", "label"), *choices)))
    return make([Given("forma.xlsx", write_workbook(sheets))], media=media)


def question(kind: str, name: str = "", label: str = "", **more: str) -> dict[str, Any]:
    return {"type": kind, "name": name or None, "label": label or None, **more}


def filled(whole: Made, *answers: tuple[str, str], seed: str = "") -> Asking:
    assert whole.may_be_kept and whole.form, whole.problems
    around = Surroundings(datetime(2026, 11, 21), lists=whole.form.lists, seed=seed)
    filling = Filling(whole.form, around=around)
    for name, value in answers:
        filling.answer(f"/data/{name}", value)
        filling.work_out()
    return Asking(filling)


def asked(asking: Asking, name: str) -> Asked:
    every = (one for screen in asking.screens() for one in screen.asked)
    return next(one for one in every if one.path == f"/data/{name}")


# --- What a field holds before anybody answers --------------------------------------------------

CHILDREN = [
    question("integer", "n", "Cuántos"),
    question("begin_repeat", "hijo", "Hijo", repeat_count="${n}"),
    question("text", "nombre", "Nombre", default="Sin nombre"),
    question("date", "dia", "Día", default="today()"),
    question("text", "nota", "Nota de ${nombre}"),
    question("end_repeat"),
]


def test_what_is_repeated_begins_with_its_defaults_each_time() -> None:
    asking = filled(made(CHILDREN), ("n", "2"), ("hijo[1]/nombre", "Luz"))
    assert asked(asking, "hijo[1]/nombre").value == "Luz"
    assert asked(asking, "hijo[2]/nombre").value == "Sin nombre"
    assert [asked(asking, f"hijo[{n}]/dia").value for n in (1, 2)] == ["2026-11-21"] * 2
    assert asked(asking, "hijo[2]/nota").label == "Nota de Sin nombre"


def test_a_default_that_was_emptied_by_hand_stays_empty() -> None:
    asking = filled(made(CHILDREN), ("n", "1"), ("hijo[1]/nombre", ""), ("n", "2"))
    assert asked(asking, "hijo[1]/nombre").value == ""


def test_a_slip_of_the_finger_does_not_plant_a_million_children() -> None:
    asking = filled(made(CHILDREN), ("n", "1000000"))
    assert asking.filling.times("/data/hijo") == MOST_TIMES


def test_what_waits_for_an_answer_is_put_in_when_it_changes_and_not_again() -> None:
    whole = made(
        [
            question("select_one sn", "tiene", "¿Tiene?"),
            question("calculate", "veces", calculation="${veces} + 1", trigger="${tiene}"),
            question("begin_repeat", "r", "Cosa"),
            question("text", "que", "Qué"),
            question("calculate", "copia", calculation="${que}", trigger="${que}"),
            question("end_repeat"),
        ],
        YES_NO,
    )
    asking = filled(whole, ("veces", "0"), ("tiene", "si"), ("tiene", "si"), ("r[1]/que", "pan"))
    assert asking.filling.value("/data/veces") == "1"
    assert asking.filling.value("/data/r[1]/copia") == "pan"
    asking.filling.answer("/data/tiene", "no")
    asking.filling.work_out()
    assert asking.filling.value("/data/veces") == "2"


# --- What may be chosen --------------------------------------------------------------------------


def test_a_shuffled_list_keeps_one_order_for_as_long_as_somebody_answers() -> None:
    whole = made(
        [
            question("select_one letras", "azar", "Elige", parameters="randomize=true"),
            question("select_one letras", "fijo", "Elige", parameters="randomize=true, seed=42"),
        ],
        LETTERS,
    )
    orders = {
        seed: "".join(one.value for one in asked(filled(whole, seed=seed), "azar").choices)
        for seed in ("una", "otra")
    }
    again = "".join(one.value for one in asked(filled(whole, seed="una"), "azar").choices)
    assert again == orders["una"] != orders["otra"]
    assert sorted(orders["una"]) == sorted("abcdefgh")
    fixed = ["".join(c.value for c in asked(filled(whole, seed=s), "fijo").choices) for s in "xy"]
    assert fixed[0] == fixed[1]


def test_an_answer_that_is_no_longer_in_its_list_does_not_stand() -> None:
    survey = [
        question("select_one sn", "a", "A"),
        question("select_one sn", "b", "B", choice_filter="name = ${a}"),
    ]
    asking = filled(made(survey, YES_NO), ("a", "si"), ("b", "si"), ("a", ""))
    assert asked(asking, "b").choices == ()
    problem = asking.problem(asked(asking, "b"))
    assert problem and problem.code == "choice"


def test_another_answer_is_asked_in_the_language_of_the_form() -> None:
    whole = made([question("select_multiple sn or_other", "que", "Qué")], YES_NO)
    asking = filled(whole, ("que", "si other"))
    assert [one.label for one in asked(asking, "que").choices] == ["Sí", "No", "Otra respuesta"]
    assert asked(asking, "que_other").label == "¿Cuál?"


def test_a_list_in_a_file_that_did_not_come_is_said_before_anybody_is_asked() -> None:
    survey = [question("select_one_from_file estados.csv", "edo", "Estado")]
    missing = made(survey)
    assert [(one.cell, "estados.csv" in one.text) for one in missing.errors] == [("A2", True)]
    assert made(survey, media=frozenset({"estados.csv"})).may_be_kept
    other = made([question("select_one_from_file zonas.geojson", "z", "Zona")])
    assert any("Guárdalo como .csv" in one.text for one in other.errors)


def test_a_range_takes_what_lies_in_it() -> None:
    whole = made([question("range", "r", "Del 0 al 100", parameters="start=0 end=100 step=1")])
    one = asked(filled(whole), "r")
    assert [wrong(one, "number", value) for value in ("0", "100", "150", "-1", "x")] == [
        False, False, True, True, True
    ]  # fmt: skip


def test_what_may_only_be_read_under_a_condition_may_be_written_otherwise() -> None:
    survey = [
        question("select_one sn", "a", "A"),
        question("text", "b", "B", read_only="${a} = 'si'", default="fijo"),
    ]
    whole = made(survey, YES_NO)
    assert asked(filled(whole, ("a", "si")), "b").readonly
    assert not asked(filled(whole, ("a", "no")), "b").readonly


# --- What is reckoned ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("checklist(1, 2, true(), false(), true())", "true"),
        ("checklist(-1, 1, true(), true())", "false"),
        ("weighted-checklist(3, -1, true(), 2, false(), 5, true(), 1)", "true"),
        ("round(exp(log(5)), 6)", "5"),
        ("log10(1000)", "3"),
        ("log(0)", ""),
        ("pow(0, -1)", ""),
        ("round(pi(), 2)", "3.14"),
        ("round(atan2(1, 1) * 4, 2)", "3.14"),
        ("ends-with('abc', 'bc')", "true"),
        ("decimal-time('12:00')", "0.5"),
    ],
)
def test_the_functions_of_telephones_are_there(expression: str, value: str) -> None:
    whole = made([question("text", "t", "T"), question("calculate", "c", calculation=expression)])
    assert filled(whole).filling.value("/data/c") == value


def test_patterns_of_telephones_are_read_and_one_that_cannot_be_is_named() -> None:
    names = question("text", "n", "N", constraint=r"regex(., '^[\p{L} ]+$')")
    asking = filled(made([names]), ("n", "José Ñu"))
    assert asking.problem(asked(asking, "n")) is None
    bad = made([question("text", "n", "N", constraint="regex(., '[a-z+')")])
    assert [(one.cell, "[a-z+" in one.text) for one in bad.errors] == [("D2", True)]


# --- What word processors and people do to a form -----------------------------------------------


def test_bent_quotation_marks_and_room_in_a_reference_break_nothing() -> None:
    survey = [
        question("select_one sn", "a", "Dijo “sí”"),
        question("text", "b", "B", relevant="${ a } = “si” or ${a} = ‘x’"),
    ]
    asking = filled(made(survey, YES_NO), ("a", "si"))
    assert asked(asking, "b").label == "B"


def test_a_column_that_only_some_rows_use_breaks_nothing() -> None:
    survey = [
        {"type": "text", "name": "a", "label": "A"},
        {"type": "calculate", "name": "b", "calculation": "now()", "trigger": "${a}"},
    ]
    assert made(survey).may_be_kept


def test_columns_in_spanish_are_told_what_they_are_called() -> None:
    whole = made([{"tipo": "text", "nombre": "a", "etiqueta": "A"}])
    said = " ".join(one.text for one in whole.problems)
    assert all(f"¿Quisiste decir «{one}»?" in said for one in ("type", "name", "label"))
    assert len(whole.errors) == 2


def test_nobody_reads_asterisks_or_tags_aloud() -> None:
    label = '**Ojo**: _lee_ esto <span style="color:red">bien</span>'
    whole = made([question("note", "n", label)])
    assert asked(filled(whole), "n").label == "Ojo: lee esto bien"
    assert whole.form and [one.label for one in outline(whole.form)] == ["Ojo: lee esto bien"]


@pytest.mark.parametrize("said", ["5*3*2", "un_nombre_asi", "______", "3 < 5", "* uno", "#1"])
def test_what_is_no_mark_stays(said: str) -> None:
    assert plain(said) == said
