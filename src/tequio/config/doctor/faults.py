"""What is wrong with a machine, each fault with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.config.boot import SAFE_SQLITE
from tequio.config.doctor.machine import Machine
from tequio.config.installation import LOCAL
from tequio.core.safekeeping import OVERDUE

# Before this version was written no clock can be right.
_BUILT: Final = datetime.fromisoformat("2026-11-01T00:00:00+00:00")
_FULL: Final = 2
_LITTLE_BYTES: Final = 2 * 10**9
_LEAST_BYTES: Final = 200 * 10**6


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. What refuses keeps the site from opening."""

    name: str
    refuses: bool
    what: str
    do: str


def find(machine: Machine) -> list[Fault]:
    """Return every fault, what refuses first."""
    found = [fault for look in _LOOKS for fault in look(machine)]
    return sorted(found, key=lambda fault: not fault.refuses)


def _refuse(name: str, what: str, do: str) -> Fault:
    return Fault(name, True, what, do)


def _warn(name: str, what: str, do: str) -> Fault:
    return Fault(name, False, what, do)


def _settings(m: Machine) -> Iterator[Fault]:
    if m.debug or m.mode == "development":
        yield _refuse(
            "debug",
            _("Está encendido el modo de desarrollo: una página de error mostraría datos."),
            _("Quita TEQUIO_MODE y vuelve a abrir."),
        )
    if m.admin_mounted:
        yield _refuse(
            "admin",
            _("Está montado el sitio de administración de Django, que se salta los permisos."),
            _("Quita «django.contrib.admin» de los ajustes."),
        )
    if m.way is None and m.mode == "production":
        yield _refuse(
            "not_set_up",
            _("Esta carpeta de datos no se ha preparado: no se sabe cómo servir."),
            _("Corre ./tequio setup."),
        )
    if m.runs_as_root:
        yield _warn(
            "root",
            _("Tequio corre con la cuenta root: un error suyo alcanzaría toda la computadora."),
            _("Crea una cuenta para Tequio y ábrelo con ella."),
        )


def _way_in(m: Machine) -> Iterator[Fault]:
    strangers = [host for host in m.hosts if host not in LOCAL]
    if "*" in m.hosts:
        yield _refuse(
            "any_host",
            _("El sitio responde a cualquier nombre: una página ajena podría usarlo."),
            _("Escribe en TEQUIO_HOSTS solo los nombres por los que se entra."),
        )
    elif m.plain_http and strangers and m.mode == "production":
        yield _refuse(
            "plain_http",
            _("Sin cifrado no se atiende a otras computadoras, y se pidió atender a %(hosts)s.")
            % {"hosts": ", ".join(strangers)},
            _("Elige servidor de la casa o sitio en internet con ./tequio setup."),
        )
    if m.certificate_days is not None and m.certificate_days < 0:
        yield _refuse(
            "certificate_over",
            _("El certificado de la casa venció."),
            _("Corre ./tequio https --renew y vuelve a abrir."),
        )
    elif m.certificate_days is not None and m.certificate_days < 30:
        yield _warn(
            "certificate_soon",
            ngettext(
                "El certificado de la casa vence en %(n)s día.",
                "El certificado de la casa vence en %(n)s días.",
                m.certificate_days,
            )
            % {"n": m.certificate_days},
            _("Corre ./tequio https --renew y vuelve a abrir."),
        )


def _database(m: Machine) -> Iterator[Fault]:
    if m.integrity != "ok":
        yield _refuse(
            "damaged",
            _("La base de datos está dañada."),
            _("No escribas más en ella: copia la carpeta de datos y recupera el último respaldo."),
        )
    if m.pending_migrations:
        yield _refuse(
            "behind",
            _("La base de datos es de una versión anterior del programa."),
            _("Corre ./tequio upgrade: respalda, pone al día, revisa, y si falla regresa."),
        )
    if m.interrupted_upgrade:
        yield _refuse(
            "half_upgraded",
            _("Una puesta al día se cortó a la mitad."),
            _("Corre ./tequio upgrade: primero regresa a como estaba y luego empieza de nuevo."),
        )
    if m.engine != "sqlite":
        return
    if m.sqlite_version < SAFE_SQLITE and m.journal == "wal":
        yield _refuse(
            "wal_reset",
            _("Este SQLite (%(version)s) puede dañar la base cuando dos procesos escriben.")
            % {"version": ".".join(map(str, m.sqlite_version))},
            _("Usa Linux, donde Tequio trae un SQLite más nuevo, o PostgreSQL."),
        )
    if m.synchronous < _FULL:
        yield _refuse(
            "not_durable",
            _("La base no espera al disco: un corte de luz perdería lo ya guardado."),
            _("Quita el cambio de «synchronous» en los ajustes; debe decir FULL."),
        )


def _files(m: Machine) -> Iterator[Fault]:
    if m.open_to_others:
        yield _refuse(
            "permissions",
            _("Otras cuentas de esta computadora pueden leer: %(files)s.")
            % {"files": ", ".join(m.open_to_others[:5])},
            _("Corre ./tequio doctor --fix, que los cierra (0600 y 0700)."),
        )
    if m.missing_keys:
        yield _refuse(
            "missing_key",
            _("Falta la llave de: %(names)s. Sin ella no se abre ningún nombre.")
            % {"names": ", ".join(m.missing_keys)},
            _("Devuélvela desde el llavero con ./tequio restore --keys. No hagas una nueva."),
        )
    if m.keys_outside_kit:
        yield _warn(
            "kit_old",
            _("El llavero no tiene todas las llaves: si se pierde esta computadora, se pierden."),
            _("Haz otro con ./tequio keys y guárdalo fuera de aquí."),
        )


def _disk(m: Machine) -> Iterator[Fault]:
    share = m.free_bytes / m.total_bytes if m.total_bytes else 1
    if m.free_bytes < _LEAST_BYTES:
        yield _refuse(
            "disk_full",
            _("El disco está lleno: quedan %(mb)s MB.") % {"mb": m.free_bytes // 10**6},
            _("Libera espacio (no borres nada de la carpeta de datos) y vuelve a abrir."),
        )
    elif share < 0.10 or m.free_bytes < _LITTLE_BYTES:
        yield _warn(
            "disk_low",
            _("Queda poco espacio en el disco: %(mb)s MB.") % {"mb": m.free_bytes // 10**6},
            _("Libera espacio antes de que se llene."),
        )
    if m.disk_sealed == "no":
        yield _warn(
            "disk_open",
            _("El disco no está cifrado: quien se lleve la computadora lee todo."),
            _("Activa el cifrado de todo el disco (LUKS, BitLocker, FileVault)."),
        )
    elif m.disk_sealed == "unknown":
        yield _warn(
            "disk_unknown",
            _("No se pudo saber si el disco está cifrado."),
            _("Compruébalo a mano: si alguien se la lleva, el cifrado es lo único que protege."),
        )
    if m.swap:
        yield _warn(
            "swap",
            _("La memoria puede pasar sin cifrar al disco: %(where)s.")
            % {"where": ", ".join(m.swap)},
            _("Apágala (sudo swapoff -a) o cífrala."),
        )


def _clock(m: Machine) -> Iterator[Fault]:
    newest = m.newest_record
    if m.now < _BUILT or (newest is not None and newest - m.now > timedelta(minutes=5)):
        yield _refuse(
            "clock",
            _("El reloj está atrasado: dice %(now)s, y hay datos posteriores.")
            % {"now": date_format(m.now, "DATETIME_FORMAT")},
            _("Pon la fecha y la hora correctas; los códigos de entrada dependen de eso."),
        )
    elif newest is not None and m.now - newest > timedelta(days=366):
        yield _warn(
            "clock_ahead",
            _("Hace más de un año que no se escribe nada, o el reloj va adelantado."),
            _("Revisa la fecha de esta computadora."),
        )


def _backups(m: Machine) -> Iterator[Fault]:
    if m.mode != "production":
        return
    if not m.backup_folder:
        yield _warn(
            "no_backup_folder",
            _("No se eligió dónde guardar los respaldos."),
            _("Corre ./tequio backup --to CARPETA; desde entonces se hace cada día."),
        )
    elif m.backup_days is None or m.backup_days > OVERDUE.days:
        yield _warn(
            "backup_old",
            _("No hay ningún respaldo todavía.")
            if m.backup_days is None
            else ngettext(
                "El último respaldo tiene %(n)s día.",
                "El último respaldo tiene %(n)s días.",
                m.backup_days,
            )
            % {"n": m.backup_days},
            m.backup_problem or _("Conecta la memoria de respaldo o corre ./tequio backup."),
        )
    if m.backup_on_same_disk:
        yield _warn(
            "same_disk",
            _("Los respaldos están en el mismo disco que los datos: se pierden juntos."),
            _("Guárdalos en una memoria o en otra computadora: ./tequio backup --to CARPETA."),
        )
    if m.keys_beside_backup:
        yield _warn(
            "keys_beside",
            _(
                "Hay un llavero en la misma carpeta que los respaldos: quien la encuentre lo tiene "
                "todo menos la frase."
            ),
            _("Lleva el llavero a otro lugar."),
        )


def _people(m: Machine) -> Iterator[Fault]:
    alone = sorted(slug for slug, count in m.administrators.items() if count < 2)
    if alone:
        yield _warn(
            "one_administrator",
            _("Solo una persona administra: %(names)s. Si se va, nadie puede dar accesos.")
            % {"names": ", ".join(alone)},
            _("Da el rol de Administración a una segunda persona."),
        )


_LOOKS: Final[tuple[Callable[[Machine], Iterator[Fault]], ...]] = (
    _settings, _way_in, _database, _files, _disk, _clock, _backups, _people,
)  # fmt: skip
