"""Each kind of sheet as one line that can be read: on the page of a case and along her journey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.text import join_names
from tequio.instruments import definitions
from tequio.letters import talks
from tequio.survivors import words
from tequio.survivors.catalogues import agreements
from tequio.survivors.rules.sheets import (
    Assessment,
    Child,
    Closure,
    Consent,
    Contact,
    DataRequest,
    Duty,
    GroupPlace,
    Held,
    Instruction,
    Invitation,
    Link,
    Measure,
    Offer,
    Order,
    Plan,
    Referral,
    Reopening,
    Report,
    Risk,
    SafeContact,
    Service,
    Who,
)
from tequio.survivors.words import word
from tequio.ui.templatetags.ui import day as day_words


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in a pill; `kind` says whether somebody has to look."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sheet in words."""

    title: str
    on: date | None = None
    text: str = ""
    marks: tuple[Mark, ...] = ()
    id: UUID | None = None
    # What was written at length; shown folded.
    more: tuple[tuple[str, str], ...] = field(default=())


def line(held: Held, today: date) -> Line:
    """Return a sheet in words."""
    title, on, text, marks = _WRITERS[held.body.KIND](held.body, today)
    return Line(str(title), on, str(text), tuple(marks), held.id)


Written = tuple[object, date | None, object, list[Mark]]


def _who(sheet: Who, _today: date) -> Written:
    return _("Quién es"), None, sheet.arrived_by, []


def _card(sheet: SafeContact, _today: date) -> Written:
    return _("Tarjeta de contacto seguro"), sheet.verified_on, "", []


def _contact(sheet: Contact, _today: date) -> Written:
    minutes = (
        ngettext("%(n)s min", "%(n)s min", sheet.minutes) % {"n": sheet.minutes}
        if sheet.minutes
        else ""
    )
    parts = [word(words.REACHED, sheet.reached), minutes, sheet.said]
    marks = [Mark(word(words.BEGAN, "she"), "still")] if sheet.began == "she" else []
    if sheet.wave:
        about = word(words.ASKED, sheet.asked) if sheet.asked else word(words.WAVES, sheet.wave)
        marks.append(Mark(_("Preguntas: %(what)s") % {"what": about.lower()}, "still"))
    return word(words.CHANNELS, sheet.how), sheet.on, _dots(parts), marks


def _consent(sheet: Consent, today: date) -> Written:
    until = _until(sheet.until)
    over = sheet.decision == "given" and not sheet.holds(today)
    marks = [Mark(_("Se acabó"), "look")] if over else []
    said = f"{agreements.title(sheet.purpose)}: {word(words.DECISIONS, sheet.decision)}"
    return said, sheet.on, _dots([sheet.only, until]), marks


def _link(sheet: Link, _today: date) -> Written:
    wants = join_names([w.lower() for w in words.words(words.TOLD, sheet.wants)])
    said = (
        _("Quiere saber: %(what)s") % {"what": wants} if wants else _("No quiere saber nada de él")
    )
    marks = [Mark(_("Ya no está ligado"), "still")] if sheet.ended_on else []
    title = f"{sheet.folio} · {word(words.RELATIONS, sheet.relation)}"
    return title, sheet.on, _dots([said, sheet.how_told]), marks


def _service(sheet: Service, _today: date) -> Written:
    if sheet.dropped_on:
        marks = [Mark(_("Ya no lo quiere"), "still")]
    elif sheet.days is None:
        marks = [Mark(_("Espera"), "look")]
    else:
        n = sheet.days
        marks = [Mark(ngettext("En %(n)s día", "En %(n)s días", n) % {"n": n})]
    return word(words.NEEDS, sheet.need), sheet.asked_on, _dots([sheet.where, sheet.words]), marks


def _child(sheet: Child, _today: date) -> Written:
    title = f"{sheet.initial}. · {word(words.AGES, sheet.age)}"
    measures = join_names(words.words(words.CHILD_MEASURES, sheet.measures))
    lives = word(words.LIVES_WITH, sheet.lives_with) if sheet.lives_with else ""
    return title, sheet.on, _dots([lives, sheet.school, sheet.situation, measures]), []


def _measure(sheet: Measure, today: date) -> Written:
    over = sheet.ended_on or (sheet.until and sheet.until < today)
    marks = [Mark(_("Terminó"), "still")] if over else []
    return (
        word(words.SEPARATING, sheet.what),
        sheet.on,
        _dots([_until(sheet.until), sheet.words]),
        marks,
    )


def _place(sheet: GroupPlace, _today: date) -> Written:
    came = sum(one.there for one in sheet.attended)
    held = len(sheet.attended)
    said = (
        _("Vino a %(came)s de %(held)s") % {"came": came, "held": held}
        if held
        else _("Todavía no se reúne")
    )
    marks = [Mark(_("Salió"), "still")] if sheet.left_on else []
    return sheet.group, sheet.on, said, marks


def _order(sheet: Order, today: date) -> Written:
    holds = sheet.in_force(today)
    marks = [Mark(_("Vale")) if holds else Mark(_("Ya no vale"), "problem")]
    if sheet.breaches:
        n = len(sheet.breaches)
        marks.append(Mark(ngettext("%(n)s violación", "%(n)s violaciones", n) % {"n": n}, "look"))
    terms = join_names(words.words(words.TERMS, sheet.terms))
    title = f"{sheet.authority} {sheet.number}".strip()
    parts = [word(words.ORDERS, sheet.kind), terms, _until(sheet.expires_on), sheet.words]
    return title, sheet.issued_on, _dots(parts), marks


def _plan(sheet: Plan, _today: date) -> Written:
    on = sheet.reviewed[-1].on if sheet.reviewed else sheet.on
    return _("Plan de seguridad, revisado juntas"), on, "", []


def _risk(sheet: Risk, _today: date) -> Written:
    present = join_names([w.lower() for w in words.words(words.FACTORS, sheet.are("present"))])
    marks = [] if sheet.reviewed_by else [Mark(_("Espera a la segunda persona"), "look")]
    title = _("Valoración: %(level)s") % {"level": word(words.LEVELS, sheet.level).lower()}
    return title, sheet.on, _dots([sheet.reasons, present]), marks


def _referral(sheet: Referral, _today: date) -> Written:
    state = word(words.REFERRAL_STATES, sheet.state)
    kind = "look" if sheet.state in {"sent", "accepted"} else ""
    data = join_names([w.lower() for w in words.words(words.DATA, sheet.data)])
    shared = _("Se compartió: %(data)s") % {"data": data}
    parts = [word(words.PURPOSES, sheet.purpose), shared, sheet.told]
    return sheet.to, sheet.steps[-1].on, _dots(parts), [Mark(state, kind)]


def _offer(sheet: Offer, _today: date) -> Written:
    if sheet.outcome:
        return (
            _("Ofrecimiento: %(outcome)s")
            % {"outcome": word(words.OFFER_OUTCOMES, sheet.outcome).lower()},
            sheet.ended_on,
            sheet.words,
            [],
        )
    way = word(words.OFFER_WAYS, sheet.way)
    return _("Ofrecerle que la acompañemos"), sheet.on, _dots([way, sheet.where]), []


def _closure(sheet: Closure, _today: date) -> Written:
    parts = [word(words.CLOSURES, sheet.reason), sheet.words, sheet.stays_open]
    return _("Se cerró"), sheet.on, _dots(parts), []


def _reopening(sheet: Reopening, _today: date) -> Written:
    return _("Se abrió otra vez"), sheet.on, sheet.words, []


def _duty(sheet: Duty, _today: date) -> Written:
    title = _("Carta: %(what)s") % {"what": word(words.LETTERS, sheet.letter).lower()}
    return title, sheet.on, _dots([word(words.DUTY_OUTCOMES, sheet.outcome), sheet.words]), []


def _instruction(sheet: Instruction, _today: date) -> Written:
    said = _("Que le pregunten de «%(subject)s» en la plática del %(day)s") % {
        "subject": talks.BY_CODE[sheet.subject].label,
        "day": day_words(sheet.due_on),
    }
    return said, sheet.on, _dots([sheet.folio, sheet.how]), []


def _report(sheet: Report, _today: date) -> Written:
    title = (
        f"{word(words.REPORT_DECISIONS, sheet.decision)}: {word(words.REPORTS_ABOUT, sheet.about)}"
    )
    mark = (
        Mark(word(words.REPORT_VERDICTS, sheet.verdict))
        if sheet.verdict
        else Mark(_("Espera a la segunda persona"), "look")
    )
    parts = [sheet.authority, sheet.authority_folio, sheet.why]
    return title, sheet.decided_at.date(), _dots(parts), [mark]


def _until(day: date | None) -> str:
    return _("Hasta el %(day)s") % {"day": day_words(day)} if day else ""


def _dots(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


def _rights(sheet: DataRequest, today: date) -> Written:
    if sheet.answer:
        mark = Mark(word(words.RIGHTS_ANSWERS, sheet.answer), "still")
    else:
        mark = Mark(_until(sheet.until), "problem" if sheet.until < today else "look")
    return word(words.RIGHTS, sheet.right), sheet.on, _dots([sheet.asks, sheet.words]), [mark]


def _invitation(sheet: Invitation, today: date) -> Written:
    marks = [] if sheet.opens_on(today) else [Mark(_("Ya no se abre"), "still")]
    parts = [word(words.WAVES, sheet.wave), word(words.CHANNELS, sheet.how), _until(sheet.until)]
    return _("Enlace para contestar sola"), sheet.on, _dots(parts), marks


def _assessment(sheet: Assessment, _today: date) -> Written:
    shipped = definitions.find(sheet.slug, sheet.version)
    title = shipped.instrument.name.now() if shipped else sheet.slug
    parts = [word(words.WAVES, sheet.wave), word(words.HOW_ANSWERED, sheet.how)]
    marks = [] if sheet.done else [Mark(_("A medias"), "look")]
    # What she answered stands on a page of its own.
    return title, sheet.on, _dots(parts), marks


_WRITERS: Final[Mapping[str, Callable[[Any, date], Written]]] = {
    "who": _who,
    "safe_contact": _card,
    "contact": _contact,
    "consent": _consent,
    "link": _link,
    "service": _service,
    "child": _child,
    "measure": _measure,
    "group_place": _place,
    "order": _order,
    "plan": _plan,
    "risk": _risk,
    "rights": _rights,
    "referral": _referral,
    "offer": _offer,
    "closure": _closure,
    "reopening": _reopening,
    "duty": _duty,
    "instruction": _instruction,
    "report": _report,
    "assessment": _assessment,
    "invitation": _invitation,
}
