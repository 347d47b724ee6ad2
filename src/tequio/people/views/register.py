"""A new file: first look whether he has been here, then open it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.people import actions
from tequio.people.forms import LookForm, PersonForm
from tequio.people.queries import Alike, alike


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Look first; a file is opened only after showing who might be the same man.

    What was typed travels in the body of the form: an address bar would remember a name.
    """
    user = signed_in(request)
    require_everywhere(user, Permission.PERSON_CREATE)
    if request.method == "POST":
        return _open(request, user) if "alias" in request.POST else _look(request, user)
    return render(request, "people/look.html", {"form": LookForm()})


def _look(request: HttpRequest, user: User) -> HttpResponse:
    form = LookForm(request.POST)
    if not form.is_valid():
        return render(request, "people/look.html", {"form": form}, status=422)
    typed = {name: form[name].value() for name in form.fields}
    return _offer(request, PersonForm(initial=typed), alike(user, form.who()))


def _open(request: HttpRequest, user: User) -> HttpResponse:
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _offer(request, form, [], status=422)
    found = [] if request.POST.get("sure") else alike(user, form.who())
    if found:
        return _offer(request, form, found, status=422)
    man = actions.register(by=user, alias=form.cleaned_data["alias"], who=form.who())
    messages.success(
        request, _("Se abrió su registro con el folio %(folio)s.") % {"folio": man.folio}
    )
    if request.POST.get("next") == "intake":
        actions.start_intake(by=user, folio=man.folio)
        return redirect("people:intake", folio=man.folio)
    return redirect("desk:person", folio=man.folio)


def _offer(
    request: HttpRequest, form: PersonForm, found: Sequence[Alike], status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "alike": found,
        "nothing_to_go_by": not any(form[name].value() for name in ("surnames", "phone")),
    }
    return render(request, "people/open.html", context, status=status)
