"""Set-up founds an organisation and lets its first administrator in, once."""

from __future__ import annotations

import io
import json
import re

import pytest

from tequio.access.models import Organisation, User
from tequio.config.setup import founding
from tequio.core.errors import DomainError

pytestmark = pytest.mark.django_db
WORDS = {
    "organisation": "Casa Clara",
    "timezone": "America/Tijuana",
    "name": "Ana Tapia",
    "login": "ana",
}


def test_the_first_administrator_gets_a_code_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(WORDS)))
    assert founding.run([]) == 0
    shown = capsys.readouterr().out
    assert "ana@casa-clara" in shown
    assert re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", shown)
    user = User.objects.get()
    assert user.roles == {"administrator"}
    assert not user.has_usable_password()
    assert user.organisation.timezone == "America/Tijuana"


@pytest.mark.parametrize("wrong", [{"timezone": "Aqui/Mero"}, {"login": "ana tapia!"}])
def test_what_cannot_be_founded_leaves_nothing(wrong: dict[str, str]) -> None:
    with pytest.raises(DomainError):
        founding.found(WORDS | wrong)
    assert not Organisation.objects.exists()
