"""Hours as people write them: wholly understood, or left in words."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from tequio.network.rules.directory import hours, meanings

WEEK = {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("text", "days", "stretches"),
    [
        ("Lunes a viernes de 9:00 a 17:00 horas", WEEK, {("09:00", "17:00")}),
        ("lun-vie 9-15 h", WEEK, {("09:00", "15:00")}),
        ("L a V 8:30 a.m. a 3:00 p.m.", WEEK, {("08:30", "15:00")}),
        ("lunes a viernes: 09:00–14:00, 16:00–19:00", WEEK,
         {("09:00", "14:00"), ("16:00", "19:00")}),
        ("Martes y jueves 10:00 a 13:00", {1, 3}, {("10:00", "13:00")}),
        ("L-V 9:00–18:00; sábados 9 a 13", WEEK | {5}, {("09:00", "18:00"), ("09:00", "13:00")}),
        ("todos los días de 8 am a 8 pm", WEEK | {5, 6}, {("08:00", "20:00")}),
        ("Las 24 horas", WEEK | {5, 6}, {("00:00", "23:59")}),
        ("24/7", WEEK | {5, 6}, {("00:00", "23:59")}),
        ("Monday to Friday: 09:00–15:00", WEEK, {("09:00", "15:00")}),
    ],
)  # fmt: skip
def test_what_people_write_is_read(
    text: str, days: set[int], stretches: set[tuple[str, str]]
) -> None:
    found = hours.read(text)
    assert {one.weekday for one in found} == days
    assert {(f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in found} == stretches


@pytest.mark.parametrize(
    "text",
    ["", "Previa cita", "9 a 15", "lunes a viernes 9 a 5", "lunes a viernes 1 a 5",
     "lunes de 1 a 5 pm", "sábado a lunes 9 a 12", "Lunes a viernes de 9 a 15, previa cita",
     "Lunes a viernes de 9 a 15 (cierra en agosto)", "cerrado los lunes",
     "Lunes de 25 a 26", "Lunes a viernes"],
)  # fmt: skip
def test_half_an_understanding_is_none(text: str) -> None:
    assert hours.read(text) == ()


def test_now_is_by_the_clock_on_the_wall() -> None:
    week = hours.read("Lunes a viernes de 9 a 14 y 16 a 19")
    friday = datetime(2026, 11, 20, 15, 0)
    again = hours.now(week, friday)
    assert again is not None
    assert (again.is_open, again.at, again.days_ahead) == (False, time(16), 0)
    late = hours.now(week, friday.replace(hour=19))
    assert late is not None
    assert (late.is_open, late.days_ahead, late.weekday) == (False, 3, 0)
    there = hours.now(week, friday.replace(hour=13, minute=59))
    assert there is not None and there.is_open
    # Of what opens one day a week, the next time is in a week.
    monday = hours.now(hours.read("Lunes de 9 a 10"), datetime(2026, 11, 23, 11, 0))
    assert monday is not None and monday.days_ahead == 7
    assert hours.now((), friday) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Calle Pino 12", True), ("Av. Juárez esquina con Pino", True), ("Col. Centro", True),
        ("C.P. 06000", True), ("Mz 4 Lt 12", True), ("#40 del callejón", True),
        ("Llaman desde un número oculto", False), ("Van por ti en la calle que digas", False),
        ("Atienden a 12 mujeres", False), ("Reciben colchas y comida", False),
    ],
)  # fmt: skip
def test_a_street_in_a_sentence_is_seen(text: str, says: bool) -> None:
    assert meanings.names_a_street(text) is says
