"""Counting hands, undoing ties, phases that are not skipped, and numbers that keep to limits."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from tequio.core.datafiles import faults, fingerprints, locked
from tequio.core.errors import DomainError
from tequio.core.money import cents, pesos
from tequio.network import definitions
from tequio.network.definitions import shape
from tequio.network.rules import cycle, survey
from tequio.network.rules.priorities import Ballot, order, too_many

DAY = date(2026, 3, 2)


def ballot(
    votes: int, how_many: int | None = None, second: int | None = None, day: int = 2
) -> Ballot:
    return Ballot(uuid4(), votes, second, how_many, date(2026, 3, day))


def places(ballots: list[Ballot], rule: str, first: int = 1) -> list[int]:
    found: dict[UUID, int] = dict(order(ballots, rule, first).places)
    return [found[one.demand_id] for one in ballots]


def test_more_hands_go_first_and_equal_ones_share_a_place_where_it_decides_nothing() -> None:
    assert places([ballot(3), ballot(9), ballot(3)], "again") == [2, 1, 2]


def test_a_tie_is_undone_by_the_rule_that_was_said_before() -> None:
    said = [ballot(9, how_many=4, day=1), ballot(9, how_many=20, day=5)]
    assert places(said, "more_voices") == [2, 1]
    assert places(said, "older") == [1, 2]


def test_nobody_counted_is_less_than_one_voice() -> None:
    assert places([ballot(9, how_many=None), ballot(9, how_many=0)], "more_voices") == [2, 1]


def test_a_tie_that_decides_waits_for_another_vote_whatever_the_rule() -> None:
    said = [ballot(9, how_many=4), ballot(9, how_many=4), ballot(1)]
    for rule in ("again", "more_voices", "older"):
        assert set(order(said, rule, 1).undecided) == {one.demand_id for one in said[:2]}
        # Both go first: then their tie decides nothing.
        assert order(said, rule, 2).undecided == ()
    again = [ballot(9, 4, second=7), ballot(9, 4, second=11), ballot(1)]
    assert order(again, "more_voices", 1).undecided == ()
    assert places(again, "more_voices") == [2, 1, 3]


def test_there_are_no_more_hands_than_people_and_no_more_votes_than_hands() -> None:
    assert too_many([ballot(41)], 40, 3) == "one"
    assert too_many([ballot(40), ballot(40), ballot(1)], 40, 2) == "all"
    assert too_many([ballot(40), ballot(40)], 40, 2) == ""


def test_years_are_counted_from_the_day_on_which_the_work_began() -> None:
    began = date(2024, 2, 29)
    days = (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 11, 2))
    assert [cycle.year_of(began, day) for day in days] == [1, 1, 2, 3]


def test_no_phase_is_skipped_and_what_is_counted_is_no_opinion() -> None:
    model = definitions.newest()["sasa"].model
    keys = [phase.key for phase in model.phases]
    assert keys == ["start", "awareness", "support", "action"]
    following = [cycle.phase_after(model, key) for key in keys]
    assert [one.key if one else None for one in following] == [*keys[1:], None]
    first = model.phases[0]
    seen = {one.key: cycle.Look(True, "Se ve.") for one in first.before_leaving}
    numbers = {"stakeholders": 3, "services": 1, "answers": 60}
    (short,) = cycle.missing(first, seen, numbers)
    assert short.criterion.key == "services"
    assert short.contradicts
    assert cycle.missing(first, seen, {**numbers, "services": 2}) == ()
    silent = {**seen, "ourselves": cycle.Look(True, "  ")}
    assert [m.criterion.key for m in cycle.missing(first, silent, {**numbers, "services": 2})] == [
        "ourselves"
    ]


@pytest.mark.parametrize(
    ("decisions", "ignored"),
    [([], True), ([(True, 0)], True), ([(False, 1)], True), ([(False, 0), (True, 1)], False)],
)
def test_a_finding_is_acted_on_only_where_something_changed(
    decisions: list[tuple[bool, int]], ignored: bool
) -> None:
    assert cycle.nobody_acted(decisions) is ignored


def answered(gender: str, age: str, reached: str, said: str = "yes") -> survey.Answered:
    traits = {"gender": gender, "age": age, "language": "no", "disability": ""}
    return survey.Answered({"q": said}, traits, reached)


def test_a_share_carries_its_denominator_and_what_is_missing_and_hides_the_few() -> None:
    people = [answered("woman", "18-29", "yes")] * 30 + [answered("woman", "18-29", "no")] * 31
    silent = survey.Answered({}, people[0].traits, "")
    shown = survey.reached([*people, silent, silent])
    assert (shown.percent, shown.of, shown.missing, shown.about) == (50, 61, 2, 60)
    few = survey.reached(people[:30] + people[30:37])
    assert few.percent is None
    assert few.notes
    assert survey.in_favour([*people, silent], "q", "yes").missing == 1
    assert survey.reached([]).percent is None


def test_a_group_that_would_be_found_by_subtraction_is_not_alone() -> None:
    big = [answered("woman", age, yes) for age in ("18-29", "30-44") for yes in ("yes", "no")] * 20
    middle = [answered("man", "18-29", yes) for yes in ("yes", "no")] * 12
    hidden = [answered("man", "30-44", "yes")] * 3
    told = {
        group.traits: group.shown.percent
        for group in survey.groups(big + middle + hidden, ("gender", "age"))
        if group.shown.of
    }
    gone = {traits for traits, percent in told.items() if percent is None}
    assert gone == {
        (("gender", "man"), ("age", "30-44")),
        (("gender", "man"), ("age", "18-29")),
    }


def test_two_traits_at_a_time_and_never_three() -> None:
    assert all(len(traits) == 2 for traits in survey.CROSSED)


def test_published_models_stay_as_they_were() -> None:
    lock = definitions.FOLDER / "published.lock"
    assert list(faults(fingerprints(definitions.FOLDER), locked(lock))) == []


def test_a_model_without_a_domain_or_with_a_phase_that_ends_by_itself_is_refused() -> None:
    whole = definitions.newest()["sasa"].model
    body = whole.model_dump(by_alias=True)
    body["survey"] = [one for one in body["survey"] if one["domain"] != "skills"]
    with pytest.raises(ValueError, match="skills"):
        shape.CommunityModel.model_validate(body)
    body = whole.model_dump(by_alias=True)
    body["phases"][0]["before_leaving"] = ()
    with pytest.raises(ValueError, match="start"):
        shape.CommunityModel.model_validate(body)


def test_pesos_are_read_as_people_type_them_and_never_guessed() -> None:
    assert [cents(typed) for typed in ("1,250.50", "$80", "1250", "0.5")] == [
        125_050,
        8_000,
        125_000,
        50,
    ]
    for typed in ("1.250,50", "mil", "12,50", "-3", "1,0000", ""):
        with pytest.raises(DomainError):
            cents(typed)
    assert [pesos(n) for n in (125_050, -8_000, 0)] == ["$1,250.50", "-$80", "$0"]
