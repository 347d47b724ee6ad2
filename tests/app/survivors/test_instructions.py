"""Asking that he be asked: one subject of a talk that was due, with her consent and no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.programmes import EnrolmentFactory, enrolled
from tests.people import *  # noqa: F403
from tests.wall_at_noon import *  # noqa: F403
from tests.walls import Walled, begin_case, client_behind

from tequio.audit.models import Event
from tequio.circles.models import Membership
from tequio.core import entropy
from tequio.core.errors import Conflict, DomainError, NotVisible
from tequio.letters import agenda, talks
from tequio.letters.models import Agenda
from tequio.survivors.actions import instructions, sheets
from tequio.survivors.actions.instructions import ThinCover, Wanted
from tequio.survivors.queries.men import next_talk, standing_of
from tequio.survivors.rules.sheets import Instruction, Link

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
DRAWN = ["children", "alcohol", "money", "support"]


@pytest.fixture
def place(walled: Walled) -> Membership:
    group = GroupFactory.create(organisation=walled.user.organisation)
    return attend(group, sessions_of(group, TODAY, 3, held=3), {"Abeto": "ppf"})[0]


@pytest.fixture
def talk(place: Membership) -> Agenda:
    return _talk(place.participant_id, place.group.organisation_id, DRAWN)


@pytest.fixture
def case(walled: Walled, place: Membership) -> UUID:
    made = begin_case(walled.by).pk
    link = Link(folio=place.participant.folio, relation="partner", on=TODAY)
    sheets.write(by=walled.by, case_id=made, body=link)
    return made


def _talk(man: UUID, organisation: UUID, subjects: list[str], days: int = 3) -> Agenda:
    return Agenda.objects.create(
        organisation_id=organisation,
        participant_id=man,
        due_on=TODAY + timedelta(days=days),
        subjects=subjects,
    )


def cover(walled: Walled, how_many: int, subject: str = "weapons", days: int = 3) -> None:
    for _n in range(how_many):
        asked = talks.ordered([subject, "alcohol", "money", "support"])
        _talk(uuid4(), walled.user.organisation_id, asked, days)


def wanted(talk: Agenda, place: Membership, **given: object) -> Wanted:
    usual = Wanted(place.participant.folio, talk.pk, "weapons", TODAY, "Lo pidió ella.")
    return replace(usual, **given)  # type: ignore[arg-type]


def test_one_subject_is_exchanged_and_nothing_else_of_the_row_changes(
    walled: Walled, case: UUID, talk: Agenda, place: Membership
) -> None:
    cover(walled, 5)
    before = Agenda.objects.values().get(pk=talk.pk)
    instructions.issue(by=walled.by, case_id=case, wanted=wanted(talk, place))
    after = Agenda.objects.values().get(pk=talk.pk)
    assert {name for name in after if after[name] != before[name]} == {"subjects"}
    assert len(after["subjects"]) == len(before["subjects"])
    assert after["subjects"] == talks.ordered(after["subjects"])
    assert "weapons" in after["subjects"]
    (sheet,) = [
        held.body for held in sheets.all_of(walled.by, case) if isinstance(held.body, Instruction)
    ]
    assert (sheet.subject, sheet.agreed_on, sheet.others) == ("weapons", TODAY, 5)


def test_outside_nothing_is_written_but_that_one_column(
    walled: Walled, case: UUID, talk: Agenda, place: Membership
) -> None:
    cover(walled, 5)
    events = Event.objects.count()
    with entropy.replay("outside"), CaptureQueriesContext(connection) as asked:
        instructions.issue(by=walled.by, case_id=case, wanted=wanted(talk, place))
        public = entropy.token_bytes(8)
    with entropy.replay("outside"):
        assert entropy.token_bytes(8) == public
    written = [q["sql"] for q in asked if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    outside = [sql for sql in written if '"survivors_' not in sql]
    assert len(outside) == 1
    assert outside[0].startswith('UPDATE "letters_agenda" SET "subjects"')
    assert Event.objects.count() == events


def test_thin_cover_is_said_and_asked_again(
    walled: Walled, case: UUID, talk: Agenda, place: Membership
) -> None:
    cover(walled, talks.plan().thin_below - 1)
    with pytest.raises(ThinCover) as refused:
        instructions.issue(by=walled.by, case_id=case, wanted=wanted(talk, place))
    assert refused.value.others == talks.plan().thin_below - 1
    talk.refresh_from_db()
    assert talk.subjects == DRAWN
    instructions.issue(by=walled.by, case_id=case, wanted=wanted(talk, place, thin_known=True))


def test_only_talks_of_these_days_and_of_other_men_cover(
    walled: Walled, talk: Agenda, place: Membership
) -> None:
    organisation = walled.user.organisation_id
    cover(walled, 2)
    cover(walled, 4, days=3 + talks.plan().cover_days + 1)
    cover(walled, 4, subject="jealousy")
    _talk(place.participant_id, organisation, talks.ordered(["weapons", *DRAWN[:3]]), 5)
    assert agenda.cover(organisation, talk.pk, "weapons") == 2


def test_a_talk_that_has_begun_is_not_changed(
    walled: Walled, case: UUID, talk: Agenda, place: Membership
) -> None:
    cover(walled, 5)
    agenda.fix(talk.pk)
    with pytest.raises(NotVisible):
        instructions.issue(by=walled.by, case_id=case, wanted=wanted(talk, place))
    later = _talk(place.participant_id, walled.user.organisation_id, DRAWN, 8)
    with pytest.raises(Conflict):
        instructions.issue(by=walled.by, case_id=case, wanted=wanted(talk, place))
    assert not agenda.exchange(walled.user.organisation_id, talk.pk, "weapons")
    later.refresh_from_db()
    assert later.subjects == DRAWN


def test_one_subject_for_each_talk(
    walled: Walled, case: UUID, talk: Agenda, place: Membership
) -> None:
    cover(walled, 5)
    instructions.issue(by=walled.by, case_id=case, wanted=wanted(talk, place))
    second = wanted(talk, place, subject="jealousy", thin_known=True)
    with pytest.raises(DomainError, match="ya se pidió"):
        instructions.issue(by=walled.by, case_id=case, wanted=second)


def test_what_another_woman_asked_for_is_not_pushed_out_of_the_same_talk(
    walled: Walled, case: UUID, talk: Agenda, place: Membership
) -> None:
    asked = ["weapons", "separation", "devices", "sex", "jealousy"]
    others = [case]
    for n in range(4):
        other = begin_case(walled.by, alias=f"Rosa {n}").pk
        link = Link(folio=place.participant.folio, relation="partner", on=TODAY)
        sheets.write(by=walled.by, case_id=other, body=link)
        others.append(other)
    for n, (one, subject) in enumerate(zip(others, asked, strict=True)):
        given = wanted(talk, place, subject=subject, thin_known=True)
        if n == len(DRAWN):  # as many as fit were asked for: nobody's makes room
            with pytest.raises(DomainError, match="ya no cabe"):
                instructions.issue(by=walled.by, case_id=one, wanted=given)
            break
        instructions.issue(by=walled.by, case_id=one, wanted=given)
        talk.refresh_from_db()
        assert set(asked[: n + 1]) <= set(talk.subjects)


def test_only_for_a_man_whom_she_named(walled: Walled, talk: Agenda, place: Membership) -> None:
    stranger = begin_case(walled.by, alias="Rosa", folio="9T3W-B0XM").pk
    with pytest.raises(NotVisible):
        instructions.issue(
            by=walled.by, case_id=stranger, wanted=wanted(talk, place, thin_known=True)
        )


def test_the_page_says_how_thin_it_is_before_it_is_done(
    walled: Walled, case: UUID, talk: Agenda, place: Membership
) -> None:
    client = client_behind(walled)
    link = next(h for h in sheets.all_of(walled.by, case) if isinstance(h.body, Link))
    address = reverse("survivors:instruct", args=[case, link.id])
    page = client.get(address).content.decode()
    assert "Hijas e hijos" in page
    assert "poca cobertura" not in page
    sent = {"subject": "weapons", "agreed_on": "2026-11-20", "how": "Lo dijo el martes."}
    assert "Sin su acuerdo" in client.post(address, sent).content.decode()
    thin = client.post(address, {**sent, "agreed": "on"})
    assert thin.status_code == 422
    for words in ("Hay poca cobertura", "A ningún otro hombre", "Lo dijo el martes."):
        assert words in thin.content.decode()
    done = client.post(address, {**sent, "agreed": "on", "thin_known": "on"})
    assert done["Location"] == reverse("survivors:case", args=[case])
    assert "Que le pregunten de «Armas»" in client.get(done["Location"]).content.decode()


def test_how_he_stands_today_without_a_trace_outside(
    walled: Walled, case: UUID, place: Membership
) -> None:
    way = EnrolmentFactory.create(
        organisation=walled.user.organisation,
        participant=place.participant,
        edition=place.group.edition,
    )
    enrolled(way, "enquiry", "accepted", "in_group", on=TODAY - timedelta(days=20))
    events = Event.objects.count()
    with CaptureQueriesContext(connection) as asked:
        found = standing_of(walled.by, [place.participant.folio, "9T3W-B0XM"])
    assert {q["sql"].split()[0] for q in asked} == {"SELECT"}
    assert Event.objects.count() == events
    (one,) = found[place.participant.folio]
    assert (one.state_code, one.last_held_on, one.last_status) == ("in_group", TODAY, "absent")
    assert list(found) == [place.participant.folio]
    page = client_behind(walled).get(reverse("survivors:men", args=[case])).content.decode()
    assert "Asistir no es estar segura" in page
    assert "En grupo" in page
    assert "No fue." in page


def test_a_man_of_another_organisation_is_nobody_here(
    walled: Walled, other_organisation: object
) -> None:
    group = GroupFactory.create(organisation=other_organisation)
    man = attend(group, sessions_of(group, TODAY, 1, held=1), {"Abeto": "p"})[0].participant
    assert next_talk(walled.by, man.folio) is None
    assert standing_of(walled.by, [man.folio]) == {}
