"""Links that open once: his and hers, the PIN, once and only once, and nothing that tells."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.links import *  # noqa: F403
from tests.links import NOON, other, phone
from tests.people import signed_in_client
from tests.walls import Walled

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.care.models import Review
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.sealing import SealBroken
from tequio.instruments import definitions
from tequio.instruments.actions import link_rows, links
from tequio.instruments.actions.links import Given
from tequio.instruments.models import OneTimeLink
from tequio.instruments.one_time import codes, sealed
from tequio.instruments.rules import pins
from tequio.letters import knocking
from tequio.letters.rules import knocks
from tequio.people import sealed_answers
from tequio.people.actions import assessments
from tequio.people.actions import links as his_links
from tequio.people.actions.assessments import At
from tequio.people.models import Assessment
from tequio.survivors.actions import inviting

pytestmark = pytest.mark.django_db


# --- His ------------------------------------------------------------------------------------------


def test_he_answers_alone_goes_on_another_day_and_it_counts_once(
    his: Given, place: Any, facilitator: User
) -> None:
    one = phone(his).enter(his.pin)
    first = one.here
    assert one.names[0] == first and "¿Estás sola?" not in one.page
    one.press("seguir", **{first: "once"})
    second = one.here
    assert second == one.names[1]
    one.press("luego", **{second: "prefers_not"})
    assert "Quedó guardado" in one.page
    again = phone(his).enter(his.pin)
    assert again.here == second and 'value="once" data-counts="1" checked' in again.page
    again.press("terminar")
    assert again.heading == "Gracias"
    row = Assessment.objects.get(state="done")
    assert (row.how, row.asked_by, row.draft) == ("alone", facilitator, None)
    said = sealed_answers.answers_of(row)
    assert set(said.values()) == {"once", "prefers_not"} and len(said) == 2
    before = bytes(row.answers or b"")
    # Tapped twice, or the answer was lost on the way: the same thanks, and nothing changes.
    assert again.press("terminar", **{first: "many"}).heading == "Encuesta"
    row.refresh_from_db()
    assert bytes(row.answers or b"") == before
    # What he left out altogether is due again, and the PIN opens nothing any more.
    assert Assessment.objects.count() == 1
    assert phone(his).enter(his.pin).status == 422
    kinds = list(Event.objects.filter(kind__startswith="assessment").values_list("kind", flat=True))
    assert sorted(kinds) == ["assessment.finish_alone", "assessment.give_link"]
    page = signed_in_client(facilitator).get(
        reverse("people:assessments", args=[place.participant.folio])
    )
    assert b"Contestado" in page.content and b"prefers" not in page.content


def test_an_answer_that_was_lost_on_the_way_is_thanked_for_again(his: Given) -> None:
    one = phone(his).enter(his.pin)
    held = dict(one.fields)
    sent = {**held, one.here: "once", "paso": "terminar"}
    address = reverse("instruments:one-time")
    first, second = (one.client.post(address, sent).content for _n in range(2))
    assert first == second and b"Gracias" in first
    assert Assessment.objects.filter(state="done").count() == 1


def test_a_worker_who_asks_meanwhile_takes_the_place_of_the_link(
    his: Given, place: Any, coordinator: User
) -> None:
    one = phone(his).enter(his.pin)
    for row in Assessment.objects.all():
        assessments.finish(by=coordinator, assessment_id=row.pk, answers=_least(row.instrument))
    one.press("terminar", **{one.here: "many"})
    assert one.status == 422
    assert phone(his).enter(his.pin).status == 422
    assert "many" not in {
        v for row in Assessment.objects.all() for v in sealed_answers.answers_of(row).values()
    }


def _least(slug: str) -> dict[str, str]:
    item = definitions.newest(slug).instrument.questions[0]
    return {item.id: "prefers_not"}


def test_what_cannot_wait_shows_numbers_and_opens_a_review_without_his_words(
    his: Given, place: Any
) -> None:
    one = phone(his).enter(his.pin)
    harm = next(name for name in one.names if name.endswith("phq_9"))
    one.press("seguir", **{harm: "1"})
    assert 'data-numbers role="status">' in one.page
    one.press("terminar")
    assert 'href="tel:911"' in one.page and "no te quedes a solas" in one.page
    review = Review.objects.get(participant=place.participant)
    assert review.trigger == "flag"


def test_another_link_takes_the_place_of_the_first(
    his: Given, place: Any, facilitator: User
) -> None:
    at = At("T0", place.pk)
    newer = his_links.give(by=facilitator, folio=place.participant.folio, at=at)
    assert phone(his).enter(his.pin).status == 422
    assert phone(newer).enter(newer.pin).status == 200
    with pytest.raises(DomainError):
        his_links.give(by=facilitator, folio=place.participant.folio, at=At("T3", place.pk))


# --- The PIN --------------------------------------------------------------------------------------


def test_wrong_pins_cost_time_and_then_the_link(his: Given, place: Any) -> None:
    phone(his).enter(his.pin).press("luego", p0_insulto="once")
    for _n in range(pins.FREE):
        assert phone(his).enter(other(his.pin)).status == 422
    # The right one, too soon, is not even looked at.
    assert phone(his).enter(his.pin).status == 422
    with clock.at(NOON + timedelta(minutes=1)):
        assert phone(his).enter(his.pin).status == 200
    moment = NOON + timedelta(minutes=1)
    for _n in range(pins.MOST):
        moment += pins.LONGEST
        with clock.at(moment):
            phone(his).enter(other(his.pin))
    with clock.at(moment + timedelta(hours=2)):
        assert phone(his).enter(his.pin).status == 422
    assert not Assessment.objects.exists()  # due again; a person goes on
    assert Event.objects.filter(kind="assessment.link_locked").count() == 1


def test_whatever_is_wrong_with_a_link_has_the_same_answer(
    his: Given, given: Given, place: Any, facilitator: User
) -> None:
    used = phone(his).enter(his.pin)
    used.press("terminar", **{used.here: "once"})
    at = At("T0", place.pk)
    over = his_links.give(by=facilitator, folio=place.participant.folio, at=at)
    taken = Given("", codes.new_code("walled"), over.pin, NOON)
    pages = {
        _refusal(used.code, his.pin),
        _refusal(taken.code, taken.pin),
        _refusal("U" * 24, "123456"),  # no code at all
        _refusal(given.code, other(given.pin)),
        _refusal(given.code, "12"),
    }
    with clock.at(NOON + links.STAYS + timedelta(days=1)):
        pages.add(_refusal(over.code, over.pin))
    assert len(pages) == 1


def _refusal(code: str, pin: str) -> tuple[int, str, str]:
    knocking.forget()
    answer = Client().post(reverse("instruments:one-time"), {"codigo": code, "pin": pin})
    body = answer.content.decode().replace(code, "*")
    return answer.status_code, body, str(sorted(answer.headers.items()))


def test_who_knocks_too_often_is_not_looked_at(his: Given) -> None:
    address = reverse("instruments:one-time")
    for _n in range(knocks.FREE + 1):
        Client().post(address, {"codigo": codes.new_code("walled"), "pin": "123456"})
    right = {"codigo": his.code, "pin": his.pin}
    assert Client().post(address, right).status_code == 422
    with clock.at(NOON + knocks.LONGEST):
        assert Client().post(address, right).status_code == 200


def test_the_page_leaves_nothing(client: Client, given: Given) -> None:
    page = client.get(reverse("instruments:one-time"))
    assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies and b"<title>Encuesta</title>" in page.content
    one = phone(given).enter(given.pin)
    assert "¿Estás sola?" in one.page and "<title>Encuesta</title>" in one.page
    elsewhere = {"codigo": given.code, "pin": given.pin}
    forged = client.post(
        reverse("instruments:one-time"), elsewhere, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert forged.status_code == 404
    overheard = client.post(reverse("instruments:one-time"), elsewhere, REMOTE_ADDR="10.0.0.7")
    assert overheard.status_code == 422 and "no va cifrado" in overheard.content.decode()


# --- What a dump tells ----------------------------------------------------------------------------


def test_rows_of_his_of_hers_and_of_nobody_look_alike(
    place: Any, facilitator: User, walled: Walled, case_id: UUID
) -> None:
    link_rows.stir_links()
    there = OneTimeLink.objects.count()
    assert there >= link_rows.FEWEST
    at = At("T0", place.pk)
    man = his_links.give(by=facilitator, folio=place.participant.folio, at=at)
    woman = inviting.give(by=walled.by, case_id=case_id, wave="T0", how="in_person")
    assert _looks() == {(there, sealed.WEIGHS)}
    phone(man).enter(man.pin).press("luego", p0_insulto="once")
    one = phone(woman).enter(woman.pin).press("sola")
    one.press("luego", **dict.fromkeys(one.names, "prefers_not"))
    assert _looks() == {(there, sealed.WEIGHS)}
    one = phone(woman).enter(woman.pin).press("sola")
    one.press("terminar")
    inviting.take_back(by=walled.by, case_id=case_id)
    assert _looks() == {(there, sealed.WEIGHS)}
    rows = OneTimeLink.objects.in_bulk()
    assert {row.erase_after.day for row in rows.values()} == {1}
    assert not codes.is_decoy(man.row) and codes.is_decoy(codes.decoy_row())
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in rows)


def _looks() -> set[tuple[int, int]]:
    rows = list(OneTimeLink.objects.all())
    return {(len(rows), len(bytes(row.sealed))) for row in rows}


def test_what_she_answered_opens_with_code_and_pin_together_and_with_neither_alone(
    given: Given,
) -> None:
    one = phone(given).enter(given.pin).press("sola")
    one.press("luego", **{one.here: "many"})
    row = OneTimeLink.objects.get(pk=given.row)
    outside = sealed.opened(row.sealed, given.code, given.row)
    assert "many" not in json.dumps(outside.asks[0].slug) and given.pin not in str(outside)
    assert sealed.inside_of(outside, sealed.secret_of(outside, given.pin, given.row), given.row)
    assert sealed.secret_of(outside, other(given.pin), given.row) == ""
    with pytest.raises(SealBroken):
        sealed.opened(row.sealed, codes.new_code("public"), given.row)


def test_rows_are_stirred_and_go_after_their_month(his: Given) -> None:
    link_rows.stir_links()
    before = {row.pk: bytes(row.sealed) for row in OneTimeLink.objects.all()}
    link_rows.stir_links()
    after = {row.pk: bytes(row.sealed) for row in OneTimeLink.objects.all()}
    assert len(after) == len(before) and after[his.row] == before[his.row]
    assert set(before) - set(after) and any(before.get(k, v) != v for k, v in after.items())
    with clock.at(NOON + timedelta(days=60)):
        link_rows.stir_links()
    rows = set(OneTimeLink.objects.values_list("pk", flat=True))
    assert his.row not in rows and len(rows) >= len(before)
