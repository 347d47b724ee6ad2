"""`./tequio backup`, `restore` and `keys`."""

from __future__ import annotations

import getpass
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from tequio.config import environment, holding, installation, say
from tequio.config.backups import keeping, kit, restoring
from tequio.config.options import Options
from tequio.config.words import gettext as _
from tequio.core.errors import DomainError


def backup(argv: Sequence[str]) -> int:
    """Back up now; the folder that is named is used by the clock from then on."""
    parser = Options("backup", _("Respalda todo, cifrado, sin cerrar el sitio."))
    parser.add_argument("--to", default="", help=_("carpeta o memoria; desde entonces, cada día"))
    chosen = parser.parse_args(argv)
    data = Path(settings.DATA)
    set_up = installation.read(data) or installation.Installation()
    folder = chosen.to or set_up.backup_folder
    if not folder:
        raise DomainError(_("Falta decir dónde."), hint=_("./tequio backup --to CARPETA"))
    target = Path(folder).expanduser().resolve()
    made = keeping.back_up(target)
    if chosen.to and str(target) != set_up.backup_folder:
        installation.change(data, backup_folder=str(target))
        say.line(
            _("Desde hoy se respalda cada día en %(target)s, y se guardan 35 días.")
            % {"target": target}
        )
    say.line(
        _("Respaldo completo: %(made)s (%(size)s MB).")
        % {"made": made, "size": f"{made.stat().st_size / 1e6:.1f}"}
    )
    return 0


def keys(argv: Sequence[str]) -> int:
    """Make the kit that opens the back-ups."""
    parser = Options("keys", _("Hace el llavero: lo único que abre los respaldos."))
    parser.add_argument(
        "--to", required=True, help=_("carpeta o memoria, que no sea la de respaldos")
    )
    chosen = parser.parse_args(argv)
    data = environment.data_folder()
    target = Path(chosen.to).expanduser().resolve()
    set_up = installation.read(data)
    if set_up is None:
        raise DomainError(_("Aquí no hay datos que respaldar."), hint=_("Corre ./tequio setup."))
    if set_up.backup_folder and Path(set_up.backup_folder).resolve() == target:
        raise DomainError(
            _("Ahí van los respaldos: con el llavero al lado, quien los encuentre lo tiene todo."),
            hint=_("Elige otra memoria."),
        )
    path, phrase = kit.make(data, target)
    say.line(_("Llavero: %(path)s") % {"path": path})
    say.line(_("Copia esta frase en papel; no se guarda en ningún lado y no se vuelve a mostrar:"))
    say.line(f"\n    {phrase}\n")
    say.line(
        _("Guarda la memoria en un lugar y el papel en otro. Sin los dos, un respaldo no se abre.")
    )
    say.line(_("El llavero anterior sigue abriendo los respaldos anteriores: tíralo en 35 días."))
    return 0


def restore(argv: Sequence[str]) -> int:
    """Restore a back-up into an empty folder, or only the keys."""
    parser = Options("restore", _("Recupera un respaldo en una carpeta vacía."))
    parser.add_argument("backup", nargs="?", help=_("archivo tequio-….age"))
    parser.add_argument("--kit", required=True, help=_("archivo tequio-llavero-….json"))
    parser.add_argument("--phrase-file", help=_("archivo con la frase; si no, se pregunta"))
    parser.add_argument("--data", help=_("carpeta nueva (./data)"))
    parser.add_argument(
        "--keys", action="store_true", help=_("solo devuelve las llaves que faltan")
    )
    parser.add_argument("--rehearse", action="store_true", help=_("ensayo: abre, revisa y borra"))
    chosen = parser.parse_args(argv)
    opened = kit.open_with(Path(chosen.kit).expanduser(), _phrase(chosen.phrase_file))
    data = Path(chosen.data).expanduser().resolve() if chosen.data else environment.data_folder()
    if chosen.keys:
        written = kit.put_keys(opened, data)
        say.line(_("Llaves devueltas: %(count)s.") % {"count": len(written)})
        return 0
    if not chosen.backup:
        raise DomainError(
            _("Falta decir qué respaldo."), hint=_("Está en la carpeta de respaldos.")
        )
    source = Path(chosen.backup).expanduser()
    if chosen.rehearse:
        with tempfile.TemporaryDirectory(prefix="tequio-rehearsal-") as name:
            found = restoring.restore(source, opened, Path(name) / "data")
        say.line(
            _("Ensayo bueno: el respaldo del %(when)s se abre y está completo.")
            % {"when": found.made_at[:16]}
        )
        return 0
    with holding.alone(data):
        address = os.environ.get("TEQUIO_DATABASE", "")
        found = restoring.restore(source, opened, data, address)
    say.line(
        _("Recuperado en %(data)s: respaldo del %(when)s, %(engine)s.")
        % {"data": data, "when": found.made_at[:16], "engine": found.engine}
    )
    say.line(_("Sigue: ./tequio upgrade, ./tequio keys --to CARPETA y ./tequio serve."))
    if found.erased_since:
        say.line(
            _("Personas olvidadas desde ese día: %(count)s. Se olvidan otra vez al abrir el sitio.")
            % {"count": found.erased_since}
        )
    say.line(
        _(
            "Lo que las personas del muro hayan borrado desde entonces volvió, sellado: si tienen "
            "su certificado, que lo borren otra vez."
        )
    )
    say.line(_("Todas las personas entran de nuevo con su contraseña y su código."))
    return 0


def _phrase(file: str | None) -> str:
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return getpass.getpass("Frase del llavero: ")
