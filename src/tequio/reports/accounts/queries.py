"""Reading accounts and testimonies: lists, one account ready to be shown, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.reports.accounts import content, definitions, sealed
from tequio.reports.accounts.definitions import Template
from tequio.reports.accounts.periods import Period
from tequio.reports.accounts.policies import (
    accounts_visible_to,
    offered_to,
    testimonies_visible_to,
)
from tequio.reports.accounts.sealed import Told
from tequio.reports.models import Account, Quoted, Testimony


@dataclass(frozen=True, slots=True)
class Line:
    """An account in the list."""

    account: Account
    name: str
    period: str
    where: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An account as it is read today: what was frozen, and the testimonies that still stand."""

    account: Account
    content: dict[str, Any]
    quotes: tuple[Told, ...]
    # How many it was issued with that may not be shown any longer.
    gone: int
    # Whether its fingerprint is that of what it says; drafts have none.
    whole: bool

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Its sections, each with the words that stand in it."""
        words = self.account.words
        return [{**one, "said": words.get(one["key"], "")} for one in self.content["sections"]]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.content["name"])

    @property
    def subtitle(self) -> str:
        """Of when, and of where."""
        parts = (self.content["period"], self.content["site"])
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Kept:
    """A testimony in the register: its words while they stand, and where they were shown."""

    row: Testimony
    told: Told
    stands_in: tuple[Account, ...]


def lines(user: User) -> QuerySet[Account]:
    """Return the accounts, the newest period first."""
    return accounts_visible_to(user).select_related("site", "superseded_by")


def line(account: Account) -> Line:
    """Return an account as a list names it."""
    return Line(
        account,
        definitions.name_of(account.template, account.template_version),
        Period(account.first_on, account.last_on).name,
        account.site.name if account.site else _("Toda la organización"),
    )


def shown(account: Account) -> Shown:
    """Open an account. The caller has checked who reads."""
    quoted = list(account.quoted.select_related("testimony").order_by("place"))
    standing = [one.testimony for one in quoted if not one.testimony.ended]
    issued = account.state != Account.State.DRAFT
    gone = account.content.get("quoted", 0) - len(standing) if issued else 0
    return Shown(
        account=account,
        content=account.content,
        quotes=tuple(sealed.told_of(one) for one in standing),
        gone=max(gone, 0),
        whole=not issued or bool(gone) or _is_whole(account, standing),
    )


def _is_whole(account: Account, standing: Sequence[Testimony]) -> bool:
    keys = [str(one.pk) for one in standing]
    found = content.fingerprint(account.content, account.words, account.releases, keys)
    return found == account.sha256


def offered(user: User, template: Template) -> list[tuple[Testimony, Told]]:
    """Return the testimonies that may stand in accounts of this template."""
    if not template.quotes:
        return []
    found = offered_to(user).defer("participant")
    return [(one, sealed.told_of(one)) for one in found if template.audience in one.uses]


def testimonies(user: User) -> QuerySet[Testimony]:
    """Return the register, the newest first."""
    rows = testimonies_visible_to(user).select_related("participant")
    return rows.annotate(n_shown=Count("quoted")).order_by("-agreed_on", "-kept_at", "pk")


def kept(user: User, row: Testimony) -> Kept:
    """Open one testimony with the accounts in which it stands."""
    found = Quoted.objects.filter(testimony=row).select_related("account", "account__site")
    return Kept(row, sealed.told_of(row), tuple(one.account for one in found))
