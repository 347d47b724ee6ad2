"""What she needs and got, her children, what keeps him away, and the women's group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from django.utils.translation import gettext as _

from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need


@dataclass(frozen=True, slots=True)
class Service(Body):
    """Something that she asked for, and the day on which she got it."""

    KIND: ClassVar[str] = "service"

    need: str
    asked_on: date
    met_on: date | None = None
    where: str = ""
    words: str = ""
    # She no longer wants it.
    dropped_on: date | None = None

    def __post_init__(self) -> None:
        known((self.need,), words.NEEDS)
        need(
            self.met_on is None or self.met_on >= self.asked_on,
            _("Dice que se atendió antes de pedirlo. Revisa las dos fechas."),
        )

    @property
    def days(self) -> int | None:
        """How many days it took, or None while it waits."""
        return (self.met_on - self.asked_on).days if self.met_on else None


@dataclass(frozen=True, slots=True)
class Child(Body):
    """A child of hers: an initial, never a name."""

    KIND: ClassVar[str] = "child"

    initial: str
    age: str
    on: date
    lives_with: str = ""
    school: str = ""
    situation: str = ""
    measures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known((self.age,), words.AGES)
        known((self.lives_with,) if self.lives_with else (), words.LIVES_WITH)
        known(self.measures, words.CHILD_MEASURES)
        need(len(self.initial) <= 3, _("Una inicial basta; el nombre no se guarda."))


@dataclass(frozen=True, slots=True)
class Measure(Body):
    """Something that keeps him away from her and from others whom he has hurt."""

    KIND: ClassVar[str] = "measure"

    what: str
    on: date
    until: date | None = None
    words: str = ""
    ended_on: date | None = None

    def __post_init__(self) -> None:
        known((self.what,), words.SEPARATING)
        need(
            self.until is None or self.until >= self.on,
            _("La medida termina antes de empezar. Revisa las dos fechas."),
        )


@dataclass(frozen=True, slots=True)
class Attended(Body):
    """Whether she was at one meeting of a women's group."""

    on: date
    there: bool


@dataclass(frozen=True, slots=True)
class GroupPlace(Body):
    """Her place in a women's group, with her own attendance: it goes when her case goes."""

    KIND: ClassVar[str] = "group_place"

    group_id: str
    group: str
    on: date
    left_on: date | None = None
    attended: tuple[Attended, ...] = ()

    def __post_init__(self) -> None:
        need(
            self.left_on is None or self.left_on >= self.on,
            _("Salió del grupo antes de entrar. Revisa las dos fechas."),
        )


@dataclass(frozen=True, slots=True)
class WomensGroup(Body):
    """A women's group. It lies on the team's own shelf and names no woman."""

    KIND: ClassVar[str] = "womens_group"

    name: str
    place: str
    weekday: str
    starts_at: time
    run_by: str = ""
    on: date | None = None
    ended_on: date | None = None
    # The same place and hour as men's group was seen, and chosen all the same.
    clash_known: bool = False

    def __post_init__(self) -> None:
        known((self.weekday,), words.DAYS)
