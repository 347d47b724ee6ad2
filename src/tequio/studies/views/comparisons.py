"""A comparison with an ally: what was agreed, its file, and giving it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.instruments import definitions
from tequio.studies import lottery_words
from tequio.studies.actions import comparisons as actions
from tequio.studies.actions.comparisons import NotReadable
from tequio.studies.forms.lotteries import AllyForm, RowsForm
from tequio.studies.models import Comparison
from tequio.studies.policies.lotteries import comparisons_visible_to
from tequio.studies.policies.studies import studies_visible_to
from tequio.studies.queries import comparisons as queries
from tequio.studies.rules.comparisons import Brought
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Write down what was agreed with an ally."""
    user = signed_in(request)
    require(user, Permission.STUDY_READ)
    study = pick(studies_visible_to(user), pk=study_id)
    require_everywhere(user, Permission.LOTTERY_RUN)
    allies = queries.allies(user)
    form = AllyForm(
        request.POST if request.method == "POST" else None,
        allies=[(str(one.pk), one.name) for one in allies],
        instruments=[
            (one.instrument.slug, one.instrument.name.now()) for one in definitions.for_men()
        ],
        initial={"on": clock.today(user.organisation.timezone), "waves": ["T0", "T1"]},
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            made = actions.agree(by=user, study_id=study.pk, said=form.agreed())
            messages.success(request, _("Quedó anotado. Cuando llegue su archivo, súbelo aquí."))
            return redirect("studies:comparison", comparison_id=made.pk)
    context = {"study": study, "form": form, "allies": allies}
    status = 422 if form.errors else 200
    return render(request, "studies/comparison_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def comparison(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    """Show what an ally handed over; take in its file."""
    user = signed_in(request)
    found = _one(user, comparison_id)
    if request.method != "POST":
        return _page(request, user, found, RowsForm())
    require_everywhere(user, Permission.LOTTERY_RUN)
    form, brought = RowsForm(request.POST, request.FILES), None
    if form.is_valid():
        upload = form.cleaned_data["file"]
        with RefusalsOn(form):
            try:
                read = actions.bring(
                    by=user, comparison_id=found.pk, name=upload.name or "", data=upload.read()
                )
            except NotReadable as error:
                brought = error.brought
                raise
            messages.success(request, _("Entraron %(n)s cuestionarios.") % {"n": len(read.answers)})
            return redirect("studies:comparison", comparison_id=found.pk)
    return _page(request, user, found, form, brought)


@require_POST
def give_back(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    """Erase the rows of an ally that asks for them."""
    user = signed_in(request)
    found = _one(user, comparison_id)
    require_everywhere(user, Permission.LOTTERY_RUN)
    actions.give_back(by=user, comparison_id=found.pk)
    messages.success(request, _("Sus renglones se borraron. Queda anotado que los hubo."))
    return redirect("studies:comparison", comparison_id=found.pk)


def _one(user: User, comparison_id: UUID) -> Comparison:
    require(user, Permission.STUDY_READ)
    seen = comparisons_visible_to(user).select_related("stakeholder", "study")
    return pick(seen.defer("sealed_rows"), pk=comparison_id)


def _page(
    request: HttpRequest,
    user: User,
    found: Comparison,
    form: RowsForm,
    brought: Brought | None = None,
) -> HttpResponse:
    shipped = definitions.find(found.instrument, found.version)
    context = {
        "comparison": found,
        "instrument": shipped.instrument.name.now() if shipped else found.instrument,
        "form": form,
        "brought": brought,
        "problems": [
            (one.row, lottery_words.WRONG[one.wrong])
            for one in (brought.problems if brought else ())
        ],
        "may_run": user.scope(Permission.LOTTERY_RUN) is not None,
    }
    status = 422 if form.errors else 200
    return render(request, "studies/comparison.html", context, status=status)
