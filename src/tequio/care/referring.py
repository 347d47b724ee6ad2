"""What lies sealed in a referral of a man, and in which words it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.access.vault import key_of
from tequio.care import vault
from tequio.care.models import Referral
from tequio.network.rules import referrals as rules
from tequio.network.rules.slips import Slip

# What he may let them know; nothing is chosen beforehand.
FIELDS: Final[Mapping[str, str | Promise]] = {
    "alias": _("Cómo le dicen"),
    "name": _("Su nombre"),
    "safe_way": _("Cómo contactarlo"),
    "need": _("Lo que busca"),
    "support": _("Su lengua, o el apoyo que necesita"),
    "summary": _("Un resumen en una frase"),
}


@dataclass(frozen=True, slots=True)
class Passed:
    """To whom, for what, what they see, and how it went. Once it has ended little of it stays."""

    to: str
    what_for: str
    shown: tuple[tuple[str, str], ...] = ()
    agreed_on: str = ""
    secret: str = ""
    escort: str = ""
    escorted_on: str = ""
    told: str = ""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return what they see, with its words."""
        return tuple((str(FIELDS[code]), value) for code, value in self.shown)

    def least(self) -> Passed:
        """Return what stays when its time is over: where to and what for."""
        return Passed(to=self.to, what_for=self.what_for)

    def without_link(self) -> Passed:
        """Return it with nothing that is shared any more."""
        return replace(self, shown=(), secret="")


def opened(referral: Referral) -> Passed:
    """Open a referral. The caller has checked that the reader may know."""
    body = vault.unseal(referral.organisation_id, "referral", referral.pk, bytes(referral.sealed))
    return _read(body)


def sealed(referral: Referral, passed: Passed) -> bytes:
    """Seal a referral into its row."""
    return vault.seal(referral.organisation_id, "referral", referral.pk, asdict(passed))


def marker(referral: Referral) -> bytes:
    """Return by what this side knows its links again among those of the stock."""
    return bytes.fromhex(key_of(referral.organisation_id).blind_index("men", purpose="slip mine"))


def day_of(text: str) -> date | None:
    """Return a day as it lies sealed."""
    return date.fromisoformat(text) if text else None


def _read(body: Mapping[str, Any]) -> Passed:
    shown = tuple((code, value) for code, value in body["shown"] if code in FIELDS)
    return Passed(**{**body, "shown": shown})


def unread(state: str, slip: Slip | None) -> list[tuple[str, date, str]]:
    """Return what they answered on the link that may follow what is written down."""
    new = []
    for one in slip.answers if slip is not None else ():
        if rules.may_follow(state, one.state):
            new.append((one.state, one.on, one.why))
            state = one.state
    return new
