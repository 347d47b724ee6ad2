"""What a man is called in the circle and who he is, from what a register writes about him."""

from __future__ import annotations

from collections.abc import Iterator

from tequio.circles.registers.people import Identity, Person
from tequio.core.text import squeeze
from tequio.people.aliases import fresh
from tequio.people.vault import Who

_LONGEST = 40
_SHORTEST = 2


class Aliases:
    """Gives every man an alias that nobody else of the organisation has. Never his whole name."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)
        self._fresh: Iterator[str] = fresh(taken)

    def give(self, identity: Identity) -> str:
        """Return his alias, or his first name, or a name of a tree, a hill, a bird."""
        wanted = squeeze(identity.alias)[:_LONGEST] or _first_name(identity)
        alias = self._numbered(wanted) if wanted else next(self._fresh)
        self._taken.add(alias)
        return alias

    def _numbered(self, wanted: str) -> str:
        alias, number = wanted, 2
        while alias in self._taken:
            tail = f" {number}"
            alias, number = wanted[: _LONGEST - len(tail)] + tail, number + 1
        return alias


def _first_name(identity: Identity) -> str:
    """Return the first given name. Of one column with a comma, «Pérez, José», it stands behind."""
    given = identity.given or identity.name.partition(",")[2] or identity.name
    word = squeeze(given).partition(" ")[0].strip(".,;")
    return word[:_LONGEST] if len(word) >= _SHORTEST else ""


def who_of(person: Person) -> Who:
    """Return the identity to seal. A name of one column is not cut where nobody said how."""
    identity = person.identity
    given, surnames = identity.given, squeeze(f"{identity.surname} {identity.second_surname}")
    if not given and not surnames:
        family, comma, first = identity.name.partition(",")
        given, surnames = (first, family) if comma and first.strip() else (identity.name, "")
    return Who(
        given_names=squeeze(given),
        surnames=squeeze(surnames),
        phone=identity.phone,
        outside_code=identity.id,
    )
