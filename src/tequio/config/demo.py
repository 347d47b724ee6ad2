"""`./tequio demo`: a running site with an invented organisation, on this machine only."""

from __future__ import annotations

import argparse
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from tequio.config import demo_codes, environment, say, serving
from tequio.config.options import Options
from tequio.config.words import gettext as _

_MEN: Final = 120
_MEN_FULL: Final = 600


def run(argv: Sequence[str]) -> int:
    """Make the demonstration anew and serve it until Ctrl+C."""
    chosen = _parse(argv)
    folder = Path(os.environ.setdefault("TEQUIO_DATA", str(environment.ROOT / "data" / "demo")))
    # The demonstration never touches a database that somebody else may be using.
    os.environ["TEQUIO_DATABASE"] = ""
    if chosen.codes:
        demo_codes.show(folder)
        return 0
    if not serving.free(chosen.port):
        say.line(
            _(
                "El puerto %(port)s está ocupado por otro programa. Prueba con otro: ./tequio "
                "demo --port %(other)s"
            )
            % {"port": chosen.port, "other": chosen.port + 1}
        )
        return 1
    began = time.monotonic()
    _clear(folder)
    men = _MEN_FULL if chosen.full else _MEN
    filled = subprocess.run(
        [sys.executable, "-m", "tequio", "demo-fill", "--men", str(men)], check=False
    )
    if filled.returncode:
        return filled.returncode
    say.line(_("Listo en %(seconds)s s.") % {"seconds": f"{time.monotonic() - began:.0f}"})
    serving.serve(
        chosen.port,
        ready=lambda: _welcome(chosen.port, folder),
        idle=_codes_on_enter(folder),
    )
    return 0


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = Options("demo", _("Abre un sitio de demostración con una organización inventada."))
    parser.add_argument("--port", type=int, default=8000, help=_("puerto (8000)"))
    parser.add_argument(
        "--full",
        action="store_true",
        help=_("%(many)s hombres y no %(few)s") % {"many": _MEN_FULL, "few": _MEN},
    )
    parser.add_argument("--codes", action="store_true", help=_("solo muestra los códigos de ahora"))
    return parser.parse_args(argv)


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not demo_codes.marks(folder):
        raise ImproperlyConfigured(
            _(
                "La carpeta %(folder)s tiene datos que no son de una demostración; no se toca. "
                "Elige otra con TEQUIO_DATA."
            )
            % {"folder": folder}
        )
    shutil.rmtree(folder, ignore_errors=True)
    # Before anything else: a demonstration that was cut short is still known as one.
    demo_codes.mark(folder)


def _welcome(port: int, folder: Path) -> None:
    where = _("Abre  http://localhost:%(port)s/  en este navegador. Nadie más puede entrar.")
    say.line("\n" + where % {"port": port} + "\n")
    demo_codes.show(folder)
    say.line("\n" + _("Enter: códigos nuevos. Ctrl+C: cerrar."))
    say.line(_("Todo lo que ves es inventado. Se borra la próxima vez que abras la demostración."))


def _codes_on_enter(folder: Path) -> Callable[[], None]:
    if not sys.stdin.isatty():
        return lambda: None

    def look() -> None:
        if select.select([sys.stdin], [], [], 0)[0] and sys.stdin.readline():
            demo_codes.show(folder)

    return look
