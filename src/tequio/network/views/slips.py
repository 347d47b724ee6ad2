"""The page of a sealed link: what was shared, and an answer in two taps. Nobody signs in here.

It needs no cookie and sets none; whoever has the address may answer, and a page that merely looks
at the address (a preview in a message) changes nothing.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tequio.access.door import is_private
from tequio.core.errors import DomainError
from tequio.network.actions import slips as actions
from tequio.network.queries.slips import found
from tequio.network.rules.referrals import THEIRS, WITH_REASON, Reason, State
from tequio.network.slip_words import ASKED, SAID

_NOBODYS: Final = "network/slip_none.html"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a link and take an answer; unknown, over and taken back are one page."""
    # Neither that it was opened nor that it was answered leaves a line in the log.
    request.walled = True  # type: ignore[attr-defined]
    if not is_private(request):
        # Others on the way could read along.
        response = render(request, _NOBODYS, {"overheard": True}, status=403)
    elif request.method == "POST":
        response = _answered(request, secret)
    else:
        response = _page(request, secret)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


slip.login_required = False  # type: ignore[attr-defined]


def _answered(request: HttpRequest, secret: str) -> HttpResponse:
    state, _dot, why = request.POST.get("answer", "").partition(".")
    if found(secret) is None:
        return _page(request, secret)
    try:
        actions.answer(secret=secret, state=state, why=why)
    except DomainError as error:
        return _page(request, secret, error=error)
    return redirect("network:slip", secret=secret)


def _page(request: HttpRequest, secret: str, *, error: DomainError | None = None) -> HttpResponse:
    there = found(secret)
    if there is None:
        return render(request, _NOBODYS, status=404)
    now = there.slip
    may = THEIRS[now.state]
    context = {
        "slip": now,
        "organisation": there.row.organisation,
        "said": SAID[now.state],
        "answers": [
            (SAID[one.state], one.on, Reason(one.why).label if one.why else "")
            for one in now.answers
        ],
        "yes": [(one, ASKED[one]) for one in may if one not in WITH_REASON],
        "no": next((one for one in may if one in WITH_REASON), ""),
        "no_words": next((ASKED[one] for one in may if one in WITH_REASON), ""),
        "reasons": Reason.choices,
        "error": error,
        "is_new": now.state == State.SENT,
    }
    return render(request, "network/slip.html", context, status=409 if error else 200)
