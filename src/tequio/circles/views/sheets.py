"""The paper sheet, and the screen on which it is typed in afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.permissions import Permission
from tequio.access.policies import require as require_some
from tequio.access.requests import signed_in
from tequio.access.room import in_the_room
from tequio.circles import queries, sheet_paper
from tequio.circles.actions import sheets as actions
from tequio.circles.models import Session
from tequio.circles.policies import require
from tequio.circles.queries import evening as evening_queries
from tequio.circles.queries.sheets import by_code
from tequio.circles.rules.evening import STATUS_LETTERS, Letters, read_letters
from tequio.circles.rules.sheets import read_pasted
from tequio.circles.views import evening
from tequio.circles.views.locked import locked
from tequio.core import ids
from tequio.core.codes import code_of
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.ui import files

_BOTH = ["GET", "POST"]
_LETTER_OF = {"present": "P", "late": "T", "absent": "F", "excused": "J"}


@dataclass(frozen=True, slots=True)
class Line:
    """One man's line as the screen shows it."""

    man: evening_queries.Man
    status: str
    answer: str
    wrong: bool = False


@require_http_methods(_BOTH)
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code on a sheet and go to its session."""
    user = signed_in(request)
    require_some(user, Permission.ROUND_KEEP)
    code = request.POST.get("code", "")
    if request.method == "POST":
        found = by_code(user, code)
        if found is not None:
            return redirect("circles:sheet", session_id=found.pk)
    context = {"code": code, "missed": request.method == "POST"}
    return render(request, "circles/find_sheet.html", context, status=422 if code else 200)


@in_the_room(when_locked=locked)
@require_GET
def paper(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Give the sheet as a PDF."""
    user = signed_in(request)
    session = queries.session(user, session_id)
    men = evening_queries.men(user, session)
    actions.print_sheet(by=user, session_id=session_id, rows=len(men))
    made = sheet_paper.pdf(session, [man.alias for man in men])
    return files.to_read(made, f"hoja-{code_of(session.pk)}.pdf")


@in_the_room(when_locked=locked)
@require_http_methods(_BOTH)
def quick(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Type a whole sheet in: two letters per man."""
    user = signed_in(request)
    session = queries.session(user, session_id)
    men = evening_queries.men(user, session)
    if request.method == "GET":
        return _page(request, session, [_line(man) for man in men])
    if "distribute" in request.POST:
        return _distribute(request, session, men)
    typed = {m.membership_id: _typed(request, m.membership_id) for m in men}
    read = {key: read_letters(*letters) for key, letters in typed.items()}
    trouble = _("Hay letras que no se entienden. Están marcadas; nada se guardó todavía.")
    if not any(line.wrong for line in read.values()):
        trouble = _enter(request, session, read)
        if not trouble:
            return redirect("circles:round", session_id=session.pk)
    lines = [_line(man, *typed[man.membership_id], read[man.membership_id]) for man in men]
    return _page(request, session, lines, trouble=trouble)


def _enter(request: HttpRequest, session: Session, read: Mapping[UUID, Letters]) -> str:
    try:
        number = UUID(request.POST.get("sheet", ""))
    except ValueError:
        return _("La página llegó incompleta. Ábrela de nuevo; lo escrito está abajo.")
    try:
        written = actions.enter(
            by=signed_in(request),
            session_id=session.pk,
            lines=read,
            tap=evening.tap_of(request, number),
        )
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        return str(error)
    messages.success(
        request,
        ngettext("Se guardó %(n)s renglón de la hoja.", "Se guardaron %(n)s renglones.", written)
        % {"n": written},
    )
    return ""


def _distribute(
    request: HttpRequest, session: Session, men: tuple[evening_queries.Man, ...]
) -> HttpResponse:
    """Fill the boxes with what was pasted; nothing is saved until somebody has looked."""
    pasted = read_pasted(
        request.POST.get("pasted", ""), [(man.membership_id, man.alias) for man in men]
    )
    lines = []
    for man in men:
        status, answer = pasted.letters.get(man.membership_id, _typed(request, man.membership_id))
        lines.append(_line(man, status, answer, read_letters(status, answer)))
    return _page(request, session, lines, unknown=pasted.unknown, looked=True)


def _typed(request: HttpRequest, key: UUID) -> tuple[str, str]:
    return request.POST.get(f"s-{key}", ""), request.POST.get(f"r-{key}", "")


def _line(
    man: evening_queries.Man,
    status: str | None = None,
    answer: str = "",
    read: Letters | None = None,
) -> Line:
    shown = _LETTER_OF.get(man.status, "") if status is None else status.upper()
    return Line(man, shown, answer.upper(), bool(read and read.wrong))


def _page(
    request: HttpRequest,
    session: Session,
    lines: list[Line],
    *,
    trouble: str = "",
    unknown: tuple[str, ...] = (),
    looked: bool = False,
) -> HttpResponse:
    user = signed_in(request)
    require(user, Permission.ROUND_KEEP, session.group)
    context = {
        **evening.frame(request, session, "sheet"),
        "lines": lines,
        "code": code_of(session.pk),
        "sheet_id": request.POST.get("sheet") or ids.new_id(),
        "trouble": trouble,
        "unknown": unknown,
        "looked": looked,
        "letters": "".join(STATUS_LETTERS),
    }
    return render(request, "circles/sheet.html", context, status=422 if trouble else 200)
