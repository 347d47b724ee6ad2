"""Who signs in to a demonstration, and the codes that open it at this minute."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyotp
from django.core.exceptions import ImproperlyConfigured

from tequio.config import environment, say
from tequio.config.words import gettext as _
from tequio.core import clock

_FILE: Final = "demonstration.json"


def mark(folder: Path) -> None:
    """Say that a folder is a demonstration's, before it holds anything."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write(folder, "", [])


def marks(folder: Path) -> bool:
    """Tell whether a folder is a demonstration's."""
    return (folder / _FILE).exists()


def write(folder: Path, password: str, people: Sequence[dict[str, str]]) -> None:
    """Keep who signs in, readable by this account only."""
    handle = os.open(folder / _FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"password": password, "people": list(people)}, file, ensure_ascii=False)


def prefer_demonstration() -> None:
    """Mean the demonstration where this machine holds one and no real data."""
    chosen = any(os.environ.get(f"TEQUIO_{name}") for name in ("MODE", "DATA", "DATABASE"))
    folder = environment.ROOT / "data" / "demo"
    real = environment.ROOT / "data" / "tequio.sqlite3"
    if not chosen and marks(folder) and not real.exists():
        os.environ.update(TEQUIO_MODE="demo", TEQUIO_DATA=str(folder), TEQUIO_DATABASE="")
        say.line(_("(En la demostración.)"))


def show(folder: Path) -> None:
    """Print every person's sign-in with the code of this moment."""
    if not marks(folder):
        raise ImproperlyConfigured(_("No hay una demostración abierta. Ábrela con ./tequio demo"))
    known = json.loads((folder / _FILE).read_text())
    now = clock.now()
    seconds = 30 - int(now.timestamp()) % 30
    width = max((len(person["login"]) for person in known["people"]), default=0)
    password = _("Contraseña de todas las personas: %(password)s")
    say.line(password % {"password": known["password"]})
    codes = _("Códigos de un solo uso (cambian en %(n)s s; el anterior y el siguiente sirven):")
    say.line(codes % {"n": seconds})
    for person in known["people"]:
        code = pyotp.TOTP(person["secret"]).at(now)
        line = f"  {person['login']:{width}}  {code[:3]} {code[3:]}   {person['role']}"
        say.line(line)
    for person in known["people"]:
        if person.get("wall"):
            say.line(_("Frase del muro de %(login)s: %(wall)s") % person)
