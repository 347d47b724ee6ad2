"""Typing a questionnaire in from paper: one page, digits and Enter, twice where that is wanted.

`type_in` is for whoever has a sitting, as `filling.ask` is: the room of men and the wall type
through it, and what is typed goes to the owner as any other answer does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.core import clock, ids
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.instruments.definitions import Instrument
from tequio.instruments.paper.numbered import Line, lines
from tequio.instruments.paper.typed_in import differences, read, reads_day, typed_from
from tequio.instruments.stores import Filled, How, Sitting

# In what is kept sealed on the way: what was typed the first time.
_TYPED: Final = "typed"
_DAY: Final = "day"


@dataclass(slots=True)
class _Page:
    """A sheet being typed: what stands in its boxes, and what is wrong."""

    sheet: tuple[Line, ...]
    typed: Mapping[str, str]
    day: str = ""
    turn: str = "first"
    problems: Mapping[str, str] = field(default_factory=dict)
    unlike: tuple[tuple[Line, str, str], ...] = ()
    trouble: str = ""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each question with its box."""
        unlike = {line.item.id for line, _first, _second in self.unlike}
        return [
            {
                "line": line,
                "value": self.typed.get(line.item.id, ""),
                "problem": self.problems.get(line.item.id, ""),
                "unlike": line.item.id in unlike,
            }
            for line in self.sheet
        ]


def type_in(
    request: HttpRequest,
    sitting: Sitting,
    whole: Instrument,
    *,
    zone: str,
    base: str = "ui/base.html",
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a sheet to be typed in, or take what was typed.

    Parameters
    ----------
    zone
        The zone of the day on the sheet.
    base
        The page around it.
    beside
        What that page needs besides.
    """
    sheet = lines(whole, sitting.language)
    around = {"base": base, "sitting": sitting, "whole": whole, **(beside or {})}
    kept = sitting.kept() or {}
    before: dict[str, str] | None = kept.get(_TYPED)
    if request.method != "POST":
        if before is not None:
            day = str(kept.get(_DAY, ""))
            return _shown(request, _Page(sheet, {}, day, turn="second"), around)
        answers = {str(k): str(v) for k, v in kept.get("answers", {}).items()}
        return _shown(request, _Page(sheet, typed_from(sheet, answers)), around)
    turn = request.POST.get("turn", "first")
    typed = {line.item.id: request.POST.get(f"a{line.number}", "") for line in sheet}
    page = _Page(sheet, typed, request.POST.get(_DAY, ""), turn)
    if "again" in request.POST:
        sitting.keep({})
        return redirect(request.path)
    return _taken(request, sitting, whole, page, before, around, zone)


def _taken(
    request: HttpRequest,
    sitting: Sitting,
    whole: Instrument,
    page: _Page,
    before: Mapping[str, str] | None,
    around: Mapping[str, Any],
    zone: str,
) -> HttpResponse:
    found = read(whole, page.sheet, page.typed)
    page.problems = found.problems
    if not found.problems and not found.answers:
        page.trouble = _("No hay ninguna respuesta escrita.")
    on = _answered_on(page, zone) if not page.trouble else None
    if page.trouble or found.problems:
        return _shown(request, page, around, status=422)
    if page.turn == "first" and "twice" in request.POST:
        sitting.keep({_TYPED: dict(page.typed), _DAY: page.day, "answers": dict(found.answers)})
        return redirect(request.path)
    if page.turn == "second" and before is not None:
        page.unlike = differences(page.sheet, before, page.typed)
        if page.unlike:
            page.turn = "settled"
            return _shown(request, page, around, status=422)
    try:
        done = sitting.finish(_filled(sitting, found.answers, on, zone))
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        page.trouble = str(error)
        return _shown(request, page, around, status=422)
    return redirect(done.url)


def _answered_on(page: _Page, zone: str) -> date | None:
    """Return the day on the sheet; what cannot be one becomes the page's trouble."""
    said = page.day.strip()
    on = reads_day(said) if said else None
    if said and on is None:
        page.trouble = _("«%(day)s» no es un día. Escríbelo así: 21/11/2026.") % {"day": said[:20]}
    elif on is not None and on > clock.today(zone):
        page.trouble = _("Ese día todavía no llega. Revisa el día que dice la hoja.")
    return on


def _filled(sitting: Sitting, answers: Mapping[str, str], on: date | None, zone: str) -> Filled:
    now = clock.now()
    # Of a day only the day is known.
    at = now if on is None else min(now, datetime.combine(on, time(12), ZoneInfo(zone)))
    return Filled(
        form=sitting.form,
        instance_id=getattr(sitting, "number", None) or ids.new_id(),
        answers=answers,
        how=How.PAPER,
        started_at=at,
        finished_at=at,
    )


def _shown(
    request: HttpRequest, page: _Page, around: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    context = {**around, "page": page, "rows": page.rows, "turn": page.turn}
    response = render(request, "instruments/typing.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
