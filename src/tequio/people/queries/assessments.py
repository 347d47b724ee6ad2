"""What a man was asked, and to those who may read it, what he answered and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.instruments import definitions
from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item
from tequio.instruments.rules.asking import is_asked
from tequio.instruments.rules.scoring import Score, scores
from tequio.people import sealed_answers
from tequio.people.asked import asked_in
from tequio.people.models import Assessment, Participant


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that he was asked, as the list shows it."""

    name: str
    wave: str
    state: str
    on: date
    # Empty for who may not read, or not go on.
    url: str


@dataclass(frozen=True, slots=True)
class Said:
    """One question with its answer in words."""

    question: str
    answer: str
    given: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One scale in words: the number, what it took, and which cut-off it reaches."""

    name: str
    number: str
    of: str
    verdict: str
    note: str
    direction: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A whole answer, opened."""

    row: Assessment
    instrument: Instrument
    on: date
    said: tuple[Said, ...]
    scored: tuple[Scored, ...]


def history(user: User, man: Participant) -> tuple[Line, ...]:
    """Return what he was asked, the newest first; whoever only facilitates sees no answer."""
    reads = user.scope(Permission.ASSESSMENT_READ) is Scope.ORGANISATION
    asks = user.scope(Permission.ASSESSMENT_ASK) is not None
    rows = man.assessments.defer("answers", "draft").order_by("-started_at", "-pk")
    return tuple(_line(user, row, reads=reads, asks=asks) for row in rows)


def _line(user: User, row: Assessment, *, reads: bool, asks: bool) -> Line:
    done = row.state == Assessment.State.DONE
    if done:
        url = reverse("people:assessment", kwargs={"assessment_id": row.pk})
    elif row.how == Assessment.How.PAPER:
        url = reverse("people:type-in", kwargs={"sitting_id": row.pk})
    else:
        url = reverse("people:ask", kwargs={"sitting_id": row.pk})
    may = reads if done else asks
    found = definitions.find(row.instrument, row.version)
    return Line(
        name=found.instrument.name.now() if found else row.instrument,
        wave=row.wave,
        state=_state(row),
        on=(row.finished_at or row.started_at).astimezone(_zone(user)).date(),
        url=url if may else "",
    )


def _state(row: Assessment) -> str:
    if row.state == Assessment.State.DRAFT and row.how == Assessment.How.ALONE:
        return _("Tiene un enlace; todavía no contesta")
    if row.state == Assessment.State.DRAFT and row.how == Assessment.How.PAPER:
        return _("Impreso; falta capturarlo")
    return str(Assessment.State(row.state).label)


def opened(user: User, row: Assessment) -> Opened:
    """Open an answer. The caller has checked who reads, and written it down."""
    whole, answers = asked_in(row), sealed_answers.answers_of(row)
    return Opened(
        row=row,
        instrument=whole,
        on=(row.finished_at or row.started_at).astimezone(_zone(user)).date(),
        said=tuple(_said(whole, answers)),
        scored=tuple(in_words(whole, score) for score in scores(whole, answers)),
    )


def _said(whole: Instrument, answers: Mapping[str, str]) -> Iterator[Said]:
    for item in whole.questions:
        value = answers.get(item.id, "")
        if value:
            yield Said(item.text.now(), answer_in_words(whole, item, value), given=True)
        elif is_asked(whole, item, answers):
            yield Said(item.text.now(), _("Sin contestar"), given=False)


def answer_in_words(whole: Instrument, item: Item, value: str) -> str:
    """Return an answer as it was read."""
    if value == PREFERS_NOT:
        return _("Prefiere no decir")
    labels = {one.code: one.label.now() for one in whole.choices.get(item.choices, ())}
    if item.kind == "many":
        return "; ".join(labels.get(code, code) for code in value.split())
    return labels.get(value, value)


def in_words(whole: Instrument, score: Score) -> Scored:
    """Return a score as a person reads it: what is missing always stands beside it."""
    scale = whole.the_scale(score.scale)
    directions = {
        "higher_is_worse": _("más es peor"),
        "higher_is_better": _("más es mejor"),
        "neither": "",
    }
    return Scored(
        name=scale.name.now(),
        number=_number(score.value) if score.value is not None else _("No se puede calcular"),
        of=_("%(answered)s de %(total)s respuestas")
        % {"answered": score.answered, "total": score.total},
        verdict=_verdict(score),
        note=_note(score, scale.least_answered),
        direction=directions[scale.direction],
    )


def _verdict(score: Score) -> str:
    if score.value is None or not score.cut_offs:
        return ""
    highest = score.highest
    if highest is None:
        least = min(one.cut_off.at for one in score.cut_offs)
        return _("No llega al primer corte (%(at)s)") % {"at": least}
    return _("Llega a %(at)s: %(means)s (%(source)s)") % {
        "at": highest.at,
        "means": highest.means.now(),
        "source": highest.source,
    }


def _note(score: Score, least: int) -> str:
    parts = []
    if score.value is None:
        parts.append(_("Hacen falta %(least)s respuestas.") % {"least": least})
    if score.prorated:
        parts.append(_("Prorrateado: se completó con el promedio de lo que contestó."))
    if score.preferred_not:
        parts.append(_("Prefirió no decir: %(n)s.") % {"n": score.preferred_not})
    return " ".join(parts)


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _zone(user: User) -> ZoneInfo:
    return ZoneInfo(user.organisation.timezone)
