"""Her questionnaires: begun with her, kept sealed question by question, and finished.

While it is under way each answer is sealed over the one before, without a line of its own in the
log and without working the cover out anew: one line says that it began, one that it ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.policies import not_visible
from tequio.core import clock, ids, wiping
from tequio.core.errors import Conflict, DomainError
from tequio.instruments import definitions
from tequio.instruments.definitions import PREFERS_NOT, Flag, Instrument, Shipped
from tequio.instruments.rules import answered
from tequio.instruments.rules.asking import is_asked
from tequio.instruments.rules.flags import raised
from tequio.instruments.stores import Filled, FormKey, How
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.survivors import log, vault, words
from tequio.survivors.actions import cases, holding, sheets
from tequio.survivors.models import Record, Spent
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case
from tequio.survivors.rules import letters, moments
from tequio.survivors.rules import opening as rules
from tequio.survivors.rules.sheets import Assessment, Held

# What anybody may be asked and that serves her; surveys of the neighbourhood are not about her.
_ALSO: Final = frozenset({"audit", "gad-7", "k6", "phq-9", "satisfaccion"})


def for_women() -> tuple[Shipped, ...]:
    """Return what a woman may be asked."""
    found = [
        one
        for one in definitions.shipped().values()
        if not one.instrument.is_shell
        and (one.instrument.reporter == "hers" or one.instrument.slug in _ALSO)
    ]
    # First what is only hers.
    return tuple(
        sorted(
            found, key=lambda one: (one.instrument.reporter != "hers", one.instrument.name.now())
        )
    )


@transaction.atomic
def begin(
    *, by: OpenWall, case_id: UUID, slug: str, wave: str = "", whole_page: bool = False
) -> UUID:
    """Begin a questionnaire with her, or go on with the one that was begun."""
    shipped = next((one for one in for_women() if one.instrument.slug == slug), None)
    if shipped is None or (wave and wave not in words.codes(words.WAVES)):
        raise not_visible()
    there = sheets.all_of(by, case_id)
    if not moments.may_be_asked([held.body for held in there], sheets.today(by)):
        raise DomainError(
            _("Ella no ha dicho que sí a contestar cuestionarios."),
            hint=_("Pregúntale primero, en «Lo que ella decidió». Acompañarla no depende de eso."),
        )
    for held in there:
        body = held.body
        if isinstance(body, Assessment) and (body.slug, body.wave) == (slug, wave):
            if not body.done:
                return held.id
            if wave:
                raise Conflict(
                    _("Eso ya lo contestó en este momento."),
                    hint=_("Si quiere decir otra cosa, pregúntaselo fuera de los momentos."),
                )
    number = str(ids.new_id(stream="walled"))
    # As the clocks here say it: the day of an answer is the day on which she gave it.
    now = clock.here(by.user.organisation.timezone)
    made = Assessment(
        slug=slug,
        version=shipped.instrument.version,
        sha256=shipped.sha256,
        began_at=now,
        number=number,
        by=by.user.login,
        wave=wave,
        # What the page begins with: drawn here, so that nothing outside the wall moves.
        draft={"instance": number, "began": now.isoformat()},
        whole_page=whole_page,
    )
    log.write("asking.begin", by=by, case_id=case_id)
    return sheets.write(by=by, case_id=case_id, body=made)


@transaction.atomic
def print_out(*, by: OpenWall, case_id: UUID, slug: str = "", wave: str = "") -> tuple[Held, ...]:
    """Begin what is open at a moment, or one questionnaire, to be answered on paper.

    Printing it again is the same questionnaire with the same code.
    """
    slugs = (slug,) if slug else _open_at(by, case_id, wave)
    made = [begin(by=by, case_id=case_id, slug=one, wave=wave) for one in slugs]
    log.write("asking.print", by=by, case_id=case_id)
    return tuple(_one(by, case_id, sheet_id)[0] for sheet_id in made)


def _open_at(by: OpenWall, case_id: UUID, wave: str) -> tuple[str, ...]:
    bodies = [held.body for held in sheets.all_of(by, case_id)]
    today = sheets.today(by)
    for one in moments.of(bodies):
        if one.label == wave and one.standing(today) == "open" and one.left:
            return one.left
    raise DomainError(
        _("En ese momento ya no hay nada que preguntarle."),
        hint=_("Mira sus fechas: quizá ya contestó, o ya pasó su tiempo."),
    )


def under_way(*, by: OpenWall, case_id: UUID, sheet_id: UUID) -> Held:
    """Open a questionnaire that is not finished; the first time within the hour leaves a line."""
    since = clock.now() - rules.BUDGET_FOR
    if not Spent.objects.filter(user=by.user, case=case_id, at__gt=since).exists():
        cases.read(by=by, case_id=case_id)
    held, body = _one(by, case_id, sheet_id)
    if body.done:
        raise not_visible()
    return held


def asked_about(*, by: OpenWall, case_id: UUID, sheet_id: UUID) -> Held:
    """Open one for the words of its questions: nothing that she answered is shown."""
    return _one(by, case_id, sheet_id)[0]


@transaction.atomic
def keep(*, by: OpenWall, case_id: UUID, held: Held, draft: Mapping[str, Any]) -> Held:
    """Seal how far she came, over the version that was read."""
    record = Record.objects.select_for_update(of=("self",)).filter(pk=held.id, case=case_id).first()
    now, body = _one(by, case_id, held.id)
    if record is None or body.done:
        raise not_visible()
    if now.version != held.version:
        raise cases.written_meanwhile()
    case = pick_case(by, case_id)
    after = replace(body, draft=dict(draft))
    record.version += 1
    says = {"kind": after.KIND, "says": after.as_body()}
    vault.seal_record(vault.key_of(by, case), case.wall_id, record, says)
    record.save(update_fields=["sealed", "version"])
    return Held(held.id, record.version, after)


@transaction.atomic
def finish(*, by: OpenWall, case_id: UUID, held: Held, filled: Filled) -> tuple[Flag, ...]:
    """Seal the whole answer; what cannot wait becomes a duty with its clock."""
    now, body = _one(by, case_id, held.id)
    if body.done:
        raise not_visible()
    whole = asked_in(body)
    said = answered.clean(whole, filled.answers)
    after = replace(
        body,
        how=filled.how.value,
        finished_at=filled.finished_at.astimezone(ZoneInfo(by.user.organisation.timezone)),
        answers=said,
        missing=missing(whole, said),
        draft={},
    )
    read = Held(held.id, now.version, body)
    sheets.rewrite(by=by, case_id=case_id, held=read, body=after)
    flags = raised(whole, said)
    log.write("asking.finish", by=by, case_id=case_id)
    if flags:
        wait(by=by, case_id=case_id, sheet_id=held.id, said=after, at=clock.now(), flags=flags)
    return flags


@transaction.atomic
def take(
    *,
    by: OpenWall,
    case_id: UUID,
    slug: str,
    wave: str,
    answers: Mapping[str, str],
    how: How = How.PAPER,
) -> tuple[Flag, ...]:
    """Take a whole answer at once: from paper, or as it was told."""
    sheet_id = begin(by=by, case_id=case_id, slug=slug, wave=wave)
    held, body = _one(by, case_id, sheet_id)
    filled = Filled(
        form=FormKey(body.slug, body.version, body.sha256),
        instance_id=UUID(body.number),
        answers=answers,
        how=how,
        started_at=body.began_at,
        finished_at=clock.now(),
    )
    return finish(by=by, case_id=case_id, held=held, filled=filled)


@transaction.atomic
def erase(*, by: OpenWall, case_id: UUID, sheet_id: UUID) -> None:
    """Erase one questionnaire, because she asks or because it was begun by mistake."""
    _held, _body = _one(by, case_id, sheet_id)
    Record.objects.filter(pk=sheet_id, case=case_id).delete()
    log.write("asking.erase", by=by, case_id=case_id)
    sheets.in_step(by, pick_case(by, case_id))
    wiping.after_commit()


def wait(
    *,
    by: OpenWall,
    case_id: UUID,
    sheet_id: UUID,
    said: Assessment,
    at: datetime,
    flags: tuple[Flag, ...],
) -> None:
    """Let what she answered wait for a person, inside the caller's transaction."""
    kind = Kind.ANSWERS_URGENT if flags else Kind.ANSWERS
    says = {
        "form": said.slug,
        "wave": said.wave,
        "sheet": str(sheet_id),
        "flags": [flag.kind for flag in flags],
    }
    letter = letters.begun(kind, at, says)
    holding.held(by, letter, case_id, slot.month_after(at.date())).save(force_insert=True)


def asked_in(body: Assessment) -> Instrument:
    """Return exactly what was asked; a published file that changed is a broken installation."""
    found = definitions.find(body.slug, body.version)
    if found is None or found.sha256 != body.sha256:
        raise DomainError(
            _("Falta el cuestionario «%(slug)s», versión %(version)s, como se preguntó.")
            % {"slug": body.slug, "version": body.version},
            hint=_("Avisa a quien cuida el sistema: las versiones publicadas no cambian."),
        )
    return found.instrument


def missing(whole: Instrument, said: Mapping[str, str]) -> dict[str, str]:
    """Return why each question without an answer has none."""
    found = {}
    for item in whole.questions:
        value = said.get(item.id, "")
        if value == PREFERS_NOT:
            found[item.id] = "prefers_not"
        elif not value:
            found[item.id] = "left_open" if is_asked(whole, item, said) else "not_asked"
    return found


def _one(by: OpenWall, case_id: UUID, sheet_id: UUID) -> tuple[Held, Assessment]:
    """Open one sheet alone: a page asks for it at every question."""
    case = pick_case(by, case_id)
    record = Record.objects.filter(pk=sheet_id, case=case).first()
    if record is None:
        raise not_visible()
    body = vault.open_record(vault.key_of(by, case), case.wall_id, record)
    if body["kind"] != Assessment.KIND:
        raise not_visible()
    found = Assessment.from_body(body["says"])
    return Held(record.pk, record.version, found), found
