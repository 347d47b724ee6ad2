"""After how many absences what is asked for: the model says it, and where it does not, we do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tequio.outreach.queries import calls
from tequio.outreach.rules import DEFAULT_STEPS, step_of
from tequio.outreach.scripts import script_for
from tequio.programmes import definitions
from tequio.programmes.definitions.shape import Absence


def test_every_model_that_ships_has_its_steps_in_order() -> None:
    for slug, version in definitions.every():
        steps = dict(calls.steps_of(slug, version))
        assert steps["call"] <= steps["talk"] <= steps["review"]


def test_a_model_that_nobody_has_gets_ours() -> None:
    assert calls.steps_of("nada", "1") == DEFAULT_STEPS


def test_a_model_may_say_other_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = definitions.find("guia-simetria", "2")
    assert shipped is not None
    said = {"quiet_after": 3, "call_after": 2, "talk_after": 4, "review_after": 6}
    absence = Absence.model_validate(
        {name: {"value": n, "from": "ours"} for name, n in said.items()}
    )
    changed = replace(shipped, model=shipped.model.model_copy(update={"absence": absence}))
    monkeypatch.setattr(definitions, "find", lambda slug, version: changed)
    steps = calls.steps_of("guia-simetria", "2")
    assert [step_of(n, steps) for n in (1, 2, 4, 6)] == ["", "call", "talk", "review"]


@pytest.mark.parametrize("step", ["call", "talk", "review", "care", ""])
def test_no_script_threatens_or_leaves_a_message(step: str) -> None:
    script = script_for(step)
    before = " ".join(str(line) for line in script.before)
    assert "No dejes recado con nadie" in before
    said = " ".join(str(line) for line in script.say).lower()
    assert not [
        word for word in ("juzgado", "baja", "constancia", "pareja", "ella ") if word in said
    ]
