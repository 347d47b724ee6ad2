"""What set-up is about to do, and the plans that it refuses, each with a paragraph."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tequio.config.installation import LOCAL, Way
from tequio.config.words import gettext as _

_SYNCED: Final = re.compile(
    r"dropbox|onedrive|google ?drive|icloud|mega(sync)?|nextcloud|syncthing|box sync", re.IGNORECASE
)
_NAME: Final = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a person decides at set-up."""

    folder: Path
    way: Way
    hosts: tuple[str, ...]
    port: int
    mode: str = "production"
    sqlite_is_safe: bool = True
    keeps_rights: bool = True  # whether a file of mode 0600 stays one in this folder
    is_demonstration: bool = False
    foreign_files: bool = False


def problems(plan: Plan) -> list[str]:
    """Return a paragraph for each reason not to do it."""
    return [text for look in _LOOKS for text in look(plan)]


def _folder(plan: Plan) -> Iterator[str]:
    if plan.is_demonstration:
        yield (
            _(
                "La carpeta %(folder)s es de una demostración, y una demostración se borra "
                "cada vez que se abre: los datos reales se perderían. Elige otra carpeta con "
                "--data."
            )
            % {"folder": plan.folder}
        )
    elif plan.foreign_files:
        yield (
            _(
                "La carpeta %(folder)s ya tiene archivos que no son de Tequio. No se mezclan: "
                "elige una carpeta vacía con --data."
            )
            % {"folder": plan.folder}
        )
    if _SYNCED.search(str(plan.folder)):
        yield (
            _(
                "La carpeta %(folder)s parece copiarse sola a la nube. Ahí saldrían los datos "
                "y las llaves que los abren, juntos, a una empresa; y una copia a medias daña "
                "la base. Elige una carpeta que se quede en esta computadora."
            )
            % {"folder": plan.folder}
        )
    if not plan.keeps_rights:
        yield (
            _(
                "En la carpeta %(folder)s no se puede cerrar un archivo a las demás cuentas "
                "(pasa en memorias USB y carpetas de red). Las llaves quedarían a la vista. "
                "Elige una carpeta en el disco de esta computadora."
            )
            % {"folder": plan.folder}
        )


def _mode(plan: Plan) -> Iterator[str]:
    if plan.mode != "production":
        yield (
            _(
                "TEQUIO_MODE dice «%(mode)s», y en ese modo se aflojan protecciones. Los datos "
                "reales van sin él: quita esa variable y vuelve a correr setup."
            )
            % {"mode": plan.mode}
        )
    if not plan.sqlite_is_safe and plan.way != "laptop":
        yield (
            _(
                "En este sistema el SQLite que hay puede dañar la base cuando varios escriben "
                "a la vez, y un servidor tiene varios. Usa Linux, o PostgreSQL con "
                "TEQUIO_DATABASE."
            )
        )


def _names(plan: Plan) -> Iterator[str]:
    strange = [host for host in plan.hosts if not _is_name(host)]
    if strange:
        yield (
            _(
                "«%(host)s» no es un nombre ni una dirección de servidor. Un comodín dejaría "
                "que cualquier página se haga pasar por esta. Escribe los nombres por los que "
                "se entra, por ejemplo tequio.local o 192.168.1.20."
            )
            % {"host": strange[0]}
        )
    strangers = [host for host in plan.hosts if host not in LOCAL]
    names = ", ".join(strangers)
    if plan.way == "laptop" and strangers:
        yield (
            _(
                "En una sola computadora el sitio va sin cifrar y por eso responde solo a ella "
                "misma, no a %(names)s: en la misma red, cualquiera podría leer. Para que "
                "entren otras computadoras o teléfonos elige «house» (servidor de la casa, con "
                "su propio certificado) o «hosted» (sitio en internet)."
            )
            % {"names": names}
        )
    if plan.way != "laptop" and not strangers:
        yield (
            _(
                "Falta el nombre o la dirección por la que entran las demás computadoras. Dilo "
                "con --host, por ejemplo --host tequio.local --host 192.168.1.20."
            )
        )
    if plan.way == "hosted" and any(_is_address(host) or "." not in host for host in strangers):
        yield (
            _(
                "Un sitio en internet necesita un dominio (como tequio.ejemplo.org): para una "
                "dirección o un nombre suelto nadie da certificados. En una red propia, elige "
                "«house»."
            )
        )


def _is_name(host: str) -> bool:
    return host in LOCAL or (_is_address(host) and not _is_any(host)) or _is_domain(host)


def _is_domain(host: str) -> bool:
    return not _is_address(host) and bool(_NAME.fullmatch(host))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _is_any(host: str) -> bool:
    return ipaddress.ip_address(host.strip("[]")).is_unspecified


_LOOKS: Final[tuple[Callable[[Plan], Iterator[str]], ...]] = (_folder, _mode, _names)
