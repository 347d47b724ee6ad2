"""What a promoter may read aloud: each sentence with how firmly it stands and what it does not say.

A grade comes from how the figure came about (counted, sampled, modelled, reported) and from how
many cases it rests on. No sentence says what violence there is: files, calls and deaths are what
somebody reported, and a survey speaks of its state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from evidencia.ranks import RankRange
from evidencia.seasons import Trend
from tequio.core.text import join_names
from tequio.territory.indicators import How, Indicator
from tequio.territory.rules import numbers
from tequio.territory.rules.jumps import Jump
from tequio.territory.rules.numbers import count, in_hundred, rate_words

# A range wider than this share of all places says that nobody knows the place.
_TOO_WIDE = 0.6
_MONTHS_NAMED = 2


class Grade(StrEnum):
    """How firmly a sentence stands."""

    FIRM = "firm"
    CAREFUL = "careful"
    UNKNOWN = "unknown"


GRADES: dict[Grade, str | Promise] = {
    Grade.FIRM: gettext_lazy("Firme"),
    Grade.CAREFUL: gettext_lazy("Con cuidado"),
    Grade.UNKNOWN: gettext_lazy("No se sabe"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence to read aloud, and beside it the one that must not be said."""

    text: str
    grade: Grade
    not_to_say: str

    @property
    def grade_words(self) -> str:
        """The grade as people read it."""
        return str(GRADES[self.grade])


@dataclass(frozen=True, slots=True)
class Of:
    """The place, its state and how both are called in a sentence."""

    place: str
    state: str
    state_key: str

    @property
    def where(self) -> str:
        """The state as it is said in a sentence: «México» alone would be the country."""
        if self.state_key == "09":
            return _("la Ciudad de México")
        if self.state_key == "15":
            return _("el Estado de México")
        return _("el estado de %(name)s") % {"name": self.state}


def people(of: Of, how_many: int) -> Spoken:
    """Say how many live there."""
    if not how_many:
        text = _("No hay censo de 2020 para %(place)s: es un municipio más nuevo.")
        return Spoken(text % {"place": of.place}, Grade.UNKNOWN, _("Que ahí no vive nadie."))
    words = {"place": of.place, "n": f"{how_many:,}"}
    return Spoken(
        _("En %(place)s vivían %(n)s personas cuando se hizo el censo de 2020.") % words,
        Grade.FIRM,
        _("Que hoy sean las mismas: desde 2020 ha pasado tiempo."),
    )


def share(one: Indicator, of: Of, here: float | None, state: float, country: float) -> Spoken:
    """Say one share beside those of the state and of the country."""
    name = str(one.name)
    if here is None:
        text = _("De %(place)s no se sabe esto: %(name)s. El dato no se publicó.")
        return Spoken(
            text % {"place": of.place, "name": name.lower()},
            Grade.UNKNOWN,
            _("Que sea cero, o igual que en el municipio de junto."),
        )
    words = {
        "among": _small(str(one.among)),
        "place": of.place,
        "said": one.said,
        "here": in_hundred(here),
        "state": in_hundred(state),
        "country": in_hundred(country),
        "where": of.where,
    }
    text = _(
        "Según los datos de 2020, %(among)s en %(place)s, %(here)s %(said)s. En %(where)s son "
        "%(state)s y en el país %(country)s."
    )
    return Spoken(
        text % words,
        Grade.FIRM if one.how is How.COUNTED else Grade.CAREFUL,
        str(one.caution) or _("Que esto sea la causa de la violencia."),
    )


def _small(text: str) -> str:
    """The same inside a sentence."""
    return text[:1].lower() + text[1:]


def homicides(of: Of, deaths: int | None, people_here: int, country: float) -> Spoken:
    """Say the deaths of three years, for the whole municipality and no part of it."""
    not_to_say = _(
        "Que sean feminicidios, ni que digan algo de una colonia: son de todo el municipio, de "
        "hombres y de mujeres."
    )
    if deaths is None:
        text = _("De %(place)s no hay un dato de homicidios.") % {"place": of.place}
        return Spoken(text, Grade.UNKNOWN, _("Que no hubo ninguno."))
    found = numbers.rate(deaths, people_here, years=3)
    words = {
        "place": of.place,
        "n": count(deaths),
        "rate": rate_words(found),
        "country": rate_words(country),
    }
    if deaths == 0:
        text = _("Entre 2019 y 2021 no se registró ninguna muerte por homicidio en %(place)s.")
        return Spoken(text % words, Grade.CAREFUL, _("Que el lugar sea seguro para las mujeres."))
    if found is None:
        text = _(
            "Entre 2019 y 2021 se registraron %(n)s muertes por homicidio en %(place)s. Son pocas "
            "para compararlas con otros lugares."
        )
        return Spoken(text % words, Grade.CAREFUL, not_to_say)
    text = _(
        "Entre 2019 y 2021 se registraron %(n)s muertes por homicidio en %(place)s: cada año "
        "%(rate)s por cada 100 mil personas. En el país fueron %(country)s."
    )
    return Spoken(text % words, Grade.CAREFUL, not_to_say)


def files(of: Of, year: int, cases: int | None, people_here: int) -> Spoken:
    """Say the files of the last year: what was reported, and not what happened."""
    words = {"place": of.place, "year": year}
    if cases is None:
        text = _("De %(place)s no se reportaron las carpetas por violencia familiar de %(year)s.")
        not_to_say = _("Que no hubo violencia. No reportar no es cero.")
        return Spoken(text % words, Grade.UNKNOWN, not_to_say)
    if cases == 0:
        text = _(
            "En %(year)s se reportaron cero carpetas por violencia familiar en %(place)s. Cero "
            "carpetas no es cero violencia: puede ser que no haya dónde denunciar."
        )
        return Spoken(text % words, Grade.UNKNOWN, _("Que en este lugar no hay violencia."))
    words |= {"files": numbers.files_words(cases)}
    found = numbers.rate(cases, people_here)
    not_to_say = _(
        "Que esos sean los casos de violencia: son los que alguien denunció y la fiscalía anotó. "
        "Más carpetas puede ser más violencia, más confianza para denunciar o mejor registro."
    )
    if found is None:
        text = _(
            "En %(year)s la fiscalía abrió %(files)s por violencia familiar en %(place)s. Son "
            "pocas para compararlas con otros lugares."
        )
        return Spoken(text % words, Grade.CAREFUL, not_to_say)
    words |= {"rate": rate_words(found)}
    text = _(
        "En %(year)s la fiscalía abrió %(files)s por violencia familiar en %(place)s: %(rate)s "
        "por cada 100 mil personas."
    )
    return Spoken(text % words, Grade.CAREFUL, not_to_say)


def place_among(of: Of, found: RankRange, size: int) -> Spoken:
    """Say between which places it stands, or that nobody can tell."""
    words = {
        "place": of.place,
        "among": f"{found.among:,}",
        "size": numbers.size_words(size),
        "first": f"{found.first:,}",
        "last": f"{found.last:,}",
    }
    not_to_say = _(
        "Un lugar exacto, ni «el municipio más violento»: cuenta carpetas, no violencia."
    )
    if (found.last - found.first) > _TOO_WIDE * found.among:
        text = _(
            "Entre los %(among)s municipios %(size)s, no se puede decir qué lugar ocupa "
            "%(place)s por sus carpetas: puede ser del %(first)s al %(last)s."
        )
        return Spoken(text % words, Grade.UNKNOWN, not_to_say)
    text = _(
        "Entre los %(among)s municipios %(size)s, contando de más a menos carpetas por persona, "
        "%(place)s está entre el lugar %(first)s y el %(last)s."
    )
    return Spoken(text % words, Grade.CAREFUL, not_to_say)


def trend(of: Of, found: Trend, first: int, last: int) -> Spoken:
    """Say which way the years go, or that nobody can tell."""
    words = {
        "place": of.place,
        "first": first,
        "last": last,
        "about": abs(round(100 * found.yearly)),
        "low": round(100 * min(abs(found.low), abs(found.high))),
        "high": round(100 * max(abs(found.low), abs(found.high))),
    }
    if found.rises:
        text = _(
            "Entre %(first)s y %(last)s las carpetas por violencia familiar de %(place)s subieron "
            "cerca de %(about)s %% cada año (entre %(low)s y %(high)s %%)."
        )
        return Spoken(text % words, Grade.CAREFUL, _("Que la violencia haya subido lo mismo."))
    if found.falls:
        text = _(
            "Entre %(first)s y %(last)s las carpetas por violencia familiar de %(place)s bajaron "
            "cerca de %(about)s %% cada año (entre %(low)s y %(high)s %%)."
        )
        return Spoken(
            text % words,
            Grade.CAREFUL,
            _("Que la violencia haya bajado: puede ser que se denuncie menos."),
        )
    text = _(
        "Entre %(first)s y %(last)s no se puede decir si las carpetas de %(place)s suben o bajan."
    )
    return Spoken(text % words, Grade.UNKNOWN, _("Que nada ha cambiado."))


def season(found: Trend) -> Spoken:
    """Say which months of the year stand out, or that none does; only those are named."""
    if not found.seasonal:
        return Spoken(
            _("No se distingue un mes del año con más carpetas que los demás."),
            Grade.UNKNOWN,
            _("Que la violencia tenga temporada, o que no la tenga."),
        )
    words = {
        "most": _named(sorted(found.most[:_MONTHS_NAMED])),
        "least": _named(sorted(found.least[:_MONTHS_NAMED])),
    }
    if found.most and found.least:
        text = _("Cada año se abren más carpetas por día en %(most)s, y menos en %(least)s.")
    elif found.most:
        text = _("Cada año se abren más carpetas por día en %(most)s que en el resto del año.")
    else:
        text = _("Cada año se abren menos carpetas por día en %(least)s que en el resto del año.")
    return Spoken(
        text % words,
        Grade.CAREFUL,
        _("Que en los otros meses haya menos violencia: también cambia cuándo se puede denunciar."),
    )


def _named(months: Sequence[int]) -> str:
    names = [str(MONTHS[month + 1]) for month in months]
    spanish = (get_language() or "es").startswith("es")
    return join_names([name.lower() if spanish else name for name in names])


def jump(where: str, found: Jump) -> Spoken:
    """Say that a count jumped: what is written down changes faster than what happens."""
    words = {
        "where": where,
        "before": f"{found.before:,}",
        "after": f"{found.after:,}",
        "first": found.year - 1,
        "year": found.year,
    }
    text = _(
        "En %(where)s las carpetas pasaron de %(before)s en %(first)s a %(after)s en %(year)s. Un "
        "salto así suele ser un cambio en cómo se anota: antes y después no se comparan."
    )
    return Spoken(text % words, Grade.UNKNOWN, _("Que la violencia haya dado ese salto."))


def survey(of: Of, row: dict[str, float] | None) -> Spoken:
    """Say what women of the state told; never of the municipality."""
    if not row or "any_at" not in row:
        text = _("En %(where)s la encuesta no alcanzó mujeres suficientes.") % {"where": of.where}
        return Spoken(text, Grade.UNKNOWN, _("Que no haya violencia."))
    words = {
        "where": of.where,
        "at": in_hundred(row["any_at"]),
        "low": round(row["any_low"]),
        "high": round(row["any_high"]),
    }
    text = _(
        "En %(where)s, según la encuesta de 2016, de cada 100 mujeres que han tenido pareja "
        "%(at)s contaron violencia de la actual o de la última (entre %(low)s y %(high)s)."
    )
    not_to_say = _("Que en %(place)s sea igual: la encuesta alcanza para el estado, no para aquí.")
    return Spoken(text % words, Grade.CAREFUL, not_to_say % {"place": of.place})


def calls(
    of: Of, year: int, how_many: int | None, state: float | None, country: float | None
) -> Spoken:
    """Say the calls of the state with their rate; there are none by municipality."""
    if how_many is None or state is None:
        text = _("De %(where)s no hay llamadas al 911 publicadas de todo %(year)s.")
        return Spoken(
            text % {"where": of.where, "year": year}, Grade.UNKNOWN, _("Que nadie llamó.")
        )
    words = {
        "where": of.where,
        "year": year,
        "n": f"{how_many:,}",
        "rate": rate_words(state),
        "country": rate_words(country),
    }
    text = _(
        "En %(where)s hubo %(n)s llamadas al 911 por violencia familiar en %(year)s: %(rate)s por "
        "cada 100 mil personas. En el país fueron %(country)s."
    )
    return Spoken(
        text % words,
        Grade.CAREFUL,
        _(
            "Que fueran tantas mujeres: de un hecho pueden llamar varias personas, y muchas nunca. "
            "Ni que donde hay más llamadas haya más violencia: cada estado las anota a su modo."
        ),
    )
