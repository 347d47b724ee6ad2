"""What a design would see, and which are offered."""

from __future__ import annotations

import pytest

from evidencia.planning import PairedMeans, smallest_effect
from tequio.studies.drawing import WIDTH, ruler
from tequio.studies.rules.designs import DESIGNS, Standing, why_not
from tequio.studies.rules.lotteries import Offer
from tequio.studies.rules.reach import Numbers, Reach, months, reach, rehearsal

WHOLE, LOTTERY, WEDGE, ALLY = (DESIGNS[s] for s in ("whole", "lottery", "wedge", "comparison"))


def test_the_smallest_effect_is_what_evidencia_says_with_the_organisations_own_losses() -> None:
    found = reach(WHOLE, Numbers(100, lost=0.4))
    assert found.standardised == smallest_effect(PairedMeans(100, attrition=0.4)).standardised
    assert (found.people, found.answers) == (100, 60)


def test_drop_out_as_in_2010_leaves_a_small_organisation_unable_to_see() -> None:
    found = reach(LOTTERY, Numbers(100, lost=0.785, share=0.6))
    assert not found.sees_known_effects
    assert {note.code for note in found.notes} >= {"planning.can_find_share", "planning.attrition"}


def test_more_people_see_smaller_things_and_a_lottery_counts_only_whom_it_decides_about() -> None:
    few, many = (reach(LOTTERY, Numbers(n, lost=0.2, exempt=0.5)) for n in (80, 800))
    assert few.people == 40
    assert few.standardised is not None and many.standardised is not None
    assert many.standardised < few.standardised


@pytest.mark.parametrize("design", [WHOLE, LOTTERY, ALLY])
@pytest.mark.parametrize("people", [0, 1, 3])
def test_hardly_anybody_is_a_sentence_and_no_number(design: object, people: int) -> None:
    found = reach(design, Numbers(people, lost=0.785, share=0.6))  # type: ignore[arg-type]
    assert found.standardised is None
    assert found.notes
    assert ruler(found).sees is None


def test_a_wedge_of_four_sites_has_its_arithmetic() -> None:
    found = reach(WEDGE, Numbers(200, lost=0.3, sites=4))
    assert found.standardised is not None
    assert "planning.few_clusters" in {note.code for note in found.notes}


def test_a_study_of_his_words_alone_is_rehearsed_and_finds_what_is_not_there() -> None:
    found = rehearsal(WHOLE, Numbers(150, lost=0.3, share=0.6))
    assert found is not None
    assert found.true_effect == 0
    assert found.power > 0.5  # it would praise a programme that changes nothing


@pytest.mark.parametrize(
    ("design", "standing", "offered"),
    [
        (WHOLE, Standing(Offer.NOBODY), True),
        (LOTTERY, Standing(Offer.YES), True),
        (LOTTERY, Standing(Offer.ROOM, waiting=3, seats=5), False),
        (LOTTERY, Standing(Offer.NOBODY), False),
        (LOTTERY, Standing(Offer.LATELY), False),
        (LOTTERY, Standing(Offer.NONE_FREE), False),
        (WEDGE, Standing(Offer.YES, sites=3), False),
        (WEDGE, Standing(Offer.YES, sites=4), True),
        (ALLY, Standing(Offer.YES), False),
        (ALLY, Standing(Offer.YES, comparisons=1), True),
    ],
)
def test_a_design_is_offered_only_where_it_can_be_run(
    design: object, standing: Standing, offered: bool
) -> None:
    assert (why_not(design, standing) == "") is offered  # type: ignore[arg-type]


def test_the_ruler_ends_where_nothing_is_seen() -> None:
    assert ruler(Reach(10, 5, standardised=0.6)).sees == WIDTH / 2
    assert ruler(Reach(10, 5, standardised=5.0)).sees is None
    assert ruler(Reach(10, 5, standardised=0.6)).beyond == WIDTH / 2


def test_a_study_lasts_until_the_last_answer_of_the_last_to_come() -> None:
    assert months(WHOLE, 12.0, "T3") == 17
