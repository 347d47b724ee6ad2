"""What is printed beside a box is what is typed; what is typed wrong is named, and nothing else."""

from __future__ import annotations

from tequio.instruments.definitions import PREFERS_NOT, Instrument, newest, shipped
from tequio.instruments.paper import own
from tequio.instruments.paper.numbered import lines, numbers
from tequio.instruments.paper.typed_in import differences, read, typed_from
from tequio.instruments.xlsform.book import Given
from tequio.instruments.xlsform.making import make


def whole(slug: str) -> Instrument:
    return newest(slug).instrument


def typed(slug: str, marks: str) -> dict[str, str]:
    """Return each mark at its question; `_` is left empty."""
    questions = whole(slug).questions
    return {item.id: mark.replace("_", "") for item, mark in zip(questions, marks, strict=False)}


def test_a_published_form_keeps_its_own_digits_and_words_are_counted() -> None:
    assert numbers(["0", "1", "2", "3"]) == ("0", "1", "2", "3")
    assert numbers(["never", "once", "few"]) == ("1", "2", "3")
    assert numbers([f"c{n}" for n in range(10)])[-2:] == ("09", "10")
    # A nine is «prefiero no decir»: it never stands for an answer of a short list.
    assert numbers([str(n) for n in range(10)])[0] == "01"


def test_every_box_of_the_library_is_read_back_as_what_it_stands_for() -> None:
    for one in shipped().values():
        for line in lines(one.instrument, "es"):
            for box in line.boxes:
                found = read(one.instrument, (line,), {line.item.id: box.number})
                said = {**found.answers}
                assert line.item.only_if or said == {line.item.id: box.code}
            assert line.item.only_if or read(
                one.instrument, (line,), {line.item.id: line.refusal}
            ).answers == {line.item.id: PREFERS_NOT}


def test_digits_become_answers() -> None:
    found = read(whole("phq-9"), lines(whole("phq-9"), "es"), typed("phq-9", "01239-__2"))
    assert found.problems == {}
    assert found.answers == {
        "phq_1": "0", "phq_2": "1", "phq_3": "2", "phq_4": "3",
        "phq_5": PREFERS_NOT, "phq_6": PREFERS_NOT, "phq_9": "2",
    }  # fmt: skip


def test_what_is_out_of_range_is_said_with_what_may_stand_there() -> None:
    found = read(whole("phq-9"), lines(whole("phq-9"), "es"), typed("phq-9", "07"))
    assert found.problems == {
        "phq_2": "Pregunta 2: «7» no es una respuesta. Puede ser 0, 1, 2, 3; 9 es «prefiero no "
        "decir»."
    }
    assert found.answers == {"phq_1": "0"}


def test_several_answers_are_typed_together_or_apart() -> None:
    asked = whole("organizaciones")
    line = next(one for one in lines(asked, "es") if one.item.kind == "many")
    codes = " ".join(box.code for box in line.boxes[:3])
    for value in ("123", "1 2 3", "1,2,3", "1, 2, 3"):
        found = read(asked, (line,), {line.item.id: value})
        assert line.item.only_if or found.answers == {line.item.id: codes}


def test_a_day_is_read_as_it_is_written_on_paper() -> None:
    asked = whole("diario-retiro")
    (line, *_rest) = lines(asked, "es")
    for value in ("21/11/2026", "21112026", "21-11-2026"):
        assert read(asked, (line,), {line.item.id: value}).answers == {line.item.id: "2026-11-21"}
    for value in ("5/3/2026", "05/03/2026", "5-3-2026", "5032026"):
        assert read(asked, (line,), {line.item.id: value}).answers == {line.item.id: "2026-03-05"}
    assert "no es un día" in read(asked, (line,), {line.item.id: "31/02/2026"}).problems["dia"]


def test_what_is_not_asked_is_not_lost_in_silence() -> None:
    asked = whole("audit")
    sheet = lines(asked, "es")
    found = read(asked, sheet, {"audit_1": "0", "audit_2": "3"})
    assert "no se pregunta" in found.problems["audit_2"]
    assert sheet[1].only == "Solo si en la pregunta 1 no marcaste «Nunca»."


def test_two_typings_are_compared_by_what_they_mean() -> None:
    asked = whole("phq-9")
    sheet = lines(asked, "es")
    same = differences(sheet, {"phq_1": "9", "phq_2": " 1"}, {"phq_1": "-", "phq_2": "1"})
    assert same == ()
    (one,) = differences(sheet, {"phq_1": "2"}, {"phq_1": "3"})
    assert (one[0].number, one[1], one[2]) == (1, "2", "3")
    (gone,) = differences(sheet, {"phq_1": "2"}, {})
    assert gone[1:] == ("2", "")


def test_what_was_answered_before_stands_in_the_boxes() -> None:
    sheet = lines(whole("conductas-el"), "es")
    said = {"golpe": "once", "cuello": PREFERS_NOT}
    assert typed_from(sheet, said) == {"golpe": "2", "cuello": "9"}


PARTS = """
| survey |
| | type | name | label | relevant |
| | text | nombre | **Nombre** | |
| | begin_group | casa | Tu casa | |
| | select_one sn | agua | ¿Hay agua? | |
| | begin_repeat | hija | Hija o hijo | |
| | integer | edad | Edad | ${agua} = 'si' |
| | end_repeat | | | |
| | end_group | | | |
| | note | fin | Gracias, ${nombre} | |
| choices |
| | list_name | name | label |
| | sn | si | Sí |
| | sn | no | No |
"""


def test_a_form_of_ones_own_with_parts_that_repeat_is_printed() -> None:
    made = make([Given("casas.md", PARTS.encode())])
    assert made.form is not None, made.problems
    parts = [one["part"] for one in own.questions(made.form)]
    assert parts[1] == "Tu casa" and parts[2].startswith("Hija o hijo: se repite")
    # The part does not swallow what comes after it.
    assert parts[3] == "Lo que sigue se contesta una sola vez"
    assert own.pdf(made.form, "Casas", organisation="Norte").startswith(b"%PDF")
