"""Accounts and testimonies as the database holds them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from tequio.access.models import User
from tequio.core import clock
from tequio.people.models import Participant
from tequio.reports.accounts import actions, keeping
from tequio.reports.accounts.actions import Wanted
from tequio.reports.accounts.keeping import Given
from tequio.reports.models import Account, Testimony

WORDS: Final = "Antes no me daba cuenta de que lo que hacía también era violencia."


def drafted(by: User, template: str = "anual", period: str = "2025") -> Account:
    """A draft of a year that is over."""
    return actions.begin(by=by, wanted=Wanted(template, period))


def given(
    by: User, man: Participant | None = None, *, words: str = WORDS, called: str = ""
) -> Testimony:
    """A testimony of a man, or of somebody of the community, for every kind of account."""
    today: date = clock.today(by.organisation.timezone)
    return keeping.keep(
        by=by,
        given=Given(
            given_by="man" if man else "community",
            words=words,
            called=called,
            way="written",
            uses=("funders", "public", "community"),
            agreed_on=today,
            until=today + timedelta(days=365),
            folio=man.folio if man else "",
        ),
    )
