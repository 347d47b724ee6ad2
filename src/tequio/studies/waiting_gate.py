"""The seat of a man who was drawn to wait: held until his day, and let go by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.people.models import Participant
from tequio.programmes import gates
from tequio.programmes.gates import Hold, InLine, Wait
from tequio.programmes.models import Edition, Enrolment
from tequio.studies.models import Ticket
from tequio.studies.queries import lotteries, while_waiting
from tequio.studies.queries.waiting import ordered
from tequio.studies.rules.lotteries import LATER
from tequio.ui.addresses import address
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


def line(ways: Sequence[Enrolment], urgent: Collection[UUID], on: date) -> InLine:
    """Say of a whole line whom an authority sent, and who waits for a lottery and until when."""
    never = frozenset(urgent) | ordered([way.participant_id for way in ways])
    found = lotteries.waits(ways, never, on)
    heard = while_waiting.told([one.participant_id for one, _until in found.values()])
    return InLine(
        never,
        {key: _wait(one, until, heard) for key, (one, until) in found.items()},
    )


def _wait(ticket: Ticket, until: date, heard: Collection[UUID]) -> Wait:
    lottery, to_ask = ticket.lottery, ""
    if ticket.start == LATER and ticket.participant_id not in heard:
        to_ask = _("Pregúntale si acepta que lo busquen mientras espera")
    if ticket.start == LATER:
        sentence = _(
            "Le tocó esperar en el sorteo %(code)s, desde el %(since)s. Tiene su lugar a más "
            "tardar el %(until)s."
        )
    else:
        sentence = _(
            "Está en la lista del sorteo %(code)s desde el %(since)s, y se sortea el %(beacon)s. "
            "Si no se hace, desde el %(until)s ya no lo detiene."
        )
    since = lottery.closed_on or lottery.closes_on
    words = {
        "code": lottery.code,
        "since": in_words(since),
        "beacon": in_words(lottery.beacon_on),
        "until": in_words(until),
    }
    return Wait(sentence % words, since, until, address("studies:lottery", lottery.pk), to_ask)


def register() -> None:
    """Set the condition; the house does so when it starts."""
    gates.register_for_seats("lottery", drawn)
    gates.register_for_lines("lottery", line)
