"""What the preview of an import calls things."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.app.circles.import_pages import text_of
from tests.factories.registers import draft_of, xlsx
from tests.people import sign_in

from tequio.access.models import User

MARKS = xlsx(
    ["Nombre", "Sesión 1", "Sesión 2"], ["Ana Gil", "x", "F"], ["Luis Díaz", "F", "x"]
)  # Four marks, and two of them say that somebody came.


def test_absences_are_not_counted_as_attendances(client: Client, coordinator: User) -> None:
    maru = sign_in(client, coordinator)
    page = maru.get(f"/importar/{draft_of(coordinator, 'lista.xlsx', MARKS).pk}/")

    assert "4 marcas escritas para ellas, de asistencia o de falta." in text_of(page)


def test_a_problem_of_the_whole_file_has_no_empty_cell_beside_it(
    client: Client, coordinator: User
) -> None:
    maru = sign_in(client, coordinator)
    names = [[f"Hombre {at:03d} Prueba", "x"] for at in range(90)]
    data = xlsx(["Nombre", "Sesión 1"], *names)
    sent = maru.post("/importar/", {"file": SimpleUploadedFile("lista.xlsx", data)})
    page = maru.get(sent["Location"])

    assert "Hay muchas personas que se parecen" in text_of(page)
    assert "Hoja «»" not in text_of(page)
