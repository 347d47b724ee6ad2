"""What each man takes with him: written after the round, saved as it is typed."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.access.room import in_the_room
from tequio.circles import forms, queries
from tequio.circles.actions import names
from tequio.circles.actions import tellings as actions
from tequio.circles.policies import require
from tequio.circles.queries import evening as evening_queries
from tequio.circles.rules.evening import After, Note, Said
from tequio.circles.views import evening
from tequio.circles.views.locked import locked
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible


@in_the_room(when_locked=locked)
@require_GET
def after(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show of whom something is written and of whom not."""
    user = signed_in(request)
    session = queries.session(user, session_id)
    require(user, Permission.ROUND_KEEP, session.group)
    men = [man for man in evening_queries.men(user, session) if man.here]
    context = {
        **evening.frame(request, session, "after"),
        "men": men,
        "done": sum(man.after for man in men),
    }
    return render(request, "circles/after.html", context)


@in_the_room(when_locked=locked)
@require_GET
def man(request: HttpRequest, session_id: UUID, membership_id: UUID) -> HttpResponse:
    """Show what is written of one man."""
    return _page(request, session_id, membership_id)


@in_the_room(when_locked=locked)
@require_POST
def keep(
    request: HttpRequest, session_id: UUID, membership_id: UUID, event_id: UUID
) -> HttpResponse:
    """Save what he took with him, as far as it is typed."""
    form = forms.AfterForm(request.POST)
    if not form.is_valid():
        return _page(request, session_id, membership_id, after_form=form, status=422)
    return _keep(request, (session_id, membership_id, event_id), After(**form.cleaned_data))


@in_the_room(when_locked=locked)
@require_POST
def keep_note(
    request: HttpRequest, session_id: UUID, membership_id: UUID, event_id: UUID
) -> HttpResponse:
    """Save a private note, as far as it is typed."""
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, session_id, membership_id, note_form=form, status=422)
    return _keep(request, (session_id, membership_id, event_id), Note(**form.cleaned_data))


@in_the_room(when_locked=locked)
@require_POST
def flag(request: HttpRequest, session_id: UUID, membership_id: UUID) -> HttpResponse:
    """Ask for a review of his situation."""
    user = signed_in(request)
    form = forms.FlagForm(request.POST)
    if not form.is_valid():
        return _page(request, session_id, membership_id, flag_form=form, status=422)
    actions.flag(
        by=user, session_id=session_id, membership_id=membership_id, said=form.cleaned_data["said"]
    )
    messages.success(request, _("Se abrió una revisión de riesgo. Coordinación la ve desde ahora."))
    return redirect("circles:after-man", session_id=session_id, membership_id=membership_id)


@in_the_room(when_locked=locked)
@require_POST
def reveal(request: HttpRequest, session_id: UUID, membership_id: UUID) -> HttpResponse:
    """Say his name, because somebody asked."""
    name = names.reveal(by=signed_in(request), session_id=session_id, membership_id=membership_id)
    said = name or _("No se ha escrito su nombre.")
    if request.headers.get("HX-Request"):
        return render(request, "circles/name.html", {"name": said})
    messages.info(request, said)
    return redirect("circles:after-man", session_id=session_id, membership_id=membership_id)


def _keep(request: HttpRequest, where: tuple[UUID, UUID, UUID], said: Said) -> HttpResponse:
    session_id, membership_id, event_id = where
    kind = "note" if isinstance(said, Note) else "after"
    try:
        told = actions.keep(
            by=signed_in(request),
            session_id=session_id,
            membership_id=membership_id,
            said=said,  # type: ignore[arg-type]  # never a round: the two forms make it
            tap=evening.tap_of(request, event_id),
            drawn_from=_key(request.POST.get("drawn_from", "")),
        )
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        return _not_kept(request, where, said, error)
    if request.headers.get("HX-Request"):
        context = {"kind": kind, "drawn_from": told.pk, "at": clock.now()}
        return render(request, "circles/after_saved.html", context)
    if "next" in request.POST:
        return _next(request, session_id, membership_id)
    messages.success(request, _("Se guardó."))
    return redirect("circles:after-man", session_id=session_id, membership_id=membership_id)


def _not_kept(
    request: HttpRequest, where: tuple[UUID, UUID, UUID], said: Said, error: DomainError
) -> HttpResponse:
    session_id, membership_id, _event = where
    user = signed_in(request)
    if not request.headers.get("HX-Request"):
        bound = {"note_form" if isinstance(said, Note) else "after_form": None}
        forms_of: dict[str, object] = dict.fromkeys(bound, _bound(request, said))
        return _page(
            request, session_id, membership_id, trouble=str(error), status=error.status, **forms_of
        )
    session = queries.session(user, session_id)
    sheet, _men = evening_queries.sheet(user, session, membership_id)
    clash = isinstance(error, Conflict)
    context = {
        "kind": "note" if isinstance(said, Note) else "after",
        "drawn_from": sheet.note_id if isinstance(said, Note) else sheet.after_id,
        "trouble": str(error),
        "theirs": sheet.after if clash and isinstance(said, After) else None,
        "own_note": sheet.note.text if clash and isinstance(said, Note) else "",
    }
    return render(request, "circles/after_saved.html", context, status=error.status)


def _bound(request: HttpRequest, said: Said) -> forms.AfterForm | forms.NoteForm:
    return forms.NoteForm(request.POST) if isinstance(said, Note) else forms.AfterForm(request.POST)


def _next(request: HttpRequest, session_id: UUID, membership_id: UUID) -> HttpResponse:
    user = signed_in(request)
    session = queries.session(user, session_id)
    men = [m for m in evening_queries.men(user, session) if m.here]
    following = _following(men, membership_id)
    if following is None:
        return redirect("circles:after", session_id=session_id)
    return redirect(
        "circles:after-man", session_id=session_id, membership_id=following.membership_id
    )


def _following(men: list[evening_queries.Man], key: UUID) -> evening_queries.Man | None:
    keys = [m.membership_id for m in men]
    at = keys.index(key) + 1 if key in keys else len(men)
    return men[at] if at < len(men) else None


def _page(
    request: HttpRequest,
    session_id: UUID,
    membership_id: UUID,
    *,
    after_form: object = None,
    note_form: object = None,
    flag_form: object = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    user = signed_in(request)
    session = queries.session(user, session_id)
    require(user, Permission.ROUND_KEEP, session.group)
    sheet, men = evening_queries.sheet(user, session, membership_id)
    context = {
        **evening.frame(request, session, "after"),
        "man": sheet.man,
        "said_word": evening.word_of(sheet.man.said),
        "sheet": sheet,
        "form": after_form or forms.AfterForm(initial=asdict(sheet.after), auto_id="after-%s"),
        "note_form": note_form or forms.NoteForm(initial=asdict(sheet.note), auto_id="note-%s"),
        "flag_form": flag_form or forms.FlagForm(auto_id="flag-%s"),
        "following": _following([m for m in men if m.here], membership_id),
        "event_id": ids.new_id(),
        "note_event_id": ids.new_id(),
        "trouble": trouble,
    }
    return render(request, "circles/after_man.html", context, status=status)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
