"""Writes the demonstration: database, pages, and an invented organisation with its year."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tequio.access.roles import ROLES
from tequio.config import demo_codes, say
from tequio.core.errors import DomainError
from tequio.simulation import demonstration


def run(argv: Sequence[str]) -> int:
    """Fill an empty data folder."""
    parser = argparse.ArgumentParser(prog="./tequio demo-fill")
    parser.add_argument("--men", type=int, required=True)
    chosen = parser.parse_args(argv)
    if not settings.DEMONSTRATION:
        raise DomainError("Una organización inventada solo se escribe en una demostración.")
    say.line("Preparando la base de datos…")
    call_command("migrate", verbosity=0)
    say.line("Preparando las páginas…")
    call_command("collectstatic", verbosity=0, interactive=False)
    signs = demonstration.make(men=chosen.men, tell=_tell, chapter=_chapter)
    say.line(" listo.")
    people = [
        {"login": s.login, "role": str(ROLES[s.role].name), "secret": s.secret, "wall": s.wall}
        for s in signs
    ]
    demo_codes.write(Path(settings.DATA), demonstration.PASSWORD, people)
    return 0


def _tell(done: int, total: int) -> None:
    bar = "█" * (30 * done // total)
    say.line(f"\rInventando una organización  {bar:30} {done:,} de {total:,} hombres", end="")


def _chapter(about: str) -> None:
    """After the men comes as much again; a full bar that stands still looks broken."""
    say.line(f"\n  · {about}…", end="")
