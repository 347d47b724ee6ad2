"""The log of a whole sign-in names nobody and no address."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client
from tests.entering import current_code, type_code, type_password
from tests.factories.access import PASSWORD

from tequio.access.models import User
from tequio.config import logs

ADDRESS = "203.0.113.77"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What would stand in the log file, everything included."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logs.configure({"folder": "", "mode": "production"})
    stream = io.StringIO()
    own = root.handlers[0]
    assert isinstance(own, logging.StreamHandler)
    own.setStream(stream)
    yield stream
    root.handlers[:], root.level = handlers, level


def _whole_way(user: User) -> str:
    client = Client(REMOTE_ADDR=ADDRESS)
    code = current_code()
    type_password(client, user.login, "equivocada del todo")
    type_password(client, user.login)
    type_code(client, "000000")
    type_code(client, code)
    client.get("/cuenta/?q=Juan+Perez")
    client.get("/no-existe/Juan/")
    client.post("/salir/")
    return code


def test_the_log_of_a_whole_sign_in_holds_no_name_login_address_or_code(
    coordinator: User, written: io.StringIO
) -> None:
    code = _whole_way(coordinator)

    lines = written.getvalue()
    assert '"route": "access:code"' in lines
    for hidden in ("maru", "Maru", "circulo-norte", ADDRESS, "Juan", PASSWORD, "equivocada"):
        assert hidden not in lines
    assert f'"{code}"' not in lines
    assert str(coordinator.pk) not in lines


def test_a_key_that_nobody_allowed_is_dropped_before_writing(written: io.StringIO) -> None:
    structlog.get_logger("tequio.seeded").warning("seeded", login="maru@circulo-norte", ms=3)

    assert '"event": "seeded"' in written.getvalue()
    assert "maru" not in written.getvalue()


def test_this_proof_can_fail(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "ALLOWED", logs.ALLOWED | {"login"})
    structlog.get_logger("tequio.seeded").warning("seeded", login="maru@circulo-norte")

    assert "maru@circulo-norte" in written.getvalue()
