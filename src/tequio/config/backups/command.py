"""`./tequio backup`, `restore` and `keys`."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from tequio.config import environment, holding, installation, say
from tequio.config.backups import keeping, kit, restoring
from tequio.core.errors import DomainError


def backup(argv: Sequence[str]) -> int:
    """Back up now; the folder that is named is used by the clock from then on."""
    parser = argparse.ArgumentParser(prog="./tequio backup", description=backup.__doc__)
    parser.add_argument("--to", default="", help="carpeta o memoria; desde entonces, cada día")
    chosen = parser.parse_args(argv)
    data = Path(settings.DATA)
    set_up = installation.read(data) or installation.Installation()
    folder = chosen.to or set_up.backup_folder
    if not folder:
        raise DomainError("Falta decir dónde.", hint="./tequio backup --to CARPETA")
    target = Path(folder).expanduser().resolve()
    made = keeping.back_up(target)
    if chosen.to and str(target) != set_up.backup_folder:
        installation.change(data, backup_folder=str(target))
        say.line(f"Desde hoy se respalda cada día en {target}, y se guardan 35 días.")
    say.line(f"Respaldo completo: {made} ({made.stat().st_size / 1e6:.1f} MB).")
    return 0


def keys(argv: Sequence[str]) -> int:
    """Make the kit that opens the back-ups."""
    parser = argparse.ArgumentParser(prog="./tequio keys", description=keys.__doc__)
    parser.add_argument("--to", required=True, help="carpeta o memoria, que no sea la de respaldos")
    chosen = parser.parse_args(argv)
    data = environment.data_folder()
    target = Path(chosen.to).expanduser().resolve()
    set_up = installation.read(data)
    if set_up is None:
        raise DomainError("Aquí no hay datos que respaldar.", hint="Corre ./tequio setup.")
    if set_up.backup_folder and Path(set_up.backup_folder).resolve() == target:
        raise DomainError(
            "Ahí van los respaldos: con el llavero al lado, quien los encuentre lo tiene todo.",
            hint="Elige otra memoria.",
        )
    path, phrase = kit.make(data, target)
    say.line(f"Llavero: {path}")
    say.line("Copia esta frase en papel; no se guarda en ningún lado y no se vuelve a mostrar:")
    say.line(f"\n    {phrase}\n")
    say.line(
        "Guarda la memoria en un lugar y el papel en otro. Sin los dos, un respaldo no se abre."
    )
    say.line("El llavero anterior sigue abriendo los respaldos anteriores: tíralo en 35 días.")
    return 0


def restore(argv: Sequence[str]) -> int:
    """Restore a back-up into an empty folder, or only the keys."""
    parser = argparse.ArgumentParser(prog="./tequio restore", description=restore.__doc__)
    parser.add_argument("backup", nargs="?", help="archivo tequio-….age")
    parser.add_argument("--kit", required=True, help="archivo tequio-llavero-….json")
    parser.add_argument("--phrase-file", help="archivo con la frase; si no, se pregunta")
    parser.add_argument("--data", help="carpeta nueva (./data)")
    parser.add_argument("--keys", action="store_true", help="solo devuelve las llaves que faltan")
    parser.add_argument("--rehearse", action="store_true", help="ensayo: abre, revisa y borra")
    chosen = parser.parse_args(argv)
    opened = kit.open_with(Path(chosen.kit).expanduser(), _phrase(chosen.phrase_file))
    data = Path(chosen.data).expanduser().resolve() if chosen.data else environment.data_folder()
    if chosen.keys:
        written = kit.put_keys(opened, data)
        say.line(f"Llaves devueltas: {len(written)}.")
        return 0
    if not chosen.backup:
        raise DomainError("Falta decir qué respaldo.", hint="Está en la carpeta de respaldos.")
    source = Path(chosen.backup).expanduser()
    if chosen.rehearse:
        with tempfile.TemporaryDirectory(prefix="tequio-rehearsal-") as name:
            found = restoring.restore(source, opened, Path(name) / "data")
        say.line(f"Ensayo bueno: el respaldo del {found.made_at[:16]} se abre y está completo.")
        return 0
    with holding.alone(data):
        address = os.environ.get("TEQUIO_DATABASE", "")
        found = restoring.restore(source, opened, data, address)
    say.line(f"Recuperado en {data}: respaldo del {found.made_at[:16]}, {found.engine}.")
    say.line("Sigue: ./tequio upgrade, ./tequio keys --to CARPETA y ./tequio serve.")
    say.line("Todas las personas entran de nuevo con su contraseña y su código.")
    return 0


def _phrase(file: str | None) -> str:
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return getpass.getpass("Frase del llavero: ")
