"""A night on paper: the code finds the session, and two letters per man write it, exactly once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.app.circles import evening_world
from tests.app.circles.evening_world import EVENING, Tonight, answer, said_by
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Telling
from tequio.circles.rules.evening import Round
from tequio.circles.rules.sheets import read_pasted
from tequio.core import clock
from tequio.core.codes import between, code_of


@pytest.fixture(autouse=True)
def _at_eight() -> object:
    with clock.at(EVENING):
        yield


@pytest.fixture
def tonight(facilitator: User) -> Tonight:
    made = evening_world.make(facilitator)
    made.session.attendances.all().delete()
    return made


def _letters(tonight: Tonight, *pairs: str) -> dict[str, str]:
    sent = {}
    for man, pair in zip(tonight.men, pairs, strict=False):
        sent[f"s-{man.pk}"], sent[f"r-{man.pk}"] = pair[0].strip(), pair[1:].strip()
    return sent


def _address(tonight: Tonight) -> str:
    return reverse("circles:sheet", args=[tonight.session.pk])


def test_a_code_finds_its_session_for_who_runs_it(
    facilitator: User, other_facilitator: User, director: User, tonight: Tonight
) -> None:
    code = code_of(tonight.session.pk).lower().replace("-", " ")
    found = signed_in_client(facilitator).post(reverse("circles:find-sheet"), {"code": code})
    assert found["Location"] == _address(tonight)
    for text, who in ((code, other_facilitator), ("ABCD", facilitator), ("", facilitator)):
        missed = signed_in_client(who).post(reverse("circles:find-sheet"), {"code": text})
        assert missed.status_code in (200, 422)
    assert signed_in_client(director).get(reverse("circles:find-sheet")).status_code == 403


def test_every_code_leads_back_to_its_session() -> None:
    for _n in range(200):
        key = uuid4()
        first, last = between(code_of(key)) or (None, None)
        assert first is not None and last is not None and first <= key <= last
    assert between("7K2M") is None and between("7K2M-9QU!") is None


def test_a_sheet_is_written_once(facilitator: User, tonight: Tonight) -> None:
    client = signed_in_client(facilitator)
    sent = {"sheet": str(uuid4()), **_letters(tonight, "Pn", "ts", "j ")}
    for _time in range(2):
        assert client.post(_address(tonight), sent).status_code == 302
    tonight.session.refresh_from_db()
    rows = tonight.session.attendances.order_by("membership__participant__alias")
    assert list(rows.values_list("status", flat=True)) == ["present", "late", "excused"]
    assert [said_by(man) for man in tonight.men] == [Round("no"), Round("yes"), None]
    assert (tonight.session.state, Telling.objects.count()) == ("held", 2)
    assert Event.objects.filter(kind="attendance.mark_many").count() == 1


def test_what_was_corrected_since_stays(facilitator: User, tonight: Tonight) -> None:
    client = signed_in_client(facilitator)
    sent = {"sheet": str(uuid4()), **_letters(tonight, "Pn")}
    client.post(_address(tonight), sent)
    answer(facilitator, tonight, tonight.men[0], "yes")
    client.post(_address(tonight), sent)
    assert said_by(tonight.men[0]) == Round("yes")


def test_a_letter_that_nobody_knows_saves_nothing_and_loses_nothing(
    facilitator: User, tonight: Tonight
) -> None:
    client = signed_in_client(facilitator)
    for pair, words in (("Qn", "no se entienden"), ("Fn", "no tuvo turno")):
        sent = {"sheet": str(uuid4()), **_letters(tonight, "Pn", pair)}
        page = client.post(_address(tonight), sent)
        assert page.status_code == 422 and words in page.content.decode()
        assert f'value="{pair[0]}"' in page.content.decode()
    assert not Telling.objects.exists() and not tonight.session.attendances.exists()


def test_lines_from_a_spreadsheet_fill_the_boxes_and_save_nothing(
    facilitator: User, tonight: Tonight
) -> None:
    text = "Bosque\tTarde\tSí\nABETO\tPresente\tno\nZorro\tP\tN\n"
    page = signed_in_client(facilitator).post(
        _address(tonight), {"distribute": "1", "pasted": text, "sheet": str(uuid4())}
    )
    shown = {line.man.alias: (line.status, line.answer) for line in page.context["lines"]}
    assert shown == {"Abeto": ("P", "N"), "Bosque": ("T", "S"), "Cedro": ("", "")}
    assert "Zorro" in page.content.decode() and not tonight.session.attendances.exists()


def test_lines_without_an_alias_are_read_in_order() -> None:
    a, b = uuid4(), uuid4()
    pasted = read_pasted("P\tN\nF\n", [(a, "Abeto"), (b, "Bosque")])
    assert pasted.letters == {a: ("p", "n"), b: ("f", "")}


def test_the_paper_carries_aliases_and_the_code_and_is_written_down(
    facilitator: User, tonight: Tonight
) -> None:
    made = signed_in_client(facilitator).get(
        reverse("circles:sheet-pdf", args=[tonight.session.pk])
    )
    assert made.content.startswith(b"%PDF")
    event = Event.objects.get(kind="export")
    assert event.detail == {"what": "session_sheet", "rows": 3}
