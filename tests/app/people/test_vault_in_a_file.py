"""A man's name is in no byte of the database's file, nor of the log beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from tests.factories.access import UserFactory
from tests.flushing import flush_past_the_triggers  # noqa: F401
from tests.people import signed_in_client

from tequio.people import actions
from tequio.people.models import Participant
from tequio.people.vault import Who

pytestmark = [pytest.mark.sqlite_file, pytest.mark.django_db(transaction=True)]
WHO = Who("Ubaldo Zenón", "Quetzaltzin Ñuño", "55 5555 9731", 1979, "R-7719")
CANARIES = ("Ubaldo", "Zenón", "zenon", "Quetzaltzin", "Ñuño", "5555 9731", "5555559731")


def _bytes() -> bytes:
    file = Path(str(connection.settings_dict["NAME"]))
    beside = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
    assert beside[1].exists(), "This test means something with a log only."
    return b"".join(path.read_bytes() for path in beside if path.exists()).lower()


def _found() -> list[str]:
    raw = _bytes()
    return [word for word in CANARIES if word.lower().encode() in raw]


def test_a_name_is_in_no_byte_of_the_file_or_of_its_log() -> None:
    user = UserFactory.create(roles=["coordinator"])
    man = actions.register(by=user, alias="Encino", who=WHO)
    client = signed_in_client(user)
    assert WHO.surnames in client.get(f"/personas/{man.folio}/").content.decode()
    client.post("/personas/", {"q": WHO.full_name})
    client.post(f"/personas/{man.folio}/corregir/", {"alias": "Pino", "phone": WHO.phone})
    assert b"encino" in _bytes()
    assert _found() == []


def test_a_name_that_is_written_in_clear_is_found() -> None:
    user = UserFactory.create(roles=["coordinator"])
    man = actions.register(by=user, alias="Encino", who=Who())
    Participant.objects.filter(pk=man.pk).update(alias="Quetzaltzin")
    assert "Quetzaltzin" in _found()
