"""Marks are read by the evidence in the file."""

from __future__ import annotations

import pytest

from tequio.circles.registers.marks import MarkReading, Status, mark_key, read_legend, read_marks

P, L, A, J = Status.PRESENT, Status.LATE, Status.ABSENT, Status.EXCUSED


def _read(marks: str, legend: str = "") -> dict[str, Status]:
    return dict(_reading(marks, legend).meanings)


def _reading(marks: str, legend: str = "") -> MarkReading:
    return read_marks([marks.split()], read_legend([legend]))


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("✓", P), ("✔️", P), ("●", P), ("•", P), (1, P), (1.0, P), ("sí", P), ("SI", P), (True, P),
        ("Asistió", P), ("F", A), ("falta", A), ("Faltó", A), (0, A), ("-", A), ("no", A),
        (False, A), ("J", J), ("justificó", J), ("Falta justificada", J), ("permiso", J),
        ("R", L), ("retardo", L), ("T", L), ("N/A", Status.IGNORED),
    ],
)  # fmt: skip
def test_marks_with_one_meaning(mark: object, status: Status) -> None:
    assert read_marks([[mark]]).meanings == ((mark_key(mark), status),)  # type: ignore[list-item,arg-type]


@pytest.mark.parametrize(
    ("marks", "letter", "status"),
    [
        ("A A A F", "a", P),
        ("✓ ✓ A", "a", A),
        ("P P A", "a", A),
        ("A A A", "a", P),
        ("J R R A", "a", A),
        ("x x F", "x", P),
        ("✓ ✓ x", "x", A),
        ("x x x", "x", P),
        ("• • /", "/", A),
        ("/ / F", "/", P),
        ("A A A A F P", "p", J),
        ("P P F", "p", P),
    ],
)
def test_ambiguous_marks_are_read_by_their_company(marks: str, letter: str, status: Status) -> None:
    assert _read(marks)[letter] is status


def test_a_legend_has_the_last_word() -> None:
    assert _read("A A A F", "A = ausente, F = festivo")["a"] is A
    assert _read("✓ x", "x: asistencia")["x"] is P


def test_a_legend_in_words_is_understood() -> None:
    assert read_legend(["A = asistencia F = falta  R: retardo", "J - justificada"]) == {
        "a": P,
        "f": A,
        "r": L,
        "j": J,
    }
    assert read_legend(["Fecha: asistencia", "Grupo = 3"]) == {}


def test_marks_in_another_column_are_no_evidence() -> None:
    assert dict(read_marks([["x", "x"], ["1", "1"]]).meanings)["x"] is P


def test_the_reading_says_what_it_chose_and_that_it_can_be_changed() -> None:
    (choice,) = _reading("A A F").choices

    assert (choice.mark, choice.chosen, choice.other, choice.count) == ("a", P, A, 2)
    assert "asistió" in choice.sentence
    assert "cambiarlo" in choice.sentence


def test_a_mark_that_nobody_knows_is_not_guessed() -> None:
    reading = _reading("✓ BAJA BAJA")

    assert reading.unknown == (("baja", 2),)
    assert "baja" not in dict(reading.meanings)
