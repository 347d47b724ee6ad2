"""A text of somebody else's is asked only under a permission that stands today."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import Conflict, NotVisible
from tequio.instruments import offered
from tequio.instruments.actions import own_forms, own_sittings, permissions
from tequio.instruments.actions.own_forms import Rights
from tequio.instruments.actions.permissions import Given
from tequio.instruments.definitions import shipped
from tequio.instruments.models import OwnForm, TextPermission
from tequio.instruments.paper import own
from tequio.instruments.xlsform import texts

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
PAPER = b"%PDF-1.7 permiso"
LAST = date(2026, 12, 31)
LINES = {"questions": "Primera pregunta\n\n  Segunda   pregunta ", "answers": "Nunca\nA veces"}


def permit(by: User, until: date | None = LAST) -> TextPermission:
    given = Given("La editorial", "200 copias en tres grupos", until, PAPER)
    return permissions.permit(by=by, slug="cts2", given=given)


def in_use(by: User) -> OwnForm:
    shell = shipped()["cts2"].instrument
    made = texts.from_lines(shell, LINES["questions"], LINES["answers"], version="1")
    row = permissions.bring_text(by=by, permission_id=permit(by).pk, made=made)
    return own_forms.publish(by=by, own_form_id=row.pk, rights=Rights("permitted", "carta"))


def listed(by: User) -> list[str]:
    return [one.form_id for one in offered.listed(by.organisation_id)]


def test_a_shell_shows_no_question_and_says_what_is_missing(coordinator: User) -> None:
    page = signed_in_client(coordinator).get(reverse("instruments:instrument", args=["cts2"]))
    said = page.content.decode()
    assert "Traer el permiso" in said and "Lo que pregunta" not in said
    sent = signed_in_client(coordinator).post(
        reverse("instruments:bring-text", args=["cts2"]), LINES
    )
    assert sent.status_code == 302 and not OwnForm.objects.exists()
    blank = signed_in_client(coordinator).post(reverse("instruments:print-blank", args=["cts2"]))
    assert blank.status_code == 404


def test_permission_and_text_through_the_pages(coordinator: User, director: User) -> None:
    """The director brings the permission; whoever coordinates pastes the text and begins."""
    with clock.at(NOW):
        client: Client = signed_in_client(director)
        bad = client.post(
            reverse("instruments:permit", args=["cts2"]),
            {"given_by": "La editorial", "covers": "", "until": "2026-12-31",
             "paper": SimpleUploadedFile("permiso.pdf", b"MZ no es un PDF")},
        )  # fmt: skip
        assert bad.status_code == 422 and "Falta para qué es el permiso" in bad.content.decode()
        assert 'value="La editorial"' in bad.content.decode()
        client.post(
            reverse("instruments:permit", args=["cts2"]),
            {"given_by": "La editorial", "covers": "200 copias", "until": "2026-12-31",
             "paper": SimpleUploadedFile("permiso.pdf", PAPER)},
        )  # fmt: skip
        row = TextPermission.objects.get()
        assert PAPER not in bytes(row.sealed_paper)
        client = signed_in_client(coordinator)
        sent = client.post(reverse("instruments:bring-text", args=["cts2"]), LINES)
        text = OwnForm.objects.get()
        assert sent.headers["Location"] == reverse("instruments:own-form", args=[text.pk])
        assert (text.form_id, text.permission_id) == ("cts2", row.pk)
        assert [q["words"] for q in own.questions(offered.read_form(bytes(text.xml)))] == [
            "Primera pregunta",
            "Segunda pregunta",
        ]
        paper = client.get(reverse("instruments:permission-paper", args=[row.pk]))
    assert paper.content == PAPER
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"text.permit", "text.bring", "text.open"} <= kinds


def test_the_last_day_is_kept_and_the_day_after_nobody_is_asked(coordinator: User) -> None:
    with clock.at(NOW):
        row = in_use(coordinator)
    with clock.at(datetime(2026, 12, 31, 18, tzinfo=UTC)):
        assert own_sittings.begin(by=coordinator, own_form_id=row.pk).form_id == row.pk
        own_sittings.sittings_of(coordinator).delete()
        assert listed(coordinator) == ["cts2"]
    with clock.at(datetime(2027, 1, 1, 18, tzinfo=UTC)):
        with pytest.raises(Conflict, match="El permiso"):
            own_sittings.begin(by=coordinator, own_form_id=row.pk)
        assert listed(coordinator) == []
        client = signed_in_client(coordinator)
        assert client.post(reverse("instruments:print-own", args=[row.pk])).status_code == 404
        permit(coordinator, date(2027, 12, 31))
        assert listed(coordinator) == ["cts2"]


def test_a_permission_that_was_withdrawn_ends_at_once(coordinator: User) -> None:
    with clock.at(NOW):
        row = in_use(coordinator)
        assert row.permission_id is not None
        permissions.withdraw(by=coordinator, permission_id=row.permission_id)
        with pytest.raises(Conflict):
            own_sittings.begin(by=coordinator, own_form_id=row.pk)


def test_what_she_answers_is_not_brought_here(coordinator: User, outsider: User) -> None:
    hers = [s for s, one in shipped().items() if one.instrument.is_shell
            and not one.instrument.asks_a_man]  # fmt: skip
    assert hers
    for slug in hers:
        with pytest.raises(NotVisible):
            permissions.shell_of(slug)
    with clock.at(NOW):
        mine = permit(coordinator)
    page = signed_in_client(outsider).get(reverse("instruments:permission-paper", args=[mine.pk]))
    assert page.status_code == 404


def test_a_file_in_the_format_of_the_library_says_line_and_key() -> None:
    shell = shipped()["cts2"].instrument
    with pytest.raises(Exception, match="nombre"):
        texts.from_toml(shell, b'schema = 1\nslug = "cts2"\nversion = "1"\nnombre = "x"\n')
