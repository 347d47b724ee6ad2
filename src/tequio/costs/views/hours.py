"""Hours that the calendar proposes: a person looks at them and confirms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tequio.costs.actions.entries import Confirmed, confirm_hours
from tequio.costs.forms.hours import ProposalForm
from tequio.costs.policies.books import terms_visible_to
from tequio.costs.queries.hours import Proposal, proposals
from tequio.costs.views.filling import a_year, crumbs, sent, writer, year_url
from tequio.ui.forms import RefusalsOn

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its little form."""

    proposal: Proposal
    form: ProposalForm


@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, year: int) -> HttpResponse:
    """Show what the calendar proposes; write what somebody confirmed."""
    user = writer(request)
    a_year(user, year)
    every = proposals(user, year)
    rows = [Row(one, ProposalForm(one, sent(request))) for one in every[:SHOWN]]
    refusals = forms.Form(sent(request))
    if request.method == "POST":
        lines = _confirmed(rows)
        if lines is not None and refusals.is_valid():
            with RefusalsOn(refusals):
                confirm_hours(by=user, year=year, lines=lines)
                messages.success(request, _done(len(lines)))
                return redirect(year_url(year))
    context = {
        "year": year,
        "rows": rows,
        "more": len(every) - len(rows),
        "terms": terms_visible_to(user).filter(year=year).first(),
        "refusals": refusals,
        "forms": [refusals, *(row.form for row in rows)],
        "crumbs": crumbs(year),
        "back": year_url(year),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "costs/hours.html", context, status=status)


def _confirmed(rows: list[Row]) -> list[Confirmed] | None:
    """Return what was ticked; None where something typed cannot be read."""
    found: list[Any] = [row.form.confirmed() if row.form.is_valid() else None for row in rows]
    if not all(row.form.is_valid() for row in rows):
        return None
    lines = [one for one in found if one is not None]
    if rows and not lines:
        rows[0].form.add_error("take", _("No elegiste ningún grupo. Marca los que sí son."))
        return None
    return lines


def _done(groups: int) -> str:
    return ngettext(
        "Quedaron anotadas las horas de %(n)s grupo.",
        "Quedaron anotadas las horas de %(n)s grupos.",
        groups,
    ) % {"n": f"{groups:,}"}
