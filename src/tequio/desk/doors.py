"""The doors of the house in groups: each part with a sentence; the header shows a group as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.ui.addresses import address


@dataclass(frozen=True, slots=True)
class Door:
    """One part of the work, and what one goes there for."""

    permission: Permission
    label: str
    sentence: str
    url: str


def doors(user: User, group: str) -> list[Door]:
    """Return the doors of a group that open for this person, in the order of the work."""
    return [one for one in GROUPS[group].parts() if user.scope(one.permission) is not None]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that belong together; its page is named after it."""

    label: str | Promise
    sentence: str | Promise
    world: str
    parts: Callable[[], list[Door]]


def _community() -> list[Door]:
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
            Permission.LITERACY_COUNT,
            _("Círculos, en cuentas"),
            _("Cuántos encuentros hubo por tema y por año. Cuáles, dónde y cuándo no se dice."),
            address("network:literacy-counts"),
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


def _evaluation() -> list[Door]:
    return [
        Door(
            Permission.RETENTION_READ,
            _("Permanencia"),
            _("Quién sigue viniendo, quién dejó de venir y cuándo."),
            address("circles:retention"),
        ),
        Door(
            Permission.ASSESSMENT_EXPORT,
            _("Respuestas"),
            _("Lo que contestaron los hombres, en archivos sin nombres y con su libro de claves."),
            address("people:exports"),
        ),
        Door(
            Permission.STUDY_READ,
            _("Estudios"),
            _("Qué se quiere saber, con qué plan, y lo que se puede decir y lo que no."),
            address("studies:studies"),
        ),
        Door(
            Permission.COST_READ,
            _("Costos"),
            _("En qué se va el dinero y el tiempo, y cuánto cuesta cada cosa."),
            address("costs:home"),
        ),
        Door(
            Permission.FUNDER_REPORT,
            _("Informes"),
            _("Lo que se entrega a quien financia, con sus cifras y sus límites."),
            address("reports:accounts"),
        ),
    ]


def _house() -> list[Door]:
    return [*_tools(), *_duties()]


def _tools() -> list[Door]:
    return [
        Door(
            Permission.EDITION_READ,
            _("Programas"),
            _("Qué modelo sigue cada edición, quién la firma y qué guía tiene cada sesión."),
            address("programmes:editions"),
        ),
        Door(
            Permission.ATTENDANCE_IMPORT,
            _("Importar"),
            _("Las listas de asistencia que ya tienen en hojas de cálculo."),
            address("circles:imports"),
        ),
        Door(
            Permission.ASSESSMENT_ASK,
            _("Formularios"),
            _("Los cuestionarios propios, hechos en una hoja de cálculo o en otra aplicación."),
            address("instruments:own-forms"),
        ),
        Door(
            Permission.DEVICE_MANAGE,
            _("Teléfonos"),
            _("Los teléfonos que mandan respuestas con una aplicación, y cómo se dan de baja."),
            address("instruments:devices"),
        ),
        Door(
            Permission.SERVICE_EDIT,
            _("Servicios"),
            _("Los que se ofrecen en la página que cualquiera puede abrir."),
            address("letters:services"),
        ),
    ]


def _duties() -> list[Door]:
    return [
        Door(
            Permission.SLOT_CHOOSE,
            _("Buzón de cartas"),
            _("A qué equipo de mujeres llegan las cartas selladas."),
            address("letters:setup"),
        ),
        Door(
            Permission.LAW_WRITE,
            _("Textos de la ley"),
            _("Lo que la ley de cada estado pide avisar, escrito por su abogada o abogado."),
            address("territory:law"),
        ),
        Door(
            Permission.RIGHTS_ANSWER,
            _("Derechos"),
            _("Quien pide ver, corregir o borrar lo suyo, y cuándo vence su plazo."),
            address("reports:rights"),
        ),
        Door(
            Permission.USER_MANAGE,
            _("Usuarios"),
            _("Quién entra, con qué encargo, y los códigos para quien perdió los suyos."),
            address("access:users"),
        ),
        Door(
            Permission.AUDIT_READ,
            _("Bitácora"),
            _("Quién hizo o vio qué, y si alguien tocó lo escrito."),
            address("desk:audit"),
        ),
    ]


GROUPS: Final = {
    "community": Group(
        gettext_lazy("Comunidad"),
        gettext_lazy(
            "El trabajo en el barrio: la red, los servicios y lo que se hace entre todas y todos."
        ),
        "world-terracotta",
        _community,
    ),
    "evaluation": Group(
        gettext_lazy("Evaluación"),
        gettext_lazy("Qué pasa con lo que hacemos: quién se queda, qué cambia y cuánto cuesta."),
        "world-jade",
        _evaluation,
    ),
    "house": Group(
        gettext_lazy("Organización"),
        gettext_lazy(
            "Lo que sostiene el trabajo: con qué programa, con qué cuestionarios "
            "y con qué obligaciones."
        ),
        "world-jade",
        _house,
    ),
}
