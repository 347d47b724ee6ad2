from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest

from tequio.ui import circle
from tequio.ui.circle import Seat, SeatState

SHEET = Path(circle.__file__).parent / "static/ui/css/circle-positions.css"
SIZES = range(circle.FEWEST, circle.MOST + 1)


def test_the_first_seat_is_at_the_top_and_the_next_to_its_right() -> None:
    first, second, *_rest = circle.seats(12)

    assert (first.left, first.top) == (50.0, 0.0)
    assert second.left > 50


@pytest.mark.parametrize("n", SIZES)
def test_neighbours_never_touch(n: int) -> None:
    size = circle.seat_size(n)
    ring = 100 - size
    around = [*circle.seats(n), circle.seats(n)[0]]

    gaps = [
        math.hypot(a.left - b.left, a.top - b.top) * ring / 100
        for a, b in itertools.pairwise(around)
    ]

    assert min(gaps) > size


def test_fourteen_seats_can_be_pressed_on_a_narrow_phone() -> None:
    # 360 px less the margins of page and card.
    assert circle.seat_size(14) / 100 * 290 >= 44


def test_the_committed_sheet_is_the_one_the_module_writes() -> None:
    assert SHEET.read_text(encoding="utf-8") == circle.positions_css()


def test_every_state_leads_to_another_and_all_are_reached() -> None:
    state, reached = SeatState.NOT_RECORDED, []
    for _turn in SeatState:
        state = SeatState(Seat("1", "Faro", state).next.value)
        reached.append(state)

    assert set(reached) == set(SeatState)


def test_names_that_begin_alike_get_more_letters() -> None:
    assert circle.short_names(["Mar", "Maru", "Sol", "Río"]) == ("Mar", "Maru", "So", "Rí")


def test_one_word_alone_gets_two_letters() -> None:
    assert circle.short_names(["Faro"]) == ("Fa",)


def test_a_seat_says_who_how_and_what_pressing_does() -> None:
    seat = Seat("1", "Faro", SeatState.PRESENT, url="/x")

    assert seat.spoken == "Faro: llegó. Cambiar a: tarde"
    assert Seat("1", "Lalo", facilitator=True).spoken == "Lalo: facilita"
    assert Seat("1", "Faro", SeatState.LATE).spoken == "Faro: tarde"


def test_no_two_states_share_a_sign_or_a_key() -> None:
    signs = [words.sign for words in circle.WORDS.values()]
    keys = [words.key for words in circle.WORDS.values()]

    assert len(set(signs)) == len(signs)
    assert len(set(keys)) == len(keys)
