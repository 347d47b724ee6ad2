"""Opening and closing the wall."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.middleware import polling
from tequio.access.models import User
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.survivors import door
from tequio.survivors.actions import drafts, unlocking
from tequio.survivors.actions.unlocking import Unlocked
from tequio.survivors.forms import UnlockForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import share_of, wall_of


@door.at_the_door
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the wall passphrase."""
    user = signed_in(request)
    form = UnlockForm(request.POST or None)
    onward = _onward(request)
    if request.method == "POST" and form.is_valid():
        try:
            opened = unlocking.unlock(
                by=user,
                passphrase=form.cleaned_data["passphrase"],
                sign_in=request.session.session_key or "",
            )
        except DomainError as error:
            form.add_error("passphrase", str(error))
        else:
            return door.open_in(redirect(_first_page(user, opened, onward)), opened)
    wall = wall_of(user)
    context = {
        "form": form,
        "onward": onward,
        "founded": wall is not None and wall.confirmed,
        "member": share_of(user) is not None,
        "kept": drafts.any_for(user),
    }
    status = 422 if form.errors else 200
    return render(request, "survivors/unlock.html", context, status=status)


@door.behind
@require_POST
def lock(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Close it, in every tab and browser of this person."""
    unlocking.lock(by=wall)
    return door.shut_in(redirect("survivors:unlock"))


@polling
@door.at_the_door
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """Say how many seconds are left; 404 once it is shut.

    Asking by itself, by GET, puts nothing off. The page posts only when somebody has typed in it
    since: who writes a long sheet for twelve minutes is not idle.
    """
    wall = door.wall_of(request, touch=request.method == "POST")
    if wall is None:
        return HttpResponse(status=404)
    left = max(0, int((wall.closes_at - clock.now()).total_seconds()))
    return HttpResponse(str(left), content_type="text/plain")


def _first_page(user: User, opened: Unlocked, onward: str) -> str:
    if opened.log_was_cut or opened.key_was_changed:
        return "survivors:log"
    return "survivors:drafts" if drafts.any_for(user) else onward or "survivors:home"


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("siguiente") or request.GET.get("siguiente") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith(door.PATH) else ""
