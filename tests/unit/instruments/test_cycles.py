"""What is worked out from itself is refused with the whole circle, and nothing else is."""

from __future__ import annotations

import pytest

from tequio.core.tabular import Sheet, write_workbook
from tequio.instruments.xlsform.book import Given
from tequio.instruments.xlsform.making import make


def said(*rows: tuple[str, str, str, str]) -> list[tuple[str, str]]:
    """Return what is said of circles, with its cell."""
    head = ("type", "name", "label", "calculation", "relevant")
    lines = [("calculate" if row[2] else "integer", *row) for row in rows]
    data = write_workbook([Sheet("survey", (head, *lines))])
    problems = make([Given("forma.xlsx", data)]).problems
    return [(one.text, one.cell) for one in problems if "da vueltas" in one.text]


def test_two_that_wait_for_each_other_are_named_in_their_order() -> None:
    (found,) = said(("uno", "", "${dos} + 1", ""), ("dos", "", "${uno} + 1", ""))
    assert "uno → dos → uno" in found[0]
    assert found[1] == "D2"


def test_a_condition_closes_a_circle_as_well_as_a_calculation() -> None:
    (found,) = said(
        ("edad", "Edad", "", "${es_mayor} = '1'"), ("es_mayor", "", "if(${edad} > 17, 1, 0)", "")
    )
    assert "edad → es_mayor → edad" in found[0]
    assert found[1] == "E2"


def test_two_circles_are_both_said_at_once() -> None:
    found = said(
        ("a", "", "${a} + 1", ""),
        ("b", "", "${c}", ""),
        ("c", "", "${d}", ""),
        ("d", "", "${b}", ""),
    )
    assert [cell for _text, cell in found] == ["D2", "D3"]
    assert "a → a" in found[0][0] and "b → c → d → b" in found[1][0]


@pytest.mark.parametrize(
    "calculation",
    [
        "${antes} + 1",
        "once(${total})",
        "indexed-repeat(${total}, ${antes}, 1) + 1",
        "${last-saved#total} + 1",
    ],
)
def test_what_waits_for_nobody_of_this_form_is_no_circle(calculation: str) -> None:
    assert said(("antes", "Antes", "", ""), ("total", "", calculation, "")) == []
