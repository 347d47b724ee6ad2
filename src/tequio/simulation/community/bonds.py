"""What changes between those who are in the network already: agreements, ends, other minds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tequio.access.models import User
from tequio.network.actions import stakeholders
from tequio.network.models import Stakeholder, Tie
from tequio.simulation.community import words


def change(by: User, who: Sequence[Stakeholder], week: int, on: date) -> None:
    """Write what changed in one week of the story."""
    for n, what, since, weeks, signed_by in words.AGREEMENTS:
        if since == week:
            said = stakeholders.Agreed(
                what, on, on + timedelta(weeks=weeks), on, signed_by, "Paty Reséndiz"
            )
            stakeholders.agree(by=by, stakeholder_id=who[n].pk, said=said)
    for source, target, kind, since in words.ENDS:
        if since == week:
            tie = Tie.objects.get(source=who[source], target=who[target], kind=kind, ended_on=None)
            stakeholders.end_tie(by=by, tie_id=tie.pk, on=on)
    for n, level, since, because in words.CHANGES:
        if since == week:
            stakeholders.commit(
                by=by, stakeholder_id=who[n].pk, level=level, since=on, because=because
            )
