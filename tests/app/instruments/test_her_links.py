"""A link of hers: into the slot and nowhere else, and harmless questions where she is not alone."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.access import OrganisationFactory
from tests.factories.survivors import card
from tests.links import *  # noqa: F403
from tests.links import NOON, other, phone
from tests.telephones_alone import Telephone
from tests.walls import Walled, client_behind

from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.instruments.actions.links import Given
from tequio.instruments.rules import pins
from tequio.letters.models import Answers, Letter, Slot
from tequio.people.models import Assessment
from tequio.survivors.actions import arrivals, decisions, inviting, sheets
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.queries import letters as inbox
from tequio.survivors.rules.sheets import Assessment as HerAssessment
from tequio.survivors.rules.sheets import Channel, Invitation

pytestmark = pytest.mark.django_db


def test_hers_goes_into_the_slot_and_nowhere_else_and_comes_to_her_case(
    given: Given, walled: Walled, case_id: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    events, letters = Event.objects.count(), Letter.objects.count()
    one = phone(given).enter(given.pin).press("sola")
    neck = next(name for name in one.names if name.endswith("cuello"))
    one.press("seguir", **{neck: "few"})
    assert 'data-numbers role="status">' in one.page
    one.press("terminar")
    assert one.heading == "Gracias" and "a más tardar en 1 día" in one.page
    assert 'href="tel:911"' in one.page
    assert Answers.objects.count() == 1  # of the instruments that she answered something of
    assert (Event.objects.count(), Letter.objects.count()) == (events, letters)
    assert not Assessment.objects.exists() and caplog.records == []
    arrivals.taken_in(walled.by)
    (found,) = [
        held.body
        for held in sheets.all_of(walled.by, case_id)
        if isinstance(held.body, HerAssessment)
    ]
    assert (found.slug, found.wave, found.how) == ("conductas-ella", "T0", "alone")
    assert dict(found.answers) == {"cuello": "few"}
    assert phone(given).enter(given.pin).status == 422


@pytest.mark.parametrize("elsewhere", ["nobody", "ally"])
def test_what_her_team_asked_comes_back_to_her_team_whoever_keeps_letters_by_now(
    given: Given, walled: Walled, case_id: UUID, elsewhere: str
) -> None:
    slot = Slot.objects.get()
    if elsewhere == "nobody":
        slot.held_by, slot.holder, slot.epoch, slot.public = "none", None, None, None
    else:
        slot.held_by, slot.holder, slot.public = "allied", OrganisationFactory(), b"\x07" * 32
        slot.signed_on, slot.signed_by, slot.signed_by_ally = NOON.date(), "Dora", "Ana"
    slot.save()
    one = phone(given).enter(given.pin).press("sola")
    neck = next(name for name in one.names if name.endswith("cuello"))
    one.press("seguir", **{neck: "few"})
    one.press("terminar")
    assert one.heading == "Gracias"
    arrivals.taken_in(walled.by)
    bodies = [held.body for held in sheets.all_of(walled.by, case_id)]
    assert [dict(b.answers) for b in bodies if isinstance(b, HerAssessment)] == [{"cuello": "few"}]


@pytest.mark.parametrize(("button", "why"), [("acompanada", "not_alone"), ("otras", "changed")])
def test_who_is_not_alone_finds_harmless_questions_from_then_on(
    given: Given, walled: Walled, button: str, why: str
) -> None:
    one = phone(given).enter(given.pin)
    if button == "otras":
        one.press("sola")
        one.press("seguir", **{one.here: "many"})
    one.press(button)
    assert "servicios de tu colonia" in one.page and "Otras preguntas" not in one.page
    assert not {"insulto", "cuello"} & {name.partition("_")[2] for name in one.names}
    # A second tap says it once; opened again, it is harmless still, and does not ask who is there.
    one.press(button)
    again = phone(given).enter(given.pin)
    assert "servicios de tu colonia" in again.page and "¿Estás sola?" not in again.page
    again.press("terminar", p0_agua="1")
    assert again.heading == "Gracias"
    assert Answers.objects.count() == 1
    arrivals.taken_in(walled.by)
    (waits,) = inbox.inbox(walled.by).answers
    assert (waits.letter.kind, (waits.letter.says or {})["why"]) == ("answers_stopped", why)


def test_whoever_reads_over_her_shoulder_learns_nothing_before_she_says_that_she_is_alone(
    given: Given,
) -> None:
    shown, _fold, folded = phone(given).enter(given.pin).page.partition('<details class="what">')
    for word in ("Otras preguntas", "del equipo", "espían", "te acompaña"):
        assert word not in shown and word in folded


def test_too_many_pins_on_hers_are_told_to_her_team(given: Given, walled: Walled) -> None:
    moment = NOON
    for _n in range(pins.MOST):
        moment += pins.LONGEST
        with clock.at(moment):
            phone(given).enter(other(given.pin))
    with clock.at(moment):
        arrivals.taken_in(walled.by)
        (waits,) = inbox.inbox(walled.by).answers
    assert (waits.letter.says or {})["why"] == "locked"


def test_her_link_goes_only_by_a_way_that_she_approved(walled: Walled, case_id: UUID) -> None:
    def give(how: str, wave: str = "T0", *, read: bool = True) -> Given:
        return inviting.give(by=walled.by, case_id=case_id, wave=wave, how=how, rules_read=read)

    with pytest.raises(DomainError):
        give("whatsapp")  # no card: from hand to hand
    sheets.write(by=walled.by, case_id=case_id, body=card(channels=(Channel("sms", "55"),)))
    with pytest.raises(DomainError):
        give("whatsapp")
    with pytest.raises(DomainError):
        give("sms", read=False)
    assert give("sms").pin
    with pytest.raises(DomainError):
        give("in_person", "T3")


def test_what_she_takes_back_opens_no_more(given: Given, walled: Walled, case_id: UUID) -> None:
    decisions.decide(
        by=walled.by,
        case_id=case_id,
        purpose="questionnaires",
        decision="withdrawn",
        heard=Heard(on=sheets.today(walled.by)),
    )
    assert phone(given).enter(given.pin).status == 422
    found = [h.body for h in sheets.all_of(walled.by, case_id) if isinstance(h.body, Invitation)]
    assert [one.taken_back_on for one in found] == [sheets.today(walled.by)]


def test_the_page_behind_the_wall_shows_address_and_pin_once(walled: Walled, case_id: UUID) -> None:
    client = client_behind(walled)
    address = reverse("survivors:invite", args=[case_id, "T0"])
    assert "En persona" in client.get(address).content.decode()
    page = client.post(address, {"how": "in_person"}).content.decode()
    code = re.search(r"#([0-9A-Z-]{24})", page)
    pin = re.search(r"data-link-pin>(\d{3}) (\d{3})", page)
    assert code and pin
    one = Telephone(Client(), f"http://testserver/c/#{code[1].lower()}").enter(pin[1] + pin[2])
    assert "¿Estás sola?" in one.page
    assert "Ya tiene uno" in client.get(address).content.decode()
    client.post(reverse("survivors:take-back-link", args=[case_id, "T0"]))
    assert Telephone(Client(), code[1]).enter(pin[1] + pin[2]).status == 422
