"""Requests about data: the list, one request, the texts to look at, and the papers."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.access.requests import signed_in
from tequio.audit.record import record_export
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.people.queries import who_is
from tequio.reports.models import RightsRequest
from tequio.reports.rights import actions, paper, queries, sealed
from tequio.reports.rights.forms import AnswerForm, IdentifyForm, LookForm, ReceiveForm
from tequio.reports.rights.policies import requests_visible_to
from tequio.ui import files
from tequio.ui.forms import RefusalsOn


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List every request, what waits first."""
    user = signed_in(request)
    require_everywhere(user, Permission.RIGHTS_ANSWER)
    return render(request, "reports/rights.html", {"lines": queries.lines(user)})


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Write down a request."""
    user = signed_in(request)
    require_everywhere(user, Permission.RIGHTS_ANSWER)
    given = request.POST if request.method == "POST" else None
    form = ReceiveForm(given, initial={"folio": request.GET.get("folio", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive(by=user, said=form.said())
        except NotVisible:
            form.add_error("folio", _("Nadie tiene ese folio aquí. Revísalo, o déjalo vacío."))
        except Forbidden:
            raise
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("reports:rights-request", rights_id=made.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reports/rights_receive.html", {"form": form}, status=status)


@require_GET
def one(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Show one request: where it stands, and what has to be done next."""
    user = signed_in(request)
    return _one(request, user, _found(user, rights_id))


@require_POST
def identify(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Say how one saw who asks."""
    form = IdentifyForm(request.POST)
    return _do(
        request,
        rights_id,
        form,
        lambda by: actions.identify(
            by=by, request_id=rights_id, identity=form.cleaned_data["identity"]
        ),
    )


@require_POST
def extend(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Take the days once more."""
    return _do(request, rights_id, None, lambda by: actions.extend(by=by, request_id=rights_id))


@require_POST
def gather(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Gather his file."""
    return _do(request, rights_id, None, lambda by: actions.make_file(by=by, request_id=rights_id))


@require_POST
def answer(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Answer."""
    form = AnswerForm(request.POST)
    return _do(
        request,
        rights_id,
        form,
        lambda by: actions.answer(by=by, request_id=rights_id, **form.cleaned_data),
    )


@require_POST
def carry_out(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Say that it is done."""
    return _do(request, rights_id, None, lambda by: actions.carry_out(by=by, request_id=rights_id))


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Read every free text and strike out other people."""
    user = signed_in(request)
    found = _found(user, rights_id)
    file = sealed.file_of(found)
    if file is None or found.participant is None:
        raise not_visible()
    who = who_is(user, found.participant)
    own = [found.participant.alias, who.full_name if who else ""]
    given = request.POST if request.method == "POST" else None
    form = LookForm(given, texts=file.texts(), own=own)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            actions.look(by=user, request_id=found.pk, texts=form.texts())
            messages.success(request, _("Quedó revisado. Ya se puede entregar."))
            return redirect("reports:rights-request", rights_id=found.pk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "one": found}
    return render(request, "reports/rights_look.html", context, status=status)


@require_GET
def file_pdf(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Hand over his file on paper."""
    user = signed_in(request)
    found = _found(user, rights_id)
    file = actions.hand_over(by=user, request_id=found.pk, what="rights.file.pdf")
    return files.to_keep(paper.file_pdf(found, file), f"{found.folio}.pdf")


@require_GET
def file_json(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Hand over his file for a machine."""
    user = signed_in(request)
    found = _found(user, rights_id)
    file = actions.hand_over(by=user, request_id=found.pk, what="rights.file.json")
    return files.to_keep(paper.file_json(found, file), f"{found.folio}.json")


@require_GET
def answer_pdf(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """Print the answer."""
    user = signed_in(request)
    found = _found(user, rights_id)
    if found.answered_on is None:
        raise not_visible()
    body = paper.answer_pdf(found, queries.line_of(user, found).due_on)
    record_export("rights.answer", by=user, rows=1, subject=found)
    return files.to_keep(body, f"{found.folio}-respuesta.pdf")


def _found(user: User, rights_id: UUID) -> RightsRequest:
    require_everywhere(user, Permission.RIGHTS_ANSWER)
    visible = requests_visible_to(user).select_related("participant", "organisation")
    return pick(visible, pk=rights_id)


def _do(
    request: HttpRequest,
    rights_id: UUID,
    form: forms.Form | None,
    act: Callable[[User], RightsRequest],
) -> HttpResponse:
    """Do one thing with a request and show it again; a refusal stands beside what was typed."""
    user = signed_in(request)
    found = _found(user, rights_id)
    if form is None or form.is_valid():
        try:
            act(user)
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            if form is None:
                raise
            form.add_error(None, str(error))
        else:
            return redirect("reports:rights-request", rights_id=found.pk)
    return _one(request, user, found, form)


def _one(
    request: HttpRequest, user: User, found: RightsRequest, wrong: forms.Form | None = None
) -> HttpResponse:
    file = sealed.file_of(found)
    context = {
        "one": found,
        "line": queries.line_of(user, found),
        "words": sealed.words_of(found),
        "file": file,
        "texts": len(file.texts()) if file else 0,
        "identify": wrong if isinstance(wrong, IdentifyForm) else IdentifyForm(),
        "answer": wrong if isinstance(wrong, AnswerForm) else AnswerForm(),
        "wrong": wrong,
        "may_forget": user.scope(Permission.PERSON_FORGET) is not None,
    }
    return render(request, "reports/rights_request.html", context, status=422 if wrong else 200)
