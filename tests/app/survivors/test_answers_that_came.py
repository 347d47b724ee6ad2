"""What she answered alone: opened once, found its case or waited for a person, in her words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests.her_answers import *  # noqa: F403
from tests.her_answers import BEHAVIOUR, NOON, SPACE
from tests.people import *  # noqa: F403
from tests.walls import Walled, client_behind

from tequio.core import clock, ids
from tequio.instruments import definitions
from tequio.letters import answers as slot
from tequio.letters.kinds import CLOCKS, Kind
from tequio.letters.models import Answers, Letter
from tequio.survivors import log
from tequio.survivors.actions import letters, sheets, subjects
from tequio.survivors.queries.letters import Inbox
from tequio.survivors.rules import moments
from tequio.survivors.rules.sheets import Assessment

pytestmark = pytest.mark.django_db


def _sheets(walled: Walled, case: UUID) -> list[Assessment]:
    bodies = [held.body for held in sheets.all_of(walled.by, case)]
    return [body for body in bodies if isinstance(body, Assessment)]


def _logged(walled: Walled) -> list[str]:
    return [line.kind for line in log.lines(by=walled.by)]


# --- By itself, on a link or a telephone ----------------------------------------------------------


def _answered(walled: Walled, case: UUID | None, **says: Any) -> None:
    shipped = definitions.newest(BEHAVIOUR)
    said = {item.id: "never" for item in shipped.instrument.questions}
    head = {
        "what": slot.ANSWERED,
        "form": BEHAVIOUR,
        "version": shipped.instrument.version,
        "sha256": shipped.sha256,
        "number": "5b0f0f6e-8b1c-4a30-9d0f-3f0d3c1b2a11",
        "answers": said | says.pop("answers", {}),
        "finished_at": NOON.isoformat(),
        "subject": subjects.sealed(by=walled.by, case_id=case, wave="T0") if case else "",
        **says,
    }
    assert slot.deposit(organisation_id=walled.user.organisation_id, says=head)


def _only(found: Inbox) -> Any:
    (one,) = [*found.over, *found.duties, *found.by_hand, *found.answers]
    return one


def test_answers_by_a_link_find_her_case_by_what_the_link_carried(
    walled: Walled, case: UUID
) -> None:
    _answered(walled, case)
    waits = _only(letters.received(walled.by))
    assert (waits.case_id, waits.letter.kind) == (case, "answers")
    assert waits.due_at == NOON + CLOCKS[Kind.ANSWERS].within
    (sheet,) = _sheets(walled, case)
    assert (sheet.wave, sheet.how, len(sheet.answers)) == ("T0", "alone", 24)
    assert not Answers.objects.exists()
    assert "answers.open" in _logged(walled)


# Seven in the evening of the fourteenth in Mexico City: in UTC it is the fifteenth already.
EVENING = datetime(2026, 12, 15, 1, 0, tzinfo=UTC)


def test_what_she_answers_in_the_evening_is_of_that_day_and_not_of_the_next(
    walled: Walled, case: UUID
) -> None:
    with clock.at(EVENING):
        _answered(walled, case, finished_at=EVENING.isoformat())
        letters.received(walled.by)
    (sheet,) = _sheets(walled, case)
    assert sheet.on == date(2026, 12, 14)


def test_a_moment_ends_on_the_evening_of_its_last_day_and_not_before(
    walled: Walled, case: UUID
) -> None:
    bodies = [held.body for held in sheets.all_of(walled.by, case)]
    last = next(one.closes_on for one in moments.of(bodies) if one.label == "T0")
    evening = datetime(last.year, last.month, last.day, 19, tzinfo=ZoneInfo("America/Mexico_City"))
    with clock.at(evening):
        _answered(walled, None)
        waits = _only(letters.received(walled.by))
        letters.attach(by=walled.by, letter_id=waits.id, version=waits.version, case_id=case)
    assert [sheet.wave for sheet in _sheets(walled, case)] == ["T0"]


def test_a_link_carries_nothing_that_says_whose_it_is(walled: Walled, case: UUID) -> None:
    first, second = (subjects.sealed(by=walled.by, case_id=case, wave="T0") for _n in range(2))
    assert first != second
    assert len(first) == len(subjects.sealed(by=walled.by, case_id=case))
    assert case.hex not in first
    assert subjects.opened(walled.by, "no es nada") is None
    opened = subjects.opened(walled.by, first)
    assert opened is not None
    assert (opened.case_id, opened.wave) == (case, "T0")


def test_what_cannot_wait_comes_before_the_rest(walled: Walled, case: UUID) -> None:
    _answered(walled, case, number=str(ids.new_id()))
    _answered(walled, case, number=str(ids.new_id()), answers={"arma": "once"})
    first, second = letters.received(walled.by).answers
    assert (first.letter.kind, second.letter.kind) == ("answers_urgent", "answers")
    assert (first.letter.says or {})["flags"] == ["weapons"]


def test_the_same_answer_twice_counts_once(walled: Walled, case: UUID) -> None:
    _answered(walled, case)
    letters.received(walled.by)
    _answered(walled, case)
    _answered(walled, case)
    assert letters.received(walled.by).count == 1
    assert len(_sheets(walled, case)) == 1


def test_other_content_under_the_same_number_waits_for_a_person(walled: Walled, case: UUID) -> None:
    _answered(walled, case)
    letters.received(walled.by)
    _answered(walled, case, answers={"insulto": "many"})
    strange = [one for one in letters.received(walled.by).answers if one.case_id is None]
    assert len(strange) == 1
    assert len(_sheets(walled, case)) == 1


def test_what_does_not_say_whose_it_is_is_kept_until_somebody_knows(
    walled: Walled, case: UUID
) -> None:
    _answered(walled, None, answers={"cuello": "once"})
    waits = _only(letters.received(walled.by))
    assert (waits.case_id, waits.letter.kind) == (None, "answers_urgent")
    client = client_behind(walled)
    page = client.get(reverse("survivors:letter", args=[waits.id])).content.decode()
    assert "Llegó sin decir de quién es" in page
    sent = {"version": waits.version, "case": str(case)}
    assert client.post(reverse("survivors:letter-attach", args=[waits.id]), sent).status_code == 302
    (sheet,) = _sheets(walled, case)
    assert (sheet.wave, sheet.answers["cuello"]) == ("T0", "once")
    after = _only(letters.received(walled.by))
    assert (after.case_id, after.letter.kind) == (case, "answers_urgent")


def test_a_telephone_delivers_answers_that_a_person_puts_in_their_place(walled: Walled) -> None:
    xml = b'<data id="espacio-ella" version="1"><preguntas><opinar>1</opinar></preguntas></data>'
    head = {"what": slot.SUBMISSION, "form": SPACE, "version": "1", "number": "uuid:x"}
    numbered = xml.replace(b"</data>", b"<meta><instanceID>uuid:x</instanceID></meta></data>")
    slot.deposit(organisation_id=walled.user.organisation_id, says=head, data=numbered)
    waits = _only(letters.received(walled.by))
    assert waits.case_id is None
    assert (waits.letter.says or {})["answers"]["opinar"] == "1"


def test_whoever_was_not_alone_is_looked_after(walled: Walled, case: UUID) -> None:
    head = {
        "what": slot.STOPPED,
        "number": "x",
        "why": "not_alone",
        "subject": subjects.sealed(by=walled.by, case_id=case),
    }
    slot.deposit(organisation_id=walled.user.organisation_id, says=head)
    waits = _only(letters.received(walled.by))
    assert (waits.case_id, waits.letter.kind) == (case, "answers_stopped")
    page = client_behind(walled).get(reverse("survivors:letter", args=[waits.id]))
    assert "no estaba sola" in page.content.decode()


@pytest.mark.parametrize(
    "says",
    [
        {"what": "otra cosa"},
        {"what": slot.ANSWERED, "form": BEHAVIOUR},
        {"what": slot.ANSWERED, "answers": "no son"},
        {"what": slot.SUBMISSION, "form": BEHAVIOUR},
    ],
)
def test_what_is_no_answer_of_ours_is_counted_and_goes(walled: Walled, says: Any) -> None:
    slot.deposit(organisation_id=walled.user.organisation_id, says=says)
    assert letters.received(walled.by).count == 0
    assert not Answers.objects.exists()
    (line,) = [one for one in log.lines(by=walled.by) if one.kind == "answers.open"]
    assert line.detail["broken"] == 1


def test_answers_that_do_not_fit_their_form_reach_no_case_by_themselves(
    walled: Walled, case: UUID
) -> None:
    _answered(walled, case, answers={"insulto": "a veces"})
    assert _only(letters.received(walled.by)).case_id is None
    assert _sheets(walled, case) == []


def test_no_letter_from_outside_can_say_that_she_answered(walled: Walled) -> None:
    from tequio.letters.slot import deposit

    deposit(organisation_id=walled.user.organisation_id, kind=Kind.ANSWERS_URGENT)
    assert letters.received(walled.by).count == 0
    assert not Letter.objects.exists()


# --- What changed ---------------------------------------------------------------------------------


def test_what_changed_is_said_in_her_words_and_without_a_mark(walled: Walled, case: UUID) -> None:
    _answered(walled, case, answers={"golpe": "few", "empujon": "once", "celos": "few"})
    with clock.at(NOON + timedelta(days=100)):
        _answered(
            walled,
            case,
            number=str(ids.new_id()),
            answers={"celos": "few"},
            finished_at=clock.now().isoformat(),
            subject=subjects.sealed(by=walled.by, case_id=case, wave="T3"),
        )
        letters.received(walled.by)
        page = client_behind(walled).get(reverse("survivors:change", args=[case]))
    said = page.content.decode()
    assert "2 de 4</strong>" in said
    assert "Tres meses después" in said
    assert "Lo físico bajó y el control no" in said
    (change,) = page.context["changes"]
    physical = next(one for one in change.drawings if one.name.startswith("Violencia física"))
    assert (len(physical.known), len(physical.lines)) == (2, 1)
    assert float(physical.known[0].y) < float(physical.known[1].y)
