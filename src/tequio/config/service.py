"""`./tequio serve`: the real site, kept open."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tequio.config import (
    ballast,
    boot,
    environment,
    holding,
    installation,
    metrics_page,
    say,
    serving,
)
from tequio.config.https import certificates, trust_page
from tequio.config.installation import Installation
from tequio.config.options import Options
from tequio.config.serving import Site, Supervised
from tequio.config.words import gettext as _
from tequio.core.errors import DomainError

_MINUTE: Final = 60  # the supervisor looks once a second


def run(argv: Sequence[str]) -> int:
    """Look at the machine, then serve until asked to stop."""
    parser = Options("serve", _("Abre el sitio con los datos reales y lo mantiene abierto."))
    parser.add_argument("--port", type=int, help=_("otro puerto que el de setup"))
    parser.add_argument("--metrics", type=int, default=0, help=_("puerto local para Prometheus"))
    chosen = parser.parse_args(argv)
    folder = environment.data_folder()
    set_up = installation.read(folder)
    if set_up is None:
        raise DomainError(
            _("La carpeta %(folder)s no se ha preparado.") % {"folder": folder},
            hint=_("Corre primero ./tequio setup."),
        )
    site = site_of(folder, set_up, chosen.port)
    _require_free(site.port, set_up)
    with holding.alone(folder):
        if ballast.settle(folder):
            say.line(
                _("El disco estaba lleno: se soltó la reserva de 64 MB. Libera espacio pronto.")
            )
        if prepared := _prepare():
            return prepared
        everyone = processes(site, set_up)
        with metrics_page.open_at(chosen.metrics, folder, everyone):
            serving.supervise(
                everyone,
                site,
                ready=lambda: _welcome(site, set_up),
                idle=_watch(folder, everyone[0], site),
            )
    return 0


def _require_free(port: int, set_up: Installation) -> None:
    """Refuse a port that another program holds; the page of trust stands on the one before."""
    ports = (trust_page.port_beside(port), port) if set_up.way == "house" else (port,)
    for one in ports:
        if not serving.free(one):
            raise DomainError(
                _("El puerto %(port)s está ocupado por otro programa.") % {"port": one},
                hint=_("Prueba con otro: ./tequio serve --port %(other)s") % {"other": port + 2},
            )


def site_of(folder: Path, set_up: Installation, port: int | None = None) -> Site:
    """Return where and how an installation serves."""
    chosen = port or set_up.port
    if set_up.way != "house":
        return Site(chosen, name=set_up.hosts[0])
    papers = folder / certificates.FOLDER
    return Site(
        chosen,
        host="0.0.0.0",  # noqa: S104 # nosec B104 - the house's telephones; encrypted
        name=set_up.hosts[0],
        certificate=papers / certificates.SERVER,
        key=papers / certificates.SERVER_KEY,
        authority=papers / certificates.AUTHORITY,
    )


def processes(site: Site, set_up: Installation) -> list[Supervised]:
    """Return what has to run. One laptop keeps queue and clock in one process, to spare memory."""
    if set_up.way == "laptop":
        return serving.site_and_work(site)
    work = serving.worker()
    everyone = [
        Supervised(_("El sitio"), serving.web_command(site)),
        Supervised(_("El trabajo de fondo"), [*work, "--only", "queue"]),
        Supervised(_("El reloj"), [*work, "--only", "clock"]),
    ]
    if set_up.way == "house":
        everyone.append(Supervised(_("La página de confianza"), trust_page.command(site.port)))
    return everyone


def _prepare() -> int:
    # In a process of its own, which goes away: this one stays small and knows no Django.
    return subprocess.run(
        [sys.executable, "-m", "tequio", "serve-prepare"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tequio.config.settings"},
        check=False,
    ).returncode


def _welcome(site: Site, set_up: Installation) -> None:
    if set_up.way == "laptop":
        say.line(
            "\n" + (_("Abre  http://localhost:%(port)s/  en este navegador.") % {"port": site.port})
        )
    elif set_up.way == "house":
        say.line(
            "\n"
            + (_("Entra en  https://%(name)s:%(port)s/") % {"name": site.name, "port": site.port})
        )
    else:
        say.line(
            "\n"
            + (
                _("Espera al intermediario en 127.0.0.1:%(port)s; se entra en https://%(name)s/")
                % {"port": site.port, "name": site.name}
            )
        )
    if not boot.sqlite_is_safe():
        say.line(_("(Un solo proceso: en este sistema falta el SQLite seguro.)"))
    say.line(_("Ctrl+C: cerrar."))


def _watch(folder: Path, web: Supervised, site: Site) -> Callable[[], None]:
    """Open the site again when its certificate was renewed; let go of the reserve in time."""

    def stamp() -> float:
        return site.certificate.stat().st_mtime if site.certificate else 0.0

    seen = [stamp()]
    turns = itertools.count(1)

    def look() -> None:
        if next(turns) % _MINUTE == 0:
            with contextlib.suppress(OSError):  # what watches over the site must not fall
                ballast.settle(folder)
        if stamp() != seen[0]:
            seen[0] = stamp()
            web.again()

    return look
