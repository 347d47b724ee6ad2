"""Who was trained in which model."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tequio.access.permissions import Permission
from tequio.access.policies import require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.programmes import queries
from tequio.programmes.actions.training import record_training
from tequio.programmes.definitions import shipped
from tequio.programmes.forms import TrainingForm
from tequio.ui.forms import RefusalsOn


@require_http_methods(["GET", "POST"])
def trainings(request: HttpRequest) -> HttpResponse:
    """Show and record training."""
    user = signed_in(request)
    require(user, Permission.EDITION_READ)
    if request.method == "POST":
        require_everywhere(user, Permission.TRAINING_RECORD)
    names = {
        slug: found.model.name
        for slug, found in shipped().items()
        if found.model.endorsement != "none"
    }
    form = TrainingForm(
        request.POST if request.method == "POST" else None,
        user=user,
        models=tuple(names.items()),
        initial={"on": clock.today(user.organisation.timezone)},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with RefusalsOn(form):
            record_training(
                by=user,
                user_id=said["person"].pk,
                model_slug=said["model_slug"],
                on=said["on"],
                where=said["where"],
            )
            messages.success(request, _("Quedó anotada la formación."))
            return redirect("programmes:trainings")
    context = {
        "trainings": [
            (one, names.get(one.model_slug, one.model_slug)) for one in queries.trainings(user)
        ],
        "form": form if user.scope(Permission.TRAINING_RECORD) is not None else None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/trainings.html", context, status=status)
