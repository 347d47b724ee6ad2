"""Asks for what was not said on the line; without a person there, names the option."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from tequio.config import boot, demo_codes, environment, installation, say
from tequio.config.installation import LOCAL, Way
from tequio.config.options import Options
from tequio.config.setup.plan import Plan
from tequio.config.words import gettext as _
from tequio.core.errors import DomainError

_PORTS: dict[Way, int] = {"laptop": 8000, "house": 8443, "hosted": 8000}
_WAYS = {
    "1": "laptop",
    "2": "house",
    "3": "hosted",
}
_OURS = {"keys", "static", "demo", "lost+found", "log", "seals", "run.lock", "ballast"}


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the line."""
    parser = Options("setup", _("Prepara esta computadora para datos reales."))
    parser.add_argument("--data", help=_("carpeta de los datos (./data)"))
    parser.add_argument(
        "--way", choices=get_args(Way), help=_("una sola computadora, casa, internet")
    )
    parser.add_argument(
        "--host", action="append", default=[], help=_("nombre o dirección de entrada")
    )
    parser.add_argument("--port", type=int)
    parser.add_argument("--organisation", help=_("nombre de la organización"))
    parser.add_argument("--timezone", default="America/Mexico_City")
    parser.add_argument("--administrator", help=_("nombre de quien administra"))
    parser.add_argument("--login", help=_("con qué nombre entra, antes de la @"))
    parser.add_argument("--backup-to", default="", help=_("carpeta o memoria de los respaldos"))
    return parser.parse_args(argv)


def plan(chosen: argparse.Namespace) -> Plan:
    """Return what is about to be done, asking for the way to serve."""
    folder = Path(chosen.data).expanduser() if chosen.data else environment.data_folder()
    way: Way = chosen.way or _ask_way()
    hosts = tuple(dict.fromkeys(chosen.host))
    if way != "laptop":
        hosts = (hosts or _ask_hosts(way)) + tuple(h for h in LOCAL if h not in hosts)
    files = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    ours = bool(files & {installation.FILE, "tequio.sqlite3"})
    return Plan(
        folder=folder.resolve(),
        way=way,
        hosts=hosts or LOCAL,
        port=chosen.port or _PORTS[way],
        mode=environment.mode(),
        sqlite_is_safe=boot.sqlite_is_safe() or bool(os.environ.get("TEQUIO_DATABASE")),
        keeps_rights=_keeps_rights(folder),
        is_demonstration=demo_codes.marks(folder),
        foreign_files=not ours and bool(files - _OURS),
    )


def ask(question: str, option: str, *, default: str = "") -> str:
    """Return what a person types; where nobody types, say which option is missing."""
    if not sys.stdin.isatty():
        if default:
            return default
        raise DomainError(
            _("Falta %(option)s.") % {"option": option},
            hint=_("Aquí no hay quien conteste preguntas."),
        )
    say.line(f"{question}{f' [{default}]' if default else ''}: ", end="")
    typed = sys.stdin.readline().strip()
    return typed or default or ask(question, option)


def _ask_way() -> Way:
    if sys.stdin.isatty():
        say.line(_("¿Cómo se va a usar?"))
        say.line(_("  1  Una sola computadora: se entra solo desde ella."))
        say.line(
            _("  2  Servidor de la casa: también desde los teléfonos de la misma red, cifrado.")
        )
        say.line(_("  3  Sitio en internet: con un dominio y un intermediario que cifra."))
    typed = ask(_("Número"), "--way")
    way = _WAYS.get(typed, typed)
    for known in get_args(Way):
        if way == known:
            return known  # type: ignore[no-any-return]
    raise DomainError(
        _("«%(typed)s» no es una de las tres maneras.") % {"typed": typed},
        hint=_("Escribe 1, 2 o 3."),
    )


def _ask_hosts(way: Way) -> tuple[str, ...]:
    suggested = " ".join(_own_names()) if way == "house" else ""
    question = "¿Con qué nombres o direcciones se entra? (separados por espacios)"
    return tuple(ask(question, "--host", default=suggested).replace(",", " ").lower().split())


def _own_names() -> list[str]:
    """Return this machine's name on the house's network and its address, for telephones that do
    not know such names.
    """
    name = socket.gethostname().split(".")[0].lower()
    names = [f"{name}.local"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: asks which address would be used
        except OSError:
            return names
        names.append(probe.getsockname()[0])
    return names


def _keeps_rights(folder: Path) -> bool:
    if os.name == "nt":
        return True
    near = next((path for path in (folder, *folder.parents) if path.is_dir()), None)
    if near is None or not os.access(near, os.W_OK):
        return True  # making the folder will say what is wrong
    probe = near / ".tequio-probe"
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT, 0o600))
        return probe.stat().st_mode & 0o077 == 0
    finally:
        probe.unlink(missing_ok=True)
