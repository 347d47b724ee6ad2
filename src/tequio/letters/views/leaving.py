"""Leaving a sealed letter. Afterwards one sees «entregada», and nothing else for ever."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require
from tequio.access.requests import signed_in
from tequio.letters.actions import leaving
from tequio.letters.forms.leaving import FORMS, form_for
from tequio.letters.queries.receipts import receipts_of
from tequio.letters.slot import has_wall
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Link


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ask what the letter says and deliver it."""
    user = signed_in(request)
    require(user, Permission.LETTER_LEAVE)
    kinds = _kinds(user)
    what = request.GET.get("tipo") or next(iter(kinds))
    if what not in kinds:
        raise not_visible()
    kind, form = form_for(what, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        says = form.says()
        folio = str(says.pop("folio", ""))
        with RefusalsOn(form):
            leaving.leave(by=user, kind=kind, says=says, folio=folio)
            messages.success(request, _("Entregada."))
            return redirect("letters:leave")
    context = {
        "form": form,
        "has_wall": has_wall(user.organisation_id),
        "tabs": [
            Link(label, f"?tipo={slug}", current=slug == what) for slug, label in kinds.items()
        ],
        "receipts": receipts_of(user),
    }
    return render(request, "letters/leave.html", context, status=422 if form.is_bound else 200)


def _kinds(user: User) -> dict[str, str]:
    """Return what this person may leave: who works with men also what was heard of one."""
    words = {"oi-algo": _("Oí algo de un participante"), "ella-pide": _("Una mujer pide apoyo")}
    works_with_men = user.scope(Permission.CARE_READ) is not None
    return {slug: words[slug] for slug in FORMS if works_with_men or slug != "oi-algo"}
