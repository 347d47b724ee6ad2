"""Questions are data files, and every plan that the assistant can write is one that can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from evidencia.plans import read_plan
from tequio.core import datafiles
from tequio.core.datafiles import BadDataFile, faults, fingerprints
from tequio.studies import questions, recipe
from tequio.studies.questions import Question
from tequio.studies.rules import ethics, said, writing
from tequio.studies.rules.choices import DESIGN, MEASURES, PEOPLE, REVIEW, Choices, next_step
from tequio.studies.rules.choices import proposed as proposed_of
from tequio.studies.rules.designs import DESIGNS
from tequio.studies.rules.writing import Heading

NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
SOME = "7b1f0f6e-8b1c-4a30-9d0f-3f0d3c1b2a11"
PAIRS = [(one, slug) for one in questions.offered() for slug in one.designs]


def choices_for(question: Question, design: str) -> Choices:
    named = SOME if DESIGNS[design].needs in ("lottery", "comparison") else ""
    days = {"first": date(2027, 1, 1), "last": date(2027, 12, 31), "released": date(2028, 6, 15)}
    return replace(proposed_of(question), **days, design=design, of=named)  # type: ignore[arg-type]


def test_nothing_published_has_changed() -> None:
    prints = fingerprints(questions.FOLDER)
    assert list(faults(prints, datafiles.locked(questions.LOCK))) == []


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('designs = ["hers"]', 'designs = ["hers", "comparison"]'),
        ('instrument = "servicios-ella"', 'instrument = "conductas-el"'),
        ('measure = "unmet"', 'measure = "nothing"'),
        ("share = 0.6\n", ""),
        ('horizon = ["T3", "T4"]', 'horizon = ["year2"]'),
    ],
)
def test_a_question_that_may_not_be_is_refused(tmp_path: Path, was: str, becomes: str) -> None:
    text = (questions.FOLDER / "mujeres-acompanadas" / "1.toml").read_text("utf-8")
    assert was in text
    path = tmp_path / "mujeres-acompanadas" / "1.toml"
    path.parent.mkdir()
    path.write_text(text.replace(was, becomes, 1), "utf-8")
    with pytest.raises(BadDataFile):
        questions.read(path)


def test_every_question_can_become_a_plan_with_every_design_it_offers() -> None:
    for question, design in PAIRS:
        chosen = choices_for(question, design)
        whole = writing.text(question, chosen, Heading("Año «2027» \\ uno", 1, NOON))
        plan, kept = read_plan(whole.encode()), recipe.read(writing.recipe_in(whole))
        assert plan.sha256 == writing.fingerprint(whole)
        assert plan.study.title == "Año «2027» \\ uno"
        assert [one.name for one in plan.outcomes] == [one.name for one in kept.outcomes]
        assert plan.data.waves == kept.waves
        assert (kept.arm is None) == (not DESIGNS[design].needs)
        assert said.design_name(plan, kept) == str(DESIGNS[design].name)
        assert len(said.lines(plan, kept)) >= 10


def test_his_words_never_prove_her_safety_in_any_plan_about_men() -> None:
    for question, design in PAIRS:
        whole = writing.text(question, choices_for(question, design), Heading("X", 1, NOON))
        spoken = str(ethics.HIS_WORDS) in read_plan(whole.encode()).study.estimand.variable
        assert spoken == (question.informant == "men"), question.slug


def test_no_plan_compares_women_or_has_more_than_three_primaries() -> None:
    hers = questions.find("mujeres-acompanadas")
    his = questions.find("violencia-hombres")
    assert hers is not None and his is not None
    assert ethics.problems(hers, choices_for(hers, "hers")) == []
    assert ethics.problems(hers, choices_for(hers, "comparison"))
    assert ethics.problems(hers, replace(choices_for(hers, "hers"), of=SOME))
    assert ethics.problems(hers, replace(choices_for(hers, "hers"), every="half"))
    assert ethics.problems(hers, replace(choices_for(hers, "hers"), editions=(SOME,)))
    many = tuple(one.key for one in his.candidates[:4])
    assert ethics.problems(his, replace(choices_for(his, "whole"), primary=many, secondary=()))
    assert ethics.problems(his, replace(choices_for(his, "whole"), primary=()))
    assert ethics.problems(his, replace(choices_for(his, "lottery"), wave="T4"))
    assert not ethics.problems(his, choices_for(his, "lottery"))


def test_the_steps_follow_what_is_missing() -> None:
    his = questions.find("violencia-hombres")
    assert his is not None
    whole = choices_for(his, "whole")
    assert next_step(Choices()) == MEASURES
    assert next_step(replace(whole, first=None)) == PEOPLE
    assert next_step(replace(whole, design="")) == DESIGN
    assert next_step(whole) == REVIEW
    assert Choices.read(whole.kept()) == whole


def test_two_plans_differ_in_what_was_changed_and_in_nothing_else() -> None:
    his = questions.find("violencia-hombres")
    assert his is not None
    before = choices_for(his, "whole")
    after = replace(before, wave="T4", secondary=())
    told = []
    for number, chosen in enumerate((before, after), start=1):
        whole = writing.text(his, chosen, Heading("X", number, NOON, "Porque sí", "0" * 64))
        told.append(said.lines(read_plan(whole.encode()), recipe.read(writing.recipe_in(whole))))
    changed = said.changes(*told)
    assert [one.label for one in changed] == ["La última respuesta", "Además se mira"]
    assert changed[1].after == ""
    assert said.changes(told[0], told[0]) == ()
