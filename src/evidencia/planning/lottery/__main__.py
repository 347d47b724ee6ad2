"""``python -m evidencia.planning.lottery verify FILE``: repeat a lottery and compare."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidencia.planning.lottery import read, verify
from evidencia.words import Refusal


def main(arguments: list[str] | None = None) -> int:
    """Check a lottery; return 0 if it adds up, 1 if not, 2 if the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evidencia.planning.lottery")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="repeat a lottery and compare")
    check.add_argument("file", type=Path)
    check.add_argument("--language", choices=("es", "en"), default="es")
    given = parser.parse_args(arguments)
    try:
        found = verify(read(given.file))
    except Refusal as refusal:
        sys.stderr.write(refusal.note.text(given.language) + "\n")
        return 2
    for note in found.notes:
        sys.stdout.write(note.text(given.language) + "\n")
    return 0 if found.right else 1


if __name__ == "__main__":
    sys.exit(main())
