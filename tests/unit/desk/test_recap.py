"""The recap of a man: whole sentences by rule, with what is missing and nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.desk.rules import Known, recap

WHOLE = Known(
    groups=("Viernes 19:00",),
    came=7,
    held=9,
    last_came_on=date(2026, 11, 6),
    missed_in_a_row=2,
    state="En grupo",
    state_since=date(2026, 9, 4),
    calls=2,
    last_call="Trabajo",
    last_call_on=date(2026, 11, 15),
    certificates=1,
    has_phone=True,
    agreements=4,
)


def test_it_says_where_he_is_how_much_he_came_and_what_was_done() -> None:
    assert recap(WHOLE) == (
        "Está en Viernes 19:00. En el programa: en grupo, desde el vie 4 sep 2026. "
        "Vino a 7 de 9 sesiones que le tocaban. La última vez fue el vie 6 nov 2026. "
        "Lleva 2 faltas seguidas. Se le ha llamado 2 veces; la última, el dom 15 nov 2026: "
        "trabajo. Tiene 1 constancia de asistencia."
    )


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Known(), "Todavía no está en ningún grupo que puedas ver."),
        (
            Known(last_group="Lunes", last_ended_on=date(2026, 11, 2)),
            "Hoy no está en ningún grupo; estuvo en Lunes hasta el lun 2 nov 2026.",
        ),
        (replace(WHOLE, missed_in_a_row=1), "Faltó a la última."),
        (replace(WHOLE, came=0, last_came_on=None), "Todavía no ha venido a ninguna."),
        (Known(groups=("Lunes",)), "Todavía no ha habido sesiones que le toquen."),
        (replace(WHOLE, unrecorded=2), "Falta: la asistencia de 2 sesiones."),
        (
            replace(WHOLE, has_phone=False, agreements=0),
            "Falta: su teléfono y preguntarle qué acepta.",
        ),
    ],
)
def test_each_rule_has_its_sentence(known: Known, words: str) -> None:
    assert words in recap(known)


def test_what_a_reader_may_not_know_is_not_called_missing() -> None:
    said = recap(replace(WHOLE, has_phone=None, agreements=None, calls=None))
    assert "Falta:" not in said
    assert "llamado" not in said


@given(
    st.builds(
        Known,
        groups=st.lists(st.sampled_from(["Lunes", "Martes"]), max_size=2).map(tuple),
        held=st.integers(0, 20),
        unrecorded=st.integers(0, 3),
        missed_in_a_row=st.integers(0, 5),
        certificates=st.integers(0, 3),
    )
)
def test_it_is_always_whole_sentences(known: Known) -> None:
    said = recap(known)
    assert said.endswith(".")
    assert "None" not in said
    assert "  " not in said
