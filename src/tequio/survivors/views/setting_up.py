"""Founding the wall, a key of one's own, and ways back in when words are lost."""

from __future__ import annotations

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
    context = _key_context(user)
    if request.method == "POST":
        try:
            fresh = members.make_key(by=user)
        except DomainError as error:
            if error.status == 404:
                raise
            return render(request, "survivors/key.html", {**context, "error": error}, status=422)
        return _shown(request, showing.KEY, fresh)
    return render(request, "survivors/key.html", context)


@door.at_the_door
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Open with the printed code: new words."""
    user = signed_in(request)
    if share_of(user) is None:
        return redirect("survivors:unlock")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = recovery.with_code(by=user, code=form.cleaned_data["secret_code"])
        except DomainError as error:
            form.add_error("secret_code", str(error))
        else:
            return _shown(request, showing.OPEN, fresh)
    status = 422 if form.errors else 200
    return render(request, "survivors/code.html", {"form": form}, status=status)


@door.at_the_door
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Become part with the words of both envelopes."""
    user = signed_in(request)
    wall = wall_of(user)
    if wall is None or not wall.confirmed:
        return redirect("survivors:unlock")
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = recovery.with_paper(by=user, words=form.cleaned_data["paper"])
        except DomainError as error:
            form.add_error("paper", str(error))
        else:
            return _shown(request, showing.OPEN, fresh)
    status = 422 if form.errors else 200
    return render(request, "survivors/recover.html", {"form": form}, status=status)


@door.behind
@require_http_methods(["GET", "POST"])
def passphrase(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Change one's words."""
    form = OldPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = recovery.new_passphrase(by=wall, passphrase=form.cleaned_data["passphrase"])
        except DomainError as error:
            form.add_error("passphrase", str(error))
        else:
            return _shown(request, showing.OPEN, fresh)
    status = 422 if form.errors else 200
    return render(request, "survivors/passphrase.html", {"wall": wall, "form": form}, status=status)


@door.behind
@require_http_methods(["GET", "POST"])
def new_paper(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Make a new paper key; the old envelopes open nothing any more."""
    if request.method == "POST":
        made = recovery.new_paper(by=wall)
        return showing.page(request, Shown(showing.PAPER, paper_words=made.words))
    return render(request, "survivors/paper.html", {"wall": wall})


def _shown(request: HttpRequest, purpose: str, fresh: Fresh) -> HttpResponse:
    return showing.page(request, Shown(purpose, fresh.passphrase, fresh.recovery_code))


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
