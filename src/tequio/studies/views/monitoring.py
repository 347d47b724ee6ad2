"""How the work goes between two publications."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from evidencia import say
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.circles.retention.figures import language
from tequio.core import clock
from tequio.studies import watching_words as words
from tequio.studies.actions import monitoring as actions
from tequio.studies.forms.monitoring import ExpectForm
from tequio.studies.queries import monitoring as queries
from tequio.ui.addresses import address
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Link


@require_GET
def monitor(request: HttpRequest) -> HttpResponse:
    """Show what is watched, measure by measure and place by place."""
    user = signed_in(request)
    require_everywhere(user, Permission.MONITOR_READ)
    found = queries.board(user, clock.today(user.organisation.timezone))
    context = {
        "board": found,
        "sections": words.sections(found),
        "presence": words.presence(found.presence),
        "definition": say("watching.definition", language()),
        "how": words.how(found),
        "may_expect": user.scope(Permission.STUDY_DESIGN) is not None,
    }
    return render(request, "studies/monitor.html", context)


@require_GET
def naming(request: HttpRequest) -> HttpResponse:
    """Open the rounds of the last ninety days, count them, and write down that it was asked."""
    user = signed_in(request)
    require_everywhere(user, Permission.MONITOR_READ)
    found = queries.named(user, clock.today(user.organisation.timezone))
    actions.read_naming(by=user)
    context = {"figure": words.naming(found), "crumbs": _crumbs()}
    return render(request, "studies/naming.html", context)


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Show what the newest plans took for granted against what is seen."""
    user = signed_in(request)
    require_everywhere(user, Permission.MONITOR_READ)
    found = queries.drifts(user, clock.today(user.organisation.timezone))
    context = {
        "told": [(one.study, words.drift(one)) for one in found],
        "most": queries.PLANS,
        "crumbs": _crumbs(),
    }
    return render(request, "studies/drifts.html", context)


@require_http_methods(["GET", "POST"])
def expect(request: HttpRequest) -> HttpResponse:
    """Write down what is assumed, and show what was assumed before."""
    user = signed_in(request)
    require_everywhere(user, Permission.MONITOR_READ)
    require_everywhere(user, Permission.STUDY_DESIGN)
    today = clock.today(user.organisation.timezone)
    form = ExpectForm(request.POST if request.method == "POST" else None, initial={"since": today})
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            actions.expect(by=user, **form.cleaned_data)
            messages.success(request, _("Quedó escrito. Lo que se suponía antes también queda."))
            return redirect("studies:monitor")
    context = {"form": form, "before": queries.expected_before(user), "crumbs": _crumbs()}
    status = 422 if form.is_bound else 200
    return render(request, "studies/expect.html", context, status=status)


def _crumbs() -> list[Link]:
    return [Link(_("Seguimiento"), address("studies:monitor"))]
