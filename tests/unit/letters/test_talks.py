"""What is asked in a talk: the same number for everybody, in the order of the list."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tequio.core import entropy
from tequio.letters import talks

CODES = [subject.code for subject in talks.SUBJECTS]
EACH = talks.plan().subjects_each
drawn = st.lists(st.sampled_from(CODES), min_size=EACH, max_size=EACH, unique=True)


def test_each_subject_is_as_likely_as_any_other() -> None:
    with entropy.replay("talks"):
        counted = Counter(code for _n in range(4000) for code in talks.draw())
    share = talks.plan().subjects_each / len(CODES)
    assert set(counted) == set(CODES)
    assert all(abs(n / 4000 - share) < 0.04 for n in counted.values())


def test_a_draw_stands_in_the_order_of_the_list() -> None:
    with entropy.replay("order"):
        assert all((found := talks.draw()) == sorted(found, key=CODES.index) for _n in range(50))


@given(before=drawn, asked=st.sampled_from(CODES))
def test_an_exchange_keeps_number_and_order_and_changes_one_at_most(
    before: list[str], asked: str
) -> None:
    there = talks.ordered(before)
    after = talks.exchanged(there, asked)
    assert len(after) == len(there)
    assert after == talks.ordered(after)
    assert asked in after
    assert len(set(after) - set(there)) == (0 if asked in there else 1)


def test_an_exchange_moves_nothing_of_the_public_stream() -> None:
    with entropy.replay("streams"):
        talks.exchanged(CODES[:4], CODES[9])
        after = entropy.token_bytes(8)
    with entropy.replay("streams"):
        assert entropy.token_bytes(8) == after


def test_what_is_to_be_kept_stays() -> None:
    for _n in range(20):
        assert CODES[0] in talks.exchanged(CODES[:4], CODES[9], keep=[CODES[0]])
    assert talks.exchanged(CODES[:4], CODES[9], keep=CODES[:4]) == CODES[:4]


def test_the_plan_says_whose_numbers_they_are() -> None:
    assert 'source = "ours"' in talks.FILE.read_text(encoding="utf-8")
    assert talks.plan().subjects_each < len(CODES)
