"""A questionnaire on paper is typed in without the mouse: digits, Enter, and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.site import Site
from tests.factories.assessments import asked

from tequio.access.models import User
from tequio.core.codes import code_of
from tequio.people import sealed_answers

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_sheet_is_typed_in_twice_with_keys_alone(
    page: Page, site: Site, coordinator: User, complaints: list[str]
) -> None:
    row = asked(coordinator, site.places[0].participant)
    site.enter(page, coordinator)
    page.goto(f"{site.url}/cuestionarios/papel/")
    page.keyboard.type(code_of(row.pk))
    page.keyboard.press("Enter")
    page.wait_for_url("**/cuestionarios/*/papel/")
    page.keyboard.press("Enter")  # the day is today
    # A seven is none of its answers: the box keeps the cursor until it is put right.
    page.keyboard.type("017")
    assert page.evaluate("document.activeElement.id") == "a3"
    page.keyboard.type("230")
    page.keyboard.press("Enter")  # left empty
    page.keyboard.type("9000")
    assert page.evaluate("document.activeElement.type") == "submit"
    page.get_by_label("Escribirla dos veces y comparar").check()
    page.get_by_role("button", name="Guardar la hoja").press("Enter")
    page.get_by_role("button", name="Comparar y guardar").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("01231")
    page.keyboard.press("Enter")
    page.keyboard.type("9000")
    page.keyboard.press("Enter")
    page.get_by_text("Pregunta 5: la primera vez 0, la segunda 1").wait_for()
    complaints.clear()  # 422 is what the page says when two typings differ
    assert page.evaluate("document.activeElement.id") == "a5"
    page.keyboard.type("0")
    page.get_by_role("button", name="Así dice la hoja: guardar").press("Enter")
    page.wait_for_url("**/listo/")
    row.refresh_from_db()
    said = sealed_answers.answers_of(row)
    assert "".join(said.get(f"phq_{n}", "_") for n in range(1, 6)) == "01230"
    assert (said["phq_7"], "phq_6" in said, row.how) == ("prefers_not", False, "paper")
    assert complaints == []
