"""Her questionnaires as their page shows them: moments, what is half done, what she answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from tequio.core.codes import code_of
from tequio.instruments import definitions
from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item
from tequio.instruments.rules.flags import raised
from tequio.survivors import words
from tequio.survivors.rules import moments
from tequio.survivors.rules.moments import Moment
from tequio.survivors.rules.sheets import Assessment, Consent, Contact, Held
from tequio.survivors.words import word


@dataclass(frozen=True, slots=True)
class Asks:
    """One questionnaire of a moment: its name, and where it stands."""

    slug: str
    name: str
    answered: bool


@dataclass(frozen=True, slots=True)
class MomentLine:
    """One moment of hers in words."""

    moment: Moment
    name: str
    standing: str
    asks: tuple[Asks, ...]
    # The last time that somebody spoke with her about it, or tried to.
    last: str

    @property
    def code(self) -> str:
        """Its short name."""
        return self.moment.label


@dataclass(frozen=True, slots=True)
class Answered:
    """One questionnaire, begun or answered."""

    id: UUID
    name: str
    on: date
    about: str
    done: bool
    # What its paper carries.
    code: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """What she answered on one day, at one moment."""

    on: date
    about: str
    answered: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of her questionnaires shows."""

    consent: Consent | None
    may_be_asked: bool
    moments: tuple[MomentLine, ...]
    begun: tuple[Answered, ...]
    answered: tuple[Answered, ...]

    @property
    def so_far(self) -> tuple[MomentLine, ...]:
        """Her moments up to the one that comes next."""
        return self.moments[: len(self.moments) - len(self.later)]

    @property
    def later(self) -> tuple[MomentLine, ...]:
        """Those after it."""
        coming = [one for one in self.moments if one.standing == "coming"]
        return tuple(coming[1:])

    @property
    def times(self) -> tuple[Time, ...]:
        """What she answered, by day and moment, the newest first."""
        days = groupby(self.answered, key=lambda one: (one.on, one.about))
        return tuple(Time(on, said, tuple(found)) for (on, said), found in days)


@dataclass(frozen=True, slots=True)
class Said:
    """One question with her answer in words."""

    question: str
    answer: str
    given: bool
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A whole answer of hers, opened."""

    id: UUID
    sheet: Assessment
    name: str
    about: str
    said: tuple[Said, ...]
    flags: tuple[str, ...]
    notice: str


def page(held: Sequence[Held], today: date) -> Page:
    """Put the page together."""
    bodies = [one.body for one in held]
    found = [line(one) for one in held if isinstance(one.body, Assessment)]
    found.sort(key=lambda one: one.name)
    found.sort(key=lambda one: (one.on, one.about), reverse=True)
    return Page(
        consent=moments.consent(bodies),
        may_be_asked=moments.may_be_asked(bodies, today),
        moments=tuple(_moment(one, today) for one in moments.of(bodies)),
        begun=tuple(one for one in found if not one.done),
        answered=tuple(one for one in found if one.done),
    )


def line(held: Held) -> Answered:
    """Say one questionnaire."""
    sheet = held.body
    assert isinstance(sheet, Assessment)  # noqa: S101 -- the caller asked for this kind
    code = "" if sheet.done else code_of(UUID(sheet.number))
    return Answered(held.id, name_of(sheet), sheet.on, about(sheet), sheet.done, code)


def opened(held: Held) -> Opened:
    """Return what she answered, question by question. The caller wrote down who reads."""
    sheet = held.body
    assert isinstance(sheet, Assessment)  # noqa: S101 -- the caller asked for this kind
    whole = instrument_of(sheet)
    if whole is None:
        said = tuple(Said(name, value, given=True) for name, value in sheet.answers.items())
        return Opened(held.id, sheet, sheet.slug, about(sheet), said, (), "")
    flags = raised(whole, sheet.answers)
    return Opened(
        id=held.id,
        sheet=sheet,
        name=whole.name.now(),
        about=about(sheet),
        said=tuple(_said(whole, sheet.answers, sheet.missing)),
        flags=tuple(words.words(words.FLAGS, [one.kind for one in flags])),
        notice=notice(whole),
    )


def said_in(says: Mapping[str, Any]) -> tuple[Said, ...]:
    """Return in words what came without saying whose it is, for whoever has to find out."""
    given = says.get("answers")
    if not isinstance(given, dict):
        return ()
    found = definitions.find(str(says.get("form", "")), str(says.get("version", "")))
    if found is None:
        return tuple(Said(name, value, given=True) for name, value in given.items())
    return tuple(_said(found.instrument, given, {}))


def instrument_of(sheet: Assessment) -> Instrument | None:
    """Return exactly what was asked; None for a form that did not come with the system."""
    found = definitions.find(sheet.slug, sheet.version)
    return found.instrument if found and found.sha256 == sheet.sha256 else None


def notice(whole: Instrument) -> str:
    """Say whose words these are, and what is not known of them."""
    said = whole.rights.notice.now()
    whose = "" if whole.attribution in said else f"{whole.attribution}. "
    return f"{whose}{said} {whole.validation}"


def name_of(sheet: Assessment) -> str:
    """Say what a questionnaire is called."""
    found = definitions.find(sheet.slug, sheet.version)
    return found.instrument.name.now() if found else sheet.slug


def about(sheet: Assessment) -> str:
    """Say when it was asked and how."""
    parts = (word(words.WAVES, sheet.wave), word(words.HOW_ANSWERED, sheet.how))
    return " · ".join(part for part in parts if part)


def _moment(one: Moment, today: date) -> MomentLine:
    known = definitions.shipped()
    return MomentLine(
        moment=one,
        name=word(words.WAVES, one.label),
        standing=_standing(one, today),
        asks=tuple(
            Asks(slug, known[slug].instrument.name.now(), slug in one.done) for slug in one.asks
        ),
        last=_last(one.tried),
    )


def _standing(one: Moment, today: date) -> str:
    if not one.left:
        return "done"
    if one.declined:
        return "declined"
    return "left" if one.after_leaving else one.standing(today)


def _last(tried: Sequence[Contact]) -> str:
    if not tried:
        return ""
    last = tried[-1]
    return word(words.ASKED, last.asked) if last.asked else word(words.REACHED, last.reached)


def _said(
    whole: Instrument, answers: Mapping[str, str], missing: Mapping[str, str]
) -> Iterator[Said]:
    for item in whole.questions:
        value = answers.get(item.id, "")
        why = missing.get(item.id, "prefers_not" if value else "left_open")
        if value and value != PREFERS_NOT:
            urgent = _raises(whole, item, answers)
            yield Said(item.text.now(), _answer(whole, item, value), given=True, urgent=urgent)
        elif why != "not_asked":
            yield Said(item.text.now(), word(words.MISSING, why), given=False)


def _raises(whole: Instrument, item: Item, answers: Mapping[str, str]) -> bool:
    """Tell whether a person reads this answer before the others."""
    given = set(answers.get(item.id, "").split())
    return any(flag.item == item.id and given & set(flag.answers) for flag in whole.flags)


def _answer(whole: Instrument, item: Item, value: str) -> str:
    labels = {one.code: one.label.now() for one in whole.choices.get(item.choices, ())}
    if item.kind == "many":
        return "; ".join(labels.get(code, code) for code in value.split())
    return labels.get(value, value)
