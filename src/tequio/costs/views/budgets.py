"""The budget of a planned edition: a form asked by GET, so that an address is a budget."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tequio.access.models import User
from tequio.core.errors import DomainError
from tequio.costs import paper, planning
from tequio.costs.forms.planning import BudgetForm
from tequio.costs.queries import budgets
from tequio.costs.queries.budgets import Plan
from tequio.costs.views.filling import crumbs, reader, this_year
from tequio.costs.views.results import attached
from tequio.ui.forms import RefusalsOn


@require_GET
def budget(request: HttpRequest) -> HttpResponse:
    """Show the form, and under it the budget where it was asked."""
    user = reader(request)
    offered = budgets.editions(user)
    form = BudgetForm(
        offered,
        request.GET if "edition" in request.GET else None,
        initial={"edition": offered[0].pk if offered else "", "groups": 1, "men": 12},
    )
    plan = _plan(user, form)
    context: dict[str, object] = {
        "form": form,
        "offered": offered,
        "plan": plan,
        "crumbs": crumbs(this_year(user)),
        "query": request.GET.urlencode(),
    }
    if plan is not None:
        context |= {
            "subtitle": planning.subtitle(plan),
            "facts": planning.facts(plan),
            "lines": planning.lines(plan),
            "scenarios": planning.scenarios(plan),
            "notes": planning.notes(plan),
        }
    status = 422 if form.is_bound and plan is None else 200
    return render(request, "costs/budget.html", context, status=status)


def _plan(user: User, form: BudgetForm) -> Plan | None:
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            return budgets.plan(user, form.wanted())
    return None


@require_GET
def pdf(request: HttpRequest) -> HttpResponse:
    """Print a budget."""
    user = reader(request)
    return attached(user, paper.budget(_asked(request, user), user.organisation), "presupuesto.pdf")


@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    """Send a budget as a workbook."""
    user = reader(request)
    return attached(user, planning.workbook(_asked(request, user)), "presupuesto.xlsx")


def _asked(request: HttpRequest, user: User) -> Plan:
    form = BudgetForm(budgets.editions(user), request.GET)
    if not form.is_valid():
        said = [str(text) for texts in form.errors.values() for text in texts]
        raise DomainError(" ".join(said))
    return budgets.plan(user, form.wanted())
