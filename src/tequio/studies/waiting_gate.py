"""The seat of a man who was drawn to wait: held until his day, and let go by itself."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.people.models import Participant
from tequio.programmes import gates
from tequio.programmes.gates import Hold
from tequio.programmes.models import Edition
from tequio.studies.queries import lotteries
from tequio.ui.templatetags.ui import day as in_words


def drawn(participant: Participant, edition: Edition, on: date) -> Hold | None:
    """Hold a man who waits for a lottery, or because of one; never one who may not wait."""
    # A day in the past is no way around a lottery that holds him today.
    today = clock.today(participant.organisation.timezone)
    found = lotteries.held(participant, edition, max(on, today))
    if found is None:
        return None
    lottery, until = found
    if lottery.record:
        sentence = _("Le tocó esperar en el sorteo %(code)s. Tiene su lugar a partir del %(day)s.")
    else:
        sentence = _("Está en la lista del sorteo %(code)s, que se hace a más tardar el %(day)s.")
    return Hold(
        sentence % {"code": lottery.code, "day": in_words(until)},
        _(
            "Mientras, le tocan las llamadas y las canalizaciones de siempre. Si su situación "
            "cambió, alguien de coordinación lo deja pasar con su motivo."
        ),
    )


def register() -> None:
    """Set the condition; the house does so when it starts."""
    gates.register_for_seats("lottery", drawn)
