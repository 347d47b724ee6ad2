"""The group «Comunidad»: its doors, each with a sentence; the header shows the group as one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.ui.addresses import address


@dataclass(frozen=True, slots=True)
class Door:
    """One part of the work with the community."""

    permission: Permission
    label: str
    sentence: str
    url: str


def doors(user: User) -> list[Door]:
    """Return the doors that open for this person, in the order of the work."""
    return [one for one in _all() if user.scope(one.permission) is not None]


def _all() -> list[Door]:
    return [
        Door(
            Permission.NETWORK_READ,
            _("Red"),
            _("Quién está, qué prometió y cómo se ligan; qué necesidad no atiende nadie."),
            address("network:picture"),
        ),
        Door(
            Permission.DIRECTORY_READ,
            _("Directorio"),
            _("A dónde mandar a alguien: qué piden, cuánto cuesta y quién lo comprobó."),
            address("network:directory"),
        ),
        Door(
            Permission.NETWORK_WRITE,
            _("Una mujer pide apoyo"),
            _(
                "Se deja en una carta sellada que solo abre el equipo de mujeres. Afuera no "
                "queda nada."
            ),
            f"{address('letters:leave')}?tipo=ella-pide",
        ),
        Door(
            Permission.LITERACY_READ,
            _("Círculos"),
            _(
                "Dinero, servicios, derechos y lo que el grupo escoja: qué se aprende y qué se "
                "hace."
            ),
            address("network:literacy"),
        ),
        Door(
            Permission.NETWORK_READ,
            _("Comunidades"),
            _("Qué pide cada barrio, quién hace qué, y lo que se aprende año con año."),
            address("network:communities"),
        ),
        Door(
            Permission.TESTIMONY_KEEP,
            _("Testimonios"),
            _("Lo que alguien quiso contar con sus palabras, para qué y hasta cuándo."),
            address("reports:testimonies"),
        ),
        Door(
            Permission.CONTEXT_READ,
            _("Territorio"),
            _("Lo que se sabe de cada municipio, qué tan firme es, y lo que nadie sabe."),
            address("territory:country"),
        ),
    ]
