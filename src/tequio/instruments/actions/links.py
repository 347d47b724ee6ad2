"""Links that open once: given, opened with a PIN, kept on the way, handed over, taken back.

Whoever answers has no account: what they hold is the code and the PIN. Each step is one
transaction over one row, so that two taps come one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tequio.core import clock, entropy, ids
from tequio.core.sealing import SealBroken
from tequio.instruments import definitions
from tequio.instruments.actions import link_rows
from tequio.instruments.definitions import Instrument, Shipped
from tequio.instruments.models import OneTimeLink
from tequio.instruments.one_time import codes, owners, sealed
from tequio.instruments.one_time.owners import Owner
from tequio.instruments.one_time.screens import Part, parts
from tequio.instruments.one_time.sealed import ASKING, DONE, OTHER, Inside, Outside
from tequio.instruments.rules import pins
from tequio.instruments.stores import Filled, How

STAYS: Final = timedelta(days=14)
# Asked where somebody is not alone; nobody keeps what is said to it.
HARMLESS: Final = "servicios-colonia"


@dataclass(frozen=True, slots=True)
class Given:
    """A link as it is shown once; neither code nor PIN is kept anywhere."""

    row: str
    code: str
    pin: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers: whoever holds the code, and what the PIN gave back."""

    code: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that its code and its PIN have opened."""

    row: str
    by: Holder
    link: Outside
    inside: Inside

    @property
    def owner(self) -> Owner:
        """Whose answers they are."""
        return owners.of(self.link.owner)

    @property
    def asks(self) -> list[Part]:
        """What is asked now."""
        return _parts(self.link, self.inside.mode)


@transaction.atomic
def give(
    *,
    by: str,
    organisation_id: UUID,
    about: Mapping[str, str],
    asks: Sequence[Shipped],
    language: str = "es",
    stream: entropy.Stream = "public",
) -> Given:
    """Make a link, by its owner: who gives it was checked there, and is written down there."""
    code, pin = codes.new_code(stream), codes.new_pin(stream)
    row, until = codes.row_of(code), clock.now() + STAYS
    link = Outside(
        owner=by,
        organisation=str(organisation_id),
        about=dict(about),
        asks=tuple(sealed.asked(one, str(ids.new_id(stream="walled"))) for one in asks),
        language=language,
        until=timezone.localdate(until).isoformat(),
    )
    box = sealed.sealed(sealed.begun(link, pin, row), code, row)
    link_rows.take_a_place()
    OneTimeLink.objects.bulk_create(
        [OneTimeLink(pk=row, sealed=box, erase_after=codes.month_after(timezone.localdate(until)))]
    )
    return Given(row, code, pin, until)


@transaction.atomic
def take_back(*, by: str, row: str) -> None:
    """Take a link back: what lay in it is gone, and a row that is nobody's stands in its place."""
    if row and OneTimeLink.objects.filter(pk=row).delete()[0]:
        link_rows.make_decoys(1)


def enter(*, by: str, pin: str) -> Opened | None:
    """Open a link, by whoever holds its code; None for whichever of the many reasons there are.

    A try is counted before it is looked at, so that many at once do not count as one; and what is
    slow is done while nothing is held.
    """
    code, row = by, codes.row_of(by)
    link = _counted(code, row)
    if link is None:
        _waste_as_much(pin)
        return None
    secret = sealed.secret_of(link, pin, row)
    if not secret:
        if link.wrong >= pins.MOST:
            _lock(code, row)
        return None
    return _entered(code, row, secret)


@transaction.atomic
def hold(*, by: Holder) -> Opened | None:
    """Go on with a link that was opened before, by the key that its page holds."""
    return _held(by)


@transaction.atomic
def keep(*, by: Holder, answers: Mapping[str, str], at: str) -> Opened | None:
    """Keep what was answered so far, sealed under code and PIN."""
    held = _held(by)
    if held is None or held.inside.mode == DONE:
        return held
    if held.inside.mode == OTHER:
        # Nobody keeps what is said to the harmless one.
        return replace(held, inside=replace(held.inside, answers=dict(answers), at=at))
    return _put(held, replace(held.inside, answers=dict(answers), at=at))


@transaction.atomic
def change(*, by: Holder, why: str) -> Opened | None:
    """Ask something harmless from now on: what was answered goes, and somebody looks after her."""
    held = _held(by)
    if held is None or held.inside.mode != ASKING or not held.owner.hers:
        return held
    held.owner.stopped(held.link, why)
    return _put(held, Inside(mode=OTHER, began=held.inside.began))


@transaction.atomic
def finish(*, by: Holder, answers: Mapping[str, str]) -> Opened | None:
    """Hand the whole answer to its owner and destroy the draft. The second time changes nothing."""
    held = _held(by)
    if held is None or held.inside.mode == DONE:
        return held
    kinds: tuple[str, ...] = ()
    if held.inside.mode == ASKING:
        if not held.owner.wanted(held.link, held.row):
            return None
        kinds = held.owner.take(held.link, held.row, _filled(held, answers))
    done = Inside(mode=DONE, raised=kinds)
    return _put(replace(held, link=replace(held.link, over=True)), done)


# --- Steps of them --------------------------------------------------------------------------------


@transaction.atomic
def _counted(code: str, row: str) -> Outside | None:
    """Count a try as wrong until it turns out right; None where none is looked at now."""
    link = _locked(code, row)
    now = clock.now()
    if link is None or not link.open_on(codes.today()):
        return None
    if not pins.may_try(link.wrong, link.last, now):
        return None
    counted = replace(link, wrong=link.wrong + 1, last_wrong=now.isoformat())
    _save(counted, code, row)
    return counted


@transaction.atomic
def _entered(code: str, row: str, secret: str) -> Opened | None:
    held = _held(Holder(code, secret))
    if held is None or held.link.over:
        return None
    if held.inside.mode == ASKING and not held.owner.wanted(held.link, row):
        return None
    inside = held.inside
    if not inside.began:
        inside = replace(inside, began=clock.now().isoformat())
    return _put(replace(held, link=replace(held.link, wrong=0, last_wrong="")), inside)


@transaction.atomic
def _lock(code: str, row: str) -> None:
    link = _locked(code, row)
    if link is None or link.over:
        return
    # What was kept goes too: whoever tries PINs may have the address.
    _save(replace(link, over=True, inside=""), code, row)
    owners.of(link.owner).locked(link, row)


def _held(by: Holder) -> Opened | None:
    row = codes.row_of(by.code)
    link = _locked(by.code, row)
    inside = None if link is None else sealed.inside_of(link, by.secret, row)
    if link is None or inside is None:
        return None
    return Opened(row, by, link, inside)


def _locked(code: str, row: str) -> Outside | None:
    found = OneTimeLink.objects.select_for_update().filter(pk=row).first()
    try:
        return None if found is None else sealed.opened(found.sealed, code, row)
    except SealBroken:
        return None


def _put(held: Opened, inside: Inside) -> Opened:
    link = sealed.put_inside(held.link, held.by.secret, inside, held.row)
    _save(link, held.by.code, held.row)
    return replace(held, link=link, inside=inside)


def _save(link: Outside, code: str, row: str) -> None:
    OneTimeLink.objects.filter(pk=row).update(sealed=sealed.sealed(link, code, row))


def _filled(held: Opened, answers: Mapping[str, str]) -> list[Filled]:
    now = clock.now()
    began = datetime.fromisoformat(held.inside.began) if held.inside.began else now
    found = []
    for part, one in zip(held.asks, held.link.asks, strict=True):
        own = part.own(answers)
        if own:
            number = UUID(one.number)
            found.append(Filled(one.form, number, own, How.ALONE, min(began, now), now))
    return found


def _parts(link: Outside, mode: str) -> list[Part]:
    return parts(_instruments(link) if mode != OTHER else [_harmless()])


def _instruments(link: Outside) -> list[Instrument]:
    found = []
    for one in link.asks:
        shipped = definitions.find(one.slug, one.version)
        if shipped is None or shipped.sha256 != one.sha256:
            raise LookupError(f"{one.slug} {one.version} is not here as it was asked.")
        found.append(shipped.instrument)
    return found


def _harmless() -> Instrument:
    return definitions.newest(HARMLESS).instrument


def _waste_as_much(pin: str) -> None:
    """Take the time that a PIN takes: how long it took must not tell whether there is a link."""
    sealed.begun(_NOBODYS, pin, "")


_NOBODYS: Final = Outside("", "", {}, (), "es", "")
