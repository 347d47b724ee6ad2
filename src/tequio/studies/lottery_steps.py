"""How far a ceremony is, as the steps of its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.studies.models import Lottery


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done, now or next."""

    label: str
    state: str


def steps(lottery: Lottery) -> list[Step]:
    """Return the steps of a lottery."""
    done = (
        (_("Compromiso publicado"), True),
        (_("Lista cerrada"), bool(lottery.listed)),
        (_("Número confirmado por dos"), bool(lottery.beacon)),
        (_("Sorteado"), bool(lottery.record)),
    )
    ahead = [label for label, is_done in done if not is_done]
    now = ahead[0] if ahead and lottery.cancelled_on is None else ""
    return [
        Step(label, "done" if is_done else "now" if label == now else "next")
        for label, is_done in done
    ]
