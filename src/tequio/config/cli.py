"""`./tequio <command>`: what each command is called and who carries it out."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import django
from django.core.exceptions import ImproperlyConfigured

from tequio.config import boot, demo_codes, say, words
from tequio.config.words import gettext as _
from tequio.core.errors import DomainError

Run = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command lives, in which mode it runs, and whether it needs Django.

    A command is named and not imported: `check` must start where a room is broken.
    """

    target: str
    mode: str = ""
    django: bool = True

    def load(self) -> Run:
        """Import the function."""
        module, name = self.target.split(":")
        run: Run = getattr(importlib.import_module(module), name)
        return run


# What works or writes for many people keeps to their language, and not to that of who opened it.
_FOR_MANY: Final = frozenset({"worker", "demo-fill", "import", "bench-session"})
COMMANDS: Final = {
    "demo": Command("tequio.config.demo:run", mode="demo", django=False),
    "demo-fill": Command("tequio.config.demo_fill:run"),
    "setup": Command("tequio.config.setup.command:run", django=False),
    "setup-found": Command("tequio.config.setup.founding:run"),
    "serve": Command("tequio.config.service:run", django=False),
    "serve-prepare": Command("tequio.config.preparing:run"),
    "trust-page": Command("tequio.config.https.trust_page:run", django=False),
    "doctor": Command("tequio.config.doctor.command:run"),
    "backup": Command("tequio.config.backups.command:backup"),
    "restore": Command("tequio.config.backups.command:restore", django=False),
    "keys": Command("tequio.config.backups.command:keys", django=False),
    "upgrade": Command("tequio.config.upgrading:run"),
    "move": Command("tequio.config.moving:run"),
    "https": Command("tequio.config.https.command:run"),
    "rescue": Command("tequio.config.rescue:run"),
    "worker": Command("tequio.config.worker:run"),
    "migrate": Command("tequio.config.manage:migrate"),
    "manage": Command("tequio.config.manage:run"),
    "territory": Command("tequio.config.territory:run"),
    "import": Command("tequio.config.importing:run"),
    "evaluate": Command("tequio.config.evaluate:run", django=False),
    "lottery": Command("tequio.config.lottery:run", django=False),
    "simulate": Command("tequio.config.simulate:run", django=False),
    "bench": Command("tequio.config.bench.command:run", django=False),
    "bench-community": Command("tequio.config.bench.community.measuring:measure"),
    "bench-forms": Command("tequio.config.bench.forms.inside:run"),
    "bench-session": Command("tequio.config.bench.session:run"),
    "bench-wall": Command("tequio.config.bench.wall.measuring:measure"),
    "test": Command("tequio.config.tiers:run", django=False),
    "check": Command("tequio.config.checks.runner:run", django=False),
    "fix": Command("tequio.config.checks.runner:fix", django=False),
    "messages": Command("tequio.config.checks.runner:messages", django=False),
}


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; what a person did wrong is one sentence."""
    name, rest = (argv[0], argv[1:]) if argv else ("", [])
    command = COMMANDS.get(name)
    if command is None:
        every = ", ".join(COMMANDS)
        say.line(_("No hay una orden «%(name)s». Hay: %(every)s.") % {"name": name, "every": every})
        return 2
    # Whatever this process writes (database, keys, logs) is for this account alone.
    os.umask(0o077)
    if command.mode:
        os.environ.setdefault("TEQUIO_MODE", command.mode)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    boot.install()
    try:
        if command.django:
            demo_codes.prefer_demonstration()
            django.setup()
            with contextlib.nullcontext() if name in _FOR_MANY else words.spoken():
                return command.load()(rest)
        return command.load()(rest)
    except (DomainError, ImproperlyConfigured) as error:
        say.line(str(error))
        return 1
    except KeyboardInterrupt:
        say.line("\n" + _("Se detuvo."))
        return 130
