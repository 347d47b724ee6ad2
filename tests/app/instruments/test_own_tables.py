"""What own forms gathered, as a table that leaves the house."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

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
from tequio.instruments.openrosa.received import Received, SentFile, Standing
from tequio.instruments.queries.submissions import form_of, shape_of
from tequio.instruments.xform.reading import read
from tequio.instruments.xlsform.book import Given
from tequio.instruments.xlsform.making import make

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
    # Of the three that came one contradicts another and one was corrected.
    assert "Encuesta del barrio · 1 cuestionario<" in page


def test_a_token_is_shown_once_and_kept_nowhere(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    page = client.post(reverse("instruments:add-device"), {"label": "Azul"}).content.decode()
    token = page.partition("/v1/key/")[2].partition("/")[0]
    assert len(token) == 43
    assert token not in client.get(reverse("instruments:devices")).content.decode()
    (row,) = (str(values) for values in coordinator.organisation.device_set.values())
    assert token not in row
    assert token not in str(list(Event.objects.values()))


CHILDREN = """
| survey |
| | type | name | label | relevant |
| | text | {asked} | Algo | |
| | begin_repeat | hijo | Hijo | |
| | text | nombre | Nombre | |
| | text | escuela | Escuela | ${{nombre}} != 'Luz' |
| | begin_repeat | cosa | Cosa | |
| | text | que | Qué | |
| | end_repeat | | | |
| | end_repeat | | | |
| settings |
| | form_id | form_title | version |
| | casas | Casas | {version} |
"""


def _come(user: User, version: str, asked: str, children: str) -> None:
    made = make([Given("casas.md", CHILDREN.format(asked=asked, version=version).encode())])
    assert made.form is not None, made.problems
    OwnForm.objects.create(
        organisation=user.organisation, form_id="casas", version=version, title="Casas",
        sheets={}, xml=made.form.xml, sha256=made.sha256, rights=OwnForm.Rights.OURS,
        published_at=clock.now(), brought_by=user,
    )  # fmt: skip
    said = f'<data id="casas" version="{version}"><{asked}>{version}</{asked}>{children}</data>'
    received = Received(user.organisation_id, f"uuid:{version}", clock.now(), "", None)
    own_answers.take(made.form, said.encode(), received)


def test_each_child_keeps_its_place_in_a_cell_and_older_versions_their_columns(
    coordinator: User,
) -> None:
    luz = "<hijo><nombre>Luz</nombre><cosa><que>pan</que></cosa><cosa><que>sal</que></cosa></hijo>"
    sol = "<hijo><nombre>Sol</nombre><escuela>Norte</escuela><cosa><que/></cosa></hijo>"
    with clock.at(clock.now() - timedelta(days=2)):
        _come(coordinator, "1", "calle", luz + sol)
    _come(coordinator, "2", "colonia", sol)
    client = signed_in_client(coordinator)
    answer = client.get(reverse("instruments:submissions-csv", args=["casas"]))
    assert "nombre" in shape_of(form_of(coordinator, "casas").form).conditional
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    first, second = csv.DictReader(io.StringIO(text))
    assert (first["calle"], first["colonia"]) == ("1", "")
    assert (second["calle"], second["colonia"]) == ("", "2")
    assert first["hijo/nombre"] == "Luz | Sol"
    assert first["hijo/escuela"] == " | Norte"
    assert first["hijo/cosa/que"] == "pan ; sal | "


def test_photos_that_telephones_sent_come_out_under_the_number_of_their_answer(
    gathered: User,
) -> None:
    row = Submission.objects.filter(how=Submission.How.KEPT).get()
    xml = own_answers.opened(row).xml
    photos = (b"\xff\xd8\xff one", b"\xff\xd8\xff two")
    for photo in photos:
        files = (SentFile("../f 1.jpg", "image/jpeg", photo),)
        received = Received(gathered.organisation_id, "uuid:a", clock.now(), "", None, files=files)
        own_answers.add_files(read(survey()), xml, received)
    client = signed_in_client(gathered)
    assert "Bajar 2 archivos (ZIP)" in client.get(reverse("instruments:gathered")).content.decode()
    answer = client.get(reverse("instruments:submissions-files", args=["barrio"]))
    body = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    with zipfile.ZipFile(body) as whole:
        assert whole.testzip() is None
        assert whole.namelist() == ["a/_f_1.jpg", "a/_f_1 (2).jpg"]
        assert {whole.read(name) for name in whole.namelist()} == set(photos)
    event = Event.objects.get(kind="export")
    assert event.detail == {"what": "archivos de barrio", "rows": 2}
