"""What own forms gathered, as a table that leaves the house."""

from __future__ import annotations

import csv
import hashlib
import io

import pytest
from django.urls import reverse
from tests.people import signed_in_client
from tests.telephones import answers, survey

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.instruments import own_answers
from tequio.instruments.actions import devices, forgetting
from tequio.instruments.models import OwnForm, Submission
from tequio.instruments.openrosa.received import Received, Standing
from tequio.instruments.xform.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathered(coordinator: User) -> User:
    """Three answers: one with a formula, one that contradicts it, and one that was corrected."""
    xml = survey()
    OwnForm.objects.create(
        organisation=coordinator.organisation,
        form_id="barrio",
        version="1",
        title="Encuesta del barrio",
        sheets={},
        xml=xml,
        sha256=hashlib.sha256(xml).hexdigest(),
        rights=OwnForm.Rights.OURS,
        published_at=clock.now(),
        brought_by=coordinator,
    )
    device = devices.add(by=coordinator, label="Teléfono azul").device
    for number, first, standing in (
        ("uuid:a", "=1+1", Standing.KEPT),
        ("uuid:a", "-5", Standing.CONFLICT),
        ("uuid:b", "7", Standing.LATE),
    ):
        said = answers(number=number, first=first)[1]
        received = Received(
            coordinator.organisation_id, number, clock.now(), device.label, device.pk,
            standing=standing,
        )  # fmt: skip
        own_answers.take(read(xml), said, received)
    return coordinator


def _table(user: User) -> list[list[str]]:
    answer = signed_in_client(user).get(reverse("instruments:submissions-csv", args=["barrio"]))
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_the_table_has_what_stands_and_marks_what_contradicts(gathered: User) -> None:
    head, *rows = _table(gathered)
    assert (head[0], head[4], len(head)) == ("_numero", "p1", 30)
    assert [(row[2], row[4]) for row in rows] == [("vale", "'=1+1"), ("contradice", "-5")]


def test_that_it_left_is_written_down_with_its_rows(gathered: User) -> None:
    _table(gathered)
    event = Event.objects.get(kind="export")
    assert event.detail == {"what": "formulario barrio", "rows": 2}


def test_answers_go_after_their_time(gathered: User) -> None:
    assert forgetting.forget_answers() == 0
    Submission.objects.update(received_at=clock.now() - forgetting.STAY * 1.01)
    assert forgetting.forget_answers() == 3
    assert Submission.objects.count() == 0


def test_the_page_says_how_much_came_and_the_other_one_asks(gathered: User) -> None:
    client = signed_in_client(gathered)
    page = client.get(reverse("instruments:gathered")).content.decode()
    assert "1 llegó con un número que ya tenía otro" in page
    page = client.get(reverse("instruments:quality", args=["barrio"])).content.decode()
    assert "Son preguntas, no acusaciones" in page


def test_a_token_is_shown_once_and_kept_nowhere(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    page = client.post(reverse("instruments:add-device"), {"label": "Azul"}).content.decode()
    token = page.partition("/v1/key/")[2].partition("/")[0]
    assert len(token) == 43
    assert token not in client.get(reverse("instruments:devices")).content.decode()
    (row,) = (str(values) for values in coordinator.organisation.device_set.values())
    assert token not in row
    assert token not in str(list(Event.objects.values()))
