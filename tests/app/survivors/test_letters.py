"""Letters behind the wall: matched or shredded, a person's duty within a time, never automatic."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.wall_at_noon import *  # noqa: F403
from tests.wall_at_noon import NOON
from tests.walls import Walled, begin_case, client_behind

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock, keys
from tequio.core.errors import Conflict, DomainError, NotVisible
from tequio.letters import slot
from tequio.letters.kinds import BY_HAND, CLOCKS, Kind
from tequio.letters.models import Letter, Slot
from tequio.survivors import log
from tequio.survivors.actions import letters, sheets
from tequio.survivors.actions.letters import NewOffer
from tequio.survivors.models import HeldLetter
from tequio.survivors.queries.letters import Waits, opened
from tequio.survivors.rules.sheets import Duty, Link, Offer

pytestmark = pytest.mark.django_db
HIS, OTHER = "7K2M-9QXC", "4R8Q-TM2X"
SHE = {"name": "Lupe", "relation": "partner", "way": "55 5555 0199", "lives_together": "yes"}


@pytest.fixture
def case(walled: Walled) -> UUID:
    case = begin_case(walled.by, alias="Jacinta")
    link = Link(folio=HIS, relation="ex_partner", on=sheets.today(walled.by), wants=("absences",))
    sheets.write(by=walled.by, case_id=case.pk, body=link)
    return case.pk


def put(walled: Walled, kind: Kind, folio: str = HIS, **says: object) -> None:
    assert slot.deposit(
        organisation_id=walled.user.organisation_id, kind=kind, folio=folio, says=says
    )


def only(walled: Walled) -> Waits:
    found = letters.received(walled.by)
    (one,) = [*found.over, *found.duties, *found.by_hand]
    return one


def logged(walled: Walled) -> list[str]:
    return [line.kind for line in log.lines(by=walled.by)]


def test_a_letter_about_her_man_becomes_a_duty_with_a_time(walled: Walled, case: UUID) -> None:
    put(walled, Kind.THIRD_ABSENCE)
    one = only(walled)
    assert (one.case_id, one.alias, one.letter.kind) == (case, "Jacinta", "third_absence")
    assert one.due_at == NOON + CLOCKS[Kind.THIRD_ABSENCE].within
    assert not Letter.objects.exists()
    assert "letters.open" in logged(walled)


def test_a_letter_about_nobodys_man_is_shredded(walled: Walled, case: UUID) -> None:
    put(walled, Kind.THIRD_ABSENCE, OTHER)
    assert letters.received(walled.by).count == 0
    assert not Letter.objects.exists()
    # What stays of it is blank (test_letters_of_nobody.py).
    assert OTHER not in str(opened(walled.by, HeldLetter.objects.get()))


def test_two_women_who_named_the_same_man_get_a_duty_each(walled: Walled, case: UUID) -> None:
    second = begin_case(walled.by, alias="Rosa", folio="9T3W-B0XM").pk
    sheets.write(
        by=walled.by,
        case_id=second,
        body=Link(folio=HIS, relation="partner", on=sheets.today(walled.by)),
    )
    put(walled, Kind.START)
    assert {one.case_id for one in letters.received(walled.by).duties} == {case, second}


@pytest.mark.parametrize("kind", sorted(BY_HAND))
def test_a_letter_by_hand_waits_for_a_person_whether_or_not_a_case_is_linked(
    kind: Kind, walled: Walled, case: UUID
) -> None:
    put(walled, kind, HIS if kind is Kind.HEARD else "", words="Algo")
    one = only(walled)
    assert one.case_id is None


def test_what_has_waited_too_long_comes_first_and_is_said_once_in_the_log(
    walled: Walled, case: UUID
) -> None:
    put(walled, Kind.DISCLOSURE)
    letters.received(walled.by)
    with clock.at(NOON + CLOCKS[Kind.DISCLOSURE].escalates + timedelta(minutes=1)):
        put(walled, Kind.START)
        first = letters.received(walled.by)
        letters.received(walled.by)
    assert [one.letter.kind for one in first.over] == ["disclosure"]
    assert logged(walled).count("letter.escalate") == 1


def test_done_goes_onto_a_sheet_of_hers_and_the_letter_is_gone(walled: Walled, case: UUID) -> None:
    put(walled, Kind.THIRD_ABSENCE, on="2026-11-20")
    one = only(walled)
    letters.take(by=walled.by, letter_id=one.id, version=one.version)
    one = only(walled)
    assert one.letter.taken_by == walled.user.login
    letters.tried(by=walled.by, letter_id=one.id, version=one.version, said="No contestó.")
    one = only(walled)
    assert one.due_at == NOON + timedelta(days=1)
    letters.done(
        by=walled.by, letter_id=one.id, version=one.version, outcome="told", said="Ya sabía."
    )
    assert letters.received(walled.by).count == 0
    (duty,) = [held.body for held in sheets.all_of(walled.by, case) if isinstance(held.body, Duty)]
    assert (duty.letter, duty.outcome, duty.tries, duty.words) == (
        "third_absence",
        "told",
        1,
        "Ya sabía.",
    )


def test_two_people_do_not_attend_to_the_same_letter(walled: Walled, case: UUID) -> None:
    put(walled, Kind.START)
    one = only(walled)
    letters.take(by=walled.by, letter_id=one.id, version=one.version)
    with pytest.raises(Conflict):
        letters.done(by=walled.by, letter_id=one.id, version=one.version, outcome="told")


def test_what_he_said_becomes_an_offer_and_she_is_told_nothing_of_him(walled: Walled) -> None:
    put(walled, Kind.SHE_MAY_BE_OFFERED, **SHE)
    one = only(walled)
    new = NewOffer("Sin nombre", walled.user.login, "in_person", sheets.today(walled.by))
    made = letters.offer(by=walled.by, letter_id=one.id, version=one.version, new=new)
    bodies = [held.body for held in sheets.all_of(walled.by, made)]
    (link,) = [body for body in bodies if isinstance(body, Link)]
    assert (link.folio, link.wants) == (HIS, ())
    assert [body.who for body in bodies if isinstance(body, Offer)] == [walled.user.login]
    (duty,) = [body for body in bodies if isinstance(body, Duty)]
    assert ("name", "Lupe") in {(said.name, said.value) for said in duty.said}
    put(walled, Kind.START)
    assert only(walled).case_id == made, "from now on letters about him find her"


def test_a_letter_by_hand_is_kept_in_a_case_or_shredded_with_a_reason(
    walled: Walled, case: UUID
) -> None:
    put(walled, Kind.HEARD, words="La siguió.")
    one = only(walled)
    letters.attach(by=walled.by, letter_id=one.id, version=one.version, case_id=case)
    assert any(isinstance(held.body, Duty) for held in sheets.all_of(walled.by, case))
    put(walled, Kind.CALL_BACK, "")
    one = only(walled)
    with pytest.raises(DomainError, match="por qué"):
        letters.dismiss(by=walled.by, letter_id=one.id, version=one.version, reason="x")
    letters.dismiss(by=walled.by, letter_id=one.id, version=one.version, reason="false")
    assert letters.received(walled.by).count == 0
    assert logged(walled)[:2] != [] and "letter.dismiss" in logged(walled)


def test_a_programme_letter_is_not_dismissed_and_a_letter_by_hand_has_no_duty(
    walled: Walled, case: UUID
) -> None:
    put(walled, Kind.START)
    one = only(walled)
    with pytest.raises(NotVisible):
        letters.dismiss(by=walled.by, letter_id=one.id, version=one.version, reason="false")
    letters.done(by=walled.by, letter_id=one.id, version=one.version, outcome="nothing")
    put(walled, Kind.HEARD, words="x")
    one = only(walled)
    with pytest.raises(NotVisible):
        letters.done(by=walled.by, letter_id=one.id, version=one.version, outcome="told")


def test_a_forged_letter_breaks_nothing(walled: Walled, case: UUID) -> None:
    where = Slot.objects.get()
    for plain in (
        b"no es una carta",
        b'{"kind": "nada"}',
        b"[]",
        b'{"kind": "heard", "at": "2026-11-20T10:00:00", "says": {}}',
        b'{"kind": "heard", "at": "2026-11-20T10:00:00+00:00", "says": "x"}',
    ):
        sealed = keys.seal_to(where.public or b"", plain)
        Letter.objects.create(
            holder_id=where.holder_id, epoch=where.epoch, sealed=sealed, erase_after="2027-12-01"
        )
    put(walled, Kind.START)
    assert only(walled).letter.kind == "start"
    assert not Letter.objects.exists()


def test_a_case_that_is_closed_is_told_nothing(walled: Walled) -> None:
    case = begin_case(walled.by, alias="Jacinta", state="closed", men=(HIS,))
    put(walled, Kind.START)
    assert letters.received(walled.by).count == 0
    assert case.letters.count() == 0


def test_nothing_of_a_held_letter_lies_in_the_clear(walled: Walled, case: UUID) -> None:
    put(walled, Kind.HEARD, words="zarzamora")
    letters.received(walled.by)
    row = HeldLetter.objects.values().get()
    assert not any(
        word in bytes(value)
        for value in row.values()
        if isinstance(value, bytes | memoryview)
        for word in (b"zarzamora", HIS.encode(), b"heard")
    )


def test_the_pages_of_a_duty(walled: Walled, case: UUID) -> None:
    put(walled, Kind.THIRD_ABSENCE)
    client = client_behind(walled)
    home = client.get(reverse("survivors:home")).content.decode()
    assert "Cartas por atender" in home
    assert "Tercera ausencia" in home
    one = only(walled)
    page = client.get(reverse("survivors:letter", args=[one.id])).content.decode()
    assert "nunca quiere decir que ella esté segura" in page
    assert "Sí: quiere saberlo." in page
    bad = client.post(
        reverse("survivors:letter-done", args=[one.id]),
        {"version": one.version, "said": "Le conté"},
    )
    assert bad.status_code == 422
    assert "Le conté" in bad.content.decode()
    sent = {"version": one.version, "outcome": "told", "said": "Le conté"}
    done = client.post(reverse("survivors:letter-done", args=[one.id]), sent)
    assert done["Location"] == reverse("survivors:case", args=[case])
    assert "Carta: tercera ausencia" in client.get(done["Location"]).content.decode()
    assert "Ninguna carta espera" in client.get(reverse("survivors:letters")).content.decode()


def test_what_she_did_not_ask_to_be_told_says_so(walled: Walled, case: UUID) -> None:
    put(walled, Kind.START)
    address = reverse("survivors:letter", args=[only(walled).id])
    assert "No: no pidió saber esto." in client_behind(walled).get(address).content.decode()


def test_the_pages_of_a_letter_by_hand(walled: Walled, case: UUID) -> None:
    put(walled, Kind.SHE_MAY_BE_OFFERED, **SHE)
    client = client_behind(walled)
    one = only(walled)
    address = reverse("survivors:letter", args=[one.id])
    page = client.get(address).content.decode()
    for words in ("Lupe", "su pareja", "55 5555 0199", "Ofrecerle que la acompañemos"):
        assert words in page
    sent = {
        "version": one.version,
        "alias": "Sin nombre",
        "who": walled.user.login,
        "way": "she_calls",
        "until": "2026-12-04",
    }
    made = client.post(f"{address}ofrecer/", sent)
    assert made.status_code == 302
    assert "Por ofrecer" in client.get(made["Location"]).content.decode()
    put(walled, Kind.HEARD, words="Algo")
    one = only(walled)
    address = reverse("survivors:letter", args=[one.id])
    attached = client.post(f"{address}de-quien/", {"version": one.version, "case": str(case)})
    assert attached["Location"] == reverse("survivors:case", args=[case])
    put(walled, Kind.CALL_BACK, "", words="Algo")
    one = only(walled)
    gone = client.post(
        reverse("survivors:letter-dismiss", args=[one.id]),
        {"version": one.version, "reason": "twice"},
    )
    assert gone["Location"] == reverse("survivors:letters")


def test_to_a_stranger_no_letter_exists(
    walled: Walled, case: UUID, facilitator: User, coordinator: User
) -> None:
    put(walled, Kind.START)
    one = only(walled)
    for user in (facilitator, coordinator):
        client = signed_in_client(user)
        nothing = client.get("/nada/").content
        for name in ("letter", "letter-take", "letter-done", "letter-dismiss"):
            assert client.get(reverse(f"survivors:{name}", args=[one.id])).content == nothing


def test_opening_and_attending_leave_nothing_outside(walled: Walled, case: UUID) -> None:
    put(walled, Kind.START)
    before = Event.objects.count()
    with CaptureQueriesContext(connection) as asked:
        one = only(walled)
        letters.done(by=walled.by, letter_id=one.id, version=one.version, outcome="told")
    assert Event.objects.count() == before
    written = [q["sql"] for q in asked if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert all("survivors_" in sql or "letters_letter" in sql for sql in written)
