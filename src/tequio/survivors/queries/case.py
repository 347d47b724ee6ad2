"""A case as its page shows it: what matters first, the rest in sections, her journey beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.survivors import words
from tequio.survivors.catalogues import agreements
from tequio.survivors.queries.lines import Line, line
from tequio.survivors.rules import standing
from tequio.survivors.rules.covers import Cover, Due
from tequio.survivors.rules.sheets import (
    Closure,
    Consent,
    GroupPlace,
    Held,
    Offer,
    Plan,
    SafeContact,
    Who,
)
from tequio.survivors.words import Words, word
from tequio.ui.parts import Fact
from tequio.ui.templatetags.ui import day as day_words


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of sheet: what there is, and what to say where there is nothing."""

    code: str
    title: Words
    add: Words
    empty: Words
    slug: str = ""
    lines: tuple[Line, ...] = ()


SECTIONS: Final = (
    Section(
        "risk",
        gettext_lazy("El peligro, a nuestro juicio"),
        gettext_lazy("Valorar"),
        gettext_lazy("Nadie lo ha valorado. Pregúntale qué teme ella."),
        "riesgo",
    ),
    Section(
        "order",
        gettext_lazy("Órdenes de protección"),
        gettext_lazy("Anotar una orden"),
        gettext_lazy("Ninguna anotada."),
        "orden",
    ),
    Section(
        "referral",
        gettext_lazy("Canalizaciones"),
        gettext_lazy("Canalizar"),
        gettext_lazy("A ningún lado todavía. Se comparte solo lo que ella elija."),
        "canalizacion",
    ),
    Section(
        "service",
        gettext_lazy("Lo que necesita"),
        gettext_lazy("Anotar algo que pidió"),
        gettext_lazy("Nada anotado. Pregúntale qué le serviría primero."),
        "necesidad",
    ),
    Section(
        "child",
        gettext_lazy("Sus hijas e hijos"),
        gettext_lazy("Anotar a una hija o hijo"),
        gettext_lazy("Nadie anotado."),
        "hija-o-hijo",
    ),
    Section(
        "measure",
        gettext_lazy("Lo que lo mantiene lejos"),
        gettext_lazy("Anotar una medida"),
        gettext_lazy("Nada anotado."),
        "medida",
    ),
    Section(
        "link",
        gettext_lazy("Él, si está en el programa"),
        gettext_lazy("Ligar a un participante"),
        gettext_lazy("Nadie. No hace falta: la acompañamos por ella."),
        "participante",
    ),
)


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something that waits, in words."""

    what: str
    on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Her last word on one purpose."""

    code: str
    title: str
    said: str
    only: str
    on: date | None
    given: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All that a case's page shows."""

    cover: Cover
    since: date | None
    last_contact: date | None
    who: Who | None
    card: SafeContact | None
    card_facts: tuple[Fact, ...]
    hour_now: bool
    decisions: tuple[Decision, ...]
    plan: Plan | None
    plan_facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    places: tuple[tuple[Held, Line], ...]
    offer: tuple[Held, Offer] | None
    closure: Closure | None
    due: tuple[DueLine, ...]
    journey: tuple[Line, ...]

    @property
    def state(self) -> str:
        """Its state in words."""
        return word(words.STATES, self.cover.state)


def page(
    cover: Cover, held: Sequence[Held], *, now: datetime, shows: frozenset[str] = frozenset()
) -> Page:
    """Put a case's page together; `shows` names what is not masked this once."""
    today = now.date()
    bodies = [one.body for one in held]
    card = standing.card_of(bodies)
    plan = next(iter(standing.of(bodies, Plan)), None)
    offers = [(one, one.body) for one in held if isinstance(one.body, Offer)]
    closures = sorted(standing.of(bodies, Closure), key=lambda one: one.on)
    return Page(
        cover=cover,
        since=_day(cover.since),
        last_contact=_day(cover.last_contact),
        who=next(iter(standing.of(bodies, Who)), None),
        card=card,
        card_facts=facts_of(card, shows) if card else (),
        hour_now=card.is_hour(now) if card else False,
        decisions=decisions(bodies, today),
        plan=plan,
        plan_facts=tuple(
            Fact(word(words.PLAN_PARTS, part.part), part.words)
            for part in (plan.parts if plan else ())
        ),
        sections=_sections(held, today),
        places=tuple((one, line(one, today)) for one in held if isinstance(one.body, GroupPlace)),
        offer=offers[-1] if offers else None,
        closure=closures[-1] if closures and cover.state == "closed" else None,
        due=dues(cover, today),
        journey=journey(held, today),
    )


def journey(held: Sequence[Held], today: date) -> tuple[Line, ...]:
    """Return every sheet that has a day, newest first."""
    found = [line(one, today) for one in held if one.body.KIND != "who"]
    return tuple(sorted((one for one in found if one.on), key=_by_day, reverse=True))


def decisions(bodies: Sequence[object], today: date) -> tuple[Decision, ...]:
    """Return her last word on each purpose, also where she has not been asked."""
    last = standing.last_words([b for b in bodies if isinstance(b, Consent)])
    told = agreements.current(today).agreements.purposes
    return tuple(_decision(p.code, p.title.now(), last.get(p.code), today) for p in told)


def dues(cover: Cover, today: date) -> tuple[DueLine, ...]:
    """Return what is due, in words."""
    return tuple(due_line(due, today) for due in standing.due_now(cover, today))


def due_line(due: Due, today: date) -> DueLine:
    """Say one thing that waits."""
    on = _day(due.on)
    what = word(words.DUES, due.what)
    if due.about:
        what = f"{what}: {word(words.WAVES, due.about).lower()}"
    # Where a window is open nothing is late: it can wait for a day that suits her.
    return DueLine(what, on, on is not None and on < today and not due.until)


def facts_of(card: SafeContact, shows: frozenset[str]) -> tuple[Fact, ...]:
    """Say the card in words; numbers and the code word are masked until somebody asks for them."""
    yes, no = _("Sí"), _("No")
    left = words.words(words.MAY_LEAVE, card.may_leave)
    facts = [
        Fact(
            _("¿Podemos buscarla?"),
            yes if card.we_may_begin else _("No. Nadie le escribe primero."),
        ),
        *(
            Fact(word(words.CHANNELS, one.how), _place(one.where, shown="where" in shows))
            for one in card.channels
        ),
        Fact(_("Horario"), "; ".join(_hours(card)) or _("Ninguno dicho")),
        Fact(_("¿Quién más usa el teléfono?"), card.device_shared_with),
        Fact(_("¿Quién puede contestar?"), card.who_may_answer),
        Fact(_("Si contesta otra persona"), f"«{card.we_say}»" if card.we_say else ""),
        Fact(_("¿Ella aprobó ese texto?"), yes if card.approved else no),
        Fact(_("¿Qué podemos dejarle?"), ", ".join(left) or _("Nada")),
    ]
    if card.code_word:
        shown = card.code_word if "word" in shows else "••••••"
        facts.append(Fact(_("Palabra clave"), shown))
    return tuple(facts)


def _hours(card: SafeContact) -> list[str]:
    return [
        _("%(days)s de %(begins)s a %(ends)s")
        % {
            "days": ", ".join(words.words(words.DAYS, window.days)),
            "begins": f"{window.begins:%H:%M}",
            "ends": f"{window.ends:%H:%M}",
        }
        for window in card.hours
    ]


def _place(where: str, *, shown: bool) -> str:
    """Leave the last two characters: enough to tell two numbers apart, too little to call."""
    if shown or not where:
        return where
    return "••• " + where[-2:] if len(where) > 4 else "•••"


def _decision(code: str, title: str, said: Consent | None, today: date) -> Decision:
    if said is None:
        return Decision(code, title, _("No se le ha preguntado"), "", None, given=False, over=False)
    over = said.decision == "given" and not said.holds(today)
    until = _("hasta el %(day)s") % {"day": day_words(said.until)} if said.until else ""
    answer = ", ".join(part for part in (word(words.DECISIONS, said.decision), until) if part)
    return Decision(
        code, title, answer, said.only, said.on, given=said.decision == "given", over=over
    )


def _sections(held: Sequence[Held], today: date) -> tuple[Section, ...]:
    found = []
    for section in SECTIONS:
        lines = [line(one, today) for one in held if section.code == one.body.KIND]
        lines.sort(key=_by_day, reverse=True)
        found.append(
            Section(
                section.code, section.title, section.add, section.empty, section.slug, tuple(lines)
            )
        )
    return tuple(found)


def _by_day(one: Line) -> tuple[date, str]:
    return one.on or date.min, one.title


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
