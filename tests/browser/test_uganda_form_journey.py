"""A form of the field, 529 rows in two languages, brought and filled in to its end in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.site import Site
from tests.shared_data import find

from tequio.access.models import User
from tequio.instruments import own_answers
from tequio.instruments.models import OwnForm, Submission

if TYPE_CHECKING:
    from playwright.sync_api import Page

FILES = ("endline_Qs.csv", "endline_choices.csv")
# What its conditions ask of some answers; everything else takes the first answer, or twenty.
SAID = {
    "id_c": "12345678",
    "id_2_c": "12345678",
    "resp_phone1_check": "123456789",
    "resp_phone2_check": "999",
    "id": "123456789",
    "id_2": "123456789",
    "resp_phone1": "123456789",
    "resp_phone2": "999",
}
# Fills in one screen after the other, as a person does: each waits for what the server sends.
# Settled, and not only there: before that the browser sends a form without the script.
SETTLED = """() => { window.settled = () => new Promise((done, lost) => {
  document.addEventListener("htmx:afterSettle", () => setTimeout(done), {once: true});
  setTimeout(() => lost(new Error("nothing came")), 20000);
}); window.came = window.settled(); }"""
WALK = """async said => {
  const here = () => document.querySelector("#asking");
  const key = () => here().querySelector("[name=screen]").value;
  const whole = {date: "2016-11-20", time: "10:00", "datetime-local": "2016-11-20T10:00"};
  const seen = [];
  while (key() !== "#end" && seen.length < 500) {
    const name = key().split("/").pop();
    seen.push(key());
    for (const asked of here().querySelectorAll(".question")) {
      const boxes = [...asked.querySelectorAll("[type=radio], [type=checkbox]")];
      const many = boxes.filter(box => box.type === "checkbox").slice(0, 3);
      if (boxes[0]?.type === "radio") boxes[0].checked = true;
      many.forEach(box => { box.checked = true; });
      const typed = "input:not([type=radio], [type=checkbox]), textarea";
      for (const field of asked.querySelectorAll(typed)) {
        field.value = said[name] ?? whole[field.type] ?? "20";
      }
    }
    const came = window.settled();
    const enough = here().querySelector("[value=enough]");
    (enough ?? here().querySelector("[value=next]")).click();
    await came;
    if (key() === seen.at(-1)) return {stuck: key(), said: here().innerText, seen};
  }
  return {seen};
}"""


def test_the_uganda_form_is_brought_and_filled_in_to_its_end(
    page: Page, site: Site, coordinator: User, complaints: list[str]
) -> None:
    folder = find("uganda_vaw_media", "xlsform")
    site.enter(page, coordinator)
    page.goto(f"{site.url}/formularios/traer/")
    page.set_input_files("[name=brought]", [folder / name for name in FILES])
    page.get_by_role("button", name="Ver qué se entendió").click()
    page.get_by_role("heading", name="endline Qs").wait_for()
    assert page.get_by_text("325 preguntas").is_visible()
    page.get_by_label("Tiene una licencia abierta").check()
    page.get_by_label("Qué licencia").fill("CC0, repositorio del estudio")
    page.get_by_role("button", name="Empezar a usarlo").click()
    page.get_by_role("button", name="Contestar").click()
    # The script of the page has to be there, or the browser goes on by itself.
    page.wait_for_load_state("networkidle")
    page.locator("#asking-language").select_option("luganda")
    page.evaluate(SETTLED)
    page.get_by_role("button", name="Cambiar").click()
    page.evaluate("() => window.came")

    walked = page.evaluate(WALK, SAID)
    assert "stuck" not in walked, walked
    assert len(walked["seen"]) > 100
    page.get_by_role("button", name="Guardar y terminar").click()
    page.wait_for_url(f"{site.url}/formularios/*/")

    (row,) = Submission.objects.filter(form_id=OwnForm.objects.get().form_id)
    xml = own_answers.opened(row).xml
    assert b"<id_c>12345678</id_c>" in xml and b"<consented>" in xml
    assert complaints == []
