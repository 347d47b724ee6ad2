"""Men of the demonstration who were passed on, and what became of it. All of it is invented."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from django.db import transaction

from tequio.access.models import User
from tequio.care import referring
from tequio.care.actions import referrals
from tequio.care.actions.referrals import Sending
from tequio.care.models import Diagnosis
from tequio.core import clock
from tequio.network.actions import slips
from tequio.people.models import Participant
from tequio.simulation.arrivals import ZONE
from tequio.simulation.evenings import moment

# To whom, for what, days ago, what he wants, and what they answered (or nobody did).
_PASSED: Final = (
    ("Centro de Salud Portales (inventado)", "drink", 5, "Dejar de beber", ""),
    ("Alcohólicos Anónimos, grupo Portales (inventado)", "drink", 12, "", "accepted"),
    ("Hospital Psiquiátrico del Sur (inventado)", "mind", 20, "No puede dormir", "declined"),
    ("Bolsa de trabajo de la alcaldía (inventada)", "money", 2, "Trabajo de día", ""),
)


def tell(by: User) -> None:
    """Pass some men on, as coordination would have; and fill the month's stock of links."""
    slips.keep_stock()
    done = Diagnosis.objects.filter(state=Diagnosis.State.DONE).values("participant")
    men = Participant.objects.filter(organisation=by.organisation_id, pk__in=done)
    for man, passed in zip(men.order_by("alias_key", "pk"), _PASSED, strict=False):
        with transaction.atomic():
            _pass_on(by, man, *passed)


def _pass_on(by: User, man: Participant, to: str, need: str, ago: int, says: str, end: str) -> None:
    day = clock.today(ZONE) - timedelta(days=ago)
    shown = (("alias", man.alias), *((("need", says),) if says else ()))
    with clock.at(moment(day, time(11, 0))):
        made = referrals.send(
            by=by,
            folio=man.folio,
            sending=Sending(
                to=to,
                what_for=need,
                shown=shown,
                agreed_on=day,
                agreed_until=day + referrals.WILL_STAY,
                with_link=True,
                call="Círculo Norte (inventado), 55 5555 0101",
            ),
        )
    with clock.at(moment(day + timedelta(days=1), time(10, 0))):
        if end:
            why = "full" if end == "declined" else ""
            secret = referring.opened(made).secret
            slips.answer(secret=secret, state=end, why=why)
        if end == "declined":
            referrals.take_in(by=by, referral_id=made.pk)
