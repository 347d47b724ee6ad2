"""What may stand behind a command on the line, told in the reader's language.

The library's own words are English; those that a person meets are said here.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from tequio.config.words import gettext as _


class Options(argparse.ArgumentParser):
    """The options of one command."""

    def __init__(self, command: str, what: str) -> None:
        super().__init__(
            prog=f"./tequio {command}", description=what, add_help=False, formatter_class=_Page
        )
        self._positionals.title, self._optionals.title = _("Qué"), _("Opciones")
        self.add_argument("-h", "--help", action="help", help=_("muestra esto"))

    def error(self, message: str) -> NoReturn:
        """Say what does not fit, and how it is written; 2 is the code for that."""
        self.exit(2, f"{self.format_usage()}{told(message)}\n")


class _Page(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or _("uso: "))


def told(message: str) -> str:
    """Return what does not fit in the reader's language."""
    for pattern, sentence in _sentences():
        found = re.fullmatch(pattern, message)
        if found:
            return sentence % found.groupdict()
    return message


def _sentences() -> Iterable[tuple[str, str]]:
    yield r"the following arguments are required: (?P<what>.+)", _("Falta decir: %(what)s.")
    yield r"unrecognized arguments: (?P<what>.+)", _("No se entiende: %(what)s.")
    yield r"argument (?P<what>.+?): expected one argument", _("Falta lo que va con %(what)s.")
    yield (
        r"argument (?P<what>.+?): invalid (choice|\w+ value): (?P<given>'[^']*').*",
        _("En %(what)s no puede ir %(given)s."),
    )
    # What a command says of its own option is a sentence already.
    yield r"argument (?P<what>.+?): (?P<said>.+)", _("%(what)s: %(said)s")
