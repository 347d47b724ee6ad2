"""Cases behind a wall, as the actions leave them: one with a sheet of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from tequio.survivors.actions import circles, contacts, decisions, sheets, ways
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import (
    Body,
    Breach,
    Channel,
    Child,
    Factor,
    Held,
    Hours,
    Link,
    Looked,
    Measure,
    Offer,
    Order,
    Part,
    Plan,
    Referral,
    Risk,
    SafeContact,
    Service,
    Step,
    Who,
    WomensGroup,
)
from tequio.survivors.words import FACTORS, PLAN_PARTS

FOLIO = "7K2M-9QXC"


def card(**given: object) -> SafeContact:
    """A card of a woman who said when and how she may be called."""
    usual: dict[str, object] = {
        "we_may_begin": True,
        "channels": (Channel("call_work", "55 5555 1234"),),
        "hours": (Hours(("0", "1", "2", "3"), time(11), time(13)),),
        "device_shared_with": "Su hija mayor",
        "who_may_answer": "Una compañera",
        "we_say": "Habla Ana, de la papelería",
        "approved": True,
        "code_word": "girasol",
        "verified_on": date(2026, 11, 2),
        "verified_by": "ana@circulo-norte",
    }
    return SafeContact(**{**usual, **given})  # type: ignore[arg-type]


def risk(by: OpenWall, level: str = "high") -> Risk:
    """A judgement with every factor asked."""
    return Risk(
        on=sheets.today(by),
        factors=tuple(
            Factor(code, ("present", "absent", "unknown")[n % 3])
            for n, (code, _label) in enumerate(FACTORS)
        ),
        level=level,
        reasons="Cree que puede matarla, y él compró un arma.",
        judged_by=by.user.login,
        again_on=sheets.today(by) + timedelta(days=7),
    )


def referral(day: date) -> Referral:
    """A referral that was sent and not answered."""
    return Referral(
        to="Asesoría legal de la colonia",
        purpose="legal",
        data=("need", "safe_way"),
        agreed_on=day,
        agreed_until=day + timedelta(days=60),
        steps=(Step("sent", day),),
    )


def bodies(by: OpenWall) -> list[Body]:
    """One sheet of each kind that is written by itself."""
    day = sheets.today(by)
    parts = tuple(Part(code, f"Lo que dice de {code}") for code, _label in PLAN_PARTS[:6])
    looked = (Looked(day, by.user.login),)
    return [
        card(verified_on=day),
        Plan(on=day, parts=parts, review_on=day, reviewed=looked),
        risk(by),
        Order(
            authority="Juzgado cívico",
            issued_on=day - timedelta(days=50),
            number="12/2026",
            kind="emergency",
            terms=("no_approach", "no_contact"),
            expires_on=day + timedelta(days=10),
            breaches=(Breach(day, "La esperó afuera."),),
        ),
        referral(day - timedelta(days=9)),
        Service(need="legal", asked_on=day - timedelta(days=20), met_on=day, where="DIF"),
        Service(need="money", asked_on=day - timedelta(days=20)),
        Child(initial="M", age="6-11", on=day, lives_with="her", measures=("school_told",)),
        Measure(what="locks", on=day),
    ]


@dataclass(frozen=True, slots=True)
class Filled:
    """A case with everything, and what is in it."""

    case_id: UUID
    group_id: UUID
    sheets: tuple[Held, ...]

    def of(self, kind: type[Body]) -> Held:
        """Return its first sheet of a kind."""
        return next(held for held in self.sheets if isinstance(held.body, kind))


def filled_case(by: OpenWall, alias: str = "Jacinta") -> Filled:
    """Make a case with a sheet of every kind, in a women's group."""
    day = sheets.today(by)
    case_id = ways.begin(by=by, alias=alias, who=Who(name="Jacinta Ruiz Peña", reads="read_to"))
    for body in bodies(by):
        sheets.write(by=by, case_id=case_id, body=body)
    heard = Heard(day)
    for purpose in ("keep", "questionnaires"):
        decisions.decide(by=by, case_id=case_id, purpose=purpose, decision="given", heard=heard)
    link = Link(folio=FOLIO, relation="ex_partner", on=day, wants=("start", "leaves"))
    decisions.link(by=by, case_id=case_id, link=link, heard=heard)
    contacts.record(by=by, case_id=case_id, on=day, began="she", how="call", reached="spoke")
    group_id = open_group(by)
    circles.seat(by=by, case_id=case_id, group_id=group_id)
    circles.met(by=by, group_id=group_id, on=day, there={case_id})
    return Filled(case_id, group_id, tuple(sheets.all_of(by, case_id)))


def open_group(by: OpenWall, **given: object) -> UUID:
    """Begin a women's group."""
    usual: dict[str, object] = {
        "name": "Tejido",
        "place": "Biblioteca",
        "weekday": "2",
        "starts_at": time(10),
    }
    return circles.open_group(by=by, group=WomensGroup(**{**usual, **given}))  # type: ignore[arg-type]


def offered(by: OpenWall, alias: str = "Sin nombre", **given: object) -> tuple[UUID, Held]:
    """Begin an offer of contact for somebody of this wall."""
    day = sheets.today(by)
    usual: dict[str, object] = {
        "on": day,
        "who": by.user.login,
        "way": "in_person",
        "until": day + timedelta(days=14),
        "where": "El centro de salud",
    }
    offer = Offer(**{**usual, **given})  # type: ignore[arg-type]
    case_id = ways.begin_offer(by=by, alias=alias, offer=offer)
    return case_id, offer_of(by, case_id)


def offer_of(by: OpenWall, case_id: UUID) -> Held:
    """Return the offer of a case as it lies there now."""
    held = sheets.the_one(by, case_id, Offer)
    assert held
    return held[0]
