"""What studies may ask of the wall: answers without a name, in memory, of who said yes to it.

Nobody reads here: the rows go to a machine, and only a release comes back. Still each case that is
opened is a line in the log, and an hour has room for a few times of it and no more: who could ask
again after every new answer would read them one by one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.sealing import Key, SealBroken
from tequio.network.rules.referrals import State
from tequio.survivors import log, vault
from tequio.survivors.actions.cases import OverBudget
from tequio.survivors.models import Case, Epoch
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import cases_of
from tequio.survivors.rules import moments, sheets, standing
from tequio.survivors.rules.covers import CLOSED, OPEN, Cover
from tequio.survivors.rules.sheets import Assessment, Body, Referral, Service

PURPOSE: Final = "statistics"
# How often in an hour the answers may be put together, and how long what came of it is good for.
TIMES: Final = 6
WITHIN: Final = timedelta(hours=1)
_INFO: Final = b"tequio wall extracts v1\0"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan asks for, and nothing more: it was written outside, before anybody answered."""

    study: UUID
    instruments: Collection[str]
    waves: Collection[str]
    first: date
    last: date
    # Nothing that was answered after this day.
    until: date
    # Whether her days until the first service are counted: else no sheet of hers is looked at.
    services: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One questionnaire of hers. `who` is a code of this study alone."""

    who: str
    wave: str
    on: date
    slug: str
    version: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Waited:
    """Days from the first contact until the first service, or for as long as it is known.

    Counted here, in memory: of the sheets it tells a number of days and nothing else.
    """

    since: date
    days: int
    served: bool

    def served_by(self, day: date) -> bool:
        """Tell whether she had it on a day."""
        return self.served and self.since + timedelta(days=self.days) <= day


@dataclass(frozen=True, slots=True)
class _Opened:
    """One case, for as long as it is read."""

    case_id: UUID
    who: str
    since: date
    said: list[Said]
    waited: Waited | None


@dataclass(frozen=True, slots=True)
class Extract:
    """Everybody who said yes to being counted, since when she is accompanied, and what was said."""

    women: Mapping[str, date]
    said: tuple[Said, ...]
    # Of who asked for something; who asked for nothing waited for nothing.
    waits: Mapping[str, Waited]


def read(*, by: OpenWall, wanted: Wanted) -> Extract:
    """Open what a plan asks for, and write down of whom.

    Raises
    ------
    OverBudget
        If it was done often enough within the hour; the refusal is a line in the log too.
    """
    with transaction.atomic():
        within = _times(by) < TIMES
        log.write("extract.begin" if within else "budget.refused", by=by)
    if not within:
        raise OverBudget(
            _("Ya se juntaron las respuestas %(n)s veces en una hora.") % {"n": TIMES},
            hint=_("Espera un rato: lo que se publica no cambia por esperar."),
        )
    opened = list(_opened(by, wanted))
    with transaction.atomic():
        log.write_each("extract.case", by=by, case_ids=[one.case_id for one in opened])
    return Extract(
        women={one.who: one.since for one in opened},
        said=tuple(said for one in opened for said in one.said),
        waits={one.who: one.waited for one in opened if one.waited is not None},
    )


def left(*, by: OpenWall, title: str, day: date) -> None:
    """Write down that something left, inside the caller's transaction."""
    log.write("extract.left", by=by, detail={"title": title[:120], "day": day.isoformat()})


def fingerprint(*, by: OpenWall, what: bytes) -> str:
    """Return what vouches for rows without telling anything of them: it needs the wall's key."""
    return _hmac(_master(by, by.current, "seal"), what)


def vouches(*, by: OpenWall, what: bytes, mark: str) -> bool:
    """Tell whether a fingerprint is of these rows, whichever turn of the keys made it."""
    return any(
        hmac.compare_digest(_hmac(_master(by, turn, "seal"), what), mark) for turn in by.pairs
    )


def hold(*, by: OpenWall, place: str, body: Mapping[str, Any]) -> str:
    """Seal what is shown before it leaves, for the page alone: it is kept nowhere."""
    whole = {"at": clock.now().isoformat(), "body": dict(body)}
    sealed = _page_key(by).seal(json.dumps(whole).encode(), bound_to=_page_place(by, place))
    return base64.urlsafe_b64encode(sealed).decode()


def held(*, by: OpenWall, place: str, token: str) -> dict[str, Any] | None:
    """Return what a page held, if this person held it, for this, within the hour."""
    try:
        plain = _page_key(by).open(base64.urlsafe_b64decode(token), bound_to=_page_place(by, place))
        whole: dict[str, Any] = json.loads(plain)
        fresh = clock.now() - datetime.fromisoformat(whole["at"]) <= WITHIN
    except (SealBroken, ValueError, KeyError):
        return None
    return dict(whole["body"]) if fresh else None


def _opened(by: OpenWall, wanted: Wanted) -> Iterator[_Opened]:
    first = Epoch.objects.get(wall=by.wall, number=1)
    codes = _master(by, first.pk, str(wanted.study))
    today = clock.today(by.user.organisation.timezone)
    for case in cases_of(by).prefetch_related("records"):
        key = vault.key_of(by, case)
        cover = Cover.from_body(vault.open_cover(key, case))
        if not _in_population(cover, wanted):
            continue
        there = _sheets(key, case)
        last = standing.last_words(there).get(PURPOSE)
        if last is None or not last.holds(today):
            continue
        who = _hmac(codes, case.pk.bytes)[:16]
        said = [_said(who, one) for one in _answers(there, wanted)]
        since = date.fromisoformat(cover.since)
        waited = _waited(there, since, wanted.until) if wanted.services else None
        yield _Opened(case.pk, who, since, said, waited)


def _in_population(cover: Cover, wanted: Wanted) -> bool:
    if cover.state not in (OPEN, CLOSED) or not cover.since:
        return False
    return wanted.first <= date.fromisoformat(cover.since) <= wanted.last


def _sheets(key: Key, case: Case) -> list[Body]:
    found = []
    for record in case.records.all():
        body = vault.open_record(key, case.wall_id, record)
        known = sheets.read(body["kind"], body["says"])
        if known is not None:
            found.append(known)
    return found


def _answers(there: list[Body], wanted: Wanted) -> list[Assessment]:
    return [
        one
        for one in moments.answers_of(there)
        if one.slug in wanted.instruments and one.wave in wanted.waves and one.on <= wanted.until
    ]


def _said(who: str, one: Assessment) -> Said:
    return Said(who, one.wave, one.on, one.slug, one.version, dict(one.answers))


def _waited(there: list[Body], since: date, until: date) -> Waited | None:
    """Count the days to the first service that she got, of all that she asked for until a day.

    A closed case goes on waiting: that nobody served her is known. Only who no longer wants any
    of it is seen no longer than until she said so.
    """
    asked = [one for one in standing.of(there, Service) if one.asked_on <= until]
    passed = [one for one in standing.of(there, Referral) if one.agreed_on <= until]
    if not asked and not passed:
        return None
    got = [one.met_on for one in asked if one.met_on is not None]
    got += [step.on for one in passed for step in one.steps if step.state == State.SERVED]
    first = min((on for on in got if on <= until), default=None)
    if first is not None:
        # What she got before somebody began her file was there on the first day.
        return Waited(since, max(0, (first - since).days), served=True)
    gone = [one.dropped_on for one in asked] + [_taken_back(one) for one in passed]
    ends = [on for on in gone if on is not None and on <= until]
    last = max(ends) if len(ends) == len(gone) else until
    return Waited(since, max(0, (last - since).days), served=False)


def _taken_back(one: Referral) -> date | None:
    last = one.steps[-1]
    return last.on if last.state == State.REVOKED else None


def _times(by: OpenWall) -> int:
    """Count how often it was done within the hour, in the log itself: there is no other count."""
    since = clock.now() - WITHIN
    return sum(line.kind == "extract.begin" for line in log.since(by=by, moment=since))


def _master(by: OpenWall, turn: UUID, purpose: str) -> bytes:
    private = by.pair_of(turn).private
    return hashlib.sha256(_INFO + purpose.encode() + b"\0" + private).digest()


def _hmac(key: bytes, what: bytes) -> str:
    return hmac.new(key, what, hashlib.sha256).hexdigest()


def _page_key(by: OpenWall) -> Key:
    return Key.from_master(_master(by, by.current, "page"), stream="walled")


def _page_place(by: OpenWall, place: str) -> str:
    return f"{by.wall.pk}|extracts|{by.user.pk}|{place}|1"
