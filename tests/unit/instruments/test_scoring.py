"""Scores are exact: hand-worked tables, published reference scores, and gaps that stay gaps."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tequio.instruments.definitions import PREFERS_NOT, Instrument, newest
from tequio.instruments.rules.flags import raised
from tequio.instruments.rules.scoring import Score, bounds, score, scores


def scored(slug: str, scale: str, answers: dict[str, str]) -> Score:
    whole = newest(slug).instrument
    found = whole.scale(scale)
    assert found is not None
    return score(whole, found, answers)


def row(prefix: str, marks: str) -> dict[str, str]:
    """`_` is left open, `x` would rather not say."""
    return {
        f"{prefix}_{n}": PREFERS_NOT if mark == "x" else mark
        for n, mark in enumerate(marks, start=1)
        if mark != "_"
    }


# Marks, total, the cut-off that is met: worked by hand from the published forms.
PHQ = [
    ("000000000", 0, None),
    ("111100000", 4, None),
    ("111110000", 5, 5),
    ("111111111", 9, 5),
    ("211111111", 10, 10),
    ("222221111", 14, 10),
    ("222222111", 15, 15),
    ("222222223", 19, 15),
    ("333222222", 21, 20),
    ("333333333", 27, 20),
]


@pytest.mark.parametrize(("marks", "total", "cut"), PHQ)
def test_the_phq_9_adds_up_as_published(marks: str, total: int, cut: int | None) -> None:
    found = scored("phq-9", "total", row("phq", marks))
    assert (found.value, found.answered, found.missing, found.prorated) == (total, 9, 0, False)
    assert (found.highest.at if found.highest else None) == cut


def test_one_gap_is_prorated_exactly_and_said() -> None:
    found = scored("phq-9", "total", row("phq", "11111111_"))
    assert found.value == Fraction(9) and found.prorated and found.missing == 1
    found = scored("phq-9", "total", row("phq", "2111111__"))
    assert found.value == Fraction(72, 7) and found.highest is not None and found.highest.at == 10


def test_too_many_gaps_give_no_number_and_no_verdict() -> None:
    found = scored("phq-9", "total", row("phq", "333333___"))
    assert found.value is None and found.cut_offs == () and not found.prorated
    assert (found.answered, found.total, found.missing) == (6, 9, 3)


def test_who_would_rather_not_say_is_counted_apart_and_never_as_zero() -> None:
    found = scored("phq-9", "total", row("phq", "3333333xx"))
    assert (found.preferred_not, found.answered) == (2, 7)
    assert found.value == 27 and found.prorated


@pytest.mark.parametrize(
    ("marks", "total", "cut"),
    [("0000000", 0, None), ("1111100", 5, 5), ("2222200", 10, 10), ("3333333", 21, 15)],
)
def test_the_gad_7_adds_up_as_published(marks: str, total: int, cut: int | None) -> None:
    found = scored("gad-7", "total", row("gad", marks))
    assert found.value == total and (found.highest.at if found.highest else None) == cut


@pytest.mark.parametrize(
    ("marks", "total", "met"), [("000000", 0, False), ("222222", 12, False), ("322222", 13, True)]
)
def test_the_k6_adds_up_and_is_never_prorated(marks: str, total: int, met: bool) -> None:
    found = scored("k6", "total", row("k6", marks))
    assert found.value == total and [one.met for one in found.cut_offs] == [met]
    assert scored("k6", "total", row("k6", marks[:5])).value is None


def test_who_never_drinks_is_asked_two_more_questions_and_scores_what_they_say() -> None:
    never = {"audit_1": "0", "audit_9": "0", "audit_10": "4"}
    found = scored("audit", "total", never)
    assert (found.value, found.answered, found.missing) == (4, 10, 0)


def test_who_never_has_many_skips_the_middle_of_the_audit() -> None:
    some = {"audit_1": "2", "audit_2": "0", "audit_3": "0", "audit_9": "0", "audit_10": "0"}
    assert scored("audit", "total", some).value == 2


def test_a_gap_in_the_audit_is_not_a_skip() -> None:
    gap = {"audit_1": "2", "audit_2": "0", "audit_9": "0", "audit_10": "0"}
    found = scored("audit", "total", gap)
    assert found.value is None and found.missing == 6


def test_the_audit_has_its_own_cut_off_for_women() -> None:
    seven = row("audit", "4111" + "0000" + "00")
    assert scored("audit", "total", seven).value == 7
    assert scored("audit", "total", seven).highest is None
    women = scored("audit", "total_women", seven)
    assert [one.met for one in women.cut_offs] == [True]


def test_any_is_known_with_one_yes_and_a_no_needs_every_answer() -> None:
    assert scored("conductas-el", "physical_any", {"golpe": "once"}).value == 1
    assert scored("conductas-el", "physical_any", {"golpe": "never"}).value is None
    never = dict.fromkeys(("empujon", "golpe", "cuello", "arma"), "never")
    assert scored("conductas-el", "physical_any", never).value == 0
    assert scored("conductas-el", "physical_count", never | {"arma": "many"}).value == 1


def test_reversed_items_turn_round_their_own_range() -> None:
    best = dict.fromkeys(("mia", "efectos", "hijos", "reparar", "pedir"), "4")
    worst = dict.fromkeys(("provoco", "exagera", "alcohol"), "1")
    assert scored("responsabilidad", "mean", best | worst).value == 4
    agrees_with_all = dict.fromkeys((*best, *worst), "4")
    assert scored("responsabilidad", "mean", agrees_with_all).value == Fraction(23, 8)


def test_nothing_answered_gives_nothing_in_every_instrument_that_ships() -> None:
    for slug in ("phq-9", "audit", "k6", "conductas-ella", "endireh-pareja", "sasa-rapida"):
        assert all(found.value is None for found in scores(newest(slug).instrument, {}))


def test_the_range_of_a_scale_is_the_published_one() -> None:
    wanted = {"phq-9": (0, 27), "gad-7": (0, 21), "audit": (0, 40), "k6": (0, 24)}
    for slug, ends in wanted.items():
        whole = newest(slug).instrument
        assert bounds(whole, whole.scales[0]) == ends


@pytest.mark.parametrize(
    ("slug", "answers", "kinds"),
    [
        ("phq-9", {"phq_9": "1"}, ["self_harm"]),
        ("phq-9", {"phq_9": "0"}, []),
        ("phq-9", {"phq_9": PREFERS_NOT}, []),
        ("conductas-el", {"cuello": "once", "arma": "few"}, ["strangulation", "weapons"]),
        ("conductas-ella", {"amenaza_matar": "many"}, ["danger"]),
        ("impacto-hijas", {"lastimados": "1"}, ["children"]),
        ("diario-retiro", {"retiro": "yes", "regreso": "again"}, ["danger"]),
        ("diario-retiro", {"retiro": "no", "regreso": "again"}, []),
    ],
)
def test_red_flags_are_raised_by_what_was_asked_and_answered(
    slug: str, answers: dict[str, str], kinds: list[str]
) -> None:
    assert [one.kind for one in raised(newest(slug).instrument, answers)] == kinds


def test_a_seeded_defect_is_found() -> None:
    """With a cut-off moved by one, the table above would not hold."""
    whole = newest("phq-9").instrument
    moved = whole.model_dump(by_alias=True)
    moved["scale"][0]["cut_offs"][1]["at"] = 11
    wrong = Instrument.model_validate(moved)
    found = score(wrong, wrong.scales[0], row("phq", "211111111"))
    assert found.highest is not None and found.highest.at == 5
