"""The sheet of one session: aliases, boxes, and the code that finds the session again."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.circles.models import Session
from tequio.core.codes import code_of
from tequio.ui import printing
from tequio.ui.templatetags.ui import day

# Some who came for the first time or make up a session are written in by hand.
_SPARE = 3


def pdf(session: Session, aliases: Sequence[str]) -> bytes:
    """Compile the sheet. It carries aliases only: no folio, no name."""
    group = session.group
    when = day(session.planned_on) if session.planned_on else _("sin fecha")
    data = {
        "title": group.name,
        "subtitle": f"{session.label or _('Sesión %(n)s') % {'n': session.position}} · {when}",
        "organisation": group.organisation.name,
        "language": (get_language() or "es")[:2],
        "dated": when,
        "code": code_of(session.pk),
        "aliases": [*aliases, *([""] * _SPARE)],
        "words": {
            "code": _("Código"),
            "code_help": _("Para capturarla: Grupos, «Capturar una hoja», o la dirección /hoja/"),
            "alias": _("Alias"),
            "attendance": _("Asistencia"),
            "round": _("Ronda: ¿hubo violencia?"),
            "statuses": [_("Llegó"), _("Tarde"), _("Faltó"), _("Avisó")],
            "answers": [_("No"), _("Sí"), _("No dice")],
            "status_letters": ["P", "T", "F", "J"],
            "answer_letters": ["N", "S", "X"],
            "care": _(
                "Guarda esta hoja contigo. No escribas nombres, ni lo que ella dijo, ni de qué "
                "tipo fue. Captúrala hoy o mañana y después destrúyela."
            ),
        },
    }
    return printing.pdf("tequio.circles:typst/sheet.typ", data)
