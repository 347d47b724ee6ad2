"""A form with most of what forms have, read and filled in as a person would."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from pyxform.xls2xform import convert

from tequio.instruments.xform.asking import Asking
from tequio.instruments.xform.calls import Surroundings
from tequio.instruments.xform.expressions import BrokenExpression, compiled
from tequio.instruments.xform.filling import Filling, Kept
from tequio.instruments.xform.model import Form
from tequio.instruments.xform.reading import NotAForm, read

SURVEY = """
| survey |
| | type | name | label::Español (es) | label::English (en) | relevant | constraint | constraint_message::Español (es) | required | calculation | choice_filter | appearance | default |
| | text | nombre | Cómo te llamas | Your name | | | | yes | | | | |
| | integer | edad | Edad de ${nombre} | Age | | . >= 18 and . < 100 | Solo mayores | | | | | 20 |
| | select_one estados | est | Estado | State | | | | | | | | |
| | select_one mun | mun | Municipio | Town | ${est} != '' | | | | | est=${est} | | |
| | select_multiple cosas | cosas | Cosas | Things | | count-selected(.) <= 1 | Una | | | | | |
| | begin_group | g1 | Grupo | Group | selected(${cosas}, 'a') | | | | | | field-list | |
| | calculate | doble | | | | | | | ${edad} * 2 | | | |
| | note | n1 | Tienes ${doble} | It is ${doble} | | | | | | | | |
| | end_group | | | | | | | | | | | |
| | begin_repeat | hijo | Hijas e hijos | Children | | | | | | | | |
| | integer | he | Edad | Age | | | | | | | | |
| | calculate | pos | | | | | | | position(..) | | | |
| | end_repeat | | | | | | | | | | | |
| | calculate | suma | | | | | | | sum(${he}) | | | |
| | calculate | suerte | | | | | | | once(random()) * 6 | | | |
| | date | cuando | Cuándo | When | | . <= today() | | | | | | today() |
| choices |
| | list_name | name | label::Español (es) | label::English (en) | est |
| | estados | 9 | CDMX | CDMX | |
| | estados | 15 | Edomex | Edomex | |
| | mun | m1 | Uno | One | 9 |
| | mun | m2 | Dos | Two | 15 |
| | cosas | a | La A | A | |
| | cosas | b | La B | B | |
| settings |
| | form_title | form_id | version | default_language |
| | Prueba | prueba | 1 | Español (es) |
"""  # noqa: E501 -- a table


@pytest.fixture(scope="module")
def form() -> Form:
    made = convert(xlsform=SURVEY, file_type=".md", form_name="data", validate=False)
    return read(made.xform.encode())


def around(form: Form) -> Surroundings:
    return Surroundings(datetime(2026, 11, 21), lists=form.lists, random=lambda: 0.25)


def filled(form: Form, **answers: str) -> Filling:
    filling = Filling(form, around=around(form))
    for name, value in answers.items():
        filling.answer(f"/data/{name}", value)
    filling.work_out()
    return filling


def keys(filling: Filling) -> list[str]:
    return [screen.key for screen in Asking(filling).screens()]


def test_a_form_is_read_with_its_languages(form: Form) -> None:
    assert (form.id, form.version, form.title) == ("prueba", "1", "Prueba")
    assert form.languages == ("Español (es)", "English (en)")


def test_a_condition_hides_and_shows_and_keeps_what_was_answered(form: Form) -> None:
    filling = filled(form, est="15", mun="m2")
    assert "/data/mun" in keys(filling)
    filling.answer("/data/est", "")
    filling.work_out()
    assert "/data/mun" not in keys(filling)
    assert filling.value("/data/mun") == ""
    assert b"m2" not in filling.submission(instance_id="uuid:1")
    filling.answer("/data/est", "15")
    filling.work_out()
    assert filling.value("/data/mun") == "m2"


def test_choices_are_filtered_and_read_in_both_languages(form: Form) -> None:
    filling = filled(form, est="15")
    for language, name in (("Español (es)", "Dos"), ("English (en)", "Two")):
        asking = Asking(filling, language)
        town = next(s for s in asking.screens() if s.key == "/data/mun").asked[0]
        assert [(c.value, c.label) for c in town.choices] == [("m2", name)]


@pytest.mark.parametrize(
    ("name", "value", "code", "message"),
    [
        ("nombre", "", "required", ""),
        ("edad", "12", "constraint", "Solo mayores"),
        ("edad", "doce", "type", ""),
        ("cosas", "a b", "constraint", "Una"),
        ("est", "99", "choice", ""),
        ("cuando", "2026-11-22", "constraint", ""),
    ],
)
def test_a_wrong_answer_is_named(
    form: Form, name: str, value: str, code: str, message: str
) -> None:
    asking = Asking(filled(form, **{name: value}))
    screen = next(s for s in asking.screens() if s.key == f"/data/{name}")
    assert [(p.code, p.message) for p in asking.problems(screen)] == [(code, message)]


def test_words_and_sums_follow_the_answers(form: Form) -> None:
    filling = filled(form, nombre="Luz", edad="21", cosas="a")
    screens = {s.key: s for s in Asking(filling).screens()}
    assert screens["/data/edad"].asked[0].label == "Edad de Luz"
    assert screens["/data/g1"].asked[0].label == "Tienes 42"


def test_what_is_repeated_counts_and_moves_up(form: Form) -> None:
    filling = filled(form)
    for n, age in ((1, "3"), (2, "5"), (3, "8")):
        if n > 1:
            filling.one_more("/data/hijo")
        filling.answer(f"/data/hijo[{n}]/he", age)
    filling.work_out()
    assert filling.value("/data/suma") == "16"
    filling.one_less("/data/hijo", 2)
    filling.work_out()
    assert [filling.value(f"/data/hijo[{n}]/he") for n in (1, 2)] == ["3", "8"]
    assert [filling.value(f"/data/hijo[{n}]/pos") for n in (1, 2)] == ["1", "2"]


def test_what_was_drawn_stays_drawn(form: Form) -> None:
    filling = filled(form)
    assert filling.value("/data/suerte") == "1.5"
    filling.work_out()
    assert filling.value("/data/suerte") == "1.5"


def test_an_answer_goes_on_where_it_was_left(form: Form) -> None:
    filling = filled(form, nombre="Luz", cosas="a")
    again = Filling(form, Kept.from_body(filling.kept.as_body()), around=around(form))
    one, two = (f.submission(instance_id="uuid:1") for f in (filling, again))
    assert one == two
    assert ET.fromstring(one).findtext("meta/instanceID") == "uuid:1"


@pytest.mark.parametrize(
    "xml", [b"", b"<a/>", b"<html/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_what_is_no_form_is_refused(xml: bytes) -> None:
    with pytest.raises(NotAForm):
        read(xml)


def test_a_broken_expression_names_itself() -> None:
    with pytest.raises(BrokenExpression, match="selected"):
        compiled("selected( /data/x ,")
