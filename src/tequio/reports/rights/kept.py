"""What is kept and until when, in words for everybody of the team.

Every clock that erases has its line here (tests/meta/test_his_file.py compares both).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.circles.actions.forgetting import KEPT_FOR
from tequio.circles.actions.imports.housekeeping import IMPORTED, UNUSED
from tequio.core.safekeeping import KEPT
from tequio.instruments.actions.link_rows import LINKS_STAY
from tequio.network.actions.importing import KEPT as DIRECTORY_STAYS
from tequio.network.actions.literacy import ALIASES_STAY
from tequio.network.actions.literacy import WORDS_STAY as LEARNED_STAYS
from tequio.people.actions.assessments import DRAFTS_STAY
from tequio.people.keeping import TEXTS_STAY
from tequio.reports.accounts.consent import LONGEST
from tequio.reports.rights.actions import FILE_STAYS, WORDS_STAY
from tequio.studies.actions.freezing import KEPT_FOR as ROWS_STAY

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is kept. `clock` erases it; empty where it goes with its owner."""

    what: Words
    until: Words
    clock: str = ""
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together."""

    title: Words
    lines: tuple[Line, ...]


_REVIEW: Final = _("90 días; si hay una revisión suya abierta, hasta que se cierre.")
_PARTS: Final = (
    Part(
        _("De cada participante"),
        (
            Line(
                _("Lo que dijo con sus palabras al ingresar"),
                _REVIEW,
                "people.forget_texts",
                TEXTS_STAY,
            ),
            Line(
                _("Lo que dijo con sus palabras en el diagnóstico y en las pláticas"),
                _REVIEW,
                "people.forget_texts > care",
                TEXTS_STAY,
            ),
            Line(
                _("Notas de llamadas"), _REVIEW, "people.forget_texts > outreach.notes", TEXTS_STAY
            ),
            Line(
                _("Lo que se llevó de cada sesión y notas privadas de quien facilita"),
                _REVIEW,
                "circles.forget_words",
                KEPT_FOR,
            ),
            Line(
                _("Nombre, teléfono, asistencia y respuestas en códigos"),
                _("Mientras participa, y después hasta que lo pida o la organización lo borre."),
            ),
            Line(
                _("Respuestas a los formularios de ustedes, en teléfonos o aquí"),
                _("5 años."),
                "instruments.forget_answers",
                timedelta(days=5 * 365),
            ),
            Line(
                _("Un formulario de ustedes que se empezó y no se terminó"),
                _("30 días."),
                "instruments.forget_drafts",
                timedelta(days=30),
            ),
            Line(
                _("Un cuestionario que se empezó y no se terminó"),
                _("30 días."),
                "people.forget_drafts",
                DRAFTS_STAY,
            ),
            Line(
                _("Lo que contestó con un enlace y no terminó, cifrado con su PIN"),
                _("Se abre 14 días y se borra al terminar el mes."),
                "instruments.stir_links",
                LINKS_STAY,
            ),
            Line(
                _("Lo que contestó en sus cuestionarios, cifrado"),
                _("Mientras participa, y después hasta que lo pida o la organización lo borre."),
            ),
            Line(
                _("El expediente que se reúne cuando pide acceso"),
                _("30 días desde que se reunió."),
                "reports.forget_rights",
                FILE_STAYS,
            ),
            Line(
                _("Lo que pidió sobre sus datos y lo que se le contestó, en palabras"),
                _("Un año desde la respuesta; después quedan fecha y respuesta."),
                "reports.forget_rights",
                WORDS_STAY,
            ),
            Line(
                _("Los testimonios que alguien quiso dar, cifrados"),
                _("Hasta el día que dijo, tres años como mucho, o hasta que lo retire."),
                "reports.forget_testimonies",
                LONGEST,
            ),
            Line(
                _("Las respuestas que se congelaron para un estudio, con una clave en vez de él"),
                _("5 años. Si se le borra antes, su clave ya no lleva a nadie."),
                "studies.forget_rows",
                ROWS_STAY,
            ),
            Line(
                _("Lo publicado de los estudios: nunca de pocas personas"),
                _("Siempre, para poder comprobarlo."),
            ),
            Line(
                _("Los informes emitidos: cuentas y frases, sin nadie adentro"),
                _("Siempre, para poder comprobar el papel."),
            ),
            Line(
                _("El renglón de cada constancia"),
                _("Siempre, para poder comprobar el papel; sin nombre cuando se le borra."),
            ),
        ),
    ),
    Part(
        _("De los archivos que se importan"),
        (
            Line(
                _("El archivo importado, sellado"),
                _("Un año; después quedan solo las cuentas."),
                "circles.forget_files",
                IMPORTED,
            ),
            Line(
                _("Un archivo que no se llegó a usar"),
                _("30 días."),
                "circles.forget_files",
                UNUSED,
            ),
            Line(
                _("Los renglones de un directorio importado"),
                _("Un año; los servicios quedan. El archivo se borra al terminar de leerlo."),
                "network.forget_imports",
                DIRECTORY_STAYS,
            ),
        ),
    ),
    Part(
        _("De los círculos del barrio y de las canalizaciones"),
        (
            Line(
                _("Los alias que alguien quiso decir en un encuentro"),
                _("90 días; después queda cuántas personas vinieron."),
                "network.forget_literacy",
                ALIASES_STAY,
            ),
            Line(
                _("Lo que dijo el grupo y lo que aprendió, sin nombres"),
                _("Tres años, lo que dura un plan."),
                "network.forget_literacy",
                LEARNED_STAYS,
            ),
            Line(
                _("Lo que se compartió al canalizar a un participante"),
                _("Deja de verse al terminar; 90 días después queda solo a dónde fue."),
                "people.forget_texts > care",
                TEXTS_STAY,
            ),
            Line(
                _("Las ligas selladas, usadas o no"),
                _("El mes tercero. Cada mes hay las mismas, se usen o no."),
                "network.keep_slips",
            ),
        ),
    ),
    Part(
        _("De lo que va sellado al equipo de mujeres"),
        (
            Line(
                _("Cartas que nadie ha abierto"),
                _("El mes trece; después se destruyen sin abrirse."),
                "letters.forget",
            ),
            Line(
                _("Lo que guarda ese equipo"),
                _("Cada caso tiene su plazo. Lo deciden ellas, y de este lado no se ve."),
            ),
        ),
    ),
    Part(
        _("Del sistema"),
        (
            Line(
                _("La bitácora: qué hizo cada quien, con folios y sin nombres"),
                _("Siempre. No se puede cambiar ni borrar, para que nadie esconda lo que hizo."),
            ),
            Line(
                _("Sesiones del equipo en el navegador"),
                _("12 horas."),
                "access.forget",
                timedelta(hours=12),
            ),
            Line(
                _("Tareas en segundo plano"),
                _("Un día desde que terminan."),
                "jobs.forget_queue",
                timedelta(days=1),
            ),
            Line(
                _("La lista de personas olvidadas, en claves que no dicen de quién son"),
                _("Siempre, junto a las llaves: así un respaldo viejo no las trae de vuelta."),
                "",
                None,
            ),
            Line(
                _("Copias de respaldo, cifradas"),
                _("35 días. Lo que se borra hoy sale de la última copia al día siguiente de eso."),
                "",
                KEPT,
            ),
        ),
    ),
)


def parts() -> tuple[Part, ...]:
    """Return everything that is kept, in words."""
    return _PARTS


def lines_by_clock() -> dict[str, list[Line]]:
    """Return the lines of each clock."""
    found: dict[str, list[Line]] = {}
    for part in _PARTS:
        for line in part.lines:
            if line.clock:
                found.setdefault(line.clock, []).append(line)
    return found
