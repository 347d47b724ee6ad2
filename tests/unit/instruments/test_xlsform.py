"""Forms that others wrote: read, repaired, refused with every reason, and given out again."""

from __future__ import annotations

import pytest
from tests.shared_data import find

from tequio.core.errors import DomainError
from tequio.core.tabular import Sheet, write_workbook
from tequio.instruments import definitions, workbook
from tequio.instruments.xlsform import giving_out
from tequio.instruments.xlsform.book import Given, Weight
from tequio.instruments.xlsform.making import Made, make
from tequio.instruments.xlsform.redcap import expression

BROKEN = """
| survey |
| | type | name | label::Español (es) | label::English (en) | relevant | constraint | calculation |
| | text | a b | Hola | Hi | | | |
| | selct_one q | c | Hola | | ${zz} = 1 | . > 3 and | |
| | select_one colours | d | Hola | Hi | ${a == 2 | | |
| | begin_group | g | G | G | | | |
| | integer | n | | | | foo(.) | |
| | integer | n | x | x | | (. > 2 | |
| | calculate | k | | | | | |
| | end_repeat | | | | | | |
| | begin_group | h | H | H | | | |
| choices |
| | list_name | name | label |
| | colors | 1 | uno |
| | colors | 1 | dos |
| | colors | | dos |
"""


def _made(text: str, name: str = "forma.md") -> Made:
    return make([Given(name, text.encode())])


def test_everything_that_is_wrong_is_said_at_once_with_its_cell() -> None:
    made = _made(BROKEN)
    said = {(one.sheet, one.cell): one.text for one in made.errors}
    for cell, words in {
        ("survey", "B2"): "no puede ser un nombre",
        ("survey", "A3"): "¿Será «select_one»?",
        ("survey", "E3"): "«${zz}» no existe",
        ("survey", "F3"): "No se entiende",
        ("survey", "A4"): "¿Será «colors»?",
        ("survey", "E4"): "a medias",
        ("survey", "C6"): "no tiene texto",
        ("survey", "F6"): "ninguna función «foo»",
        ("survey", "F7"): "Los paréntesis no cierran",
        ("survey", "B7"): "Ya hay otra pregunta",
        ("survey", "G8"): "No dice qué se calcula",
        ("survey", "A9"): "se cierra con «end_repeat»",
        ("survey", "A10"): "falta «end_group»",
        ("choices", "B3"): "dos veces el código «1»",
        ("choices", "B4"): "falta su código",
    }.items():
        assert words in said[cell], cell
    assert any(
        one.weight is Weight.NOTICE and one.cell == "D3" and "Falta la traducción" in one.text
        for one in made.problems
    )
    assert not made.may_be_kept


def test_what_is_wrong_is_said_in_the_order_in_which_one_goes_through_the_file() -> None:
    said = [(one.sheet, one.cell) for one in _made(BROKEN).errors]
    rows = [(sheet, int(cell.lstrip("ABCDEFGH") or 0)) for sheet, cell in said]
    assert {sheet for sheet, _row in rows} == {"survey", "choices"}
    assert rows == sorted(rows, key=lambda one: (one[0] != "survey", one[1]))


def test_what_is_called_a_workbook_and_is_none_is_said_to_be_damaged() -> None:
    with pytest.raises(DomainError, match="dañado"):
        _made("esto no es un libro", "forma.xlsx")
    # Others call a table of commas so too: what can be read is read.
    assert _made("type,name,label\ntext,a,Hola\n", "forma.xls").form is not None


def test_a_sheet_that_nobody_reads_is_named() -> None:
    plain = "| survey |\n| | type | name | label |\n| | text | a | Hola |\n"
    made = _made(f"{plain}| setings |\n| | formtitle |\n| | Barrio |\n")
    (said,) = [one for one in made.problems if one.sheet == "setings"]
    assert (said.weight, "«settings»" in said.text) == (Weight.NOTICE, True)
    assert made.may_be_kept


def test_what_only_the_last_reader_finds_is_said_row_by_row() -> None:
    made = _made(
        "| survey |\n| | type | name | label | parameters | appearance |\n"
        "| | range | a | A | start=x | |\n| | text | b | B | | |\n| | range | c | C | end=y | |\n"
    )
    assert {one.cell for one in made.errors} == {"2", "4"}
    assert made.form is not None and [q.path for q in made.form.questions()] == ["/data/b"]
    assert not made.may_be_kept


def test_other_dialects_are_repaired_and_it_is_said() -> None:
    made = _made(
        "| survey |\n| | type | name | label | relevance | constraint | constraint message | "
        "required | publishable | read only | calculation |\n"
        "| | calculate_here | k | | | | | | | | 1 + 1 |\n"
        "| | audio audit | aa | | | | | | | | |\n"
        "| | begin group | g | G | | | | | | | |\n"
        "| | integer | n | N | ${k} = 2 | . > 1 | Más de uno | yes | yes | | |\n"
        "| | end group | | | | | | | | | |\n"
    )
    assert made.may_be_kept and made.form is not None
    rule = made.form.binds["/data/g/n"]
    assert (rule.constraint, rule.relevant) == (". > 1", "/data/k = 2") or "k" in rule.relevant
    repaired = [one for one in made.problems if one.weight is Weight.REPAIRED]
    assert {one.cell for one in repaired} >= {"A2", "A3"}


def test_csv_pairs_are_known_by_their_columns() -> None:
    questions = b"type,name,label\nselect_one si,uno,Uno\n"
    answers = b"list_name,name,label\nsi,1,Si\nsi,0,No\n"
    made = make([Given("preguntas.csv", questions), Given("respuestas.csv", answers)])
    assert made.may_be_kept and made.form is not None and made.form.id == "preguntas"


def test_a_form_goes_out_and_comes_back_the_same() -> None:
    first = make([Given("ida.xlsx", _workbook())])
    again = make([Given("vuelta.xlsx", giving_out.workbook(first.sheets))])
    assert first.form is not None and again.form is not None
    assert first.form.xml == again.form.xml
    assert again.problems == first.problems


@pytest.mark.parametrize("slug", ["phq-9", "audit", "conductas-el", "normas"])
def test_an_instrument_goes_out_as_xlsform_and_comes_back_the_same(slug: str) -> None:
    whole = definitions.newest(slug).instrument
    made = make([Given("x.xlsx", giving_out.workbook(workbook.sheets(whole)))])
    assert not made.errors
    assert made.form is not None and made.form.xml == workbook.xml_of(whole)


def test_the_endline_form_of_uganda_is_taken() -> None:
    folder = find("uganda_vaw_media", "xlsform")
    made = make(
        [
            Given(name, (folder / name).read_bytes())
            for name in ("endline_Qs.csv", "endline_choices.csv")
        ]
    )
    assert made.may_be_kept and made.form is not None
    assert made.form.languages == ("english", "luganda")
    assert len(made.form.questions()) == 325
    assert any("adults_tracking_info.csv" in one.text for one in made.problems)


def test_the_redcap_dictionary_is_taken() -> None:
    file = find("harmonia_gbv_training", "HarmoniaProject_RedCap_Data_Dictionary.xlsx")
    made = make([Given(file.name, file.read_bytes())])
    assert made.may_be_kept and made.form is not None
    assert len(made.form.questions()) == 156
    assert made.form.binds[f"{_part(made)}/date"].type == "date"


def test_a_redcap_dictionary_keeps_its_logic_and_its_cells() -> None:
    head = (
        "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
        "Choices, Calculations, OR Slider Labels", "Field Note",
        "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max",
        "Identifier?", "Branching Logic (Show field only if...)", "Required Field?",
    )  # fmt: skip
    rows = (
        head,
        ("que", "uno", "Parte", "checkbox", "<b>Qué</b>", "1, Golpes | 2, Gritos"),
        ("n", "uno", "", "text", "Cuántas", "", "", "integer", "1", "9", "", "[que(2)] = '1'", "y"),
        ("t", "uno", "", "calc", "", "[n] * 2"),
        ("x", "uno", "", "sorpresa", "Equis"),
    )
    made = make([Given("d.xlsx", write_workbook([Sheet(name="dicc", rows=rows)]))])
    assert [(one.sheet, one.cell) for one in made.errors] == [("dicc", "D5")]
    assert made.form is not None
    rule = made.form.binds["/data/uno/n"]
    assert rule.type == "int" and rule.required and rule.constraint == ". >= 1 and . <= 9"
    assert expression("[que(2)] = '1' AND [n] <> 3") == "selected(${que}, '2') and ${n} != 3"
    assert expression("[que(2)] = '0'") == "not(selected(${que}, '2'))"


def _part(made: Made) -> str:
    assert made.form is not None
    return next(path for path in made.form.binds if path.endswith("/date")).rpartition("/")[0]


def _workbook() -> bytes:
    survey = (
        ("type", "name", "label::Español (es)", "label::English (en)", "relevant", "required"),
        ("select_multiple cosas", "que", "Qué", "What", None, "yes"),
        ("begin_repeat", "hijo", "Hijas e hijos", "Children", None, None),
        ("integer", "edad", "Edad", "Age", "selected(${que}, 'a')", None),
        ("end_repeat", None, None, None, None, None),
    )
    choices = (
        ("list_name", "name", "label::Español (es)", "label::English (en)"),
        ("cosas", "a", "La A", "A"),
        ("cosas", 2, "La dos", "Two"),
    )
    settings = (("form_title", "form_id", "version"), ("Prueba", "prueba", 7))
    return write_workbook(
        [
            Sheet(name="survey", rows=survey),
            Sheet(name="choices", rows=choices),
            Sheet(name="settings", rows=settings),
        ]
    )
