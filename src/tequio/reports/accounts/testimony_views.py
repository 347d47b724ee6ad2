"""Testimonies: the register, a new one with its consent, and taking one back."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.reports.accounts import consent, keeping, queries
from tequio.reports.accounts.forms import TestimonyForm
from tequio.reports.accounts.policies import may_keep_of_men, testimonies_visible_to
from tequio.ui.forms import RefusalsOn

PAGE: Final = 30


@require_GET
def testimonies(request: HttpRequest) -> HttpResponse:
    """Show the register."""
    user = signed_in(request)
    require_everywhere(user, Permission.TESTIMONY_KEEP)
    page = Paginator(queries.testimonies(user), PAGE).get_page(request.GET.get("page"))
    may_report = user.scope(Permission.FUNDER_REPORT) is not None
    return render(request, "reports/testimonies.html", {"page": page, "may_report": may_report})


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Read the consent, and keep what somebody tells."""
    user = signed_in(request)
    require_everywhere(user, Permission.TESTIMONY_KEEP)
    form = TestimonyForm(
        request.POST if request.method == "POST" else None,
        of_men=may_keep_of_men(user),
        initial={
            "folio": request.GET.get("folio", ""),
            "agreed_on": clock.today(user.organisation.timezone),
        },
    )
    if form.is_valid():
        try:
            with RefusalsOn(form):
                made = keeping.keep(by=user, given=form.given())
                messages.success(request, _("Se guardó el testimonio."))
                return redirect("reports:testimony", testimony_id=made.pk)
        except NotVisible:
            form.add_error("folio", _("Nadie tiene ese folio aquí. Revísalo en su página."))
    context = {"form": form, "consent": consent.current().content}
    status = 422 if form.is_bound else 200
    return render(request, "reports/testimony_keep.html", context, status=status)


@require_GET
def testimony(request: HttpRequest, testimony_id: UUID) -> HttpResponse:
    """Show one: its words, its consent, and in which accounts it stands."""
    user = signed_in(request)
    require_everywhere(user, Permission.TESTIMONY_KEEP)
    row = pick(testimonies_visible_to(user).select_related("participant"), pk=testimony_id)
    kept = queries.kept(user, row)
    stands = [queries.line(one) for one in kept.stands_in]
    may_report = user.scope(Permission.FUNDER_REPORT) is not None
    context = {"kept": kept, "stands": stands, "uses": _uses(row.uses), "may_report": may_report}
    return render(request, "reports/testimony.html", context)


def _uses(codes: list[str]) -> list[str]:
    return [str(label) for code, label in consent.USES if code in codes]


@require_POST
def withdraw(request: HttpRequest, testimony_id: UUID) -> HttpResponse:
    """Take it back."""
    user = signed_in(request)
    require_everywhere(user, Permission.TESTIMONY_KEEP)
    row = pick(testimonies_visible_to(user), pk=testimony_id)
    try:
        keeping.withdraw(by=user, testimony_id=row.pk)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Se retiró. Sus palabras se borraron."))
    return redirect("reports:testimony", testimony_id=row.pk)
