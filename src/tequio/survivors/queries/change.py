"""What she said each time, side by side: one small drawing a scale, in the words of its answers.

It is drawn on the page itself. Drawings elsewhere are kept on disk to be shown again, and nothing
of hers is kept outside the seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from tequio.instruments.definitions import Instrument, Scale
from tequio.instruments.rules.scoring import bounds, score
from tequio.survivors import words
from tequio.survivors.queries.asking import instrument_of, notice
from tequio.survivors.rules import moments
from tequio.survivors.rules.sheets import Assessment, Body
from tequio.survivors.words import word

# Of the drawing, in its own units.
WIDTH: Final = 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 310, 12, 88
_CLOSE: Final = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Point:
    """What she said once; without a place where too little was answered to know."""

    on: date
    moment: str
    said: str
    # Written out: a decimal comma is no place in a drawing.
    x: str = ""
    y: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One scale over time."""

    id: str
    name: str
    # The words at both ends of the scale.
    top: str
    bottom: str
    points: tuple[Point, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines between neighbours that are both known; a gap stays a gap."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return tuple(f"{a.x},{a.y} {b.x},{b.y}" for a, b in pairs if a.y and b.y)

    @property
    def between(self) -> tuple[Point, ...]:
        """The times between the first and the last."""
        return self.points[1:-1]

    @property
    def known(self) -> tuple[Point, ...]:
        """The points that have a place."""
        return tuple(one for one in self.points if one.y)


@dataclass(frozen=True, slots=True)
class Change:
    """One questionnaire over time."""

    slug: str
    name: str
    notice: str
    drawings: tuple[Drawing, ...]


def changes(sheets: Iterable[Body]) -> tuple[Change, ...]:
    """Return what she answered to each questionnaire over time, the oftenest asked first."""
    by_slug: dict[str, list[Assessment]] = {}
    for one in moments.answers_of(sheets):
        by_slug.setdefault(one.slug, []).append(one)
    found = [_change(times) for times in by_slug.values()]
    return tuple(
        sorted(
            (one for one in found if one and one.drawings),
            key=lambda one: (-len(by_slug[one.slug]), one.name),
        )
    )


def control_stays(sheets: Iterable[Body]) -> bool:
    """Tell whether what she says of physical violence fell while control did not."""
    times = [one for one in moments.answers_of(sheets) if one.slug == "conductas-ella"]
    physical, control = (_ends(times, f"{kind}_count") for kind in ("physical", "control"))
    if physical is None or control is None:
        return False
    return physical[1] < physical[0] and control[1] >= control[0]


def in_words(whole: Instrument, scale: Scale, value: Fraction) -> str:
    """Say a value in the words of the answers, and never as a mark."""
    if scale.method == "count":
        return _("%(n)s de %(total)s") % {"n": round(value), "total": len(scale.items)}
    labels = _labels(whole, scale)
    mean = value / len(scale.items) if scale.method == "sum" else value
    below = max((one for one in labels if one <= mean), default=min(labels))
    above = min((one for one in labels if one >= mean), default=max(labels))
    if mean - below <= _CLOSE:
        return f"«{labels[below]}»"
    if above - mean <= _CLOSE:
        return f"«{labels[above]}»"
    return _("entre «%(less)s» y «%(more)s»") % {"less": labels[below], "more": labels[above]}


def _change(times: Sequence[Assessment]) -> Change | None:
    whole = instrument_of(times[-1])
    if whole is None:
        return None
    # What was asked with another version is another question.
    same = [one for one in times if one.version == times[-1].version]
    drawn = tuple(_drawing(whole, scale, same) for scale in _scales(whole))
    return Change(whole.slug, whole.name.now(), notice(whole), drawn)


def _scales(whole: Instrument) -> Iterator[Scale]:
    """Leave out what is only yes or no, what has no words for its ends, and what mixes types."""
    for scale in whole.scales:
        types = {whole.the_item(name).about for name in scale.items}
        if scale.method == "any" or scale.reverse or (not scale.about and len(types) > 1):
            continue
        if scale.method == "count" or _labels(whole, scale):
            yield scale


def _labels(whole: Instrument, scale: Scale) -> dict[int, str]:
    """Return the words of the answers by what they count; empty where items differ in them."""
    lists = {whole.the_item(name).choices for name in scale.items}
    if len(lists) != 1 or "" in lists:
        return {}
    choices = whole.choices[lists.pop()]
    return {one.value: one.label.now() for one in choices if one.value is not None}


def _drawing(whole: Instrument, scale: Scale, times: Sequence[Assessment]) -> Drawing:
    low, high = bounds(whole, scale)
    first, last = times[0].on, times[-1].on
    points = []
    for one in times:
        value = score(whole, scale, one.answers).value
        when = word(words.WAVES, one.wave) or _("Entre dos momentos")
        x = _across(one.on, first, last)
        if value is None:
            points.append(Point(one.on, when, _("No se sabe: faltan respuestas"), x))
            continue
        y = _BOTTOM - float((value - low) / (high - low)) * (_BOTTOM - _TOP)
        points.append(Point(one.on, when, in_words(whole, scale, value), x, f"{y:.1f}"))
    top, bottom = _ends_in_words(whole, scale)
    return Drawing(f"{whole.slug}-{scale.id}", scale.name.now(), top, bottom, tuple(points))


def _ends_in_words(whole: Instrument, scale: Scale) -> tuple[str, str]:
    if scale.method == "count":
        return _("Todo lo que se pregunta"), _("Nada")
    labels = _labels(whole, scale)
    return labels[max(labels)], labels[min(labels)]


def _across(on: date, first: date, last: date) -> str:
    share = (on - first).days / (last - first).days if last > first else 0.5
    return f"{_LEFT + share * (_RIGHT - _LEFT):.1f}"


def _ends(times: Sequence[Assessment], scale: str) -> tuple[Fraction, Fraction] | None:
    found = []
    for one in times:
        whole = instrument_of(one)
        value = score(whole, whole.the_scale(scale), one.answers).value if whole else None
        if value is not None:
            found.append(value)
    return (found[0], found[-1]) if len(found) > 1 else None
