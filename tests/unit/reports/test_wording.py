"""The words of a certificate are fixed, count sessions, and claim nothing of change or safety."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tequio.reports import wording
from tequio.reports.wording import Facts

FACTS = Facts(
    "Juan Pérez Mora",
    "Guía de doce sesiones",
    "Círculo Norte",
    attended=9,
    held=12,
    made_up=0,
    unrecorded=0,
    first_on=date(2026, 3, 3),
    last_on=date(2026, 6, 2),
)


def test_it_says_sessions_attended_of_those_held_and_between_which_days() -> None:
    (said,) = wording.sentences(FACTS)
    assert said == (
        "Se hace constar que Juan Pérez Mora asistió a 9 de las 12 sesiones que se realizaron "
        "mientras formó parte del programa «Guía de doce sesiones» de Círculo Norte, entre el "
        "3 de marzo de 2026 y el 2 de junio de 2026."
    )


def test_it_says_what_was_made_up_and_what_nobody_recorded() -> None:
    said = wording.sentences(dataclasses.replace(FACTS, made_up=1, unrecorded=2))
    assert "repuso 1 en otro grupo" in said[1]
    assert "De 2 de esas sesiones no quedó registro" in said[2]


def test_a_register_without_dates_says_no_days() -> None:
    (said,) = wording.sentences(dataclasses.replace(FACTS, first_on=None, last_on=None))
    assert said.endswith("de Círculo Norte.")


def test_it_always_says_what_it_does_not_say() -> None:
    said = " ".join(wording.limits())
    for wanted in ("solo de asistencia", "cambios en la conducta", "seguridad de ninguna persona"):
        assert wanted in said


def test_no_word_of_it_praises_or_tells_why_he_came() -> None:
    said = " ".join(wording.sentences(FACTS)).lower()
    for word in ("satisfactori", "violen", "rehabilit", "aprob", "complet", "%"):
        assert word not in said


def test_words_that_were_never_used_are_not_invented() -> None:
    with pytest.raises(ValueError, match="number 2"):
        wording.sentences(FACTS, 2)
