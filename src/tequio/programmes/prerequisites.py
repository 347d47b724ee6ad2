"""What a model asks of a man before he is admitted, besides the diagnosis that care asks for."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from tequio.people.models import Participant
from tequio.people.queries.intake import why_not
from tequio.programmes import gates
from tequio.programmes.gates import Hold
from tequio.programmes.models import Edition
from tequio.programmes.queries import intervention


def intake(participant: Participant, edition: Edition, _on: date) -> Hold | None:
    """Hold him until his intake is whole, where his model asks for consent.

    A model that says nothing of prerequisites asks for none here: a register kept elsewhere, or
    a version from before they were written down.
    """
    model = intervention(edition)
    if model is None or model.prerequisites is None:
        return None
    if "consent" not in model.prerequisites.value:
        return None
    missing = why_not(participant)
    return Hold(missing, _("Complétalo en su ingreso.")) if missing else None


def register() -> None:
    """Set the condition; the house does so when it starts."""
    gates.register("intake", intake)
