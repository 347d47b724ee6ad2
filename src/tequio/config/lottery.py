"""`./tequio lottery verify FILE`: repeat a lottery that somebody published, and compare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidencia.planning.lottery import read, verify
from evidencia.words import Language, Refusal
from tequio.config import say, words
from tequio.config.options import Options
from tequio.config.words import gettext as _

RIGHT, WRONG, UNREADABLE = 0, 1, 2


def run(argv: Sequence[str]) -> int:
    """Say whether it adds up: 0 it does, 1 it does not, 2 the file is no lottery."""
    options = Options("lottery", _("Comprueba un sorteo con el registro que se publicó."))
    options.add_argument("what", choices=("verify",), help=_("verify: repetir la cuenta"))
    options.add_argument("file", type=Path, help=_("el registro, como sorteo-7K2M-9QXC.json"))
    asked = options.parse_args(list(argv))
    language: Language = "en" if words.chosen() == "en" else "es"
    try:
        found = verify(read(asked.file))
    except Refusal as refusal:
        say.line(refusal.note.text(language))
        return UNREADABLE
    for note in found.notes:
        say.line(note.text(language))
    return RIGHT if found.right else WRONG
