"""A link with which she answers alone: only by a way that she approved, and nothing is sent here.

Outside, its row looks like any other and says nothing; whose answers come back is known by a box
that travels inside the link and that only the wall opens.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.instruments import definitions
from tequio.instruments.actions import links
from tequio.instruments.actions.links import Given
from tequio.instruments.one_time import hers
from tequio.letters import slot
from tequio.survivors import log
from tequio.survivors.actions import sheets, subjects
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules import moments, standing
from tequio.survivors.rules.moments import Moment
from tequio.survivors.rules.sheets import Held, Invitation
from tequio.survivors.rules.sheets.inviting import IN_PERSON, ways


@transaction.atomic
def give(*, by: OpenWall, case_id: UUID, wave: str, how: str, rules_read: bool = False) -> Given:
    """Make a link for one moment of hers; an earlier one for it opens no more."""
    there = sheets.all_of(by, case_id)
    moment = _may_be_given(by, there, wave, how, rules_read=rules_read)
    for held in there:
        _take_back(by, case_id, held, wave)
    given = links.give(
        by=hers.NAME,
        organisation_id=by.wall.organisation_id,
        about={hers.SUBJECT: subjects.sealed(by=by, case_id=case_id, wave=wave)},
        asks=[definitions.newest(slug) for slug in moment.left],
        stream="walled",
    )
    zone = ZoneInfo(by.user.organisation.timezone)
    invitation = Invitation(
        wave=wave,
        on=sheets.today(by),
        until=given.until.astimezone(zone).date(),
        how=how,
        by=by.user.login,
        row=given.row,
        rules_by="" if how == IN_PERSON else by.user.login,
    )
    sheets.write(by=by, case_id=case_id, body=invitation)
    log.write("asking.give_link", by=by, case_id=case_id)
    return given


@transaction.atomic
def take_back(*, by: OpenWall, case_id: UUID, wave: str = "") -> None:
    """Take back what she was given and has not answered; without a moment, all of it."""
    for held in sheets.all_of(by, case_id):
        _take_back(by, case_id, held, wave)


def _take_back(by: OpenWall, case_id: UUID, held: Held, wave: str) -> None:
    body, today = held.body, sheets.today(by)
    if not isinstance(body, Invitation) or not body.opens_on(today):
        return
    if wave and body.wave != wave:
        return
    links.take_back(by=hers.NAME, row=body.row)
    sheets.rewrite(by=by, case_id=case_id, held=held, body=replace(body, taken_back_on=today))


def _may_be_given(
    by: OpenWall, there: list[Held], wave: str, how: str, *, rules_read: bool
) -> Moment:
    bodies, today = [held.body for held in there], sheets.today(by)
    if not moments.may_be_asked(bodies, today):
        raise DomainError(
            _("Ella no ha dicho que sí a contestar cuestionarios."),
            hint=_("Pregúntale primero, en «Lo que ella decidió». Acompañarla no depende de eso."),
        )
    moment = next((one for one in moments.of(bodies) if one.label == wave), None)
    if moment is None or not moment.left or moment.standing(today) != "open":
        raise DomainError(
            _("En ese momento suyo no hay nada que preguntarle."),
            hint=_("Mira sus fechas: quizá ya contestó, o ya pasó su tiempo."),
        )
    if how not in ways(standing.card_of(bodies)):
        raise DomainError(
            _("Ella no ha dicho que ese canal sea seguro para buscarla."),
            hint=_("Dáselo en persona, o llena con ella su tarjeta de contacto seguro."),
        )
    if how != IN_PERSON and not rules_read:
        raise DomainError(
            _("Antes de mandarlo, confirma que leíste otra vez sus reglas de contacto."),
            hint=_("Están arriba en esta página. Marca la casilla cuando las hayas leído."),
        )
    to = slot.open_slot(by.wall.organisation_id)
    if to is None or to.holder_id != by.wall.organisation_id:
        raise DomainError(
            _("Las cartas de tu organización no llegan hoy a este muro, y no se dan enlaces."),
            hint=_("Revisa «Quién las guarda» con dirección antes de dar enlaces."),
        )
    return moment
