"""Which numbers meetings get, which session a meeting is, and what a man is called."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.circles.importing import choices, match, naming, parts, reading
from tequio.circles.registers import PlannedSession, parse_label
from tequio.circles.registers.people import Identity, Person
from tequio.core.tabular import Sheet, Workbook


def sessions(*titles: object) -> list[PlannedSession]:
    labels = [parse_label(title) for title in titles]
    return [
        PlannedSession(i, label, label.covers, "", "Hoja", "A1") for i, label in enumerate(labels)
    ]


@pytest.mark.parametrize(
    ("titles", "wanted"),
    [
        (["FUAT 1", "FUAT 4-5", "FUAT 6"], [(1, 1), (4, 5), (6, 6)]),
        (["FUAT 1", "FUAT 4-5", "Cierre"], [(1, 1), (4, 5), (6, 6)]),
        (["Bienvenida", "FUAT 1-2", "FUAT 3"], [(1, 1), (2, 3), (4, 4)]),
        (["Módulo 1", "Taller 1-2"], [(1, 1), (2, 3)]),
        (["Sesión 1", "Sesión 1"], [(1, 1), (2, 2)]),
        (["Sesión 1", "Repaso", "Sesión 3"], [(1, 1), (2, 2), (3, 3)]),
        ([dt.date(2025, 3, 4), dt.date(2025, 3, 11)], [(1, 1), (2, 2)]),
        ([], []),
    ],
)
def test_numbers_follow_the_titles_where_they_agree(
    titles: list[object], wanted: list[tuple[int, int]]
) -> None:
    assert parts.numbers(sessions(*titles)) == wanted


@given(
    st.lists(
        st.sampled_from(["S 1", "S 2", "S 4-5", "Inicio", "Taller 3", "Taller 6-8"]), max_size=9
    )
)
def test_numbers_rise_never_overlap_and_cover_the_weight(titles: list[str]) -> None:
    planned = sessions(*titles)
    last = 0
    for session, (first, end) in zip(planned, parts.numbers(planned), strict=True):
        assert first > last
        assert end - first + 1 == session.weight
        last = end


def meeting(index: int, title: object) -> parts.Meeting:
    (planned,) = sessions(title)
    planned = PlannedSession(index, planned.label, planned.weight, "", "Hoja", "A1")
    return parts.Meeting(planned, 1, planned.weight, 0, 0, marked=True)


def known(
    n: int,
    *,
    label: str = "",
    on: dt.date | None = None,
    plan: bool = False,
    to_come: bool = False,
) -> match.Known:
    return match.Known(UUID(int=n), n, n, n, label, on, plan, to_come)


DAY = dt.date(2026, 3, 3)


@pytest.mark.parametrize(
    ("title", "session", "same"),
    [
        (DAY, known(1, on=DAY), True),
        (DAY, known(1, on=DAY + dt.timedelta(days=1)), False),
        ("Sesión 2", known(2), True),
        ("Sesión 2", known(3), False),
        ("Sesión 2", known(2, on=DAY), True),
        ("Taller 2", known(2, label="Módulo 2"), False),
        ("taller 2", known(9, label="Taller 2"), True),
        ("Cierre", known(4, label="CIERRE"), True),
        ("Cierre", known(1), False),
        ("Sesión 2 (10/03/2026)", known(2, on=DAY), False),
        ("Sesión 2 (10/03/2026)", known(2, on=DAY, plan=True), True),
        ("Sesión 2", known(2, on=DAY, plan=True, to_come=True), False),
        ("Cierre", known(4, label="CIERRE", on=DAY, plan=True, to_come=True), False),
        ("Sesión 2 (10/03/2026)", known(2, on=DAY, plan=True, to_come=True), True),
    ],
)
def test_which_meeting_is_which_session(title: object, session: match.Known, same: bool) -> None:
    assert bool(match.match([meeting(0, title)], [session])) is same


def test_one_session_is_only_one_meeting() -> None:
    found = match.match([meeting(0, "Sesión 1"), meeting(1, "Sesión 1")], [known(1)])
    assert list(found) == [0]


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(1, 13))
def test_meetings_in_between_move_nobody(new: list[bool], joined: int) -> None:
    """Whoever was expected at a meeting is expected at it, and at no other, after the move."""
    old = [place for place, is_new in enumerate(new, start=1) if not is_new]
    moved = dict(enumerate(old, start=1))
    after = match.place_after(joined, moved)
    before = match.place_before(joined, moved)
    for position, place in moved.items():
        assert (position >= joined) == (place >= after)
        assert (position <= joined) == (place <= before)


@pytest.mark.parametrize(
    ("identity", "alias"),
    [
        (Identity(alias="Lalo", name="Eduardo Ruiz"), "Lalo"),
        (Identity(name="José Luis Pérez"), "José"),
        (Identity(name="Pérez López, José"), "José"),
        (Identity(given="Ana María", surname="Ruiz"), "Ana"),
        (Identity(id="16"), "Abeto"),
        (Identity(name="J."), "Abeto"),
    ],
)
def test_what_a_man_is_called(identity: Identity, alias: str) -> None:
    assert naming.Aliases(set()).give(identity) == alias


def test_two_men_never_share_an_alias() -> None:
    aliases = naming.Aliases({"José"})
    given = [aliases.give(Identity(name="José Ruiz")) for _i in range(3)]
    assert given == ["José 2", "José 3", "José 4"]


def test_a_name_with_a_comma_is_cut_there_and_no_other_is_cut() -> None:
    both = [Identity(name="Pérez López, José"), Identity(name="José Pérez López")]
    who = [naming.who_of(Person("k", identity, "Hoja", "A1")) for identity in both]
    assert (who[0].given_names, who[0].surnames) == ("José", "Pérez López")
    assert (who[1].given_names, who[1].surnames) == ("José Pérez López", "")


def test_choices_survive_being_written_down() -> None:
    rows = (("Nombre", "Sesión 1", "Sesión 2"), ("Ana Paz Sol", "x", "F"))
    found = reading.first_choices(Workbook((Sheet("Grupo 1", rows),)))
    assert choices.from_dict(choices.to_dict(found)) == found


def test_what_is_remembered_names_no_sheet_group_or_remark() -> None:
    rows = (("Nombre", "Sesión 1", "Sesión 2"), ("Ana Paz Sol", "x", "vino con su hermana Rosa"))
    found = reading.first_choices(Workbook((Sheet("Grupo de Rosa", rows),)))
    mapping = found.mapping
    explained = (*mapping.marks, ("vino-con-su-hermana-rosa", mapping.marks[0][1]))
    kept = str(choices.to_remember(choices.replace(mapping, marks=explained))).casefold()
    assert "rosa" not in kept
    assert "meeting" in kept
