"""What she answered alone or on a telephone: opened while the wall is open, and put in its place.

Each row of the slot is opened once and goes in the same transaction. What carries her subject lies
on a sheet of her case from then on; what does not is kept whole until a person decides.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from tequio.core.errors import DomainError
from tequio.core.sealing import SealBroken
from tequio.instruments import definitions
from tequio.instruments.definitions import Flag, Shipped
from tequio.instruments.openrosa import submitted
from tequio.instruments.openrosa.received import Standing
from tequio.instruments.rules import answered
from tequio.instruments.rules.flags import raised
from tequio.letters import slot
from tequio.letters.answers import ANSWERED, FILE, STOPPED, SUBMISSION, unpacked
from tequio.letters.kinds import Kind
from tequio.letters.models import Answers
from tequio.survivors import log, words
from tequio.survivors.actions import asking, holding, sheets, subjects
from tequio.survivors.actions.subjects import Subject
from tequio.survivors.models import Case, Epoch, HeldLetter
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import cases_of
from tequio.survivors.queries.letters import opened
from tequio.survivors.rules import letters, moments
from tequio.survivors.rules.letters import Letter
from tequio.survivors.rules.sheets import Assessment

_AT_ONCE: Final = 100
# Where there is no signal an answer waits on its way, but not for longer than this.
_OLDEST: Final = timedelta(days=90)
# Of an arrival's heading: what a member needs to say whose it is.
_TOLD: Final = ("form", "version", "sha256", "number", "replaces", "device", "why", "name", "type")


Waiting = dict[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One row as it was opened: what it is, whose, and what was said."""

    what: str
    at: datetime
    says: Mapping[str, Any]
    answers: Mapping[str, str]
    subject: Subject | None
    data: bytes

    @property
    def number(self) -> str:
        """The number that was made where it was answered."""
        return str(self.says.get("number", "")).removeprefix("uuid:")

    @property
    def answered_at(self) -> datetime:
        """When she finished, where her device said so and it can be; else when it came in."""
        try:
            said = datetime.fromisoformat(str(self.says.get("finished_at", "")))
        except ValueError:
            return self.at
        can_be = said.tzinfo is not None and self.at - _OLDEST <= said <= self.at
        return said.astimezone(self.at.tzinfo) if can_be else self.at


def taken_in(by: OpenWall) -> None:
    """Open all that lies in the slot. Who shows letters calls it first."""
    if Answers.objects.filter(holder_id=by.wall.organisation_id).exists():
        while _some(by):
            pass


def put_into(*, by: OpenWall, letter: Letter, case_id: UUID) -> None:
    """Put answers into the case of the woman whose a person says they are."""
    says = dict(letter.says or {})
    at = _here(by, datetime.fromisoformat(letter.at))
    if "answers" in says:
        wave = _moment(by, case_id, str(says.get("form", "")), at)
        _write(by, case_id, _sheet(says, says["answers"], at, wave), at)
        return
    waits = letters.begun(Kind(letter.kind), at, says)
    row = holding.held(by, waits, case_id, slot.month_after(at.date()))
    row.save(force_insert=True)


def _moment(by: OpenWall, case_id: UUID, slug: str, at: datetime) -> str:
    """Return the moment of hers that was open then and asks this; empty where none was."""
    bodies = [held.body for held in sheets.all_of(by, case_id)]
    open_then = (
        one.label
        for one in moments.of(bodies)
        if slug in one.left and one.standing(at.date()) == "open"
    )
    return next(open_then, "")


@transaction.atomic
def _some(by: OpenWall) -> bool:
    """Open some; return whether there may be more."""
    turns = dict(Epoch.objects.filter(wall=by.wall, pk__in=by.pairs).values_list("number", "pk"))
    rows = Answers.objects.filter(holder_id=by.wall.organisation_id, epoch__in=turns)
    found = list(rows.select_for_update(of=("self",)).order_by("pk")[:_AT_ONCE])
    if not found:
        return False
    waiting = _waiting(by)
    count = {"opened": len(found), "matched": 0, "held": 0, "again": 0, "broken": 0}
    for row in found:
        try:
            came = _read(by, by.pair_of(turns[row.epoch]).open(row.sealed))
        except (SealBroken, ValueError, KeyError, TypeError):
            # A forged one: whoever has the public half may put in anything.
            count["broken"] += 1
            continue
        count[_place(by, came, row.erase_after, waiting)] += 1
    Answers.objects.filter(pk__in=[row.pk for row in found]).delete()
    log.write("answers.open", by=by, detail=count)
    if count["broken"]:
        log.write("letters.broken", by=by, detail={"count": count["broken"]})
    return len(found) == _AT_ONCE


def _read(by: OpenWall, plain: bytes) -> Arrived:
    """Return what lies in a row; whatever is not ours raises."""
    says, data = unpacked(plain)
    what, at = says["what"], datetime.fromisoformat(says["at"])
    if not isinstance(says.get("answers", {}), dict):
        raise TypeError("Answers are a whole with names.")
    if what not in (ANSWERED, SUBMISSION, FILE, STOPPED) or at.tzinfo is None:
        raise ValueError("Nobody deposits this.")
    if what == SUBMISSION:
        answers = _of_xml(data)
    elif what == ANSWERED:
        answers = {str(name): str(value) for name, value in says["answers"].items()}
    else:
        answers = {}
    subject = subjects.opened(by, str(says.get("subject", "")))
    return Arrived(what, _here(by, at), says, answers, subject, data)


def _here(by: OpenWall, at: datetime) -> datetime:
    """As the clocks here say it: the day of an answer is the day on which she gave it."""
    return at.astimezone(ZoneInfo(by.user.organisation.timezone))


def _of_xml(data: bytes) -> dict[str, str]:
    found = submitted.fields(submitted.read(data))
    return {path.rpartition("/")[2]: value for path, value in found if value}


def _place(by: OpenWall, came: Arrived, erase_after: date, waiting: Waiting) -> str:
    """Put what came where it belongs; return what became of it, for the log.

    A file is kept with its letter and given out nowhere: no form of the wall asks for one (see
    `definitions.Item`), so it comes from something that is none of ours, and nobody has to open it.
    Its clock erases it. A form of the wall that asks for files has to bring a way to open them.
    """
    case = _case(by, came.subject)
    says = {name: came.says[name] for name in _TOLD if came.says.get(name)}
    if came.what in (ANSWERED, SUBMISSION):
        says |= {"answers": dict(came.answers), "number": came.number}
        known = _before(by, came, case, waiting)
        if known is not None and dict(known) == dict(came.answers):
            return "again"
        strange = known is not None or came.says.get("standing") == Standing.CONFLICT
        if case is not None and not strange and _fits(says):
            wave = came.subject.wave if came.subject else ""
            _write(by, case.pk, _sheet(says, came.answers, came.answered_at, wave), came.at)
            return "matched"
        kind = Kind.ANSWERS_URGENT if _flags(says, came.answers) else Kind.ANSWERS
        case = None  # a person says whose it is, or which of two counts
        waiting[came.number] = came.answers
    else:
        kind = Kind.ANSWERS_STOPPED if came.what == STOPPED else Kind.ANSWERS
        if came.data:
            says["data"] = base64.b64encode(came.data).decode()
    letter = letters.begun(kind, came.at, says)
    holding.held(by, letter, case.pk if case else None, erase_after).save(force_insert=True)
    return "matched" if case else "held"


def _case(by: OpenWall, subject: Subject | None) -> Case | None:
    return cases_of(by).filter(pk=subject.case_id).first() if subject else None


def _before(
    by: OpenWall, came: Arrived, case: Case | None, waiting: Waiting
) -> Mapping[str, str] | None:
    """Return what came under this number before: in her case, or among what still waits."""
    if case is not None:
        for held in sheets.all_of(by, case.pk):
            if isinstance(held.body, Assessment) and held.body.number == came.number:
                return held.body.answers
    return waiting.get(came.number)


def _waiting(by: OpenWall) -> Waiting:
    """Return the answers that wait for somebody to say whose they are, by their numbers."""
    found: Waiting = {}
    for row in HeldLetter.objects.filter(wall=by.wall, case=None):
        says = opened(by, row).says or {}
        if "answers" in says:
            found[str(says.get("number", ""))] = says["answers"]
    return found


def _write(by: OpenWall, case_id: UUID, body: Assessment, at: datetime) -> None:
    sheet_id = sheets.write(by=by, case_id=case_id, body=body)
    flags = _flags({"form": body.slug, "version": body.version}, body.answers)
    asking.wait(by=by, case_id=case_id, sheet_id=sheet_id, said=body, at=at, flags=flags)


def _sheet(
    says: Mapping[str, Any], answers: Mapping[str, str], at: datetime, wave: str
) -> Assessment:
    shipped = definitions.find(str(says.get("form", "")), str(says.get("version", "")))
    alone = "device" not in says
    return Assessment(
        slug=str(says.get("form", "")),
        version=str(says.get("version", "")),
        sha256=shipped.sha256 if shipped else "",
        began_at=at,
        number=str(says.get("number", "")),
        wave=wave if wave in words.codes(words.WAVES) else "",
        how="alone" if alone else "device",
        finished_at=at,
        received_at=at,
        answers=_clean(shipped, answers),
        missing=asking.missing(shipped.instrument, answers) if shipped else {},
        replaces=str(says.get("replaces", "")).removeprefix("uuid:"),
    )


def _fits(says: Mapping[str, Any]) -> bool:
    """Tell whether these answers are answers to what they say that they answer."""
    shipped = definitions.find(str(says.get("form", "")), str(says.get("version", "")))
    if shipped is None or says.get("sha256", shipped.sha256) != shipped.sha256:
        return False
    try:
        answered.clean(shipped.instrument, says["answers"])
    except DomainError:
        return False
    return True


def _clean(shipped: Shipped | None, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that stand; a person who says whose they are gets them as they came."""
    if shipped is None:
        return dict(answers)
    try:
        return answered.clean(shipped.instrument, answers)
    except DomainError:
        return dict(answers)


def _flags(says: Mapping[str, Any], answers: Mapping[str, str]) -> tuple[Flag, ...]:
    shipped = definitions.find(str(says.get("form", "")), str(says.get("version", "")))
    return raised(shipped.instrument, answers) if shipped else ()
