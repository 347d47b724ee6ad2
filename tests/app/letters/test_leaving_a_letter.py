"""A letter by hand: «entregada», and nothing else for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.letters import Mailbox, open_slot
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.letters import works
from tequio.letters.actions.forgetting import forget_old_letters
from tequio.letters.models import Letter, Receipt

pytestmark = pytest.mark.django_db
HEARD = {"words": "Dijo que la siguió hasta su trabajo.", "folio": ""}
ADDRESS = "/carta/"


@pytest.fixture
def mailbox(facilitator: User) -> Mailbox:
    return open_slot(facilitator.organisation)


def test_what_was_heard_goes_in_and_cannot_be_seen_again(
    facilitator: User, mailbox: Mailbox
) -> None:
    client = signed_in_client(facilitator)
    assert client.post(reverse("letters:leave"), HEARD).status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert "Entregada" in page
    assert "siguió" not in page
    (told,) = mailbox.read()
    assert (told["kind"], told["says"]["words"]) == ("heard", HEARD["words"])
    assert told["says"]["left_by"] == facilitator.login


def test_neither_the_log_nor_the_receipt_says_of_whom_it_is(
    facilitator: User, mailbox: Mailbox
) -> None:
    signed_in_client(facilitator).post(ADDRESS, HEARD)
    event = Event.objects.get(kind="letter.leave")
    assert (event.detail, event.subject_id, event.subject_label) == ({}, None, "")
    assert {field.name for field in Receipt._meta.fields} == {"id", "organisation", "by", "at"}


def test_everybody_sees_only_the_receipts_of_ones_own(
    facilitator: User, other_facilitator: User, mailbox: Mailbox
) -> None:
    signed_in_client(facilitator).post(ADDRESS, HEARD)
    page = signed_in_client(other_facilitator).get(ADDRESS).content.decode()
    assert "Las que entregaste" not in page


def test_what_was_typed_comes_back_with_an_error_and_is_kept_nowhere(
    facilitator: User, mailbox: Mailbox
) -> None:
    client = signed_in_client(facilitator)
    answer = client.post(ADDRESS, {"words": "Algo que oí.", "folio": "XX"})
    assert answer.status_code == 422
    assert "Algo que oí." in answer.content.decode()
    assert "Algo que oí." not in client.get(ADDRESS).content.decode()
    assert not Letter.objects.exists()


def test_a_promoter_presents_a_woman_who_asked_for_it_and_hears_of_no_man(
    promoter: User, facilitator: User, mailbox: Mailbox
) -> None:
    client = signed_in_client(promoter)
    asked = {"name": "Lupe", "way": "55 5555 0101, solo ella", "when": "Martes 11 a 13"}
    assert client.get(f"{ADDRESS}?tipo=oi-algo").status_code == 404
    refused = client.post(ADDRESS, asked)
    assert "Sin que ella lo pida no se entrega nada" in refused.content.decode()
    assert client.post(ADDRESS, {**asked, "agreed": "on"}).status_code == 302
    assert mailbox.kinds() == ["referral"]


def test_without_a_wall_the_page_says_that_nothing_is_kept(facilitator: User) -> None:
    client = signed_in_client(facilitator)
    page = client.get(ADDRESS).content.decode()
    assert "Aquí no se guarda nada de las parejas" in page
    assert "<textarea" not in page
    assert client.post(ADDRESS, HEARD).status_code == 422
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("role", ["advocate", "evaluator", "director", "administrator"])
def test_others_have_no_such_page(role: str, request: pytest.FixtureRequest) -> None:
    client: Client = signed_in_client(request.getfixturevalue(role))
    assert client.get(ADDRESS).status_code == 403


def test_old_letters_go_by_month_without_a_key(facilitator: User, mailbox: Mailbox) -> None:
    signed_in_client(facilitator).post(ADDRESS, HEARD)
    with clock.at(clock.now() + timedelta(days=340)):
        assert forget_old_letters() == 0
    with clock.at(clock.now() + timedelta(days=400)):
        assert forget_old_letters() == 1
    assert not Letter.objects.exists()
    works.register()
