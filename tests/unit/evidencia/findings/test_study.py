from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.factories.evaluation_parts import (
    ARM,
    CONTROL,
    CONTROLLING,
    HERS,
    HIS,
    PHYSICAL,
    checks,
    effect,
    estimate,
    tipping,
)
from tests.factories.evaluations import (
    STUDIES,
    benefit,
    few_clusters,
    harm,
    informants_disagree,
    physical_without_control,
    refusals,
    single_arm,
    unknown,
)

from evidencia.estimate import Estimate
from evidencia.findings import MANDATORY, find
from evidencia.results import AttritionRow, Finding, Result


def first(result: Result) -> Finding:
    return find(result)[0]


def of(result: Result, outcome: str, informant: str | None = HERS) -> Finding:
    (found,) = [f for f in find(result) if (f.outcome, f.informant) == (outcome, informant)]
    return found


def codes(notes: tuple[object, ...]) -> list[str]:
    return [note.code.removeprefix("findings.") for note in notes]  # type: ignore[attr-defined]


def with_primary(value: object, *beside: Estimate, base: Result | None = None) -> Result:
    result = base or benefit()
    kept = tuple(e for e in result.estimates if e.outcome != PHYSICAL.name)
    return replace(
        result,
        estimates=(estimate(PHYSICAL, value), *beside, *kept),  # type: ignore[arg-type]
        tipping=(),
    )


def test_a_clear_benefit_is_said_with_its_limits() -> None:
    found = first(benefit())

    assert (found.verdict, found.strength, found.reasons) == ("benefit", "strong", ())
    assert found.may_say[0].text("es") == (
        "Con «programa» hubo menos «Violencia física» que con «lista de espera», según pareja."
    )
    assert {"not.ended", "not.safer", "not.everyone"} <= set(codes(found.must_not_say))


def test_an_interval_with_benefit_and_harm_is_we_do_not_know() -> None:
    found = first(unknown())

    assert (found.verdict, found.strength) == ("unknown", "none")
    assert "No sabemos" in found.may_say[0].text("es")
    assert {"not.works_or_not", "not.no_effect"} <= set(codes(found.must_not_say))


def test_no_difference_found_is_told_apart_from_a_difference_that_does_not_matter() -> None:
    silent = replace(PHYSICAL, smallest=None)
    base = unknown()
    without_margin = first(replace(base, outcomes=(silent, *base.outcomes[1:])))
    with_margin = first(base)
    equal = of(physical_without_control(), CONTROLLING.name)

    assert "open.no_margin" in codes(without_margin.may_say)
    assert "open.margin" in codes(with_margin.may_say)
    assert equal.verdict == "no_difference_that_matters"
    assert "−0.69" in "".join(n.text("en") for n in equal.may_say if "within" in n.code)


def test_harm_is_named_as_harm_and_asks_for_action_first() -> None:
    found = first(harm())

    assert found.verdict == "harm"
    assert found.may_say[0].text("es").startswith("Daño")
    assert found.may_say[0].text("en").startswith("Harm")
    assert codes(found.must_not_say)[0] == "not.hide_harm"
    assert codes(found.to_know_more)[0] == "needed.act_on_harm"


def test_a_small_and_weak_harm_is_still_a_sign_of_harm() -> None:
    small = effect(0.4, 0.15, n=30, clusters=8)
    found = first(with_primary(small, base=few_clusters()))

    assert (found.verdict, found.strength) == ("harm", "very_weak")
    assert "daño" in found.may_say[0].text("es")


def test_physical_violence_that_falls_alone_carries_its_sentence_second() -> None:
    found = first(physical_without_control())

    assert found.may_say[1].code == "findings.violence.physical_without_control"
    assert codes(found.must_not_say)[0] == "not.violence_fell"


def test_a_lost_mandatory_sentence_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidencia.findings.study.with_control", lambda pairs: pairs)

    assert not MANDATORY & {note.code for note in first(physical_without_control()).may_say}


def test_physical_violence_that_falls_with_control_needs_no_sentence() -> None:
    assert not MANDATORY & {note.code for note in first(benefit()).may_say}


def test_control_that_nobody_measured_or_knows_is_not_control_that_fell() -> None:
    base = benefit()
    others = tuple(e for e in base.estimates if e.outcome != CONTROLLING.name)
    unmeasured = replace(
        base, estimates=others, outcomes=tuple(o for o in base.outcomes if o.violence != "control")
    )
    doubtful = (*others, estimate(CONTROLLING, effect(-0.5, 0.9), role="secondary"))

    assert first(unmeasured).may_say[1].code == "findings.violence.control_not_measured"
    assert first(replace(base, estimates=doubtful)).may_say[1].code == (
        "findings.violence.control_unknown"
    )


def test_a_figure_of_several_types_says_so_second_where_something_changed() -> None:
    def joined(result: Result) -> Finding:
        whole = replace(PHYSICAL, violence="any")
        return first(replace(result, outcomes=(whole, *result.outcomes[1:])))

    assert joined(harm()).may_say[1].code == "findings.violence.any"
    assert joined(benefit()).may_say[1].code == "findings.violence.any"
    assert "violence.any" not in codes(joined(unknown()).may_say)
    assert codes(joined(unknown()).to_know_more)[0] == "needed.types"


def test_a_change_without_comparison_is_never_an_effect() -> None:
    found = first(single_arm())

    assert (found.verdict, found.strength) == ("change", "very_weak")
    assert "No sabemos si fue por el programa" in found.may_say[0].text("es")
    assert "not.thanks_to" in codes(found.must_not_say)
    assert codes(found.may_say)[1].startswith("violence.")
    assert (found.wave, found.contrast) == ("T3", "T3 vs T0")


def test_few_clusters_lower_and_ask_for_clusters() -> None:
    found = first(few_clusters())

    assert "because.few_clusters" in codes(found.reasons)
    assert "needed.clusters" in codes(found.to_know_more)


def test_two_informants_that_disagree_are_given_side_by_side() -> None:
    hers, his = of(informants_disagree(), "fisica"), of(informants_disagree(), "fisica", HIS)

    for found in (hers, his):
        assert {"informants.differ", "informants.awareness"} <= set(codes(found.may_say))
        assert "not.pool" in codes(found.must_not_say)
    assert "because.own_account" in codes(his.reasons)
    assert "because.own_account" not in codes(hers.reasons)
    assert "not.his_word" in codes(his.must_not_say)


def test_his_improvement_without_hers_is_said_so() -> None:
    base = informants_disagree()
    told = tuple(
        replace(e, effect=effect(-1.5, 0.4))
        if e.informant == HIS
        else replace(e, effect=effect(0.1, 0.6))
        if e.outcome == "fisica" and e.wave == "T3"
        else e
        for e in base.estimates
    )

    assert "informants.only_his" in codes(of(replace(base, estimates=told), "fisica").may_say)


def test_a_sensitivity_set_that_changes_the_conclusion_is_said_and_lowers() -> None:
    main = effect(-1.3, 0.6)
    agree = checks(PHYSICAL, main, (("mi", 0.0, 1.0),))
    weaker = (*agree, *checks(PHYSICAL, main, (("jump_to_reference", 1.0, 1.0),)))
    opposite = (*agree, *checks(PHYSICAL, main, (("ipw", 5.0, 1.0),)))

    firm, fragile, turned = (
        first(with_primary(main, *beside)) for beside in (agree, weaker, opposite)
    )

    assert firm.strength == "moderate"  # may be smaller than what matters
    assert (fragile.verdict, fragile.strength) == ("benefit", "weak")
    assert "sensitivity.weakens" in codes(fragile.may_say)
    assert (turned.verdict, turned.strength) == ("unknown", "none")
    assert turned.code == "findings.unknown.reversed"
    assert "sensitivity.reverses" in codes(turned.may_say)


def test_both_ends_of_bounds_are_one_check_and_never_the_opposite() -> None:
    main = effect(-2.5, 0.5)
    ends = (("lee_bounds_low", -2.0, 1.0), ("lee_bounds_high", 12.0, 1.0))
    found = first(with_primary(main, *checks(PHYSICAL, main, ends)))

    (said,) = [note for note in found.may_say if "sensitivity" in note.code]
    assert said.code == "findings.sensitivity.weakens"
    assert dict(said.values) == {"k": 1, "n": 1}


def test_a_conclusion_that_tips_at_once_is_worth_less() -> None:
    base = benefit()
    main = effect(-2.5, 0.55)
    early = first(replace(base, tipping=(tipping(PHYSICAL, main, 0.5),)))  # sd 4.1: 0.2 is 0.82

    assert "because.tips_early" in codes(early.reasons)
    assert early.strength == "moderate"
    assert "because.tips_early" not in codes(first(base).reasons)


def test_losing_more_on_one_side_lowers() -> None:
    base = benefit()
    rows = tuple(
        AttritionRow("fisica", HERS, arm, "T3", 100, lost, lost / 100, 0.0, 1.0)
        for arm, lost in ((CONTROL, 5), (ARM, 15))
    )
    found = first(replace(base, attrition=replace(base.attrition, rows=rows)))

    assert codes(found.reasons) == ["because.gap"]
    assert found.strength == "moderate"


def test_chance_enough_to_explain_it_lowers() -> None:
    assert "because.many_questions" in codes(of(benefit(), "psicologica").reasons)


def test_an_outcome_without_a_number_says_why() -> None:
    found = of(refusals(), "fisica")

    assert (found.verdict, found.strength) == ("refused", "none")
    assert codes(found.reasons) == ["few_people"]


def test_types_that_nobody_asked_about_are_named() -> None:
    (found,) = [f for f in find(single_arm()) if f.code == "findings.types_not_measured"]

    assert codes(found.may_say[1:]) == ["type.psychological", "type.sexual", "type.economic"]


@pytest.mark.parametrize("name", STUDIES)
def test_attendance_is_always_told_and_never_as_safety(name: str) -> None:
    last = find(STUDIES[name]())[-1]

    assert last.code == "findings.attendance"
    assert last.strength == "none"
    assert codes(last.must_not_say)[0] == "not.attendance"


def test_a_study_of_neither_violence_nor_attendance_says_nothing_of_safety() -> None:
    plain = replace(PHYSICAL, label="Ánimo", violence=None)
    found = find(replace(benefit(), outcomes=(plain,), estimates=(), retention=()))

    assert "not.attendance" not in codes(found[-1].must_not_say)


def test_data_that_do_not_say_who_told_are_not_given_a_teller() -> None:
    base = benefit()
    told = tuple(replace(e, informant=None) for e in base.estimates)
    found = first(replace(base, estimates=told, informants=()))

    assert found.code == "findings.benefit.strong.less.untold"
    assert found.may_say[0].text("es") == (
        "Con «programa» hubo menos «Violencia física» que con «lista de espera»."
    )


@pytest.mark.parametrize("name", STUDIES)
def test_every_finding_has_a_headline_and_says_what_must_not_be_said(name: str) -> None:
    for found in find(STUDIES[name]()):
        assert found.code == found.may_say[0].code
        assert found.must_not_say
        assert found.to_know_more


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_no_finding_promises_or_blames(name: str, language: str) -> None:
    forbidden = re.compile(
        r"agresor|aggressor|violent m[ae]n|hombres? violentos?|demuestra que|proves that|"
        r"significativ|significant|eradic|éxito|success",
        re.IGNORECASE,
    )
    for found in find(STUDIES[name]()):
        said = [n.text(language) for n in (*found.may_say, *found.reasons, *found.to_know_more)]  # type: ignore[arg-type]
        assert not [text for text in said if forbidden.search(text)]


@pytest.mark.parametrize("name", ["benefit", "harm", "unknown", "few_clusters"])
def test_the_order_of_rows_and_the_names_of_arms_change_nothing(name: str) -> None:
    base = STUDIES[name]()
    shuffled = replace(base, estimates=base.estimates[::-1])

    assert find(shuffled) == find(base)


def test_the_units_of_the_outcome_change_neither_verdict_nor_strength() -> None:
    base = benefit()

    def scaled(e: Estimate, by: float) -> Estimate:
        old = e.effect
        assert old.se is not None
        return replace(e, effect=effect(old.estimate * by, old.se * by, n=old.n_units, df=old.df))

    tens = replace(
        base,
        estimates=tuple(scaled(e, 10.0) for e in base.estimates),
        outcomes=tuple(replace(o, smallest=10.0 * (o.smallest or 1)) for o in base.outcomes),
        tipping=(),
    )

    def graded(result: Result) -> list[tuple[str, str]]:
        return [(f.verdict, f.strength) for f in find(result)]

    assert graded(tens) == graded(replace(base, tipping=()))
