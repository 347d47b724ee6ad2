"""What is put to the coordinator as a question, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tequio.instruments import quality_words
from tequio.instruments.rules.quality import Answered, Found, Shape, look

ITEMS = tuple(f"q{n}" for n in range(6))
OTHERS = tuple(f"o{n}" for n in range(6))
SHAPE = Shape(questions=ITEMS + OTHERS, batteries={"q0": ITEMS})
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def one(n: int, by: str = "azul", **more: object) -> Answered:
    """A quiet questionnaire: no two alike, ten minutes, answers that vary."""
    answers = {item: str((n * 7 + k * k) % 4) for k, item in enumerate(ITEMS)}
    answers |= {item: f"{n}-{k}" for k, item in enumerate(OTHERS)}
    began = NOON + timedelta(minutes=15 * (n % 40)) + timedelta(days=n // 40)
    made = Answered(f"k{n:03}", by, answers, began, began + timedelta(minutes=10))
    made = replace(made, received=began + timedelta(hours=1))
    return replace(made, **more)  # type: ignore[arg-type]


def kinds(answered: Iterable[Answered], shape: Shape = SHAPE) -> dict[str, Found]:
    return {found.kind: found for found in look(list(answered), shape)}


QUIET = [one(n, "azul" if n % 2 else "verde") for n in range(40)]


def test_of_quiet_work_nothing_is_asked() -> None:
    assert kinds(QUIET) == {}
    assert kinds([]) == {}


def test_the_same_answer_down_the_list_is_asked_about_once_it_is_most_of_them() -> None:
    flat = [
        replace(a, answers={**a.answers, **dict.fromkeys(ITEMS, "2")}) if a.by == "azul" else a
        for a in QUIET
    ]
    found = kinds(flat)["straight"]
    assert (found.by, found.seen, found.of, found.what) == ("azul", 20, 20, "q0")
    assert "straight" not in kinds(flat[:18])  # nine of one person are too few


@pytest.mark.parametrize(
    ("kind", "times"),
    [
        ("backwards", (NOON, NOON - timedelta(minutes=1))),
        ("quick", (NOON, NOON + timedelta(seconds=11))),
        ("long", (NOON, NOON + timedelta(hours=5))),
        ("night", (NOON.replace(hour=3), NOON.replace(hour=3, minute=20))),
    ],
)
def test_times_that_cannot_be_are_asked_about(kind: str, times: tuple[datetime, datetime]) -> None:
    odd = one(1, by="", started=times[0], finished=times[1], received=None)
    found = kinds([*QUIET, odd])[kind]
    assert (found.seen, found.of, found.keys) == (1, 41, ("k001",))


def test_what_ends_after_it_arrived_is_a_clock() -> None:
    assert kinds([one(1, received=NOON - timedelta(days=1))])["future"].seen == 1
    assert "future" not in kinds([one(1, received=NOON + timedelta(minutes=16))])


def test_two_at_a_time_by_one_person_are_asked_about_and_by_two_are_not() -> None:
    assert kinds([one(1), one(2, started=NOON + timedelta(minutes=20))])["overlap"].by == "azul"
    assert "overlap" not in kinds([one(1), one(2, "verde", started=NOON + timedelta(minutes=20))])


def test_the_same_answers_under_two_numbers_are_asked_about() -> None:
    again = replace(QUIET[3], key="other")
    found = kinds([*QUIET, again])["twins"]
    assert (found.seen, found.of, set(found.keys)) == (2, 41, {"k003", "other"})


def test_few_answers_alike_are_no_twins() -> None:
    short = [replace(a, answers={"q0": "1", "q1": "2"}) for a in QUIET]
    assert "twins" not in kinds(short)


def test_a_question_that_many_leave_open_is_asked_about_unless_it_has_a_condition() -> None:
    without = [replace(a, answers={k: v for k, v in a.answers.items() if k != "o3"}) for a in QUIET]
    found = kinds([*without[:10], *QUIET[10:]])["left_open"]
    assert (found.what, found.seen, found.of) == ("o3", 10, 40)
    shape = replace(SHAPE, conditional=frozenset({"o3"}))
    assert "left_open" not in kinds(without, shape)


def test_more_left_open_with_one_person_than_with_the_others_is_asked_about() -> None:
    less = [
        replace(a, answers={k: v for k, v in a.answers.items() if k not in OTHERS[:4]})
        if a.by == "azul"
        else a
        for a in QUIET
    ]
    found = kinds(less)["left_open_by"]
    assert (found.by, found.seen, found.of) == ("azul", 80, 240)
    assert found.here == pytest.approx(1 / 3)


def test_a_battery_that_comes_out_otherwise_with_one_person_is_asked_about() -> None:
    def higher(a: Answered) -> Answered:
        return replace(
            a, answers={k: str(int(v) + 3) if k in ITEMS else v for k, v in a.answers.items()}
        )

    found = kinds([higher(a) if a.by == "azul" else a for a in QUIET])["differs"]
    assert found.what == "q0"
    assert abs((found.here or 0) - (found.elsewhere or 0)) == pytest.approx(3, abs=0.5)
    drifted = [higher(a) if n >= 20 else a for n, a in enumerate(one(n) for n in range(40))]
    assert kinds(drifted)["changed"].by == "azul"


def test_every_finding_is_a_question_with_what_was_seen_and_accuses_nobody() -> None:
    every = (
        "straight", "backwards", "future", "quick", "long", "night", "overlap", "twins",
        "left_open", "left_open_by", "differs", "changed",
    )  # fmt: skip
    for kind in every:
        compares = {"here": 0.5, "elsewhere": 0.1} if kind in every[-3:] else {}
        asked = quality_words.asked(Found(kind, 3, 12, "azul", "q0", **compares))  # type: ignore[arg-type]
        assert asked.question.startswith("¿")
        assert asked.question.endswith("?")
        assert asked.seen.startswith("Se vio: ")
        assert any(letter.isdigit() for letter in asked.seen)
        words = f"{asked.question} {asked.maybe}".lower()
        for bad in ("inventó", "falso", "fraude", "mentir", "culpa", "trampa", "copió"):
            assert bad not in words


def test_what_a_version_did_not_ask_was_not_left_open() -> None:
    newer = replace(SHAPE, questions=(*SHAPE.questions, "nueva"))
    before = [replace(one(n), lacks=frozenset({"nueva"})) for n in range(30)]
    now = [replace(a, answers={**a.answers, "nueva": "1"}) for a in (one(n) for n in range(30, 42))]
    assert "left_open" not in kinds([*before, *now], newer)
    found = kinds([*before, *(replace(a, answers=one(9).answers) for a in now)], newer)
    assert (found["left_open"].seen, found["left_open"].of) == (12, 12)


def test_every_number_says_of_how_many_and_of_which() -> None:
    less = quality_words.asked(Found("left_open_by", 46, 120, "azul", here=0.38, elsewhere=0.05))
    assert "46 de 120 respuestas" in less.seen and "5 %" in less.seen
    timed = quality_words.asked(Found("quick", 1, 3))
    assert "1 de 3" in timed.seen and "traen su hora" in timed.seen
