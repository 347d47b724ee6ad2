"""Personas: the list, looking somebody up, and correcting what is known."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.permissions import Permission
from tequio.access.policies import require, require_everywhere
from tequio.access.requests import signed_in
from tequio.desk import queries
from tequio.people import actions
from tequio.people.forms import PersonForm
from tequio.people.queries import search, who_is
from tequio.people.vault import Who
from tequio.ui.forms import RefusalsOn

PAGE = 50


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """List men, or look one up. The words go in the body: an address bar remembers a name."""
    user = signed_in(request)
    require(user, Permission.PERSON_READ)
    text = request.POST.get("q", "").strip()
    found = search(user, text) if text else queries.people(user)
    asked = request.POST if text else request.GET
    context = {
        "text": text,
        "page": Paginator(found, PAGE).get_page(asked.get("page")),
        "may_create": user.scope(Permission.PERSON_CREATE) is not None,
        "may_see_certificates": user.scope(Permission.CERTIFICATE_READ) is not None,
    }
    return render(request, "desk/people.html", context)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, folio: str) -> HttpResponse:
    """Change what is known of a man."""
    user = signed_in(request)
    participant = actions.open_file(by=user, folio=folio)
    require_everywhere(user, Permission.PERSON_CREATE)
    who = who_is(user, participant) or Who()
    initial = {
        "alias": participant.alias,
        "given_names": who.given_names,
        "surnames": who.surnames,
        "phone": who.phone,
        "birth_year": who.birth_year,
    }
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            actions.correct(
                by=user,
                folio=folio,
                alias=form.cleaned_data["alias"],
                who=form.who(outside_code=who.outside_code),
            )
            messages.success(request, _("Se guardaron los cambios."))
            return redirect("desk:person", folio=folio)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "participant": participant}
    return render(request, "desk/person_form.html", context, status=status)
