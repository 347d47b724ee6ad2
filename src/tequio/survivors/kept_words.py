"""What was sent to a shut wall, in words: answers stand beside their questions, not beside fields.

Other forms keep the names of their fields; what serves only the sending is left out here, and is
sent again with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.instruments.paper.numbered import lines
from tequio.instruments.steps import Steps
from tequio.instruments.whole_page import WholePage
from tequio.survivors.actions import asking, drafts
from tequio.survivors.actions.drafts import Fields, Kept
from tequio.survivors.answering import HerSitting
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Assessment

Said = tuple[tuple[str, str], ...]
_ASKED, _ON_PAPER = "survivors:ask", "survivors:type-asking"


@dataclass(frozen=True, slots=True)
class InWords:
    """One form that waits, with what a person reads of it."""

    kept: Kept
    said: Said


def kept(*, by: OpenWall) -> list[InWords]:
    """Return what waits for this person, newest first."""
    found = drafts.kept(by=by)
    sheets: dict[tuple[UUID, UUID], HerSitting] = {}
    return [InWords(one, _said(by, one, sheets) or one.fields) for one in found]


def _said(by: OpenWall, one: Kept, sheets: dict[tuple[UUID, UUID], HerSitting]) -> Said:
    """Say the answers to her questions; nothing where it is another form or she is gone."""
    try:
        where = resolve(one.path)
        if where.view_name not in (_ASKED, _ON_PAPER):
            return ()
        which = where.kwargs["case_id"], where.kwargs["answered_id"]
        # Screens of one questionnaire come together: it is opened once.
        sitting = sheets.get(which) or sheets.setdefault(which, _sitting(by, *which))
        if where.view_name == _ON_PAPER:
            return tuple(_typed(sitting, one.fields))
        return tuple(_answered(sitting, one.fields))
    except (Resolver404, DomainError):
        return ()


def _sitting(by: OpenWall, case_id: UUID, sheet_id: UUID) -> HerSitting:
    return HerSitting(by, case_id, asking.asked_about(by=by, case_id=case_id, sheet_id=sheet_id))


def _answered(sitting: HerSitting, fields: Fields) -> Iterator[tuple[str, str]]:
    """Say what one screen held, or the whole page."""
    key = dict(fields).get("screen", "")
    steps = WholePage(sitting) if sitting.whole_page else Steps(sitting)
    steps.at = key
    here = steps.screen
    if here is None or here.key != key:
        return
    sent = {name: [value for _n, value in given] for name, given in groupby(fields, lambda f: f[0])}
    for one in steps.fields():
        labels = {choice.value: choice.label or choice.value for choice in one.choices}
        given = [labels.get(value, value) for value in sent.get(one.name, ())]
        if sent.get(f"not{one.name[1:]}"):
            given = [_("Prefiero no decir")]
        if given:
            yield one.asked.label, "; ".join(given)


def _typed(sitting: HerSitting, fields: Fields) -> Iterator[tuple[str, str]]:
    """Say what was typed off a sheet, with what its digits mean."""
    sheet = sitting.held.body
    assert isinstance(sheet, Assessment)  # noqa: S101 -- opened as one
    sent = dict(fields)
    if sent.get("day"):
        yield _("Día que dice la hoja"), sent["day"]
    for line in lines(asking.asked_in(sheet), sitting.language):
        value = sent.get(f"a{line.number}", "").strip()
        meaning = {box.number: box.words for box in line.boxes}.get(value, "")
        if value == line.refusal:
            meaning = _("Prefiero no decir")
        if value:
            yield f"{line.number}. {line.words}", f"{value}: {meaning}" if meaning else value
