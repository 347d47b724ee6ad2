"""Certificates: issuing, the register, the paper, and the page on which anybody checks a folio."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.access.requests import signed_in
from tequio.people.policies import visible_to as people_visible_to
from tequio.reports import actions, paper, queries, wording
from tequio.reports.forms import CheckForm, IssueForm, VoidForm
from tequio.reports.models import Certificate
from tequio.reports.policies import certificates_visible_to
from tequio.ui import files
from tequio.ui.forms import RefusalsOn

PAGE: Final = 40
_HERE_ONLY: Final = ("localhost", "127.0.0.1", "[::1]")


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show what was issued."""
    user = signed_in(request)
    require_everywhere(user, Permission.CERTIFICATE_READ)
    page = Paginator(queries.register(user), PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/register.html", {"page": page})


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, folio: str) -> HttpResponse:
    """Show what could be certified of a man, and issue it."""
    user = signed_in(request)
    participant = pick(people_visible_to(user), folio=folio)
    require_everywhere(user, Permission.CERTIFICATE_ISSUE)
    ready = queries.ready(user, participant)
    ways = [(str(one.enrolment.pk), _choice(one)) for one in ready]
    form = IssueForm(
        request.POST if request.method == "POST" else None,
        ways=ways,
        initial={"signed_name": user.name},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with RefusalsOn(form):
            certificate = actions.issue(
                by=user,
                enrolment_id=UUID(said["enrolment"]),
                signed_name=said["signed_name"],
                signed_as=said["signed_as"],
            )
            messages.success(
                request,
                _("Se expidió la constancia %(folio)s.") % {"folio": certificate.folio},
            )
            return redirect("reports:certificate", certificate_id=certificate.pk)
    context = {
        "participant": participant,
        "ready": ready,
        "named": bool(queries.full_name(user, participant)),
        "form": form,
        "limits": wording.limits(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reports/issue.html", context, status=status)


@require_GET
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Show one certificate as it was issued."""
    user = signed_in(request)
    found = pick(
        certificates_visible_to(user).select_related("participant", "edition", "organisation"),
        pk=certificate_id,
    )
    return _certificate(request, found, VoidForm())


@require_GET
def pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Hand over the paper. It carries a man's name, so that this is written down."""
    user = signed_in(request)
    found = pick(
        certificates_visible_to(user).select_related("edition", "organisation"), pk=certificate_id
    )
    body = paper.pdf(found, check_url=_check_url(request, found))
    actions.note_print(by=user, certificate=found)
    return files.to_read(body, f"{found.folio}.pdf")


@require_POST
def void(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Void a certificate."""
    user = signed_in(request)
    found = pick(
        certificates_visible_to(user).select_related("participant", "edition", "organisation"),
        pk=certificate_id,
    )
    require_everywhere(user, Permission.CERTIFICATE_ISSUE)
    form = VoidForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            actions.void(by=user, certificate_id=found.pk, reason=form.cleaned_data["reason"])
            messages.success(request, _("La constancia quedó anulada."))
            return redirect("reports:certificate", certificate_id=found.pk)
    return _certificate(request, found, form, status=422)


@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Tell anybody who holds the paper whether the folio and its numbers are ours."""
    form = CheckForm(request.GET or None)
    typed = form.cleaned_data["folio"] if form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "typed": typed,
        "found": queries.check(typed) if typed else None,
        "limits": wording.limits(),
    }
    return render(request, "reports/check.html", context)


check.login_required = False  # type: ignore[attr-defined]


def _choice(one: queries.Ready) -> str:
    return _("%(attended)s de %(held)s sesiones · %(name)s") % {
        "name": one.enrolment.edition.name,
        "attended": one.counted.dose.attended,
        "held": one.counted.dose.held,
    }


def _check_url(request: HttpRequest, found: Certificate) -> str:
    """Return where the folio can be checked; nothing where only this machine would find it."""
    if request.get_host().rsplit(":", 1)[0] in _HERE_ONLY:
        return ""
    return request.build_absolute_uri(f"{reverse('reports:check')}?folio={found.folio}")


def _certificate(
    request: HttpRequest, found: Certificate, form: VoidForm, status: int = 200
) -> HttpResponse:
    context = {
        "certificate": found,
        "sentences": wording.sentences(paper.facts_of(found), found.wording),
        "limits": wording.limits(),
        "form": form,
    }
    return render(request, "reports/certificate.html", context, status=status)
