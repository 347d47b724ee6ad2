"""The shapes in which answers leave: one row per answer given, per sitting, or per sitting as
REDCap names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item
from tequio.instruments.rules.reliability import consistency
from tequio.instruments.rules.scoring import scores

Cell = str | int | float | date | None
Rows = Iterator[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One sitting of somebody, opened. `who` is a number of this file alone."""

    who: str
    wave: str
    on: date
    how: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A shape: its name, its header and its rows. `rows_of` says how many one answer gives."""

    slug: str
    name: str | Promise
    header: Callable[[Instrument], tuple[str, ...]]
    rows: Callable[[Instrument, Iterable[Answer]], Rows]
    rows_of: Callable[[Instrument], int]


_HEAD: Final = ("person", "wave", "date", "how")


def layout(slug: str) -> Layout | None:
    """Return a shape by its name."""
    return next((one for one in LAYOUTS if one.slug == slug), None)


def reliability(whole: Instrument, answers: Sequence[Mapping[str, str]]) -> Rows:
    """Return how far the items of each scale go together in these answers."""
    head = ("scale", "alpha", "omega", "omega_low", "omega_high", "whole answers", "left out")
    yield (*head, "note")
    for one in consistency(whole, answers):
        parts = [_("Son pocas: es una idea gruesa.") if one.few else "", one.omega.said]
        parts.append("" if whole.validated else _("Sin validar."))
        omega = one.omega
        figures = (one.alpha, omega.value, omega.low, omega.high)
        yield (
            whole.the_scale(one.scale).name.now(),
            *(None if figure is None else round(float(figure), 3) for figure in figures),
            one.whole,
            one.left_out,
            " ".join(filter(None, map(str, parts))),
        )


# --- Long ---------------------------------------------------------------------------------------


def _long_header(_whole: Instrument) -> tuple[str, ...]:
    return (*_HEAD, "item", "item_label", "answer", "answer_label", "value")


def _long(whole: Instrument, answers: Iterable[Answer]) -> Rows:
    for one in answers:
        for item in whole.questions:
            given = one.answers.get(item.id)
            label = _label(whole, item, given or "")
            value = whole.value_of(item, given) if given else None
            yield (*_head(one), item.id, item.text.now(), given, label, value)


def _label(whole: Instrument, item: Item, given: str) -> str:
    labels = {one.code: one.label.now() for one in whole.choices.get(item.choices, ())}
    if given == PREFERS_NOT:
        return _said("Prefiero no decir")
    return "; ".join(labels.get(code, "") for code in given.split()) if item.choices else ""


# --- Wide ---------------------------------------------------------------------------------------


def _wide_header(whole: Instrument) -> tuple[str, ...]:
    scales = [
        f"score_{scale.id}{end}" for scale in whole.scales for end in ("", "_answered", "_prorated")
    ]
    return (*_HEAD, *(item.id for item in whole.questions), *scales)


def _wide(whole: Instrument, answers: Iterable[Answer]) -> Rows:
    for one in answers:
        given = (one.answers.get(item.id) for item in whole.questions)
        yield (*_head(one), *given, *_scored(whole, one))


def _scored(whole: Instrument, one: Answer) -> Iterator[Cell]:
    for score in scores(whole, one.answers):
        yield _plain(score.value)
        yield score.answered
        yield int(score.prorated)


# --- REDCap -------------------------------------------------------------------------------------


def _redcap_header(whole: Instrument) -> tuple[str, ...]:
    first = ("record_id", "redcap_event_name")
    columns: list[str] = []
    for item in whole.questions:
        if item.kind == "many":
            columns += [f"{item.id}___{code}" for code in _codes(whole, item)]
        else:
            columns.append(item.id)
    return (*first, f"{_name(whole)}_date", *columns, f"{_name(whole)}_complete")


def _redcap(whole: Instrument, answers: Iterable[Answer]) -> Rows:
    for one in answers:
        cells: list[Cell] = []
        for item in whole.questions:
            given = one.answers.get(item.id, "")
            if item.kind == "many":
                cells += [_ticked(given, code) for code in _codes(whole, item)]
            else:
                cells.append(given or None)
        event = f"{one.wave.lower() or 'sin_momento'}_arm_1"
        yield (one.who, event, one.on, *cells, 2)


def _codes(whole: Instrument, item: Item) -> tuple[str, ...]:
    return (*(one.code for one in whole.choices[item.choices]), PREFERS_NOT)


def _ticked(given: str, code: str) -> int | None:
    """Who would rather not say has said no to nothing: those boxes stay empty."""
    said = given.split()
    if not said or (PREFERS_NOT in said and code != PREFERS_NOT):
        return None
    return int(code in said)


def _name(whole: Instrument) -> str:
    return whole.slug.replace("-", "_")


def _head(one: Answer) -> tuple[Cell, ...]:
    return (one.who, one.wave, one.on, one.how)


def _plain(value: Fraction | None) -> Cell:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


LAYOUTS: Final = (
    Layout(
        "larga",
        _("Larga: una fila por respuesta"),
        _long_header,
        _long,
        lambda whole: len(whole.questions),
    ),
    Layout(
        "ancha", _("Ancha: una fila por vez que contestó"), _wide_header, _wide, lambda _whole: 1
    ),
    Layout("redcap", _("Como la lee REDCap"), _redcap_header, _redcap, lambda _whole: 1),
)
