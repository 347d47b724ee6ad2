"""What men are asked in their scheduled talks: a fixed list, in a fixed order, drawn for all alike.

The list has no free text. Whatever the wall asks for is one of these, in the place in which it
would stand if it had been drawn.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.core import entropy

FILE: Final = Path(__file__).parent / "data" / "talks.toml"
_PRECISION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a talk is about, and how one may begin to ask."""

    code: str
    label: str | Promise
    ask: str | Promise


SUBJECTS: Final = (
    Subject(
        "weapons",
        _("Armas"),
        _("¿Hay armas, o cosas que se puedan usar como arma, donde vives o donde trabajas?"),
    ),
    Subject(
        "children",
        _("Hijas e hijos"),
        _("¿Cómo están las niñas y los niños con los que convives? ¿Qué ven y qué oyen?"),
    ),
    Subject(
        "separation",
        _("Separación y custodia"),
        _("¿Ha cambiado algo en tu relación, o en cómo ves a tus hijas e hijos?"),
    ),
    Subject(
        "devices",
        _("Seguir y revisar"),
        _("¿Has revisado un teléfono, buscado dónde está alguien, o ido a un lugar para ver?"),
    ),
    Subject(
        "alcohol",
        _("Alcohol y otras sustancias"),
        _("¿Cuánto has tomado en estas semanas, y qué pasa esos días?"),
    ),
    Subject(
        "money",
        _("Dinero"),
        _("¿Cómo se decide en qué se gasta, y quién tiene el dinero?"),
    ),
    Subject(
        "sex",
        _("Sexualidad"),
        _("¿Cómo sabes que la otra persona quiere? ¿Qué haces cuando dice que no?"),
    ),
    Subject("jealousy", _("Celos"), _("¿Qué haces cuando sientes celos? ¿Qué pasó la última vez?")),
    Subject(
        "retiro",
        _("Tu plan de retiro"),
        _("¿Cuándo lo usaste por última vez? ¿A dónde fuiste, cuánto tiempo y qué pasó al volver?"),
    ),
    Subject(
        "support",
        _("Quién te ayuda"),
        _("¿A quién le llamas cuando lo necesitas? ¿Qué haría falta para llamarle a tiempo?"),
    ),
)
BY_CODE: Final = {subject.code: subject for subject in SUBJECTS}


@dataclass(frozen=True, slots=True)
class Plan:
    """When talks are, how many subjects each has, and from when on cover is thin."""

    weeks: tuple[int, ...]
    extra_per_week: float
    extra_after_days: tuple[int, ...]
    subjects_each: int
    cover_days: int
    thin_below: int


@lru_cache(maxsize=1)
def plan() -> Plan:
    """Return the plan of talks, read once."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    when, cover = found["schedule"], found["cover"]
    return Plan(
        weeks=tuple(when["weeks"]),
        extra_per_week=when["extra_per_week"],
        extra_after_days=tuple(when["extra_after_days"]),
        subjects_each=when["subjects_each"],
        cover_days=cover["days"],
        thin_below=cover["thin_below"],
    )


def ordered(codes: Iterable[str]) -> list[str]:
    """Return subjects in the order of the list: where one stands tells nothing."""
    given = set(codes)
    return [subject.code for subject in SUBJECTS if subject.code in given]


def draw() -> list[str]:
    """Draw the subjects of one talk, each as likely as any other."""
    left = [subject.code for subject in SUBJECTS]
    return ordered(left.pop(entropy.below(len(left))) for _n in range(plan().subjects_each))


def by_chance(share: float) -> bool:
    """Tell with this probability."""
    return entropy.below(_PRECISION) < share * _PRECISION


def one_of(days: tuple[int, ...]) -> int:
    """Return one of these by plain chance."""
    return days[entropy.below(len(days))]


def exchanged(codes: Iterable[str], asked: str, *, keep: Iterable[str] = ()) -> list[str]:
    """Return a talk's subjects with one of them exchanged for `asked`; never more, never fewer.

    Which one makes room is drawn from the walled stream. `keep` stay, as other women asked for
    them; where nothing else stands there, nothing changes.
    """
    there = ordered(codes)
    free = [code for code in there if code not in set(keep)]
    if asked in there or not free:
        return there
    gone = free[entropy.below(len(free), stream="walled")]
    return ordered([code for code in there if code != gone] + [asked])
