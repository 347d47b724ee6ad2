"""PINs that are wrong, codes that are typed, and which questions are asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from tequio.instruments import definitions
from tequio.instruments.one_time import codes, screens
from tequio.instruments.rules import pins

NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)


def test_three_wrong_ones_are_free_then_each_costs_twice_as_long_and_the_eighth_ends_it() -> None:
    waits = [pins.wait_after(n).total_seconds() for n in range(pins.MOST)]
    assert waits == [0, 0, 0, 30, 60, 120, 240, 480]
    assert pins.may_try(2, NOON, NOON)
    assert not pins.may_try(3, NOON, NOON + timedelta(seconds=29))
    assert pins.may_try(3, NOON, NOON + timedelta(seconds=30))
    assert not pins.may_try(pins.MOST, None, NOON)
    # A clock that was set back is no lock.
    assert pins.may_try(5, NOON, NOON - timedelta(days=1))


@pytest.mark.parametrize("typed", ["{0}", "  {1} ", "https://casa.org/c/#{0}", "{2}"])
def test_a_code_is_understood_as_people_type_it(typed: str) -> None:
    code = codes.new_code("public").replace("1", "0")
    shapes = (code, code.replace("-", " ").lower(), code.replace("0", "O"))
    assert codes.parse_code(typed.format(*shapes)) == code


@pytest.mark.parametrize("typed", ["", "7K2M", "U" * 20, "7" * 21])
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    assert codes.parse_code(typed) == ""


def test_only_this_machine_tells_a_row_that_is_none(settings: object) -> None:
    row = codes.decoy_row()
    assert codes.is_decoy(row) and not codes.is_decoy(codes.row_of(codes.new_code("public")))
    settings.SECRET_KEY = "another machine"  # type: ignore[attr-defined]
    assert not codes.is_decoy(row)


def test_questions_that_a_condition_hides_are_skipped_in_both_directions() -> None:
    audit = definitions.newest("audit").instrument
    parts = screens.parts([audit, definitions.newest("sesion").instrument])
    sent = QueryDict(mutable=True)
    sent["p0_audit_1"] = "never" if "never" in _codes("audit", "audit_1") else "0"
    there = screens.screens(parts, "es", screens.read(parts, sent))
    names = [one.name for one in there if one.asked]
    assert names[0] == "p0_audit_1" and "p0_audit_2" not in names and len(names) < len(there)
    second = names[1]
    assert screens.beside(there, names[0], 1) == second
    assert screens.beside(there, second, -1) == names[0]
    assert screens.beside(there, names[-1], 1) == screens.END
    assert screens.beside(there, screens.END, -1) == names[-1]
    assert screens.place(there, "p0_audit_2") == names[0]


def _codes(slug: str, item: str) -> set[str]:
    whole = definitions.newest(slug).instrument
    found = next(one for one in whole.items if one.id == item)
    return {one.code for one in whole.choices[found.choices]}


def test_who_would_rather_not_say_says_nothing_else() -> None:
    parts = screens.parts([definitions.newest("motivos").instrument])
    many = next(one for one in parts[0].whole.questions)
    sent = QueryDict(mutable=True)
    sent.setlist(f"p0_{many.id}", ["once", definitions.PREFERS_NOT])
    assert screens.read(parts, sent) == {f"p0_{many.id}": definitions.PREFERS_NOT}
    sent.setlist(f"p0_{many.id}", ["nobody offered this"])
    assert screens.wrong(parts, screens.read(parts, sent))
