"""One figure on a map, in fifths of the places on it, and the same as a list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.core.text import fold
from tequio.territory import geometry, places
from tequio.territory.indicators import FILES, INDICATORS, MAPPED
from tequio.territory.queries import atlas as atlases
from tequio.territory.queries.atlas import COUNTRY, Atlas
from tequio.territory.rules.numbers import percent, rate, rate_words
from tequio.ui.addresses import address

SURVEY: Final = "survey"
# What a place is painted with when it is in no fifth.
FEW, NONE = "few", "none"


@dataclass(frozen=True, slots=True)
class Area:
    """One place of the map and of the list."""

    key: str
    name: str
    url: str
    path: str
    x: int
    y: int
    value: float | None
    words: str
    paint: str

    @property
    def label(self) -> str:
        """What a screen reader says of it."""
        return f"{self.name}: {self.words}"


@dataclass(frozen=True, slots=True)
class Class:
    """One fifth of the key, with its edges in words."""

    paint: str
    words: str
    areas: int


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn figure: its places by shape, its key, and the list in order."""

    width: int
    height: int
    areas: tuple[Area, ...]
    classes: tuple[Class, ...]
    listed: tuple[Area, ...]


def choices(*, country: bool) -> list[tuple[str, str]]:
    """Return the figures that a map may show, by key and name."""
    found = [(name, title(name)) for name in MAPPED]
    return [(SURVEY, title(SURVEY)), *found] if country else found


def title(name: str) -> str:
    """Say what a map shows."""
    if name == FILES:
        return _("Carpetas por violencia familiar por cada 100 mil personas")
    if name == SURVEY:
        return _("Mujeres que contaron violencia de su pareja")
    return str(INDICATORS[name].name)


def source(name: str) -> str:
    """Return which source a figure has."""
    return name if name in (FILES, SURVEY) else INDICATORS[name].source


def caution(name: str) -> str:
    """Say what a map must not be read as."""
    if name == FILES:
        return _(
            "Cuenta lo que alguien denunció y la fiscalía anotó, no la violencia que hay. Un lugar "
            "claro puede ser uno donde no se puede denunciar."
        )
    if name == SURVEY:
        return _(
            "Es de 2016 y de todo el estado: no dice nada de un municipio. Entre paréntesis va "
            "el margen: "
            "dos estados cuyos márgenes se cruzan no se distinguen."
        )
    return str(INDICATORS[name].caution) or _("Que esto sea la causa de la violencia.")


def of_state(state: str, name: str) -> Map:
    """Draw the municipalities of a state; fifths are those of the state."""
    return _state(state, name, atlases.current(), get_language())


def of_country(name: str) -> Map:
    """Draw the states; fifths are those of the thirty-two."""
    return _country(name, atlases.current(), get_language())


@lru_cache(maxsize=16)
def _state(state: str, name: str, atlas: Atlas, _language: str | None) -> Map:
    values = _values(atlas, name)
    drawn = geometry.of_state(state)
    reported = atlas.files.sums(atlas.files.years[-1])
    found = {place.key: place for place in places.municipalities(state)}
    few = {key for key in found if name == FILES and key in reported and key not in values}
    names = {key: place.name for key, place in found.items()}
    return _map(drawn, names, values, few, name)


@lru_cache(maxsize=16)
def _country(name: str, atlas: Atlas, _language: str | None) -> Map:
    names = {state.key: state.full for state in places.states()}
    drawn = _map(geometry.of_country(), names, _of_states(atlas, name, names), set(), name)
    return _with_margins(drawn, atlas) if name == SURVEY else drawn


def _with_margins(drawn: Map, atlas: Atlas) -> Map:
    """A survey is never said without how far it may be off."""

    def told(area: Area) -> Area:
        row = atlas.survey.get(area.key, {})
        if "any_low" not in row:
            return area
        words = {"at": area.words, "low": round(row["any_low"]), "high": round(row["any_high"])}
        return replace(area, words=_("%(at)s (%(low)s a %(high)s)") % words)

    areas, listed = tuple(map(told, drawn.areas)), tuple(map(told, drawn.listed))
    return replace(drawn, areas=areas, listed=listed)


def _values(atlas: Atlas, name: str) -> Mapping[str, float]:
    if name != FILES:
        return atlas.column(name)
    sums = atlas.files.sums(atlas.files.years[-1])
    rates = {key: rate(sums.get(key), atlas.people(key)) for key in atlas.known()}
    return {key: value for key, value in rates.items() if value is not None}


def _of_states(atlas: Atlas, name: str, names: Mapping[str, str]) -> dict[str, float]:
    if name == SURVEY:
        found = {key: atlas.survey.get(key, {}).get("any_at") for key in names}
    elif name == FILES:
        year = atlas.files.years[-1]
        found = {key: rate(atlas.files.year(key, year), atlas.people(key)) for key in names}
    else:
        found = {key: atlas.share(key, name) for key in names}
    return {key: value for key, value in found.items() if value is not None}


def country_value(name: str) -> str:
    """Say the figure of the country, to read the map against."""
    atlas = atlases.current()
    found = _of_states(atlas, name, {COUNTRY: ""})
    return _words(found.get(COUNTRY), name)


def _map(
    drawn: geometry.Drawn,
    names: Mapping[str, str],
    values: Mapping[str, float],
    few: set[str],
    name: str,
) -> Map:
    edges = _edges({key: value for key, value in values.items() if key in names})
    shapes = {shape.key: shape for shape in drawn.shapes}
    areas = [
        _area(key, label, shapes.get(key), values.get(key), few, edges, name)
        for key, label in names.items()
    ]
    order = sorted(
        areas, key=lambda area: (-(area.value if area.value is not None else -1), fold(area.name))
    )
    return Map(
        drawn.width,
        drawn.height,
        # The smallest are drawn last, so that a finger finds them.
        tuple(sorted((area for area in areas if area.path), key=lambda area: -len(area.path))),
        tuple(_classes(edges, areas, name)),
        tuple(order),
    )


def _area(
    key: str,
    label: str,
    shape: geometry.Shape | None,
    value: float | None,
    few: set[str],
    edges: Sequence[float],
    name: str,
) -> Area:
    paint = FEW if key in few else NONE
    if value is not None:
        paint = f"f{1 + bisect_right(edges, value)}"
    words = _("pocas o ninguna para una tasa") if key in few else _words(value, name)
    route = "territory:diagnosis" if len(key) > 2 else "territory:state"
    place = (shape.path, shape.x, shape.y) if shape else ("", 0, 0)
    return Area(key, label, address(route, key), *place, value, words, paint)


def _words(value: float | None, name: str) -> str:
    if value is None:
        return _("no se publicó")
    return rate_words(value) if name == FILES else percent(value)


def _edges(values: Mapping[str, float]) -> list[float]:
    """Where one fifth ends and the next begins."""
    order = sorted(values.values())
    return [order[len(order) * part // 5] for part in range(1, 5)] if len(order) >= 5 else []


def _classes(edges: Sequence[float], areas: Sequence[Area], name: str) -> list[Class]:
    def there(paint: str) -> int:
        return sum(1 for area in areas if area.paint == paint)

    found: list[Class] = []
    if edges:
        says = [_words(edge, name) for edge in edges]
        found.append(Class("f1", _("menos de %(high)s") % {"high": says[0]}, there("f1")))
        for at in range(3):
            words = _("de %(low)s a %(high)s") % {"low": says[at], "high": says[at + 1]}
            found.append(Class(f"f{at + 2}", words, there(f"f{at + 2}")))
        found.append(Class("f5", _("%(low)s o más") % {"low": says[3]}, there("f5")))
    if there(FEW):
        found.append(Class(FEW, _("pocas o ninguna para una tasa"), there(FEW)))
    if there(NONE):
        found.append(Class(NONE, _("no se publicó"), there(NONE)))
    return found
