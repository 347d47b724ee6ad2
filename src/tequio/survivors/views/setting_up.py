"""Founding the wall, a key of one's own, and ways back in when words are lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tequio.access import key_pairs
from tequio.access.key_pairs import Fresh
from tequio.access.models import User
from tequio.access.requests import signed_in
from tequio.core import phrases
from tequio.core.errors import DomainError
from tequio.survivors import door
from tequio.survivors.actions import founding, members, recovery
from tequio.survivors.forms.keys import CodeForm, OldPassphraseForm, PaperForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import is_ready, share_of, wall_of
from tequio.survivors.views import showing
from tequio.survivors.views.showing import Shown

Give = Callable[[Mapping[str, Any]], Fresh]


@door.at_the_door
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Say what a wall is and what losing every key means; then make the keys."""
    user = signed_in(request)
    wall = wall_of(user)
    if wall is not None and wall.confirmed:
        return redirect("survivors:unlock")
    if request.method == "POST":
        made = founding.begin(by=user)
        words = (made.passphrase, made.recovery_code, made.paper_words)
        return showing.page(request, Shown(showing.FOUND, *words))
    return render(request, "survivors/found.html", {"begun": wall is not None})


@door.at_the_door
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """Make a key of one's own; then wait, with six words to compare aloud."""
    user = signed_in(request)
    context = {**_key_context(user), "wall": door.wall_of(request, touch=False)}
    if request.method == "POST":
        try:
            fresh = members.make_key(by=user)
        except DomainError as error:
            if error.status == 404:
                raise
            return render(request, "survivors/key.html", {**context, "error": error}, status=422)
        return showing.page(request, Shown(showing.KEY, fresh.passphrase, fresh.recovery_code))
    return render(request, "survivors/key.html", context)


@door.at_the_door
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Open with the printed code: new words."""
    user = signed_in(request)
    if share_of(user) is None:
        return redirect("survivors:unlock")
    form = CodeForm(request.POST or None)
    words = _words_for(
        request, form, lambda typed: recovery.with_code(by=user, code=typed["secret_code"])
    )
    return words or _asked(request, "survivors/code.html", form)


@door.at_the_door
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Become part with the words of both envelopes."""
    user = signed_in(request)
    wall = wall_of(user)
    if wall is None or not wall.confirmed:
        return redirect("survivors:unlock")
    form = PaperForm(request.POST or None)
    words = _words_for(
        request, form, lambda typed: recovery.with_paper(by=user, words=typed["paper"])
    )
    return words or _asked(request, "survivors/recover.html", form)


@door.behind
@require_http_methods(["GET", "POST"])
def passphrase(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Change one's words."""
    form = OldPassphraseForm(request.POST or None)
    words = _words_for(
        request,
        form,
        lambda typed: recovery.new_passphrase(by=wall, passphrase=typed["passphrase"]),
    )
    return words or _asked(request, "survivors/passphrase.html", form)


@door.behind
@require_http_methods(["GET", "POST"])
def new_paper(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Show a new paper key; it counts once two of its words were typed from paper."""
    if request.method == "POST":
        _pair, drawn = founding.draw_paper()
        return showing.page(request, Shown(showing.PAPER, paper_words=drawn))
    return render(request, "survivors/paper.html", {"wall": wall})


def _words_for(request: HttpRequest, form: Form, give: Give) -> HttpResponse | None:
    """Show the new words that a form led to; None where it has to be filled in (again)."""
    if not form.is_valid():
        return None
    try:
        fresh = give(form.cleaned_data)
    except DomainError as error:
        # These forms have one field: what was said is about it.
        form.add_error(next(iter(form.fields)), str(error))
        return None
    paper = tuple(form.cleaned_data.get("paper", "").split())
    purpose = showing.BY_PAPER if paper else showing.OPEN
    shown = Shown(purpose, fresh.passphrase, fresh.recovery_code, paper)
    return showing.page(request, shown)


def _asked(request: HttpRequest, template: str, form: Form) -> HttpResponse:
    # At the door too the page says whether this browser holds the wall open.
    context = {"form": form, "wall": door.wall_of(request, touch=False)}
    return render(request, template, context, status=422 if form.errors else 200)


def _key_context(user: User) -> dict[str, object]:
    wall = wall_of(user)
    public = key_pairs.public_of(user)
    ready = public is not None and is_ready(user, public)
    return {
        "founded": wall is not None and wall.confirmed,
        "member": share_of(user) is not None,
        "ready": ready,
        "fingerprint": phrases.fingerprint(public) if public and ready else (),
    }
