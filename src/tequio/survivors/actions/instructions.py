"""Asking that he be asked: one subject of a talk that was due anyway, with her consent.

Outside, the row keeps no trace. Here a sheet of hers says what was asked for and what she said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.policies import not_visible
from tequio.core.errors import Conflict, DomainError
from tequio.letters import agenda, talks
from tequio.survivors import log
from tequio.survivors.actions import sheets
from tequio.survivors.models import Wall
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.covers import covers
from tequio.survivors.queries.men import next_talk
from tequio.survivors.rules import standing
from tequio.survivors.rules.sheets import Instruction, Link


class ThinCover(DomainError):
    """Few others are asked the same in those days: it may point at her."""

    def __init__(self, others: int) -> None:
        self.others = others
        super().__init__(said_of(others), hint=_("Si aun así ella lo quiere, dilo y confirma."))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, and how she agreed."""

    folio: str
    talk: UUID
    subject: str
    agreed_on: date
    how: str = ""
    thin_known: bool = False


def said_of(others: int) -> str:
    """Say how thin the cover is."""
    days = talks.plan().cover_days
    if not others:
        return _(
            "A ningún otro hombre se le pregunta de esto en los %(days)s días de antes o después. "
            "Si él sabe que ella lo sabe, puede pensar que fue ella."
        ) % {"days": days}
    said = ngettext(
        "Solo a %(n)s hombre más se le pregunta de esto en los %(days)s días de antes o después. "
        "Puede pensar que fue ella.",
        "Solo a %(n)s hombres más se les pregunta de esto en los %(days)s días de antes o "
        "después. Puede pensar que fue ella.",
        others,
    )
    return said % {"n": others, "days": days}


@transaction.atomic
def issue(*, by: OpenWall, case_id: UUID, wanted: Wanted) -> Instruction:
    """Exchange a subject of the talk that is due, and write her consent on a sheet."""
    there = [held.body for held in sheets.all_of(by, case_id)]
    linked = {link.folio for link in standing.of(there, Link) if link.ended_on is None}
    found = next_talk(by, wanted.folio) if wanted.folio in linked else None
    if found is None:
        raise not_visible()
    organisation, talk = found
    if talk.agenda_id != wanted.talk:
        raise _begun()
    before = [one for one in standing.of(there, Instruction) if one.talk == str(talk.agenda_id)]
    if wanted.subject not in talks.BY_CODE:
        raise DomainError(_("Falta de qué se le pregunta."), hint=_("Elige uno de la lista."))
    if before:
        raise DomainError(
            _("Para esta plática ya se pidió un tema."),
            hint=_("Se cambia uno por plática, para que no se note. Espera a la siguiente."),
        )
    taken = _asked_by_others(by, case_id, wanted)
    if wanted.subject not in talk.subjects and set(talk.subjects) <= taken:
        raise DomainError(
            _("En esta plática ya no cabe otro tema: los que hay los pidieron otras mujeres."),
            hint=_("Espera a la siguiente, o habla con quien las acompaña."),
        )
    others = agenda.cover(organisation, talk.agenda_id, wanted.subject)
    if others < talks.plan().thin_below and not wanted.thin_known:
        raise ThinCover(others)
    if not agenda.exchange(organisation, talk.agenda_id, wanted.subject, keep=taken):
        raise _begun()
    made = Instruction(
        folio=wanted.folio,
        talk=str(talk.agenda_id),
        due_on=talk.due_on,
        subject=wanted.subject,
        agreed_on=wanted.agreed_on,
        by=by.user.login,
        on=sheets.today(by),
        how=wanted.how.strip(),
        others=others,
        thin_known=wanted.thin_known,
    )
    sheets.write(by=by, case_id=case_id, body=made)
    log.write("instruction.issue", by=by, case_id=case_id)
    return made


def _asked_by_others(by: OpenWall, case_id: UUID, wanted: Wanted) -> set[str]:
    """Return what other women asked for in the same talk: it is not pushed out of it.

    Whoever asks at the same moment waits here, so that both see what the other asked for.
    """
    Wall.objects.select_for_update(of=("self",)).get(pk=by.wall.pk)
    others = [
        line for line in covers(by=by) if line.id != case_id and wanted.folio in line.cover.men
    ]
    asked = (held.body for line in others for held in sheets.all_of(by, line.id))
    return {
        one.subject
        for one in asked
        if isinstance(one, Instruction) and one.talk == str(wanted.talk)
    }


@transaction.atomic
def looked_at_men(*, by: OpenWall, case_id: UUID) -> None:
    """Write into the wall's log that somebody asked how her men stand."""
    log.write("men.standing", by=by, case_id=case_id)


def _begun() -> Conflict:
    return Conflict(
        _("Esa plática acaba de empezar; ya no se cambia."),
        hint=_("Abre la página otra vez: verás la siguiente."),
    )
