"""The plan with which an honest evaluator would look at the answers: one arm, no causal claim."""

from __future__ import annotations

from evidencia.simulate.programme.draw import Programme
from evidencia.simulate.programme.models import TYPES
from evidencia.words import Language, say

PRIMARY = "physical"


def plan_for(programme: Programme, language: Language) -> str:
    """Return a ``PLAN.toml`` for ``answers.csv``: what she says counts, what he says beside it."""

    def text(code: str, **values: str) -> str:
        return say(f"simulating.{code}", language, **values)

    waves = ", ".join(f'"{name}"' for name in programme.waves.names)
    head = f"""[study]
title = "{text("title", model=programme.model.slug)}"
question = "{text("plan_question")}"
design = "single_arm"
language = "{language}"

[estimand]
population = "{text("plan_population")}"
treatment = "{text("plan_treatment")}"
variable = "{text("plan_variable")}"
summary = "{text("plan_summary")}"

[[estimand.intercurrent]]
event = "stops coming"
strategy = "treatment_policy"

[data]
unit = "man"
wave = "wave"
waves = [{waves}]
informant = "informant"
"""
    return head + "".join(_outcome(kind, text(kind)) for kind in TYPES)


def _outcome(kind: str, label: str) -> str:
    primary = "primary = true\n" if kind == PRIMARY else ""
    return f"""
[[outcome]]
name = "{kind}"
label = "{label}"
kind = "binary"
direction = "lower_is_better"
violence = "{kind}"
informant = "partner"
{primary}"""
