"""A kept result in words: what `result.json` says, without anything that computes.

Numbers are written with their denominator, what is missing beside them, and what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evidencia.levels import HALF, LEVELS, WITHIN
from evidencia.words import CODES, say
from evidencia.words.badges import FIRM, MANDATORY, badge
from evidencia.words.table import Language
from tequio.core.text import join_names
from tequio.studies.rules import arms as naming
from tequio.studies.rules.releasing import BASE, LEAST, PERCENT_FROM

Json = Mapping[str, Any]
_BY: Final = "≤ "
# What an evaluation says of days until something: tests hold it to `evidencia.analysis.waiting`,
# which computes and which no page loads.
DAYS: Final = ("30", "90")
STRENGTHS: Final = ("none", "very_weak", "weak", "moderate", "strong")


@dataclass(frozen=True, slots=True)
class Said:
    """One finding, ready to be read aloud, with what must not be said."""

    outcome: str
    look: str
    badge: str
    firm: bool
    # From 0 to 4, and its name; 0 without a name for what has no strength.
    strength: int
    strength_word: str
    headline: str
    mandatory: tuple[str, ...]
    said: tuple[str, ...]
    because: tuple[str, ...]
    must_not: tuple[str, ...]
    needed: tuple[str, ...]
    primary: bool


@dataclass(frozen=True, slots=True)
class Number:
    """One estimate with its interval, its denominator, what is missing and what it means."""

    outcome: str
    label: str
    informant: str
    wave: str
    contrast: str
    method: str
    role: str
    value: str
    low: str
    high: str
    # As they are drawn; None where the interval has no end.
    at: float
    at_low: float | None
    at_high: float | None
    n: str
    of: str
    missing: str
    # A share or a day of the group itself: no difference, and without a sign.
    level: bool
    # So many times as much: no change is 1.
    ratio: bool
    percent: bool
    better: str


def language() -> Language:
    """Return the reader's language, of the two that results speak."""
    return "en" if (get_language() or "es").startswith("en") else "es"


def said(result: Json) -> tuple[Said, ...]:
    """Return the findings in their order."""
    primary = {one["name"] for one in result["outcomes"] if one["primary"]}
    labels = {one["name"]: one["label"] for one in result["outcomes"]}
    arms = result.get("arms", ())
    return tuple(_said(one, primary, labels, arms) for one in result["findings"])


def notes(result: Json) -> tuple[str, ...]:
    """Return what has to be read beside all of it, each sentence once."""
    texts = [_text(one["note"]) for one in result["warnings"]]
    if any(one["violence"] for one in result["outcomes"]):
        texts.insert(0, say("reports.limits.reported", language()))
    texts.append(
        _(
            "Ninguna cuenta es de menos de %(least)s personas; las demás están redondeadas de "
            "%(base)s en %(base)s, y no hay porcentajes ni promedios de menos de %(percent)s."
        )
        % {"least": LEAST, "base": BASE, "percent": PERCENT_FROM}
    )
    return tuple(dict.fromkeys(texts))


def numbers(result: Json) -> tuple[Number, ...]:
    """Return every estimate that was published, those of the question first."""
    outcomes = {one["name"]: one for one in result["outcomes"]}
    steps = {(one["outcome"], one["informant"], one["wave"]): one for one in _steps_of_all(result)}
    arms = result.get("arms", ())
    found = [_number(one, outcomes[one["outcome"]], steps, arms) for one in result["estimates"]]
    order = {"primary": 0, "descriptive": 1, "secondary": 2, "sensitivity": 3}
    return tuple(sorted(found, key=lambda one: order.get(one.role, 4)))


def withheld(result: Json) -> tuple[str, ...]:
    """Return the measures of the plan of which nothing could be published."""
    there = {one["outcome"] for one in result["estimates"]}
    return tuple(one["label"] for one in result["outcomes"] if one["name"] not in there)


def unsaid(result: Json) -> tuple[str, ...]:
    """Return what is not published of days until something of which another number is."""
    of_days = [one for one in result["outcomes"] if one["kind"] == "time_to_event"]
    return tuple(text for one in of_days for text in _unsaid(one, result["estimates"]))


def _unsaid(outcome: Json, estimates: Sequence[Json]) -> Iterator[str]:
    """Yield why each is not there: how few there were, and on which side, is not told apart."""
    mine = [one for one in estimates if one["outcome"] == outcome["name"]]
    there = {one["contrast"].removeprefix(_BY) for one in mine if one["method"] == WITHIN}
    days = [by for by in DAYS if by not in there]
    if mine and days:
        yield _(
            "De «%(label)s» no se publica cuántas lo tenían a los %(days)s días: no se vio a "
            "suficientes por tanto tiempo, o el número señalaría a alguien."
        ) % {"label": outcome["label"], "days": join_names(days)}
    if mine and all(one["method"] != HALF for one in mine):
        yield _(
            "De «%(label)s» no se publica el día en que ya lo tenía la mitad: no llegaron a la "
            "mitad, o el número señalaría a alguien."
        ) % {"label": outcome["label"]}


def method(slug: str) -> str:
    """Name a method; the slug itself where it has no name."""
    code = f"reports.method.{slug}"
    return say(code, language()) if code in CODES else slug.replace("_", " ")


def _said(one: Json, primary: set[str], labels: Mapping[str, str], arms: Sequence[str]) -> Said:
    headline, *more = one["may_say"]

    def texts(kept: Sequence[Json]) -> tuple[str, ...]:
        return tuple(naming.in_text(_text(each), arms) for each in kept)

    always = [note for note in more if note["code"] in MANDATORY]
    rest = [note for note in more if note["code"] not in MANDATORY]
    look, word = badge(
        one["code"], one["verdict"], one["strength"], [note["code"] for note in always]
    )
    graded = one["verdict"] not in ("descriptive", "refused")
    level = STRENGTHS.index(one["strength"]) if graded else 0
    return Said(
        outcome=labels.get(one["outcome"] or "", ""),
        look=look,
        badge=say(f"reports.verdict.{word}", language()),
        firm=word in FIRM,
        strength=level,
        strength_word=say(f"reports.strength.{one['strength']}", language()) if graded else "",
        headline=naming.in_text(_text(headline), arms),
        mandatory=texts(always),
        said=texts(rest),
        because=texts(one["reasons"]),
        must_not=texts(one["must_not_say"]),
        needed=texts(one["to_know_more"]),
        primary=one["outcome"] in primary,
    )


def _text(note: Json) -> str:
    return str(note[language()])


def _steps_of_all(result: Json) -> Iterator[Json]:
    """Yield how many answered at each wave, of all arms together."""
    together: dict[tuple[str, str | None, str | None], dict[str, Any]] = {}
    for step in result["flow"]["steps"]:
        key = (step["outcome"], step["informant"], step["wave"])
        one = together.setdefault(
            key,
            {**step, "n_expected": 0, "n_observed": 0},
        )
        one["n_expected"] += step["n_expected"]
        one["n_observed"] += step["n_observed"]
    yield from together.values()


def _number(one: Json, outcome: Json, steps: Mapping[Any, Json], arms: Sequence[str]) -> Number:
    ratio = one["scale"] == "log"
    level = one["method"] in LEVELS
    percent = outcome["kind"] == "binary" and not ratio and one["method"] != "dose_response"
    percent = percent or one["method"] == WITHIN
    step = steps.get((one["outcome"], one["informant"], one["wave"]))
    expected = step["n_expected"] if step else 0
    observed = step["n_observed"] if step else 0

    def write(value: float | None) -> str:
        if value is None:
            return "∞"
        text = _written(value, percent=percent, ratio=ratio)
        return text.lstrip("+") if level else text

    def drawn(value: float | None) -> float | None:
        return None if value is None else _drawn(value, percent=percent, ratio=ratio)

    return Number(
        outcome=one["outcome"],
        label=outcome["label"],
        informant=one["informant"] or "",
        wave=one["wave"] or "",
        contrast=_contrast(one, arms),
        method=method(one["method"]),
        role=one["role"],
        value=write(one["estimate"]),
        low=write(one["ci_low"]),
        high=write(one["ci_high"]),
        at=drawn(one["estimate"]) or 0.0,
        at_low=drawn(one["ci_low"]),
        at_high=drawn(one["ci_high"]),
        n=_people(one["n_units"]),
        of=_people(expected),
        missing=_people(max(0, expected - observed)) if observed else "",
        level=level,
        ratio=ratio,
        percent=percent,
        better=_("menos es mejor")
        if outcome["direction"] == "lower_is_better" and one["method"] != WITHIN
        else _("más es mejor"),
    )


def _contrast(one: Json, arms: Sequence[str]) -> str:
    """Say what a level is of; a difference says its two moments, or its two arms."""
    if one["method"] == WITHIN:
        return _("en %(n)s días o menos") % {"n": one["contrast"].removeprefix(_BY)}
    return (
        _("el día en que ya lo tenía la mitad")
        if one["method"] == HALF
        else naming.in_contrast(one["contrast"], arms)
    )


def _people(n: int) -> str:
    """Write a count; what is hidden was kept as 0."""
    return f"{n:,}" if n >= LEAST else _("menos de %(least)s") % {"least": LEAST}


def _drawn(value: float, *, percent: bool, ratio: bool) -> float:
    if ratio:
        return exp(min(value, 50.0))
    return 100 * value if percent else value


def _written(value: float, *, percent: bool, ratio: bool) -> str:
    number = _drawn(value, percent=percent, ratio=ratio)
    if ratio:
        return f"×{number:,.2f}"
    text = f"{abs(number):,.0f}" if percent else f"{abs(number):,.3g}"
    sign = "−" if number < 0 else "+"
    return text if not text.strip("0.,") else f"{sign}{text}"
