"""Django's own commands, for who knows them."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management import execute_from_command_line


def run(argv: Sequence[str]) -> int:
    """Hand the words over to Django."""
    execute_from_command_line(["tequio manage", *argv])
    return 0


def migrate(argv: Sequence[str]) -> int:
    """Bring the database up to date."""
    return run(["migrate", *argv])
