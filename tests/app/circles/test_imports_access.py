"""Who may import, and how much the pages ask of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.registers import draft_of, ready, xlsx
from tests.people import sign_in

from tequio.access.models import User
from tequio.circles.actions import imports
from tequio.circles.models import Group, RegisterImport

SMALL = xlsx(["Nombre", "Sesión 1", "Sesión 2"], ["Ana Paz Sol", "x", "F"])
FORM = {"gap": "unknown"}


@pytest.fixture
def draft(coordinator: User) -> RegisterImport:
    return draft_of(coordinator, "lista.xlsx", SMALL)


def page(draft: RegisterImport) -> str:
    return f"/importar/{draft.pk}/"


# --- Who may ----------------------------------------------------------------------------------


def test_another_organisation_finds_nothing(
    client: Client, outsider: User, draft: RegisterImport
) -> None:
    sign_in(client, outsider)
    for path in ("", "problemas.xlsx", "deshacer/", "borrar-archivo/"):
        assert client.get(f"{page(draft)}{path}").status_code == 404, path
    for path in ("", "deshacer/", "borrar-archivo/", "descartar/"):
        assert client.post(f"{page(draft)}{path}", {}).status_code == 404, path
    assert RegisterImport.objects.count() == 1


@pytest.mark.parametrize("role", ["evaluator", "facilitator", "director", "administrator"])
def test_a_role_that_does_not_import_is_refused(
    client: Client, request: pytest.FixtureRequest, draft: RegisterImport, role: str
) -> None:
    sign_in(client, request.getfixturevalue(role))
    assert client.get("/importar/").status_code == 403
    assert client.get(page(draft)).status_code in {403, 404}
    assert client.post(page(draft), FORM).status_code in {403, 404}
    file = SimpleUploadedFile("lista.xlsx", SMALL)
    assert client.post("/importar/", {"file": file}).status_code == 403
    assert RegisterImport.objects.count() == 1


# --- How much it asks of the database ---------------------------------------------------------


@pytest.mark.parametrize("men", [3, 120])
def test_the_pages_ask_the_database_little_whatever_the_size_of_the_file(
    maru: Client,
    coordinator: User,
    run_jobs: Callable[[], Any],
    django_assert_max_num_queries: Any,
    men: int,
) -> None:
    rows = [[f"c{n}", f"Juan {n} Pérez", "x", "qq", "F"] for n in range(men)]
    head = ["Clave", "Nombre", "Sesión 1", "Sesión 2", "Sesión 3"]
    first = draft_of(coordinator, "uno.xlsx", xlsx(head, *rows[: men // 2]))
    ready(coordinator, first)
    with run_jobs():
        imports.start(by=coordinator, import_id=first.pk)
    named = [[f"Juan {n} Pérez", "x", "qq", "F"] for n in range(men)]
    second = draft_of(coordinator, "dos.xlsx", xlsx(head, *rows))
    ready(coordinator, second, group=Group.objects.get())
    third = draft_of(coordinator, "tres.xlsx", xlsx(head[1:], *named))
    maru.get(page(second)), maru.get(page(third))  # Opening it is written down the first time.
    for path in ("/importar/", page(first), page(second), page(third)):
        with django_assert_max_num_queries(12):
            assert maru.get(path).status_code == 200, path
