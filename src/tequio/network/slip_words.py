"""What the page of a sealed link says: of one person, and never whether a man or a woman."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.network.rules.referrals import State

# On the buttons.
ASKED: Final[Mapping[str, Promise | str]] = {
    State.ACCEPTED: _("Sí, aquí podemos"),
    State.DECLINED: _("No podemos"),
    State.ARRIVED: _("Ya llegó"),
    State.SERVED: _("Ya recibió atención"),
    State.NOT_SERVED: _("No recibió atención"),
}
# What was answered so far.
SAID: Final[Mapping[str, Promise | str]] = {
    State.SENT: _("Falta tu respuesta"),
    State.ACCEPTED: _("Dijeron que sí"),
    State.DECLINED: _("Dijeron que no pueden"),
    State.ARRIVED: _("Avisaron que llegó"),
    State.SERVED: _("Avisaron que recibió atención"),
    State.NOT_SERVED: _("Avisaron que no recibió atención"),
}
