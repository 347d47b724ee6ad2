"""Files that are not what they seem: a sentence, and nothing kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.registers import draft_of, xlsx
from tests.people import sign_in

from tequio.access.models import User
from tequio.circles.importing.reading import read
from tequio.circles.models import RegisterImport

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (250 << 20))
    return target.getvalue()


@pytest.fixture
def maru(client: Client, coordinator: User) -> Client:
    return sign_in(client, coordinator)


def upload(client: Client, data: bytes, name: str = "lista.xlsx") -> Any:
    return client.post("/importar/", {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "El archivo está vacío."),
        (b"  \n", "El archivo está vacío."),
        (PICTURE, "hoja de cálculo"),
        (LOCKED, "tiene contraseña"),
        (b"PK\x03\x04" + b"garbage" * 50, "está dañado"),
        (b"a" * (25 << 20), "25 MB"),
        (xlsx([None]), "ningún dato"),
    ],
    ids=["empty", "blank", "picture", "locked", "damaged", "large", "no data"],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    maru: Client, data: bytes, said: str
) -> None:
    answer = upload(maru, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert RegisterImport.objects.count() == 0


def test_a_file_that_grows_while_it_is_opened_is_refused(maru: Client) -> None:
    answer = upload(maru, bomb())
    assert answer.status_code == 422
    assert RegisterImport.objects.count() == 0


def test_no_file_at_all_is_a_sentence(maru: Client) -> None:
    answer = maru.post("/importar/", {})
    assert answer.status_code == 422
    assert "Falta el archivo." in answer.content.decode()


def test_a_formula_is_a_text_and_never_comes_back_as_a_formula(
    maru: Client, coordinator: User
) -> None:
    data = "Nombre,Sesión 1,Sesión 2\n=1+1;cmd|' /C calc'!A0,x,@SUM(A1)\n".encode()
    draft = draft_of(coordinator, "lista.csv", data)
    answer = maru.get(f"/importar/{draft.pk}/problemas.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert maru.get(f"/importar/{draft.pk}/").status_code == 200


def test_a_file_without_any_table_says_what_was_looked_for(maru: Client, coordinator: User) -> None:
    draft = draft_of(coordinator, "carta.xlsx", xlsx(["Estimada Maru:"], ["te mando la lista"]))
    shown = maru.get(f"/importar/{draft.pk}/").content.decode()
    assert "se buscó una fila con títulos" in shown
    refused = maru.post(f"/importar/{draft.pk}/", {"gap": "absent", "action": "start"})
    assert refused.status_code == 422
    assert "no hay nada que importar" in refused.content.decode()
    assert read(draft).plan.rows_total == 2


def test_the_name_of_a_file_may_be_anything(maru: Client, coordinator: User) -> None:
    name = "../../etc/José <b>Pérez</b>" + "x" * 300 + ".xlsx"
    data = xlsx(["Nombre", "Sesión 1", "Sesión 2"], ["Ana Paz Sol", "x", "F"])
    draft = draft_of(coordinator, name, data)
    shown = maru.get(f"/importar/{draft.pk}/")
    assert shown.status_code == 200
    assert b"<b>P" not in shown.content
    assert maru.get("/importar/").status_code == 200
