"""A coordinator at the pages of an import, with a register that has a slip in it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.registers import xlsx

from tequio.circles.models import RegisterImport

WIDE = xlsx(
    ["Grupo martes"],
    ["Nombre", "Sesión 1", "Sesión 2", "Sesión 3"],
    ["José Pérez López", "x", "x", "F"],
    ["Jose Perez Lopez", "x", "F", "x"],
    ["Raúl Díaz Mora", "F", "zz", "x"],
)


def upload(client: Client, data: bytes, name: str = "lista de Maru.xlsx") -> Any:
    return client.post("/importar/", {"file": SimpleUploadedFile(name, data)})


def text_of(response: Any) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def fields_of(response: Any) -> dict[str, str]:
    """Return what the browser would send back if nobody touched the form."""
    form, page = response.context["form"], response.content.decode()
    sent = {}
    for bound in form:
        value = bound.value()
        shown = f'name="{bound.html_name}"' in page
        if shown and value not in (None, False, ""):
            sent[bound.name] = "on" if value is True else str(value)
    return sent


def page(draft: RegisterImport) -> str:
    return f"/importar/{draft.pk}/"
