"""Twelve invented women, each at another point of her own way. No man is needed for any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

import numpy as np

from tequio.instruments.definitions import PREFERS_NOT, newest
from tequio.survivors.rules.sheets import (
    Body,
    Breach,
    Channel,
    Child,
    Factor,
    Hours,
    Looked,
    Measure,
    Order,
    Part,
    Plan,
    Referral,
    Risk,
    SafeContact,
    Service,
    Step,
)
from tequio.survivors.words import FACTORS


@dataclass(frozen=True, slots=True)
class Woman:
    """Who she is, since when, and what is written along her way: days after, kind of sheet."""

    alias: str
    name: str
    weeks: int
    arrived_by: str
    # "call": she may be called at work. "none": she calls us. "": nobody asked yet.
    card: str = "none"
    reads: str = "reads"
    decided: tuple[tuple[str, str], ...] = (("keep", "given"),)
    sheets: tuple[tuple[int, str], ...] = ()
    names_him: bool = False
    comes_to_group: bool = False
    silent_for: int = 5
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody of whom a letter spoke, and whom nobody asked yet."""

    alias: str
    way: str
    where: str


_ALL: Final = (("keep", "given"), ("told_of_him", "given"), ("questionnaires", "given"))
WOMEN: Final = (
    Woman(
        "Jacinta",
        "Jacinta Ruiz",
        34,
        "La trajo una amiga",
        "call",
        decided=(*_ALL, ("statistics", "given"), ("share", "given")),
        sheets=(
            (3, "need:legal"),
            (5, "plan"),
            (6, "risk:high"),
            (9, "order"),
            (15, "child"),
            (20, "referral:served"),
            (40, "measure:locks"),
            (190, "risk:medium"),
        ),
        names_him=True,
        comes_to_group=True,
    ),
    Woman(
        "Flor",
        "Flor Martínez",
        12,
        "Por el centro de salud",
        "call",
        names_him=True,
        sheets=((2, "risk:high"), (4, "plan"), (9, "referral:sent")),
        decided=_ALL,
    ),
    Woman("Sol", "Marisol Cruz", 6, "Sola", sheets=((1, "need:psychology"), (8, "child"))),
    Woman("Lluvia", "", 3, "Llamó", "", decided=()),
    Woman(
        "Citlali",
        "Citlali Hernández",
        22,
        "Por la promotora",
        reads="read_to",
        decided=_ALL,
        sheets=((4, "need:money"), (11, "referral:accepted"), (30, "plan")),
        comes_to_group=True,
    ),
    Woman(
        "Rosa",
        "Rosa Peña",
        40,
        "Por el DIF",
        "call",
        names_him=True,
        sheets=((2, "order"), (6, "measure:he_left"), (60, "plan")),
        comes_to_group=True,
    ),
    Woman("Ámbar", "Ámbar León", 18, "Sola", silent_for=75, sheets=((7, "need:legal"),)),
    Woman("Nube", "", 2, "Por una vecina", sheets=((1, "risk:medium"),)),
    Woman(
        "Luz",
        "Luz Vargas",
        52,
        "Por el refugio",
        decided=(("keep", "given"), ("share", "refused")),
        sheets=((1, "risk:high"), (1, "measure:shelter"), (90, "need:housing"), (200, "child")),
    ),
    Woman(
        "Alba",
        "Alba Ortiz",
        48,
        "La trajo su hermana",
        "call",
        names_him=True,
        sheets=((10, "need:work"), (80, "plan")),
        closed="done",
    ),
)
OFFERS: Final = (
    Offered("Por saber (centro de salud)", "service", "Centro de salud, los martes"),
    Offered("Por saber (ella llama)", "she_calls", "Cartel en la tortillería"),
)
TALKS: Final = (
    "Pide información sobre custodia.",
    "Está tranquila; quiere seguir en el grupo.",
    "Le preocupa el regreso a clases.",
    "Preguntó cómo pedir copia de su expediente.",
    "Quiere revisar su plan antes de las fiestas.",
    "Encontró trabajo por las mañanas.",
)
_PARTS: Final = (
    ("signs", "Cuando deja de hablar y azota las puertas."),
    ("places", "La casa de mi hermana; la papelería hasta las ocho."),
    ("people", "Mi hermana: si mando un corazón verde, viene por mí."),
    ("documents", "Actas y cartilla en casa de mi hermana."),
    ("children", "La grande sabe tocarle a la vecina."),
    ("money", "Guardo para dos taxis."),
    ("devices", "Cambié la clave del correo desde la biblioteca."),
)


def card(woman: Woman, *, on: date, login: str) -> SafeContact:
    """Her card: by default nobody writes to her first."""
    begins = woman.card == "call"
    return SafeContact(
        we_may_begin=begins,
        channels=(Channel("call_work", "55 5555 01" + str(10 + woman.weeks)),) if begins else (),
        hours=(Hours(("0", "1", "2", "3"), time(11), time(13)),) if begins else (),
        device_shared_with="Su hija mayor",
        who_may_answer="Una compañera" if begins else "",
        we_say="Habla Ana, de la papelería" if begins else "",
        approved=begins,
        code_word="girasol",
        verified_on=on,
        verified_by=login,
    )


def sheet(kind: str, on: date, login: str, today: date) -> Body:
    """One sheet as it would have been written on a day."""
    what, _colon, detail = kind.partition(":")
    week = timedelta(days=7)
    if what == "risk":
        return _risk(detail, on, login, today)
    if what == "plan":
        parts = tuple(Part(code, words) for code, words in _PARTS)
        return Plan(
            on=on, parts=parts, review_on=today + timedelta(days=2), reviewed=(Looked(on, login),)
        )
    if what == "need":
        return Service(need=detail, asked_on=on, met_on=on + week if on + week <= today else None)
    if what == "child":
        return Child(initial="M", age="6-11", on=on, lives_with="her", measures=("school_told",))
    if what == "measure":
        return Measure(what=detail, on=on)
    if what == "order":
        return _order(on, today)
    return _referral(detail, on, today)


def _risk(level: str, on: date, login: str, today: date) -> Risk:
    present = {"high": ("threats", "weapon", "separation", "her_fear"), "medium": ("jealousy",)}
    there = present.get(level, ())
    return Risk(
        on=on,
        factors=tuple(
            Factor(code, "present" if code in there else ("absent", "unknown")[n % 2])
            for n, (code, _label) in enumerate(FACTORS)
        ),
        level=level,
        reasons="Lo que ella teme, y lo que ha pasado desde que se lo dijo.",
        judged_by=login,
        again_on=max(on + timedelta(days=14), today + timedelta(days=1)),
    )


def _order(on: date, today: date) -> Order:
    return Order(
        authority="Juzgado de control",
        number="128/2026",
        kind="preventive",
        terms=("leave_home", "no_approach", "no_contact"),
        issued_on=on,
        expires_on=today + timedelta(days=9),
        breaches=(
            Breach(min(on + timedelta(days=20), today), "La esperó afuera del trabajo.", "yes"),
        ),
    )


def _referral(state: str, on: date, today: date) -> Referral:
    way = {"sent": (), "accepted": ("accepted",), "served": ("accepted", "arrived", "served")}
    steps = [Step("sent", on)]
    for n, one in enumerate(way.get(state, ()), start=1):
        steps.append(Step(one, min(on + timedelta(days=3 * n), today)))
    return Referral(
        to="Asesoría legal de la colonia",
        purpose="legal",
        data=("need", "safe_way"),
        agreed_on=on,
        agreed_until=today + timedelta(days=60),
        steps=tuple(steps),
        told="La atendió una abogada con paciencia." if state == "served" else "",
    )


# What they answer is invented as everything here: control goes on where blows become fewer.
_RATHER_NOT: Final = 0.03
_STAYS: Final = {"control": 1.0, "digital": 0.9, "psychological": 0.85}
_FALLS: Final = 0.6


def answers(slug: str, turn: int, rng: np.random.Generator) -> dict[str, str]:
    """What one of them says to a questionnaire the first, second, third… time."""
    whole = newest(slug).instrument
    found = {}
    for item in whole.questions:
        codes = [one.code for one in whole.choices.get(item.choices, ())]
        if not codes:
            continue
        chance = 0.55 * _STAYS.get(item.about, _FALLS) ** turn
        if rng.random() < _RATHER_NOT:
            found[item.id] = PREFERS_NOT
        elif item.about:
            found[item.id] = str(rng.choice(codes[1:])) if rng.random() < chance else codes[0]
        else:
            better = 1 if whole.scales and whole.scales[0].direction == "higher_is_better" else -1
            place = len(codes) / 2 + better * 0.4 * turn + rng.normal(0, 0.7)
            found[item.id] = codes[int(np.clip(round(place), 0, len(codes) - 1))]
    return found
