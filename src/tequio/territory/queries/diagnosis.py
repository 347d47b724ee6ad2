"""The diagnosis of the context of one municipality: what is known, how firmly, and what is not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evidencia.ranks import RankRange, rank_range
from evidencia.seasons import Trend, monthly_trend
from tequio.core.text import join_names
from tequio.territory import places
from tequio.territory.indicators import INDICATORS, MARGINALISATION, SHOWN, Indicator
from tequio.territory.queries import atlas as atlases
from tequio.territory.queries.atlas import COUNTRY, Atlas
from tequio.territory.rules import jumps, numbers, spoken
from tequio.territory.rules.spoken import Of, Spoken
from tequio.territory.sources import SOURCES, Source

# Half of the municipalities with enough files vary this many times more than luck would have it,
# and half of the large ones more than that. Where a place's own months tell, they are believed.
DISPERSION: Final = 2.8
OF_LARGE: Final = 3.7
LARGE: Final = 100_000
CALL_YEAR: Final = 2019
_SAID: Final = ("schooling_lag", "poor", "no_health", "indigenous")
_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Compared:
    """One share: here, in the state, in the country, and the middle half of the state's places."""

    indicator: Indicator
    here: float | None
    state: float | None
    country: float | None
    middle: tuple[float, float] | None
    fifth: int | None


@dataclass(frozen=True, slots=True)
class Year:
    """The files of one year and its three rates."""

    year: int
    count: int | None
    here: float | None
    state: float | None
    country: float | None


@dataclass(frozen=True, slots=True)
class Call:
    """The calls to 911 of one month in the whole state, and the two rates of that month."""

    year: int
    month: int
    count: int | None
    state: float | None
    country: float | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that the page and the paper show of the open data."""

    of: Of
    key: str
    people: int
    size: int
    spoken: tuple[Spoken, ...]
    compared: tuple[Compared, ...]
    marginal: tuple[Compared, ...]
    years: tuple[Year, ...]
    months: tuple[int | None, ...]
    # From when on the files bear comparing: their first year, or that of their last jump.
    since: int
    calls: tuple[Call, ...]
    # How many times more than luck its counts vary.
    spread: float
    rank: RankRange | None
    trend: Trend | None
    missing: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        """The municipality with its state."""
        return f"{self.of.place}, {self.of.state}"


def of_municipality(key: str) -> Diagnosis | None:
    """Return the diagnosis of a municipality, or None for what is no municipality."""
    found = places.find(key)
    if found is None:
        return None
    return _kept(key, atlases.current(), get_language())


@lru_cache(maxsize=_KEPT)
def _kept(key: str, atlas: Atlas, _language: str | None) -> Diagnosis:
    found = places.find(key)
    if found is None:
        raise KeyError(key)
    of = Of(found.name, found.state.full, key[:2])
    here = atlas.people(key)
    months = atlas.files.months(key)
    last = atlas.files.years[-1]
    trend, since = _direction(atlas, key, months)
    years = tuple(_years(atlas, key))
    spread = _spread(here, trend)
    rank = _rank(atlas, key, last, spread)
    compared = _compared(atlas, key, SHOWN)
    marginal = _compared(atlas, key, MARGINALISATION)
    said = list(_sentences(atlas, of, key))
    said.append(spoken.files(of, last, years[-1].count, here))
    if rank is not None:
        said.append(spoken.place_among(of, rank, numbers.size_of(here)))
    if trend is not None:
        said += [spoken.trend(of, trend, since, last), spoken.season(trend)]
    said += _jumps(atlas, of, key)
    said += [
        spoken.survey(of, dict(atlas.survey.get(of.state_key, {}))),
        spoken.calls(
            of,
            CALL_YEAR,
            atlas.calls.year(of.state_key, CALL_YEAR),
            _rate_of_calls(atlas, of.state_key),
            _rate_of_calls(atlas, COUNTRY),
        ),
    ]
    return Diagnosis(
        of=of,
        key=key,
        people=here,
        size=numbers.size_of(here),
        spoken=tuple(said),
        compared=compared,
        marginal=marginal,
        years=years,
        months=months,
        since=since,
        calls=tuple(_calls(atlas, of.state_key)),
        spread=spread,
        rank=rank,
        trend=trend,
        missing=tuple(_missing(atlas, of, key, years, (trend, since), (*compared, *marginal))),
        sources=tuple(source for slug, source in SOURCES.items() if slug != "geometry"),
    )


def _sentences(atlas: Atlas, of: Of, key: str) -> Iterator[Spoken]:
    """What is said of the people, before what authorities counted."""
    yield spoken.people(of, atlas.people(key))
    if not atlas.people(key):
        return
    for name in _SAID:
        state, country = atlas.share(key[:2], name), atlas.share(COUNTRY, name)
        if state is not None and country is not None:
            here = atlas.share(key, name)
            yield spoken.share(INDICATORS[name], of, here, state, country)
    country_deaths = numbers.rate(atlas.homicides(COUNTRY), atlas.people(COUNTRY), years=3)
    yield spoken.homicides(of, atlas.homicides(key), atlas.people(key), country_deaths or 0.0)


def _direction(atlas: Atlas, key: str, months: Sequence[int | None]) -> tuple[Trend | None, int]:
    """The trend, and from which year on: none is fitted across a jump in what is written down."""
    first, trend = atlas.files.years[0], monthly_trend(months)
    since = _since(atlas, key) if trend is not None else first
    if since == first:
        return trend, first
    return monthly_trend(months[12 * (since - first) :]), since


def _since(atlas: Atlas, key: str) -> int:
    """The year from which the files of a place, and of its state, may be compared."""
    years = atlas.files.years
    found = [
        jumps.latest({year: atlas.files.year(name, year) for year in years})
        for name in (key, key[:2])
    ]
    return max([years[0], *(year for year in found if year is not None)])


def _calls(atlas: Atlas, state: str) -> Iterator[Call]:
    """The calls of the state month by month, each with its rate beside the country's."""
    people = [atlas.people(state), atlas.people(COUNTRY)]
    pairs = zip(atlas.calls.months(state), atlas.calls.months(COUNTRY), strict=True)
    for at, counts in enumerate(pairs):
        year, month = atlas.calls.years[at // 12], 1 + at % 12
        rates = [numbers.rate(n, p) for n, p in zip(counts, people, strict=True)]
        yield Call(year, month, counts[0], *rates)


def _rate_of_calls(atlas: Atlas, key: str) -> float | None:
    return numbers.rate(atlas.calls.year(key, CALL_YEAR), atlas.people(key))


def _jumps(atlas: Atlas, of: Of, key: str) -> Iterator[Spoken]:
    """Where the counts of the place, or of its whole state, do not bear comparing."""
    for name, where in ((key, of.place), (key[:2], of.where)):
        counts = {year: atlas.files.year(name, year) for year in atlas.files.years}
        for found in jumps.to_say(counts):
            if min(found.before, found.after) >= numbers.FEW:
                yield spoken.jump(where, found)


def _compared(atlas: Atlas, key: str, names: Sequence[str]) -> tuple[Compared, ...]:
    return tuple(
        Compared(
            INDICATORS[name],
            atlas.share(key, name),
            atlas.share(key[:2], name),
            atlas.share(COUNTRY, name),
            _middle(atlas, key[:2], name),
            fifth(atlas, key, name),
        )
        for name in names
    )


def _middle(atlas: Atlas, state: str, name: str) -> tuple[float, float] | None:
    """The middle half of the municipalities of a state; few of them have none."""
    values = atlas.order(name, state)
    if len(values) < 4:
        return None
    return values[len(values) // 4], values[(3 * len(values)) // 4]


def fifth(atlas: Atlas, key: str, name: str) -> int | None:
    """In which fifth of the country's municipalities this one lies; 5 has most."""
    here = atlas.share(key, name)
    if here is None:
        return None
    order = atlas.order(name)
    return min(5, 1 + 5 * bisect_left(order, here) // len(order))


def _years(atlas: Atlas, key: str) -> Iterator[Year]:
    for year in atlas.files.years:
        counts = [atlas.files.year(one, year) for one in (key, key[:2], COUNTRY)]
        people = [atlas.people(one) for one in (key, key[:2], COUNTRY)]
        rates = [numbers.rate(n, p) for n, p in zip(counts, people, strict=True)]
        yield Year(year, counts[0], *rates)


def _spread(people: int, trend: Trend | None) -> float:
    """How many times more than luck the counts of a place vary; its own months may say more."""
    usual = OF_LARGE if people >= LARGE else DISPERSION
    return max(usual, trend.dispersion) if trend is not None else usual


def _rank(atlas: Atlas, key: str, year: int, own: float) -> RankRange | None:
    """The place among those of its size that reported the year; too few files have none."""
    sums = atlas.files.sums(year)
    if numbers.rate(sums.get(key), atlas.people(key)) is None:
        return None
    size = numbers.size_of(atlas.people(key))
    alike = [
        one
        for one in atlas.known()
        if one in sums and atlas.people(one) and numbers.size_of(atlas.people(one)) == size
    ]
    counts = [sums[one] for one in alike]
    exposures = [atlas.people(one) for one in alike]
    which = alike.index(key)
    spread = [_spread(one, None) for one in exposures]
    spread[which] = own
    return rank_range(counts, exposures, which, dispersion=spread)


def _missing(
    atlas: Atlas,
    of: Of,
    key: str,
    years: Sequence[Year],
    direction: tuple[Trend | None, int],
    compared: Sequence[Compared],
) -> Iterator[str]:
    """Say what nobody knows of this place. No report is never a zero."""
    unreported = [str(year.year) for year in years if year.count is None]
    if unreported:
        text = _("No se reportaron carpetas de %(years)s. No reportar no es cero.")
        yield text % {"years": join_names(unreported)}
    zero = [str(year.year) for year in years if year.count == 0]
    if zero:
        text = _("En %(years)s se reportaron cero carpetas: no se sabe si nadie denunció.")
        yield text % {"years": join_names(zero)}
    trend, since = direction
    if trend is None and since > years[0].year:
        text = _("Desde el salto de %(year)s hay muy pocos meses para hablar de tendencia.")
        yield text % {"year": since}
    elif trend is None:
        yield _("Hay muy pocas carpetas o muy pocos meses para hablar de tendencia o de temporada.")
    names = [str(one.indicator.name).lower() for one in compared if one.here is None]
    if names:
        yield _("No se publicó para este lugar: %(names)s.") % {"names": join_names(names)}
    if not atlas.people(key):
        yield _("No hay censo de 2020 con este municipio: no se puede calcular ninguna tasa.")
    text = _("En %(where)s hay encuesta y llamadas al 911; por municipio no las hay.")
    yield text % {"where": of.where}
    yield _("La violencia que nadie denunció no está en ninguna carpeta ni en ninguna llamada.")
    yield _("Las tasas usan la población de 2020 para todos los años: donde creció, salen de más.")
    yield _(
        "En qué se trabaja, qué tan insegura se siente la gente, quién deja la escuela y qué "
        "problemas hay: eso no está en los datos abiertos; se pregunta en asamblea."
    )
