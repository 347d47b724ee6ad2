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
from tequio.studies.rules.releasing import BASE, LEAST, PERCENT_FROM

Json = Mapping[str, Any]
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
    percent: bool
    better: str


def language() -> Language:
    """Return the reader's language, of the two that results speak."""
    return "en" if (get_language() or "es").startswith("en") else "es"


def said(result: Json) -> tuple[Said, ...]:
    """Return the findings in their order."""
    primary = {one["name"] for one in result["outcomes"] if one["primary"]}
    labels = {one["name"]: one["label"] for one in result["outcomes"]}
    return tuple(_said(one, primary, labels) for one in result["findings"])


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
    found = [_number(one, outcomes[one["outcome"]], steps) for one in result["estimates"]]
    order = {"primary": 0, "descriptive": 1, "secondary": 2, "sensitivity": 3}
    return tuple(sorted(found, key=lambda one: order.get(one.role, 4)))


def withheld(result: Json) -> tuple[str, ...]:
    """Return the measures of the plan of which nothing could be published."""
    there = {one["outcome"] for one in result["estimates"]}
    return tuple(one["label"] for one in result["outcomes"] if one["name"] not in there)


def method(slug: str) -> str:
    """Name a method; the slug itself where it has no name."""
    code = f"reports.method.{slug}"
    return say(code, language()) if code in CODES else slug.replace("_", " ")


def _said(one: Json, primary: set[str], labels: Mapping[str, str]) -> Said:
    headline, *more = one["may_say"]
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
        headline=_text(headline),
        mandatory=_texts(always),
        said=_texts(rest),
        because=_texts(one["reasons"]),
        must_not=_texts(one["must_not_say"]),
        needed=_texts(one["to_know_more"]),
        primary=one["outcome"] in primary,
    )


def _texts(kept: Sequence[Json]) -> tuple[str, ...]:
    return tuple(_text(one) for one in kept)


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


def _number(one: Json, outcome: Json, steps: Mapping[Any, Json]) -> Number:
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
        contrast=_contrast(one),
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
        percent=percent,
        better=_("menos es mejor")
        if outcome["direction"] == "lower_is_better" and one["method"] != WITHIN
        else _("más es mejor"),
    )


def _contrast(one: Json) -> str:
    """Say what a level is of; a difference says its two moments."""
    if one["method"] == WITHIN:
        return _("en %(n)s días o menos") % {"n": one["contrast"].removeprefix("≤ ")}
    return _("el día en que ya lo tenía la mitad") if one["method"] == HALF else one["contrast"]


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
