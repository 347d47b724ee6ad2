"""`python -m tequio <command>`: one door for people and for continuous integration."""

from __future__ import annotations

import sys

from tequio.config import cli

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
