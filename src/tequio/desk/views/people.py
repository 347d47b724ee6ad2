"""Personas: the list, looking somebody up, a new file, and one man's page."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.desk import queries
from tequio.people import actions
from tequio.people.forms import PersonForm
from tequio.people.queries import search, who_is
from tequio.people.vault import Who

PAGE = 50


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """List men, or look one up. The words go in the body: an address bar remembers a name."""
    user = signed_in(request)
    require(user, Permission.PERSON_READ)
    text = request.POST.get("q", "").strip()
    found = search(user, text) if text else queries.people(user)
    context = {
        "text": text,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_create": user.scope(Permission.PERSON_CREATE) is not None,
    }
    return render(request, "desk/people.html", context)


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Open a file for a man, after showing who might be the same one."""
    user = signed_in(request)
    require_everywhere(user, Permission.PERSON_CREATE)
    form = PersonForm(request.POST or None)
    alike = []
    if request.method == "POST" and form.is_valid():
        alike = [] if request.POST.get("sure") else _alike(user, form.who())
        if not alike:
            participant = actions.register(
                by=user, alias=form.cleaned_data["alias"], who=form.who()
            )
            messages.success(
                request, _("Se abrió su registro con el folio %(folio)s.") % {"folio": participant}
            )
            return redirect("desk:person", folio=participant.folio)
    status = 422 if form.is_bound and (form.errors or alike) else 200
    context = {"form": form, "alike": alike, "participant": None}
    return render(request, "desk/person_form.html", context, status=status)


@require_GET
def person(request: HttpRequest, folio: str) -> HttpResponse:
    """Show one man: who he is to those who may know, and his way through his groups."""
    user = signed_in(request)
    participant = actions.open_file(by=user, folio=folio)
    context = {
        "participant": participant,
        "who": who_is(user, participant),
        "paths": queries.paths(user, participant.pk),
        "may_correct": user.scope(Permission.PERSON_CREATE) is not None,
        "may_see_log": user.scope(Permission.AUDIT_READ) is not None,
    }
    return render(request, "desk/person.html", context)


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
        try:
            actions.correct(
                by=user,
                folio=folio,
                alias=form.cleaned_data["alias"],
                who=form.who(outside_code=who.outside_code),
            )
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Se guardaron los cambios."))
            return redirect("desk:person", folio=folio)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "alike": [], "participant": participant}
    return render(request, "desk/person_form.html", context, status=status)


def _alike(user: User, who: Who) -> list[object]:
    found: dict[object, object] = {}
    for text in (who.full_name, who.phone):
        for participant in search(user, text)[:5] if text else ():
            found[participant.pk] = participant
    return list(found.values())
