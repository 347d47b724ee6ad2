"""What he says of whoever is with him: handed on sealed where there is a wall, else not asked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.people import IntakeFactory, ParticipantFactory
from tests.letters import Mailbox, open_slot
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.letters.models import Letter, Receipt
from tequio.people import sealed
from tequio.people.models import Intake, Participant

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Lupe Canario",
    "relation": "partner",
    "way": "55 5555 0199, lo usa también su mamá",
    "lives_together": "yes",
    "children": "no",
}


@pytest.fixture
def man(coordinator: User) -> Participant:
    man = ParticipantFactory.create(organisation=coordinator.organisation)
    IntakeFactory.create(participant=man, started_by=coordinator)
    return man


@pytest.fixture
def mailbox(coordinator: User) -> Mailbox:
    return open_slot(coordinator.organisation)


@pytest.fixture
def client(coordinator: User) -> Client:
    return signed_in_client(coordinator)


def address(man: Participant) -> str:
    return reverse("people:partner", args=[man.folio])


def test_it_is_delivered_and_never_seen_again(
    client: Client, man: Participant, mailbox: Mailbox
) -> None:
    answer = client.post(address(man), SAID, follow=True)
    page = answer.content.decode()
    assert "Entregada" in page
    assert "Canario" not in page
    (told,) = mailbox.read()
    assert (told["kind"], told["folio"]) == ("she_may_be_offered", man.folio)
    assert told["says"]["name"] == "Lupe Canario"
    for name in ("intake", "finish-intake"):
        page = client.get(reverse(f"people:{name}", args=[man.folio])).content.decode()
        assert "Canario" not in page


def test_the_intake_and_the_log_know_nothing_of_it(
    client: Client, man: Participant, mailbox: Mailbox
) -> None:
    before = sealed.answers_of(Intake.objects.get())
    client.post(address(man), SAID)
    assert sealed.answers_of(Intake.objects.get()) == before
    assert "Canario" not in str(list(Event.objects.values()))
    assert Event.objects.get(kind="letter.leave").subject_id is None
    assert Receipt.objects.count() == 1


def test_what_was_typed_comes_back_in_the_same_answer_and_nowhere_else(
    client: Client, man: Participant, mailbox: Mailbox
) -> None:
    bad = client.post(address(man), {**SAID, "relation": ""})
    assert bad.status_code == 422
    assert "Lupe Canario" in bad.content.decode()
    assert "Canario" not in client.get(address(man)).content.decode()
    assert "Canario" not in str(dict(client.session))
    assert not Letter.objects.exists()


def test_without_a_wall_nothing_is_asked_and_the_page_says_why(
    client: Client, man: Participant
) -> None:
    page = client.get(address(man)).content.decode()
    assert "no se pregunta ni se guarda nada" in page
    assert 'name="name"' not in page
    client.post(address(man), SAID)
    assert not Letter.objects.exists()
    assert not Receipt.objects.exists()


def test_the_step_stands_on_the_way_before_what_he_accepts(
    client: Client, man: Participant, mailbox: Mailbox
) -> None:
    step = reverse("people:intake-step", args=[man.folio, "lugar"])
    after = client.post(step, {"state": "", "municipality_words": ""})
    assert after["Location"] == address(man)
    assert reverse("people:consents", args=[man.folio]) in client.get(address(man)).content.decode()
