"""The opening round: one man at a time, one tap each, and words afterwards."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.access.room import in_the_room
from tequio.circles import queries
from tequio.circles.actions import tellings as actions
from tequio.circles.models import Session, Telling
from tequio.circles.policies import require
from tequio.circles.queries import evening as evening_queries
from tequio.circles.views import evening, guide
from tequio.circles.views.locked import locked
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.people.catalogues import violence

# Everything of the round is drawn anew at once: seat, turn, counts and what can be taken back.
SWAP = {"hx-target": "#round", "hx-swap": "outerHTML"}


@in_the_room(when_locked=locked)
@require_GET
def round_page(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show whose turn it is."""
    user = signed_in(request)
    session = queries.session(user, session_id)
    require(user, Permission.ROUND_KEEP, session.group)
    return _page(request, session, wanted=_key(request.GET.get("quien", "")))


@in_the_room(when_locked=locked)
@require_POST
def answer(
    request: HttpRequest, session_id: UUID, membership_id: UUID, event_id: UUID
) -> HttpResponse:
    """Take what he answered, or what kind of violence it was; then it is the next man's turn."""
    try:
        told = _write(request, session_id, membership_id, event_id)
    except Conflict as error:
        messages.error(request, str(error))
        return _anew(request, session_id, membership_id, error.status)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        return _after(request, session_id, wanted=membership_id, trouble=str(error))
    if "against" in request.POST or request.POST.get("answer") in ("yes", "not_alone"):
        return _after(request, session_id, wanted=told.membership_id)
    return _after(request, session_id, spoke=told.membership_id)


def _write(request: HttpRequest, session_id: UUID, membership_id: UUID, event_id: UUID) -> Telling:
    tap = evening.tap_of(request, event_id)
    if "against" in request.POST:
        return actions.name_act(
            by=signed_in(request),
            session_id=session_id,
            membership_id=membership_id,
            kind=request.POST.get("kind", ""),
            against=request.POST["against"],
            tap=tap,
        )
    return actions.answer(
        by=signed_in(request),
        session_id=session_id,
        membership_id=membership_id,
        said=request.POST.get("answer", ""),
        tap=tap,
    )


@in_the_room(when_locked=locked)
@require_POST
def undo(request: HttpRequest, session_id: UUID, telling_id: UUID) -> HttpResponse:
    """Take back what was just written."""
    told: Telling = actions.undo(by=signed_in(request), telling_id=telling_id)
    return _after(request, session_id, wanted=told.membership_id)


def _after(
    request: HttpRequest,
    session_id: UUID,
    *,
    wanted: UUID | None = None,
    spoke: UUID | None = None,
    trouble: str = "",
) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        if trouble:
            messages.error(request, trouble)
        query = f"?quien={wanted}" if wanted else f"?hablo={spoke}" if spoke else ""
        return redirect(reverse("circles:round", args=[session_id]) + query)
    session = queries.session(signed_in(request), session_id)
    return _page(request, session, wanted=wanted, spoke=spoke, trouble=trouble)


def _anew(request: HttpRequest, session_id: UUID, man: UUID, status: int) -> HttpResponse:
    """Draw the page again: what is on it carries a number that is used up."""
    address = f"{reverse('circles:round', args=[session_id])}?quien={man}"
    if not request.headers.get("HX-Request"):
        return redirect(address)
    return HttpResponse(status=status, headers={"HX-Redirect": address})


def _page(
    request: HttpRequest,
    session: Session,
    *,
    wanted: UUID | None = None,
    spoke: UUID | None = None,
    trouble: str = "",
) -> HttpResponse:
    user = signed_in(request)
    spoke = spoke or _key(request.GET.get("hablo", ""))
    turns = evening_queries.turns(user, session, wanted=wanted, after=spoke)
    day = session.planned_on or clock.today(session.group.site.timezone)
    force = violence.in_force(day)
    man = turns.current
    context: dict[str, object] = {
        **evening.frame(request, session, "round"),
        "turns": turns,
        "man": man,
        "said": man.said if man else None,
        "acts": [
            (violence.label(act.kind, on=day), violence.whom(act.against))
            for act in (man.said.acts if man and man.said else ())
        ],
        # On a chip the name is enough; what it means is said when somebody asks.
        "kinds": [
            {"code": kind.code, "short": kind.label.split(" (")[0], "help": kind.help}
            for kind in force.types
        ],
        "whom": force.against,
        "event_id": ids.new_id(),
        "circle": evening.circle_of_turns(session, turns, SWAP),
        "draws_circle": 0 < len(turns.men) <= evening.LARGEST_CIRCLE,
        "last_word": evening.word_of(turns.last.said) if turns.last else "",
        "heading": _("Ronda"),
        "trouble": trouble,
    }
    # The guide stands beside the round and is not drawn with each answer.
    template = "round_part" if request.headers.get("HX-Request") else "round"
    if template == "round":
        context["beside"] = guide.beside(session)
    return render(request, f"circles/{template}.html", context, status=422 if trouble else 200)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
