"""A copy of the database does not tell whether the team knows a woman of a man to whom something
happened: a letter that no case names leaves a row like the others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from tests.people import *  # noqa: F403
from tests.wall_at_noon import *  # noqa: F403
from tests.wall_at_noon import NOON
from tests.walls import Walled, begin_case, client_behind

from tequio.core import clock
from tequio.letters import slot
from tequio.letters.kinds import CLOCKS, Kind
from tequio.survivors import log
from tequio.survivors.actions import erasing, forgetting, letters, sheets
from tequio.survivors.log_words import sentence
from tequio.survivors.models import HeldLetter, LogEntry, Record
from tequio.survivors.queries.letters import opened
from tequio.survivors.rules.sheets import Duty, Link

pytestmark = pytest.mark.django_db
HIS, NOBODYS = "7K2M-9QXC", "4R8Q-TM2X"


@pytest.fixture
def case(walled: Walled) -> UUID:
    case = begin_case(walled.by, alias="Jacinta")
    link = Link(folio=HIS, relation="ex_partner", on=sheets.today(walled.by))
    sheets.write(by=walled.by, case_id=case.pk, body=link)
    return case.pk


def happens(walled: Walled, folio: str, kind: Kind = Kind.DISCLOSURE) -> None:
    slot.deposit(
        organisation_id=walled.user.organisation_id,
        kind=kind,
        folio=folio,
        says={"types": ["physical", "vicarious"], "against": ["partner", "children"]},
    )


def in_the_clear() -> list[object]:
    """What a thief of the database reads without any key of the letters and of the log."""
    rows = [
        (row.case_id is not None, len(row.sealed), len(row.sealed_key), row.version,
         row.erase_after)
        for row in HeldLetter.objects.all()
    ]  # fmt: skip
    lines = [(entry.position, len(entry.sealed)) for entry in LogEntry.objects.all()]
    return [sorted(rows), sorted(lines), Record.objects.count()]


def looked_at(walled: Walled, folio: str, after: Callable[[Walled], object]) -> list[object]:
    """Open the wall after something happened to a man, and take the database."""
    happens(walled, folio)
    client = client_behind(walled)
    client.get(reverse("survivors:home"))
    client.get(reverse("survivors:letters"))
    after(walled)
    return in_the_clear()


def _nothing(_walled: Walled) -> None:
    pass


def _too_late(walled: Walled) -> None:
    with clock.at(NOON + CLOCKS[Kind.DISCLOSURE].escalates + timedelta(days=1)):
        letters.received(walled.by)
        letters.received(walled.by)


@pytest.mark.parametrize("after", [_nothing, _too_late])
def test_from_one_copy_nobody_tells_whose_woman_is_known(
    walled: Walled, case: UUID, after: Callable[[Walled], object]
) -> None:
    seen = []
    for folio in (HIS, NOBODYS):
        with transaction.atomic():
            seen.append(looked_at(walled, folio, after))
            transaction.set_rollback(True)
    known, unknown = seen
    assert known == unknown


def test_nothing_of_the_letter_is_in_the_row_that_stays_and_nobody_is_shown_it(
    walled: Walled, case: UUID
) -> None:
    happens(walled, NOBODYS)
    found = letters.received(walled.by)
    assert found.count == 0
    row = HeldLetter.objects.get()
    body = opened(walled.by, row)
    assert body.blank
    assert not body.folio.strip()
    assert "physical" not in str(body)
    client = client_behind(walled)
    assert client.get(reverse("survivors:letter", args=[row.pk])).status_code == 404
    for page in (reverse("survivors:letters"), reverse("survivors:case", args=[case])):
        assert str(row.pk) not in client.get(page).content.decode()
    (line,) = [one for one in log.lines(by=walled.by) if one.kind == "letters.open"]
    assert line.detail == {"opened": 1, "held": 0, "broken": 0}


def test_it_goes_with_a_sheet_now_and_then_and_a_letter_that_waits_stays(
    walled: Walled, case: UUID
) -> None:
    for _n in range(12):
        happens(walled, NOBODYS)
    happens(walled, HIS, Kind.THIRD_ABSENCE)
    letters.received(walled.by)
    left = []
    for _n in range(12):
        sheets.write(by=walled.by, case_id=case, body=_duty(walled))
        left.append(HeldLetter.objects.count())
    assert 13 >= left[0] > left[-1] > 1
    assert len(set(left)) < 12, "every sheet takes one: a letter that stays would stand out"
    assert len(letters.received(walled.by).duties) == 1


def _duty(walled: Walled) -> Duty:
    return Duty(
        letter="end", at=NOON, on=sheets.today(walled.by), by=walled.user.login, outcome="told"
    )


def test_the_certificate_of_an_erasure_counts_letters_and_no_blank_rows(
    walled: Walled, case: UUID
) -> None:
    happens(walled, NOBODYS)
    happens(walled, HIS)
    letters.received(walled.by)
    at = erasing.erase(by=walled.by, case_id=case, folio="4R8Q-TM2X", reason="asked")
    assert erasing.erased(by=walled.by, position=at).letters == 1
    assert not HeldLetter.objects.exists()


def test_where_there_is_no_open_case_nothing_stays(walled: Walled) -> None:
    happens(walled, NOBODYS)
    letters.received(walled.by)
    assert HeldLetter.objects.count() == 0


def test_what_waits_goes_in_its_month_as_was_said(walled: Walled, case: UUID) -> None:
    happens(walled, NOBODYS)
    happens(walled, HIS)
    slot.deposit(organisation_id=walled.user.organisation_id, kind=Kind.CALL_BACK, says={})
    letters.received(walled.by)
    months = HeldLetter.objects.values_list("erase_after", flat=True)
    assert len(months) == 3
    last = datetime(months[0].year, months[0].month, months[0].day, 12, tzinfo=UTC)
    with clock.at(last):
        forgetting.forget_cases()
        assert HeldLetter.objects.count() == 3
    with clock.at(last + timedelta(days=1)):
        forgetting.forget_cases()
        assert HeldLetter.objects.count() == 0


def test_what_is_put_in_order_by_itself_is_one_line_of_the_page_and_hides_nothing(
    walled: Walled, case: UUID
) -> None:
    for _n in range(5):
        happens(walled, NOBODYS)
    with clock.at(NOON + CLOCKS[Kind.DISCLOSURE].escalates + timedelta(days=1)):
        letters.received(walled.by)
        tidied = [one for one in log.lines(by=walled.by) if one.kind == "letters.tidy"]
    (line,) = tidied
    assert line.detail == {"count": 5}
    assert sentence(line) == "Se ordenó lo que quedó de cartas de nadie: 5"


def test_which_case_the_row_stands_at_is_drawn(walled: Walled, case: UUID) -> None:
    for n in range(4):
        begin_case(walled.by, alias=f"Lupe {n}")
    for _n in range(20):
        happens(walled, NOBODYS)
    letters.received(walled.by)
    assert HeldLetter.objects.values("case").distinct().count() > 2
