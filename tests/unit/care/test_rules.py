"""What a diagnosis still lacks and which step comes next; never how dangerous somebody is."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.care import ANSWERS

from tequio.care import questions, rules
from tequio.care.rules import Pair


def whole() -> dict[str, object]:
    answers: dict[str, object] = {"told_on": "2026-11-21"}
    for given in ANSWERS.values():
        answers |= given
    return answers


def test_every_type_is_asked_with_every_relation_that_he_named() -> None:
    assert rules.pairs(whole()) == (
        Pair("psychological", "partner"),
        Pair("physical", "partner"),
        Pair("physical", "children"),
    )


def test_who_tells_of_no_violence_is_not_asked_against_whom() -> None:
    slugs = [step.slug for step in rules.steps({"said": "no", "types": ["physical"]})]
    assert slugs == ["que", "peligro", "relacion", "salud", "necesidades", "revisar"]


def test_the_next_and_the_step_before_follow_what_he_told() -> None:
    silent = {"said": "not_said"}
    after = rules.neighbour(silent, "que", 1)
    assert after is questions.DANGER
    assert rules.neighbour(silent, "peligro", -1) is questions.WHAT
    assert rules.neighbour(whole(), "que", 1) is questions.WHOM
    assert rules.neighbour(whole(), "que", -1) is None
    assert rules.neighbour(whole(), "revisar", 1) is None


def test_a_whole_diagnosis_lacks_nothing() -> None:
    assert rules.lacking(whole()) == ()


@pytest.mark.parametrize(
    ("without", "step"),
    [
        ("said", "que"),
        ("types", "que"),
        ("against", "quien"),
        ("last", "cuando"),
        ("strangulation", "peligro"),
        ("suicide", "salud"),
        ("needs", "necesidades"),
    ],
)
def test_what_was_not_asked_is_missed(without: str, step: str) -> None:
    answers = whole()
    del answers[without]
    assert [one.slug for one in rules.lacking(answers)] == [step]


def test_not_wanting_to_say_is_an_answer() -> None:
    assert rules.lacking({**whole(), "strangulation": "not_said"}) == ()


@pytest.mark.parametrize(("answer", "stays"), [("no", False), ("before", False), ("plan", True)])
def test_who_thinks_of_dying_now_is_not_left_alone(answer: str, stays: bool) -> None:
    assert rules.not_alone({**whole(), "suicide": answer}) is stays


def test_each_trigger_has_its_time() -> None:
    assert rules.due_on("disclosure", date(2026, 11, 21)) == date(2026, 11, 22)
    assert set(rules.DAYS) == {
        "intake", "disclosure", "third_absence", "separation", "exit", "flag"
    }  # fmt: skip
