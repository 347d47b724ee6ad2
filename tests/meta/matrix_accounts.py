"""Accounts and testimonies in the table: a draft of a year that is over, and what somebody gave."""

from __future__ import annotations

from typing import Final

from tests.factories.accounts import drafted, given

from tequio.access.models import User
from tequio.core import ids
from tequio.reports.models import Account

# What of an address belongs to an organisation.
KEYS: Final = frozenset({"account_id", "testimony_id"})


def things(by: User, how_many: int = 1) -> dict[str, object]:
    """Return one of each for an organisation, among so many; the draft quotes what was given."""
    draft, told = drafted(by), given(by)
    draft.quoted.create(testimony=told, place=1)
    Account.objects.bulk_create(_like(draft) for _more in range(how_many - 1))
    return {"account_id": draft.pk, "testimony_id": told.pk}


def _like(draft: Account) -> Account:
    names = [field.attname for field in Account._meta.concrete_fields]
    values = {name: getattr(draft, name) for name in names}
    return Account(**{**values, "id": ids.new_id(), "folio": ids.new_folio()})
