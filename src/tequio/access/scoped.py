"""Questions that start from what a person may see, made once for each set of roles.

A policy reads three things of a person: the roles, the key and the organisation. The roles decide
which rows a question is about; the other two are only values in it. So the policies are asked
once with somebody who has these roles and, for a key and an organisation, places to fill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar
from uuid import UUID
from weakref import WeakSet

from django.db.models import QuerySet, UUIDField

from tequio.access.models import User
from tequio.core.questions import Question, the

Row = TypeVar("Row")
_all: WeakSet[Scoped[Any]] = WeakSet()
_NOBODY: Final = UUID(int=0)


@contextmanager
def policies_asked_anew() -> Iterator[None]:
    """Ask the policies again, now and afterwards: for tests that put another in their place."""
    _forget()
    try:
        yield
    finally:
        _forget()


def _forget() -> None:
    for one in _all:
        one.forget()


class Scoped(Generic[Row]):
    """``Scoped(lambda user: visible_to(user).filter(folio=the(…)))``, then ``.ask(user, …)``."""

    def __init__(self, words: Callable[[User], QuerySet[Any, Row]]) -> None:
        self._words = words
        self._by_roles: dict[frozenset[str], Question[Row]] = {}
        _all.add(self)

    def forget(self) -> None:
        """Forget the questions that were made."""
        self._by_roles.clear()

    def ask(self, user: User, **values: object) -> list[Row]:
        """Return the rows for this person and these values."""
        # Who was shut out has no roles any more, whatever is written.
        roles = user.roles if user.is_active else frozenset()
        question = self._by_roles.get(roles)
        if question is None:
            question = self._by_roles[roles] = Question(lambda: self._words(_anyone(roles)))
        return question.ask(its_user=user.pk, its_organisation=user.organisation_id, **values)

    def one(self, user: User, **values: object) -> Row | None:
        """Return the first row for this person and these values, or None."""
        rows = self.ask(user, **values)
        return rows[0] if rows else None


def _anyone(roles: frozenset[str]) -> User:
    # With a key from the start: making one would take of the luck, once for each process.
    anyone: Any = User(id=_NOBODY, is_active=True)
    anyone.pk = the("its_user", UUIDField())
    anyone.organisation_id = the("its_organisation", UUIDField())
    anyone.roles = roles
    return anyone  # type: ignore[no-any-return]
