"""`./tequio <command>`: what each command is called and who carries it out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from tequio.config import boot

Command = Callable[[Sequence[str]], int]


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    name, rest = (argv[0], argv[1:]) if argv else ("help", [])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    boot.install()
    if name == "manage":
        return _manage(rest)
    return 2


def _manage(argv: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tequio", *argv])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
