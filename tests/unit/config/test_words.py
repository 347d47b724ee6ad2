"""The command line speaks Spanish, or English where it was asked to, also without Django."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.utils import translation

from tequio.config import words
from tequio.config.options import Options

KNOWN = "Todo está en orden en esta computadora."


def _alone(code: str, language: str) -> str:
    """Run something where Django is not loaded."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, words.SETTING: language},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(("language", "spanish"), [("", True), ("es", True), ("en", False)])
def test_a_sentence_comes_in_the_language_that_was_asked_for(language: str, spanish: bool) -> None:
    told = _alone(f"from tequio.config import words; print(words.gettext({KNOWN!r}))", language)
    assert (told == KNOWN) is spanish
    assert told


def test_what_supervises_the_site_does_not_load_django() -> None:
    code = "import sys; from tequio.config import serving; print('django.apps' in sys.modules)"
    assert _alone(code, "en") == "False"


def test_a_command_with_django_speaks_the_same_language(monkeypatch: pytest.MonkeyPatch) -> None:
    with translation.override("es-mx"):
        assert words.gettext(KNOWN) == KNOWN
        monkeypatch.setenv(words.SETTING, "en_GB.UTF-8")
        with words.spoken():
            assert words.gettext(KNOWN) != KNOWN
        assert words.gettext(KNOWN) == KNOWN


def test_a_text_that_nobody_translated_stays_as_it_is() -> None:
    assert words._catalogue("en").gettext("zarzamora") == "zarzamora"
    assert words._catalogue("xx").gettext(KNOWN) == KNOWN
    assert words._catalogue("en").ngettext("zarza", "zarzas", 2) == "zarzas"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ([], "Falta decir: --kit."),
        (["--kit"], "Falta lo que va con --kit."),
        (["--kit", "x", "--otro"], "No se entiende: --otro."),
        (["--kit", "x", "--way", "nube"], "En --way no puede ir 'nube'."),
        (["--kit", "x", "--port", "ocho"], "En --port no puede ir 'ocho'."),
    ],
)
def test_a_line_that_does_not_fit_is_told_in_a_sentence(
    line: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options("restore", "Recupera un respaldo.")
    options.add_argument("--kit", required=True)
    options.add_argument("--way", choices=["laptop", "house"])
    options.add_argument("--port", type=int)
    with pytest.raises(SystemExit) as ended:
        options.parse_args(line)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith("uso: ./tequio restore")
    assert said.rstrip().endswith(told)


def test_the_help_is_in_the_readers_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Options("restore", "Recupera un respaldo.").parse_args(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    for word in ("uso:", "Recupera un respaldo.", "Opciones:", "muestra esto"):
        assert word in said
