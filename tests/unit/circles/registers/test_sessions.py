"""Titles of sessions as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from tequio.circles.registers.dates import Period, read_period
from tequio.circles.registers.sessions import looks_like_session, order_of, parse_label

_MARCH_14 = dt.date(2024, 3, 14)


@pytest.mark.parametrize(
    ("text", "series", "first", "last"),
    [
        ("FUAT 4-5", "FUAT", 4, 5),
        ("FUAT 11-13", "FUAT", 11, 13),
        ("Sesión 3", "Sesión", 3, 3),
        ("S3", "S", 3, 3),
        ("3", "", 3, 3),
        (3, "", 3, 3),
        (3.0, "", 3, 3),
        ("Ses. 3 y 4", "Ses", 3, 4),
        ("Ses. 3/4", "Ses", 3, 4),
        ("Módulo II", "Módulo", 2, 2),
        ("1ª Sesión", "Sesión", 1, 1),
        ("primera sesión", "sesión", 1, 1),
        ("Sesión 5: Retiro", "Sesión", 5, 5),
        ("Sesión No. 4", "Sesión", 4, 4),
        ("4-5", "", 4, 5),
        ("GBV Training", "GBV Training", None, None),
        ("Taller 2024", "Taller 2024", None, None),
        ("X", "X", None, None),
    ],
)
def test_numbers_of_sessions(
    text: object, series: str, first: int | None, last: int | None
) -> None:
    label = parse_label(text)  # type: ignore[arg-type]

    assert (label.series, label.first, label.last, label.on) == (series, first, last, None)


@pytest.mark.parametrize(
    "value",
    [
        "14/03/2024", "14-03-24", "2024-03-14", "14-mar", "14 de marzo", "14 de marzo de 2024",
        "jue 14 mar", "jueves 14 de marzo", "14/3", "14.03", "14-3", "marzo 14", 45365, "45365",
        dt.date(2024, 3, 14), dt.datetime(2024, 3, 14), "2024-03-14 00:00:00", "03/14/2024",
    ],
)  # fmt: skip
def test_dates_in_every_usual_form(value: object) -> None:
    label = parse_label(value, Period(2024))  # type: ignore[arg-type]

    assert (label.on, label.first) == (_MARCH_14, None)


def test_the_day_comes_first_as_in_mexico() -> None:
    assert parse_label("04/03/2024").on == dt.date(2024, 3, 4)


def test_a_date_beside_a_number_keeps_both() -> None:
    label = parse_label("Sesión 3 y 4 (14/03)", Period(2024))

    assert (label.series, label.first, label.last, label.on) == ("Sesión", 3, 4, _MARCH_14)


def test_a_tuesday_is_not_march() -> None:
    assert parse_label("mar 14 nov", Period(2023)).on == dt.date(2023, 11, 14)
    assert parse_label("mar 14", Period(2023, 11)).on == dt.date(2023, 11, 14)
    assert parse_label("mar 14", Period(2023)).note


def test_doubts_are_said_in_the_note() -> None:
    assert "año" in parse_label("14-mar").note
    assert "no existe" in parse_label("31/02/2024").note
    assert "semana" in parse_label("lun 14 mar", Period(2024)).note
    assert "rango" in parse_label("Sesión 13-11").note
    assert parse_label("14/03/2024").note == ""


def test_one_meeting_may_cover_two_sessions() -> None:
    assert parse_label("FUAT 4-5").covers == 2
    assert parse_label("GBV Training").covers == 1


def test_ways_of_writing_one_session_are_the_same_session() -> None:
    keys = {parse_label(text).key for text in ("Sesión 3", "S3", "ses. 3", "3", "SESION 03")}

    assert len(keys) == 1
    assert parse_label("Módulo 3").key not in keys


def test_the_year_comes_from_the_sheet() -> None:
    assert read_period(["Noviembre 2023"]) == Period(2023, 11)
    assert read_period(["nov-23"]) == Period(2023, 11)
    assert read_period(["Hoja1", "Ciclo 2023-2024"]) == Period(2023, None, 2024)
    assert read_period(["Hoja1"]) == Period()
    assert Period(2023, None, 2024).year_of(2) == 2024


@pytest.mark.parametrize("value", ["Nombre", "x", None, True, "Juan Pérez", "", "Tel. 5512345678"])
def test_other_headers_are_no_sessions(value: object) -> None:
    assert not looks_like_session(value)  # type: ignore[arg-type]


def _ordered(*texts: str, keep_places: bool = False) -> list[str]:
    labels = [parse_label(text, Period(2024)) for text in texts]
    return [labels[i].text for i in order_of(labels, keep_places=keep_places)]


def test_dated_sessions_are_ordered_by_date() -> None:
    assert _ordered("2 de mayo", "14/03/2024", "3 de abril") == [
        "14/03/2024",
        "3 de abril",
        "2 de mayo",
    ]


def test_numbered_sessions_are_ordered_by_number_inside_their_series() -> None:
    assert _ordered("FUAT 10", "FUAT 2", "Taller 1", "FUAT 4-5") == [
        "FUAT 2",
        "FUAT 4-5",
        "FUAT 10",
        "Taller 1",
    ]


def test_columns_without_number_keep_their_place() -> None:
    assert _ordered("S2", "Visita", "S1", "Cierre", keep_places=True) == [
        "S1",
        "Visita",
        "S2",
        "Cierre",
    ]
