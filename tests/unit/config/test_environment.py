"""What comes from outside is strict by default and says what is wrong with it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tequio.config import databases, demo, demo_codes, environment


def test_without_a_word_the_mode_is_the_strictest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEQUIO_MODE")
    assert environment.mode() == "production"
    monkeypatch.setenv("TEQUIO_MODE", "debug")
    with pytest.raises(ImproperlyConfigured, match="production, demo, development, test"):
        environment.mode()


def test_only_this_machine_is_answered_unless_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEQUIO_HOSTS", raising=False)
    assert environment.hosts() == ["localhost", "127.0.0.1", "[::1]"]
    monkeypatch.setenv("TEQUIO_HOSTS", "casa.local, 10.0.0.5 ,")
    assert environment.hosts() == ["casa.local", "10.0.0.5"]


def test_a_secret_is_made_once_and_read_by_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEQUIO_DATA", str(tmp_path))
    once = environment.secret("x")
    assert environment.secret("x") == once
    assert len(once) > 40
    assert stat.S_IMODE((tmp_path / "keys" / "x.secret").stat().st_mode) == 0o600


def test_sqlite_keeps_what_it_acknowledged_and_erases_what_was_erased() -> None:
    words = databases.sqlite("x")["OPTIONS"]["init_command"]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        assert pragma in words
    assert databases.sqlite("x")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_of_postgres_may_hold_signs_in_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEQUIO_DATABASE", "postgresql://ana:a%40b%3A@db.local:5433/casa")
    found = databases.from_environment(tmp_path)
    assert (found["USER"], found["PASSWORD"]) == ("ana", "a@b:")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.local", "5433", "casa")
    monkeypatch.setenv("TEQUIO_DATABASE", "mysql://x")
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        databases.from_environment(tmp_path)


def test_a_demonstration_never_wipes_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    kept = tmp_path / "tequio.sqlite3"
    kept.write_text("real", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="no se toca"):
        demo._clear(tmp_path)
    assert kept.read_text(encoding="utf-8") == "real"

    own = tmp_path / "demo"
    demo_codes.mark(own)
    (own / "old").write_text("x", encoding="utf-8")
    demo._clear(own)
    assert [path.name for path in own.iterdir()] == ["demonstration.json"]
    assert stat.S_IMODE((own / "demonstration.json").stat().st_mode) == 0o600


def test_codes_are_shown_of_a_demonstration_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ImproperlyConfigured, match="No hay una demostración"):
        demo_codes.show(tmp_path)
    person = {
        "login": "lalo@casa",
        "role": "Facilitación",
        "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    }
    demo_codes.write(tmp_path, "clave", [person])
    demo_codes.show(tmp_path)
    shown = capsys.readouterr().out
    assert "lalo@casa" in shown
    assert "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" not in shown
