from __future__ import annotations

from dataclasses import replace

import pytest

from evidencia import CODES
from evidencia.designs import DESIGNS as KNOWN_DESIGNS
from evidencia.findings import DESIGNS, RULES, Evidence, Rule, Strength, grade, teller

BEST = Evidence("parallel", True, lost=0.1, gap=0.01, people=400, clusters=None)

# A rule, what makes it apply, and what just does not.
AT_THE_EDGE = {
    "no_lottery": ({"lottery": False}, {"lottery": True}),
    "single_arm": ({"design": "single_arm"}, {"design": "waitlist"}),
    "spans": ({"spans": True}, {"spans": False}),
    "reversed": ({"sensitivity": "reverses"}, {"sensitivity": "agrees"}),
    "fragile": ({"sensitivity": "weakens"}, {"sensitivity": "agrees"}),
    "untested": ({"sensitivity": "absent"}, {"sensitivity": "absent", "lost": 0.0}),
    "tips_early": ({"tips_early": True}, {"tips_early": False}),
    "lost": ({"lost": 0.21}, {"lost": 0.20}),
    "half_lost": ({"lost": 0.51}, {"lost": 0.50}),
    "gap": ({"gap": 0.051}, {"gap": 0.05}),
    "may_be_trivial": ({"may_be_trivial": True}, {"may_be_trivial": False}),
    "few_clusters": ({"clusters": 9}, {"clusters": 10}),
    "few_people": ({"people": 49}, {"people": 50}),
    "many_questions": ({"by_chance": True}, {"by_chance": False}),
    "own_account": ({"own_account": True}, {"own_account": False}),
}


def test_every_rule_is_tested_and_has_its_sentence_and_its_source() -> None:
    assert [rule.code for rule in RULES] == list(AT_THE_EDGE)
    for rule in RULES:
        assert f"findings.because.{rule.code}" in CODES
        assert rule.source


@pytest.mark.parametrize("code", AT_THE_EDGE)
def test_a_rule_applies_exactly_where_it_says(code: str) -> None:
    applies, does_not = AT_THE_EDGE[code]

    assert code in grade(replace(BEST, **applies)).rules
    assert code not in grade(replace(BEST, **does_not)).rules


@pytest.mark.parametrize("rule", [r for r in RULES if r.steps == 1], ids=lambda r: r.code)
def test_a_reason_to_doubt_lowers_by_one_step(rule: Rule) -> None:
    applies, _ = AT_THE_EDGE[rule.code]
    graded = grade(replace(BEST, **applies))

    assert graded.strength == Strength.STRONG - sum(
        r.steps for r in RULES if r.code in graded.rules
    )
    assert graded.strength < Strength.STRONG


@pytest.mark.parametrize("code", ["spans", "reversed"])
def test_what_leaves_nothing_to_say_leaves_no_strength(code: str) -> None:
    applies, _ = AT_THE_EDGE[code]

    assert grade(replace(BEST, **applies)).strength is Strength.NONE


def test_the_best_evidence_is_strong_and_nothing_raises_it() -> None:
    graded = grade(BEST)

    assert graded.strength is Strength.STRONG
    assert graded.reasons == ()
    assert all(rule.steps >= 0 for rule in RULES)


def test_a_single_arm_is_never_above_very_weak() -> None:
    best = replace(BEST, design="single_arm", lost=0.0, gap=0.0, people=100_000)

    assert grade(best).strength is Strength.VERY_WEAK
    assert grade(replace(best, lottery=True)).strength is Strength.VERY_WEAK


def test_doubts_end_at_very_weak() -> None:
    doubtful = replace(BEST, lost=0.6, gap=0.2, people=20, clusters=4, own_account=True)

    assert grade(doubtful).strength is Strength.VERY_WEAK


def test_without_a_lottery_a_comparison_starts_weak() -> None:
    assert grade(replace(BEST, lottery=False)).strength is Strength.WEAK


def test_every_design_has_a_start() -> None:
    assert set(DESIGNS) == set(KNOWN_DESIGNS)


def test_an_unknown_design_is_refused() -> None:
    with pytest.raises(ValueError, match="no strength for the design 'cohort'"):
        grade(replace(BEST, design="cohort"))


@pytest.mark.parametrize(
    ("informant", "whose"),
    [
        ("pareja", "hers"),
        ("ex-pareja", "hers"),
        ("Mujer", "hers"),
        ("partner_report", "hers"),
        ("hombre", "his"),
        ("él", "his"),
        ("self", "his"),
        ("staff", None),
        ("humano", None),
        (None, None),
    ],
)
def test_whose_account_it_is_is_known_by_name_and_never_guessed(
    informant: str | None, whose: str | None
) -> None:
    assert teller(informant) == whose
