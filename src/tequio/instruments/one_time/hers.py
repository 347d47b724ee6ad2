"""Her answers by a link: into the slot, sealed, in the headings that `letters.answers` names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tequio.instruments import definitions
from tequio.instruments.one_time import owners
from tequio.instruments.one_time.sealed import Outside
from tequio.instruments.rules.answered import clean
from tequio.instruments.rules.flags import raised
from tequio.instruments.stores import Filled
from tequio.letters import answers as slot

NAME: Final = "wall"
# What the wall puts beside a link: a box that only it opens, and says whose the answers are.
SUBJECT: Final = "subject"


class Hers:
    """What she answers. Nothing outside says that she was asked, or that she answered."""

    hers = True

    def wanted(self, link: Outside, row: str) -> bool:
        """Only the wall takes a link back, and then there is no row."""
        return True

    def take(self, link: Outside, row: str, filled: Sequence[Filled]) -> tuple[str, ...]:
        """Put each questionnaire into the slot."""
        kinds: dict[str, None] = {}
        for one in filled:
            shipped = definitions.find(one.form.slug, one.form.version)
            said = dict(one.answers) if shipped is None else clean(shipped.instrument, one.answers)
            if shipped is not None:
                kinds |= dict.fromkeys(flag.kind for flag in raised(shipped.instrument, said))
            self._deposit(
                link,
                {
                    "what": slot.ANSWERED,
                    "form": one.form.slug,
                    "version": one.form.version,
                    "sha256": one.form.sha256,
                    "number": str(one.instance_id),
                    "answers": said,
                    "started_at": one.started_at.isoformat(),
                    "finished_at": one.finished_at.isoformat(),
                },
            )
        return tuple(kinds)

    def locked(self, link: Outside, row: str) -> None:
        """Somebody who is not she may hold the address: a person behind the wall looks."""
        self.stopped(link, "locked")

    def stopped(self, link: Outside, why: str) -> None:
        """Leave word for the wall; what she had answered so far goes nowhere."""
        self._deposit(link, {"what": slot.STOPPED, "number": link.asks[0].number, "why": why})

    def _deposit(self, link: Outside, says: dict[str, object]) -> None:
        whole = {**says, "subject": link.about[SUBJECT]}
        if not slot.deposit_at_home(organisation_id=UUID(link.organisation), says=whole):
            raise LookupError("The wall that gave this link is not there.")


def register() -> None:
    """Say where her answers go; called once when the house starts."""
    owners.register(NAME, Hers())
