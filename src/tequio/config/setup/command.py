"""`./tequio setup`: folder, secrets, way to serve, first organisation and administrator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from tequio.config import environment, installation, say, tidiness
from tequio.config.https import certificates
from tequio.config.setup import asking
from tequio.config.setup.plan import Plan, problems
from tequio.config.words import gettext as _


def run(argv: Sequence[str]) -> int:
    """Set this machine up, or change how it serves."""
    chosen = asking.parse(argv)
    plan = asking.plan(chosen)
    refused = problems(plan)
    if refused:
        for paragraph in refused:
            say.line(f"✗ {paragraph}")
        return 1
    first = installation.read(plan.folder) is None
    founds = bool(first or chosen.organisation)
    # Asked before anything is written: who gives up halfway leaves nothing behind.
    person = _ask_person(chosen) if founds else {}
    prepare(plan, backup_folder=chosen.backup_to)
    os.environ["TEQUIO_DATA"] = str(plan.folder)
    if founds:
        code = _in_django("setup-found", person)
        if code:
            return code
    _tell_how(plan)
    return 0


def prepare(plan: Plan, *, backup_folder: str = "") -> None:
    """Make the folder and its secrets, and write down how to serve."""
    plan.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    tidiness.close(plan.folder)
    os.environ["TEQUIO_DATA"] = str(plan.folder)
    environment.secret("django")
    before = installation.read(plan.folder) or installation.Installation()
    address = os.environ.get("TEQUIO_DATABASE") or before.database
    installation.change(
        plan.folder,
        way=plan.way,
        hosts=plan.hosts,
        port=plan.port,
        database=address,
        backup_folder=str(Path(backup_folder).resolve()) if backup_folder else before.backup_folder,
    )
    if plan.way == "house" and not (plan.folder / certificates.FOLDER).exists():
        certificates.found(plan.folder, plan.hosts)


def _ask_person(chosen: Namespace) -> dict[str, str]:
    name = chosen.organisation or asking.ask(_("¿Cómo se llama la organización?"), "--organisation")
    person = chosen.administrator or asking.ask(_("¿Quién la administra?"), "--administrator")
    login = chosen.login or asking.ask(_("¿Con qué nombre entra? (como «ana»)"), "--login")
    return {"organisation": name, "timezone": chosen.timezone, "name": person, "login": login}


def _in_django(command: str, words: dict[str, str]) -> int:
    """Run one of our commands where the settings are read afresh, from the new folder."""
    done = subprocess.run(
        [sys.executable, "-m", "tequio", command],
        input=json.dumps(words),
        text=True,
        env={**os.environ, "TEQUIO_MODE": "production"},
        check=False,
    )
    return done.returncode


def _tell_how(plan: Plan) -> None:
    say.line()
    where = "" if plan.folder == environment.ROOT / "data" else f"TEQUIO_DATA={plan.folder} "
    say.line(_("Para abrirlo:  %(where)s./tequio serve") % {"where": where})
    if plan.way == "laptop":
        say.line(
            _("Se entra en    http://localhost:%(port)s/  desde esta computadora.")
            % {"port": plan.port}
        )
    elif plan.way == "house":
        say.line(
            _("Se entra en    https://%(host)s:%(port)s/")
            % {"host": plan.hosts[0], "port": plan.port}
        )
        say.line(
            _("Para que los teléfonos confíen:  %(where)s./tequio https --guide guia.pdf")
            % {"where": where}
        )
    else:
        say.line(
            _("Se entra en    https://%(host)s/  por un intermediario que cifra")
            % {"host": plan.hosts[0]}
        )
        say.line(
            _("               y pasa a 127.0.0.1:%(port)s (docs/operator).") % {"port": plan.port}
        )
    say.line(_("Haz hoy mismo el llavero:  %(where)s./tequio keys --to CARPETA") % {"where": where})
