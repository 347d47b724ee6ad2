"""People who may be the same one, written twice. Shown in pairs, never merged here."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from tequio.circles.registers.people import Person
from tequio.core.text import fold

MOST_PAIRS = 500
_LARGEST_FAMILY = 60
_LARGEST_HOUSEHOLD = 6
_MANY_WORDS = 7
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two keys of people who may be one, with a reason in words and a score from 0 to 1."""

    first: str
    second: str
    score: float
    reason: str


def damerau_levenshtein(one: str, two: str) -> int:
    """Return the number of letters added, lost, changed or swapped with their neighbour."""
    before: list[int] = []
    current = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, last = current, before
        current = [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, current[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            current.append(cost)
    return current[-1]


def possible_duplicates(people: Sequence[Person]) -> tuple[Likeness, ...]:
    """Return the pairs worth looking at, the most alike first.

    Candidates come from shared keys, so that six hundred people do not need 180,000 comparisons.
    """
    names = [_words(person.identity.full_name or person.identity.alias) for person in people]
    found: dict[tuple[int, int], tuple[float, str]] = {}
    for first, second in _candidates(names):
        judged = _judge(names[first], names[second])
        if judged:
            found[first, second] = _weighed(people[first], people[second], *judged)
    for first, second in _same_phone(people):
        found.setdefault((first, second), (0.6, _("Tienen el mismo teléfono.")))
    pairs = [_pair(people[i].key, people[j].key, *judged) for (i, j), judged in found.items()]
    pairs.sort(key=lambda pair: (-pair.score, pair.first, pair.second))
    return tuple(pairs[:MOST_PAIRS])


def _weighed(one: Person, two: Person, score: float, reason: str) -> tuple[float, str]:
    """Two different ids say that somebody took them for two people."""
    doubt = 0.8 if one.identity.id and two.identity.id else 1.0
    return round(score * doubt, 2), reason


def _pair(one: str, two: str, score: float, reason: str) -> Likeness:
    return Likeness(min(one, two), max(one, two), score, reason)


def compare_names(one: str, two: str) -> tuple[float, str] | None:
    """Return score and reason if two names may belong to one person, else None."""
    return _judge(_words(one), _words(two))


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[^\w]+", fold(name)) if word)


def _core(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES)


def _judge(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[float, str] | None:
    if not one or not two:
        return None
    if one == two:
        return 1.0, _("El nombre es el mismo, sin contar acentos y mayúsculas.")
    if sorted(_core(one)) == sorted(_core(two)):
        return 0.95, _("Son las mismas palabras en otro orden.")
    plain = " ".join(one), " ".join(two)
    if min(map(len, plain)) >= 5 and damerau_levenshtein(*plain) == 1:
        return 0.9, _("Los nombres difieren en una letra.")
    return _judge_parts(_core(one), _core(two))


def _judge_parts(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[float, str] | None:
    short, long = sorted((one, two), key=len)
    if len(short) >= 2 and Counter(short) < Counter(long):
        return 0.7, _("A uno de los nombres le falta una parte del otro.")
    if len(short) >= 2 and _initials_fit(short, long):
        return 0.6, _("Uno de los nombres tiene iniciales que coinciden con el otro.")
    return None


def _initials_fit(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """«J. Pérez» fits «José Pérez»: one whole word shared and the rest fits by initials."""
    if len(one) != len(two) or not any(len(word) == 1 for word in (*one, *two)):
        return False
    shared = any(a == b and len(a) > 1 for a, b in zip(one, two, strict=True))
    fits = all(
        a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in zip(one, two, strict=True)
    )
    return shared and fits


def _candidates(names: Sequence[tuple[str, ...]]) -> set[tuple[int, int]]:
    return _spelled_alike(names) | _parts_of_others(names) | _fitting_initials(names)


def _spelled_alike(names: Sequence[tuple[str, ...]]) -> set[tuple[int, int]]:
    """Same words in another order, or texts that are equal once one letter of each is lost."""
    families: dict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(names):
        plain = " ".join(words)
        keys = {f"sorted {' '.join(sorted(_core(words)))}", f"lost {plain}"} if words else set()
        keys.update(f"lost {plain[:i]}{plain[i + 1 :]}" for i in range(len(plain)))
        for key in keys:
            families[key].append(index)
    pairs: set[tuple[int, int]] = set()
    for members in families.values():
        pairs.update(_pairs(members[:_LARGEST_FAMILY]))
    return pairs


def _parts_of_others(names: Sequence[tuple[str, ...]]) -> set[tuple[int, int]]:
    """Names that are another one without some of its words."""
    whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, words in enumerate(names):
        whole[tuple(sorted(_core(words)))].append(index)
    pairs: set[tuple[int, int]] = set()
    for index, words in enumerate(names):
        core = sorted(_core(words))
        shortest = 2 if len(core) <= _MANY_WORDS else len(core) - 1
        for size in range(shortest, len(core)):
            for part in set(combinations(core, size)):
                others = whole.get(part, [])[:_LARGEST_FAMILY]
                pairs.update((min(index, other), max(index, other)) for other in others)
    return pairs


def _fitting_initials(names: Sequence[tuple[str, ...]]) -> set[tuple[int, int]]:
    """Names with an initial, beside those with the same other word in the same place."""
    places: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for index, words in enumerate(names):
        core = _core(words)
        for place, word in enumerate(core):
            places[len(core), place, word].append(index)
    pairs: set[tuple[int, int]] = set()
    for index, words in enumerate(names):
        core = _core(words)
        if all(len(word) > 1 for word in core):
            continue
        for place, word in enumerate(core):
            if len(word) > 1:
                others = places[len(core), place, word]
                pairs.update((min(index, o), max(index, o)) for o in others if o != index)
    return pairs


def _same_phone(people: Sequence[Person]) -> set[tuple[int, int]]:
    families: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        digits = re.sub(r"\D", "", person.identity.phone)[-10:]
        if len(digits) == 10 and len(set(digits)) > 1:
            families[digits].append(index)
    pairs: set[tuple[int, int]] = set()
    for members in families.values():
        if len(members) <= _LARGEST_HOUSEHOLD:
            pairs.update(_pairs(members))
    return pairs


def _pairs(members: Sequence[int]) -> set[tuple[int, int]]:
    unique = sorted(set(members))
    return {(a, b) for i, a in enumerate(unique) for b in unique[i + 1 :]}
