"""The team: who is part, who waits, who leaves, and whose letters it keeps."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.core.errors import DomainError
from tequio.letters import addresses
from tequio.letters.queries.setups import setup_of
from tequio.survivors import door
from tequio.survivors.actions import members, unlocking
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import members_of
from tequio.survivors.queries.team import lent_to, team

_UNHEARD: Final = _("Falta decir que las seis palabras son las mismas, oídas de su voz.")


@door.behind
@require_GET
def page(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Show who is part and who waits to be admitted."""
    return _page(request, wall)


@door.behind
@require_POST
def admit(request: HttpRequest, wall: OpenWall, user_id: UUID) -> HttpResponse:
    """Admit somebody whose six words were compared."""
    if request.POST.get("same") != "yes":
        return _page(request, wall, DomainError(_UNHEARD))
    try:
        members.admit(by=wall, user_id=user_id, fingerprint=request.POST.get("fingerprint", ""))
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, wall, error)
    return redirect("survivors:team")


@door.behind
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, wall: OpenWall, user_id: UUID) -> HttpResponse:
    """Ask once more, then take somebody's share and turn the keys."""
    leaving = members_of(wall.wall).filter(pk=user_id).first()
    if leaving is None:
        raise not_visible()
    context = {"wall": wall, "leaving": leaving, "myself": leaving.pk == wall.user.pk}
    if request.method == "GET":
        return render(request, "survivors/remove.html", context)
    try:
        opened = members.remove(by=wall, user_id=user_id)
    except DomainError as error:
        return render(request, "survivors/remove.html", {**context, "error": error}, status=422)
    if context["myself"]:
        return door.shut_in(redirect("survivors:unlock"))
    kept = unlocking.keep_after_turn(by=opened, sign_in=request.session.session_key or "")
    return door.open_in(redirect("survivors:team"), kept)


@door.behind
@require_GET
def mailbox(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Show the address of the slot, and which organisations' letters come through it."""
    written = addresses.address_of(wall.user.organisation_id)
    context = {
        "wall": wall,
        "address": written.text() if written else "",
        "lent": lent_to(wall),
        "own": setup_of(wall.user),
    }
    return render(request, "survivors/mailbox.html", context)


def _page(request: HttpRequest, wall: OpenWall, error: DomainError | None = None) -> HttpResponse:
    context = {
        "wall": wall,
        "team": team(by=wall),
        "waiting": members.candidates(by=wall),
        "error": error,
    }
    return render(request, "survivors/team.html", context, status=422 if error else 200)
