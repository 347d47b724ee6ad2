"""Letters behind the wall: opened, matched with the folios inside cases, shredded or attended to.

Nothing is done by itself: a matched letter becomes a duty of a person, with a time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.sealing import SealBroken
from tequio.letters.models import Letter as Sealed
from tequio.survivors import log, vault, words
from tequio.survivors.actions import arrivals, holding, sheets, ways
from tequio.survivors.models import Epoch, HeldLetter
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case
from tequio.survivors.queries.covers import Line, covers
from tequio.survivors.queries.letters import Inbox, Waits, inbox, one, opened
from tequio.survivors.rules import letters as rules
from tequio.survivors.rules.letters import Letter
from tequio.survivors.rules.sheets import Duty, Link, Offer, Said

# So many at once: a year's letters take a few seconds and never all of the memory.
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class NewOffer:
    """What is said when a letter becomes an offer of contact."""

    alias: str
    who: str
    way: str
    until: date
    where: str = ""
    relation: str = "other"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether she asked to be told of this, and how; None where he is no longer linked to her."""

    told: bool | None
    how: str = ""
    on: date | None = None


def wish_of(by: OpenWall, waits: Waits) -> Wish | None:
    """Return what she said about being told what this letter tells; None where it tells nothing."""
    tells = rules.TELLS.get(waits.letter.kind)
    if waits.case_id is None or tells is None:
        return None
    links = [
        held.body
        for held in sheets.all_of(by, waits.case_id)
        if isinstance(held.body, Link)
        and held.body.folio == waits.letter.folio
        and held.body.ended_on is None
    ]
    if not links:
        return Wish(None)
    link = links[-1]
    return Wish(tells in link.wants, link.how_told, link.on)


def received(by: OpenWall, lines: Sequence[Line] | None = None) -> Inbox:
    """Open what lies in the slot and return what waits: called by every page that shows letters.

    `lines` are the covers, where the caller has opened them already.
    """
    there = Sealed.objects.filter(holder_id=by.wall.organisation_id).exists()
    if there:
        lines = covers(by=by) if lines is None else lines
        while _open_some(by, lines):
            pass
    arrivals.taken_in(by)
    found = inbox(by, lines)
    _escalate(by, found)
    if found.count or found.blanks:
        # One line for the whole list, as for the list of cases (docs/adr/0068).
        with transaction.atomic():
            log.write("letters.list", by=by, detail={"count": found.count})
    return found


@transaction.atomic
def read(by: OpenWall, letter_id: UUID) -> Waits:
    """Open one letter and write down that it was read."""
    found = one(by, letter_id)
    log.write("letters.read", by=by, case_id=found.case_id, detail={"kind": found.letter.kind})
    return found


@transaction.atomic
def take(*, by: OpenWall, letter_id: UUID, version: int) -> None:
    """Say that oneself attends to it."""
    row, letter = _held(by, letter_id, version)
    _rewrite(by, row, replace(letter, taken_by=by.user.login))
    log.write("letter.take", by=by, case_id=row.case_id)


@transaction.atomic
def tried(*, by: OpenWall, letter_id: UUID, version: int, said: str = "") -> None:
    """Write down that she could not be reached; it is due again tomorrow."""
    row, letter = _held(by, letter_id, version)
    if row.case_id is None:
        raise not_visible()
    now = clock.now()
    attempt = {"at": now.isoformat(), "by": by.user.login, "words": said}
    due = now + rules.AGAIN
    after = replace(letter, tries=(*letter.tries, attempt), due=due.isoformat())
    _rewrite(by, row, after)
    log.write("letter.tried", by=by, case_id=row.case_id)


@transaction.atomic
def done(*, by: OpenWall, letter_id: UUID, version: int, outcome: str, said: str = "") -> UUID:
    """Write down on a sheet of her case what was done, and let the letter go."""
    row, letter = _held(by, letter_id, version)
    if row.case_id is None:
        raise not_visible()
    case_id = row.case_id
    _into(by, letter, case_id, outcome, said)
    row.delete()
    log.write("letter.done", by=by, case_id=case_id, detail={"outcome": outcome})
    return case_id


@transaction.atomic
def offer(*, by: OpenWall, letter_id: UUID, version: int, new: NewOffer) -> UUID:
    """Make an offer of contact of a letter by hand: one person, one safe way, until a day."""
    row, letter = _by_hand(by, letter_id, version)
    if letter.of_answers:
        raise not_visible()
    case_id = ways.begin_offer(
        by=by,
        alias=new.alias,
        offer=Offer(
            on=sheets.today(by), who=new.who, way=new.way, until=new.until, where=new.where
        ),
        folio=letter.folio if letter.kind == "she_may_be_offered" else "",
        relation=new.relation,
    )
    _into(by, letter, case_id, "offered", "")
    row.delete()
    log.write("letter.offer", by=by, case_id=case_id)
    return case_id


@transaction.atomic
def attach(*, by: OpenWall, letter_id: UUID, version: int, case_id: UUID, said: str = "") -> None:
    """Keep a letter by hand in the case of the woman whom it is about."""
    row, letter = _by_hand(by, letter_id, version)
    case = pick_case(by, case_id)
    if letter.of_answers:
        arrivals.put_into(by=by, letter=letter, case_id=case.pk)
        says = dict(letter.says or {})
        # They lie on a sheet of their own now.
        says.pop("answers", None)
        letter = replace(letter, says=says)
    _into(by, letter, case.pk, "attached", said)
    row.delete()
    log.write("letter.attach", by=by, case_id=case.pk)


@transaction.atomic
def dismiss(*, by: OpenWall, letter_id: UUID, version: int, reason: str) -> None:
    """Shred a letter by hand, with a reason from the list."""
    row, letter = _by_hand(by, letter_id, version)
    if reason not in words.codes(words.DISMISSALS):
        raise DomainError(_("Falta por qué se rompe."), hint=_("Elige un motivo de la lista."))
    row.delete()
    log.write("letter.dismiss", by=by, detail={"kind": letter.kind, "reason": reason})


# --- Opening --------------------------------------------------------------------------------------


@transaction.atomic
def _open_some(by: OpenWall, lines: Sequence[Line]) -> bool:
    """Open some of the letters in the slot; return whether there may be more."""
    rows = Sealed.objects.filter(holder_id=by.wall.organisation_id, epoch__in=_turns(by))
    found = list(rows.select_for_update(of=("self",)).order_by("pk")[:_AT_ONCE])
    if not found:
        return False
    turns = _turns(by)
    folded = [(line.id, line.cover) for line in lines]
    running = rules.running(folded)
    held, broken, waits = [], 0, 0
    for row in found:
        try:
            letter = rules.arrived(json.loads(by.pair_of(turns[row.epoch]).open(row.sealed)))
        except (SealBroken, ValueError, KeyError, TypeError):
            # A forged one: whoever has the public half may put in anything.
            broken += 1
            continue
        # By hand it waits for a person; she alone says whose it is.
        whose = [None] if letter.by_hand else rules.matches(letter, folded)
        waits += len(whose)
        held += [holding.held(by, letter, case, row.erase_after) for case in whose]
        if not whose and running:
            held.append(holding.blank(by, letter, running, row.erase_after))
    HeldLetter.objects.bulk_create(held)
    Sealed.objects.filter(pk__in=[row.pk for row in found]).delete()
    count = {"opened": len(found), "held": waits, "broken": broken}
    log.write("letters.open", by=by, detail=count)
    if broken:
        # Forged, or sealed to a key that somebody put in the wall's place: somebody may be waiting.
        log.write("letters.broken", by=by, detail={"count": broken})
    return len(found) == _AT_ONCE


def _turns(by: OpenWall) -> dict[int, UUID]:
    rows = Epoch.objects.filter(wall=by.wall, pk__in=by.pairs).values_list("number", "pk")
    return dict(rows)


def _escalate(by: OpenWall, found: Inbox) -> None:
    """Say once in the log that a letter has waited too long; everybody sees it first from now."""
    # A blank row is written anew at its time like the others, and its line is a quiet one.
    for waits in (*found.over, *(blank for blank in found.blanks if blank.over)):
        if waits.letter.escalated:
            continue
        with transaction.atomic():
            row, letter = _row(by, waits.id, waits.version)
            _rewrite(by, row, replace(letter, escalated=True))
            if letter.blank:
                log.write("letters.tidy", by=by)
            else:
                detail = {"kind": letter.kind}
                log.write("letter.escalate", by=by, case_id=row.case_id, detail=detail)


# --- One letter -----------------------------------------------------------------------------------


def _held(by: OpenWall, letter_id: UUID, version: int) -> tuple[HeldLetter, Letter]:
    row, letter = _row(by, letter_id, version)
    if letter.blank:
        raise not_visible()
    return row, letter


def _row(by: OpenWall, letter_id: UUID, version: int) -> tuple[HeldLetter, Letter]:
    rows = HeldLetter.objects.select_for_update(of=("self",))
    row = rows.filter(wall=by.wall, pk=letter_id).first()
    if row is None:
        raise not_visible()
    if row.version != version:
        raise Conflict(_("Otra persona ya hizo algo con esta carta."), hint=_("Ábrela otra vez."))
    return row, opened(by, row)


def _by_hand(by: OpenWall, letter_id: UUID, version: int) -> tuple[HeldLetter, Letter]:
    row, letter = _held(by, letter_id, version)
    if row.case_id is not None:
        raise not_visible()
    return row, letter


def _rewrite(by: OpenWall, row: HeldLetter, letter: Letter) -> None:
    key = vault.key_of(by, row)
    row.version += 1
    vault.seal_letter(key, row, letter.as_body())
    row.save(update_fields=["sealed", "version"])


def _into(by: OpenWall, letter: Letter, case_id: UUID, outcome: str, said: str) -> None:
    duty = Duty(
        letter=letter.kind,
        at=datetime.fromisoformat(letter.at),
        on=sheets.today(by),
        by=by.user.login,
        outcome=outcome,
        folio=letter.folio,
        said=tuple(Said(name, _plain(value)) for name, value in (letter.says or {}).items()),
        words=said.strip(),
        tries=len(letter.tries),
    )
    sheets.write(by=by, case_id=case_id, body=duty)


def _plain(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
