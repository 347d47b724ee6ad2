"""What an intake asks, of whom, and what it still lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tequio.people.rules import finishing, likeness, steps
from tequio.people.rules.answers import Answers, Guardian, Texts
from tequio.people.rules.finishing import Known

SAFE = Guardian("mother", "no", "2026-01-05", "yes", "2026-01-05", "Elena Ríos")
WHOLE = Known("friend", "anger", minor=False, guardian=Guardian(), given={"limits", "programme"})


@pytest.mark.parametrize(
    ("born", "said", "minor"),
    [
        (1985, "", False),
        (1985, "no", False),
        (2011, "yes", True),
        (2008, "", None),
        (2008, "yes", False),
        (2008, "no", True),
        (2009, "", True),
        (2007, "", False),
        (None, "", None),
        (None, "no", True),
    ],
)
def test_the_year_decides_who_is_a_minor_and_he_only_where_it_cannot(
    born: int | None, said: str, minor: bool | None
) -> None:
    assert finishing.is_minor(born, said, 2026) is minor


def test_a_whole_intake_lacks_nothing() -> None:
    assert finishing.gaps(WHOLE) == []
    assert finishing.gaps(replace(WHOLE, minor=True, guardian=SAFE)) == []


@pytest.mark.parametrize(
    ("known", "gap"),
    [
        (replace(WHOLE, route=""), "route"),
        (replace(WHOLE, motive=""), "motive"),
        (replace(WHOLE, minor=None), "age"),
        (replace(WHOLE, given={"programme"}), "limits"),
        (replace(WHOLE, given={"limits"}), "programme"),
        (replace(WHOLE, minor=True, guardian=replace(SAFE, relation="")), "guardian"),
        (replace(WHOLE, minor=True, guardian=replace(SAFE, uses_violence="yes")), "violence"),
        (replace(WHOLE, minor=True, guardian=replace(SAFE, uses_violence="unknown")), "violence"),
        (replace(WHOLE, minor=True, guardian=replace(SAFE, uses_violence="")), "violence"),
        (replace(WHOLE, minor=True, guardian=replace(SAFE, psychologist="")), "psychologist"),
        (replace(WHOLE, minor=True, guardian=replace(SAFE, assent="no")), "assent"),
    ],
)
def test_each_thing_that_is_missing_is_named_alone(known: Known, gap: str) -> None:
    assert finishing.gaps(known) == [gap]


def test_the_steps_are_only_those_that_concern_him() -> None:
    plain = [step.slug for step in steps.steps(Answers(), minor=False)]
    assert plain == ["llegada", "vida", "participar", "lugar", "pareja", "acuerdos", "terminar"]
    more = [step.slug for step in steps.steps(Answers(mandated="yes"), minor=True)]
    assert set(more) - set(plain) == {"autoridad", "menor"}


def test_after_each_step_comes_the_next_and_the_last_is_the_end() -> None:
    path = steps.steps(Answers(), minor=False)
    assert steps.following(path, "llegada") == "vida"
    assert steps.following(path, "terminar") == "terminar"
    assert steps.following(path, "autoridad") == "terminar"


def test_a_curp_goes_with_the_letter_and_the_letter_with_the_authority() -> None:
    sent = Answers().with_values({"mandated": "yes", "letter": "yes", "curp": "X"})
    assert sent.curp == "X"
    assert sent.with_values({"letter": "no"}).curp == ""
    assert sent.with_values({"mandated": "no"}) == Answers(mandated="no")


def test_answers_come_back_as_they_were_sealed_and_strange_ones_are_left_out() -> None:
    said = Answers(marital="single", work_hours=("morning",))
    assert Answers.from_stored({**said.stored(), "of_the_future": 1}) == said
    assert Answers.from_stored({"work_hours": ["morning"]}).work_hours == ("morning",)
    assert Texts().with_values({"needs": "x", "marital": "single"}) == Texts(needs="x")


def test_no_answer_holds_a_name_or_a_contact() -> None:
    for shape in (Answers, Texts, Guardian):
        for name in shape.__slots__:
            assert not {"name", "phone", "contact", "address"} & set(name.split("_"))


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ((True, False, 0, 1988, 1960), (False, True, 0, 1988, 1960)),
        ((False, True, 3, None, None), (False, False, 3, None, None)),
        ((False, False, 2, 1988, 1988), (False, False, 2, 1988, 1985)),
        ((False, False, 2, 1988, 1989), (False, False, 2, 1988, 1984)),
    ],
)
def test_more_signs_stand_before_fewer(
    more: tuple[bool, bool, int, int | None, int | None],
    less: tuple[bool, bool, int, int | None, int | None],
) -> None:
    assert likeness.strength(likeness.Signs(*more)) > likeness.strength(likeness.Signs(*less)) > 0


def test_a_year_alone_is_no_sign() -> None:
    assert likeness.strength(likeness.Signs(False, False, 0, 1988, 1988)) == 0
