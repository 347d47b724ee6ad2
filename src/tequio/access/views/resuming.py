"""The PIN in a room whose screen locked itself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tequio.access import actions, room, sessions
from tequio.access.models import User
from tequio.access.queries import has_pin


@room.opens
@login_not_required
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Open the screen again. The fifth wrong try ends the sign-in."""
    user, evening = request.user, room.evening_of(request)
    # Who has just signed in again in another tab has no evening yet, and a page here that is still
    # covered: the PIN opens that page as before, or what was typed in it could never be sent.
    if not isinstance(user, User):
        return _sign_in_again(request, evening)
    if request.POST.get("person", str(user.pk)) != str(user.pk):
        # Two people share this browser: what one of them typed is not shown to the other.
        words = {"text": _("Esta página la abrió otra persona. Entra tú desde Hoy.")}
        return render(request, "access/pin_wrong.html", words, status=422)
    left = actions.try_pin(by=user, pin=request.POST.get("pin", ""))
    if left == 0:
        request.session.flush()
        return _sign_in_again(request, evening)
    if left < 0:
        sessions.resume(request)
    elif request.headers.get("HX-Request"):
        return render(request, "access/pin_wrong.html", {"text": _wrong(left)}, status=422)
    else:
        messages.error(request, _wrong(left))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "room-opens"})
    return redirect(evening.path if evening else "/")


def knows_pin(request: HttpRequest) -> bool:
    """Tell whether a locked page may offer the PIN."""
    return isinstance(request.user, User) and has_pin(request.user)


def _wrong(left: int) -> str:
    return ngettext(
        "Ese no es tu PIN. Te queda %(left)d intento; después entras de nuevo.",
        "Ese no es tu PIN. Te quedan %(left)d intentos; después entras de nuevo.",
        left,
    ) % {"left": left}


def _sign_in_again(request: HttpRequest, evening: room.Evening | None) -> HttpResponse:
    path = evening.path if evening else "/"
    if request.headers.get("HX-Request"):
        words = {"text": _("Se acabaron los intentos. Entra de nuevo en otra pestaña.")}
        return render(request, "access/pin_wrong.html", words, status=422)
    messages.info(request, _("Entra de nuevo, por favor."))
    return redirect(f"{reverse('access:sign-in')}?{urlencode({'siguiente': path})}")
