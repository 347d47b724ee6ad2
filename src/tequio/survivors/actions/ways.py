"""How a case begins, is offered, closes and opens again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import ids
from tequio.core.errors import DomainError
from tequio.survivors.actions import cases, sheets
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import members_of
from tequio.survivors.rules import clocks
from tequio.survivors.rules.covers import CLOSED, OFFER, OPEN, Cover
from tequio.survivors.rules.sheets import Body, Closure, Held, Link, Offer, Reopening, Try, Who


@transaction.atomic
def begin(*, by: OpenWall, alias: str, who: Who | None = None) -> UUID:
    """Begin to accompany a woman. She needs no man in the programme."""
    case = cases.begin(by=by, cover=_cover(by, alias, OPEN))
    sheets.turn(by=by, case_id=case.pk, bodies=[who] if who else [], change=lambda cover: cover)
    return case.pk


@transaction.atomic
def begin_offer(
    *, by: OpenWall, alias: str, offer: Offer, folio: str = "", relation: str = "other"
) -> UUID:
    """Begin an offer: a letter said that she might want support; nobody asked her yet."""
    _a_member(by, offer.who)
    case = cases.begin(
        by=by,
        cover=_cover(by, alias, OFFER, accompanied_by=offer.who),
        erase_after=clocks.month_after(offer.until, clocks.OFFER),
    )
    bodies: list[Body] = [offer]
    if folio:
        # What he said of himself; she has said nothing yet, so she is told nothing.
        bodies.append(Link(folio=folio, relation=relation, on=offer.on))
    sheets.turn(by=by, case_id=case.pk, bodies=bodies, change=lambda cover: cover)
    return case.pk


@transaction.atomic
def tried(*, by: OpenWall, case_id: UUID, held: Held, words: str = "") -> None:
    """Write down an attempt to reach her."""
    offer = _open_offer(by, case_id, held)
    attempt = Try(sheets.today(by), by.user.login, words)
    sheets.rewrite(
        by=by, case_id=case_id, held=held, body=replace(offer, tries=(*offer.tries, attempt))
    )


@transaction.atomic
def end_offer(*, by: OpenWall, case_id: UUID, held: Held, outcome: str, words: str = "") -> None:
    """Write down how the offer ended. A no closes the case, and it is forgotten soon."""
    offer = _open_offer(by, case_id, held)
    day = sheets.today(by)
    ended = replace(offer, outcome=outcome, ended_on=day, words=words)
    sheets.rewrite(by=by, case_id=case_id, held=held, body=ended)
    if outcome == "support":
        sheets.turn(by=by, case_id=case_id, bodies=(), change=_now(OPEN), erase_after=None)
        return
    after = clocks.month_after(day, clocks.OFFERED[outcome])
    closure = Closure(on=day, reason="offer", by=by.user.login, erase_after=after)
    sheets.turn(by=by, case_id=case_id, bodies=[closure], change=_now(CLOSED), erase_after=after)


@transaction.atomic
def rename(*, by: OpenWall, case_id: UUID, alias: str, accompanied_by: str) -> None:
    """Change how the team calls her, or who accompanies her."""
    _a_member(by, accompanied_by)
    sheets.turn(
        by=by,
        case_id=case_id,
        bodies=(),
        change=lambda cover: replace(cover, alias=alias, accompanied_by=accompanied_by),
    )


@transaction.atomic
def close(
    *,
    by: OpenWall,
    case_id: UUID,
    reason: str,
    keep_months: int = clocks.CLOSED,
    words: str = "",
    stays_open: str = "",
) -> date:
    """Close a case; return the month after which it goes for good."""
    if keep_months not in clocks.CHOICES:
        raise DomainError(_("Elige por cuánto tiempo se guarda."))
    day = sheets.today(by)
    after = clocks.month_after(day, keep_months)
    closure = Closure(
        on=day,
        reason=reason,
        by=by.user.login,
        words=words,
        stays_open=stays_open,
        erase_after=after,
    )
    sheets.turn(
        by=by, case_id=case_id, bodies=[closure], change=_from(OPEN, CLOSED), erase_after=after
    )
    return after


@transaction.atomic
def reopen(*, by: OpenWall, case_id: UUID, words: str = "") -> None:
    """Open a closed case again: nothing of it goes while somebody accompanies her."""
    again = Reopening(on=sheets.today(by), by=by.user.login, words=words)
    sheets.turn(
        by=by, case_id=case_id, bodies=[again], change=_from(CLOSED, OPEN), erase_after=None
    )


def _cover(by: OpenWall, alias: str, state: str, accompanied_by: str = "") -> Cover:
    return Cover(
        folio=ids.new_folio(stream="walled"),
        alias=alias,
        state=state,
        since=sheets.today(by).isoformat(),
        accompanied_by=accompanied_by or by.user.login,
    )


def _now(state: str) -> sheets.Change:
    return lambda cover: replace(cover, state=state)


def _from(before: str, after: str) -> sheets.Change:
    def change(cover: Cover) -> Cover:
        if cover.state != before:
            raise DomainError(
                _("Este expediente ya cambió: otra persona lo cerró o lo abrió."),
                hint=_("Ábrelo otra vez para ver cómo está."),
            )
        return replace(cover, state=after)

    return change


def _open_offer(by: OpenWall, case_id: UUID, held: Held) -> Offer:
    _held, offer = sheets.pick(by, case_id, held.id, Offer)
    if offer.outcome:
        raise DomainError(_("Ese ofrecimiento ya terminó."))
    return offer


def _a_member(by: OpenWall, login: str) -> None:
    if not members_of(by.wall).filter(login=login).exists():
        raise DomainError(
            _("Esa persona no es parte de este equipo."),
            hint=_("Elige a alguien que pueda abrir el muro."),
        )
